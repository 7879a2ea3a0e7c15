"""Search index of all articles, made by Pagefind and searched in the reader's browser.

It takes records and writes folders. Making records of articles, and placing the index in the site,
is left to `build`.
"""

from newsgen.search.pagefind import PagefindIndexer, Record, version
from newsgen.search.parts import Part, split_into_parts
from newsgen.search.stems import normalize_words

__all__ = ["PagefindIndexer", "Part", "Record", "normalize_words", "split_into_parts", "version"]
