"""The card catalogue: every article of the archive on a card, filed by day, tag and author.

It lives in SQLite, so that an archive of a million articles fits in little memory and today's
article costs what it touches, not what there is. It knows cards, not bodies, pages or URLs' shapes.
"""

from newsgen.catalogue.archive import CatalogueArchive
from newsgen.catalogue.catalogue import Catalogue
from newsgen.catalogue.filing import Filing
from newsgen.catalogue.prominence import Prominence
from newsgen.catalogue.rows import Slip, slip_of

__all__ = ["Catalogue", "CatalogueArchive", "Filing", "Prominence", "Slip", "slip_of"]
