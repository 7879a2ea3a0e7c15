"""Read a folder of files as articles: parse leniently, then validate strictly.

This stage knows files, encodings and syntaxes. It does not know how articles are catalogued.
"""
