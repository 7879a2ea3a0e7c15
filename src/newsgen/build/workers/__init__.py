"""Tasks of worker processes: load a source, recognize names, render a page, index an article.

Each task is a function of its worker's resources and one item. Resources are made from a context,
which holds everything that the task depends on and can be sent to another process.
"""
