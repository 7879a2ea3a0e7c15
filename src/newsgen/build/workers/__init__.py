"""What worker processes do: load a source, recognize names, render a page, index an article.

Each function takes a context that can be sent to another process, and one item; what it needs to
keep open, it opens once a process.
"""
