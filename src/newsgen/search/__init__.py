"""Search: an index of all articles that a reader's browser searches by itself, made by Pagefind.

It knows records and folders; it does not know how an article becomes a record, nor where in the
site the index goes.
"""

from newsgen.search.pagefind import PagefindIndexer, Record, version
from newsgen.search.parts import Part, split_into_parts
from newsgen.search.stems import indexed

__all__ = ["PagefindIndexer", "Part", "Record", "indexed", "split_into_parts", "version"]
