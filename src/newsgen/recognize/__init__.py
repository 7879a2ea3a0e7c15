"""Recognition of people, places and organizations (named entities) in one text.

``protocol`` holds the interface and ``registry`` the languages. Importing either is cheap: the
packages and the model of a language are loaded when its recognizer gets its first text.
"""
