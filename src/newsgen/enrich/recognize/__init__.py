"""Recognising people, places and organisations, and joining their names over an archive.

``protocol`` is the seam, ``table`` the languages, ``join`` the archive. Importing them is cheap: a
language's packages and model are loaded when its recogniser is first asked.
"""
