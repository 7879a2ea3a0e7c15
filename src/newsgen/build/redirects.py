"""Reading `redirects.csv` into the catalogue, if it has changed since the last build."""

import os
import time
from collections.abc import Iterator

from newsgen.catalogue import CatalogueUpdate
from newsgen.catalogue.redirects import RedirectRow
from newsgen.config import Site
from newsgen.core.digest import digest
from newsgen.problems import Location, NewsgenError, Problem
from newsgen.read import decode
from newsgen.read.discover import RACY_NS
from newsgen.read.field_reader import shorten
from newsgen.read.formats import FORMATS
from newsgen.read.redirects import REDIRECTS_FILE, parse_redirects


def sync_redirects(site: Site, update: CatalogueUpdate, *, verify: bool) -> Iterator[Problem]:
    """Bring the catalogue's redirects up to date, and yield the problems of the file."""
    file = site.root / REDIRECTS_FILE
    location = Location(REDIRECTS_FILE)
    settings = f"{site.source} {bool(site.redirects)} {site.language}"
    try:
        stat = file.stat()
        state = f"{settings} {stat.st_size} {stat.st_mtime_ns} {stat.st_ino}"
        is_racy = stat.st_mtime_ns > time.time_ns() - RACY_NS
        if is_racy or verify or state != update.redirects_state():
            _read_file(site, update, "" if is_racy else state, settings, file.read_bytes())
    except FileNotFoundError:
        if update.redirects_state() != settings:
            update.store_redirects((), (), settings, b"")
    except OSError as error:
        # The redirects of the last build stay.
        message = f"cannot be read: {error.strerror or os.strerror(error.errno or 0)}"
        yield Problem(location, "unreadable", message)
    except NewsgenError as error:
        yield from error.problems
    yield from update.redirect_problems()


def find_dead_redirects(update: CatalogueUpdate) -> Iterator[Problem]:
    """Yield the problems of redirects to sources that have no article on the site."""
    for line, source in update.dead_redirects():
        message = f"{shorten(source)} is no article of the site"
        yield Problem(Location(REDIRECTS_FILE, line), "bad-redirect", message)


def _read_file(site: Site, update: CatalogueUpdate, state: str, settings: str, data: bytes) -> None:
    content = digest(data, settings)
    # After a copy or a checkout, a file has another time but the same bytes.
    if content == update.redirects_digest():
        update.store_redirects_state(state)
        return
    reading = decode.DecodeSettings(language=site.language)
    decoded = decode.decode(data, Location(REDIRECTS_FILE), REDIRECTS_FILE, reading)
    rows, problems = parse_redirects(
        decoded.text, site.source, FORMATS, has_server=bool(site.redirects)
    )
    found = (RedirectRow(*row) for row in rows)
    update.store_redirects(found, (*decoded.problems, *problems), state, content)
