"""The card catalogue: every article of the archive on a card, filed by day, tag and author.

It lives in SQLite, so that an archive of a million articles fits in little memory and today's
article costs what it touches, not what there is. It knows cards, not bodies, pages or URLs' shapes.
"""

from newsgen.catalogue.catalogue import Catalogue
from newsgen.catalogue.queries import CatalogueArchive
from newsgen.catalogue.records import ArticleRow, to_row
from newsgen.catalogue.term_pages import PageThresholds
from newsgen.catalogue.update import CatalogueSettings

__all__ = [
    "ArticleRow",
    "Catalogue",
    "CatalogueArchive",
    "CatalogueSettings",
    "PageThresholds",
    "to_row",
]
