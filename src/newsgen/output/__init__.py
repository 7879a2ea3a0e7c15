"""The output folder: staging new files, publishing them, and the manifest of what was written.

It stops before rendering: the bytes come from the caller.
"""
