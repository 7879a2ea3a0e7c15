"""Recognising people, places and organisations in one text.

``protocol`` is the seam, ``table`` the languages. Importing them is cheap: a language's packages
and model are loaded when its recogniser is first asked.
"""
