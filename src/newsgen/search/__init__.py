"""Search: an index of all articles that a reader's browser searches by itself, made by Pagefind.

It knows records and folders; it does not know how an article becomes a record, nor where in the
site the index goes.
"""

from newsgen.search.engine import Engine, Record, version
from newsgen.search.parts import Part, parts_of
from newsgen.search.words import indexed

__all__ = ["Engine", "Part", "Record", "indexed", "parts_of", "version"]
