"""What workers do: load a source, render a page, index an article: here stages are put together.

Each function takes a context that can be sent to another process, and one item; what it needs to
keep open, it opens once a process.
"""
