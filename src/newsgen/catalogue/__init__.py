"""Catalogue of all articles of an archive, by day, tag and author.

It is a SQLite database, so an archive of a million articles needs little memory, and the cost of an
update depends on what changed. It holds no bodies and does not know pages.
"""

from newsgen.catalogue.catalogue import Catalogue
from newsgen.catalogue.queries import CatalogueReader
from newsgen.catalogue.recheck import count_damaged_articles
from newsgen.catalogue.records import ArticleRow, FileRow, to_row
from newsgen.catalogue.settings import CatalogueSettings, PageThresholds
from newsgen.catalogue.update import CatalogueUpdate

__all__ = [
    "ArticleRow",
    "Catalogue",
    "CatalogueReader",
    "CatalogueSettings",
    "CatalogueUpdate",
    "FileRow",
    "PageThresholds",
    "count_damaged_articles",
    "to_row",
]
