"""Settings of rendering bodies: from the configuration, and the site's own shortcodes."""

from pathlib import Path
from typing import Final

from newsgen.config import Site
from newsgen.enrich import BodySettings
from newsgen.problems import Location, problem_error

SHORTCODES_FOLDER: Final = "shortcodes/"
"""Folder in a site's templates that holds a template for each shortcode of its own."""


def load_body_settings(site: Site) -> BodySettings:
    """Return how the bodies of a site's articles become HTML.

    Raises:
        NewsgenError: `unreadable` or `bad-encoding` for the template of a shortcode.
    """
    folder = site.root / site.templates / SHORTCODES_FOLDER
    shortcodes = tuple(
        (file.stem.lower(), _read_template(file, site)) for file in sorted(folder.glob("*.html"))
    )
    return BodySettings(
        site.raw_html, site.language, shortcodes, site.hosts, site.media, site.copies
    )


def _read_template(file: Path, site: Site) -> str:
    location = Location(f"{site.templates}/{SHORTCODES_FOLDER}{file.name}")
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise problem_error("bad-encoding", "a template is not UTF-8", location) from error
    except OSError as error:
        raise problem_error("unreadable", f"cannot be read: {error.strerror}", location) from error
