"""Gathering what a site is made of beside its articles: the theme, static files, the about page.

It reads the theme's and the site's own folders, and digests what it finds, so that the stages after
it need no disk.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from newsgen import enrich, urls
from newsgen.config import Site
from newsgen.digest import digest
from newsgen.edition import Edition, StaticFile, digest_of_visible
from newsgen.model import Markup
from newsgen.problems import Where, fatal
from newsgen.read import decode
from newsgen.read.formats import FormatFault, front_matter
from newsgen.release import release
from newsgen.render.theme import Theme, digests_of_templates, sources_of, theme_of


@dataclass(frozen=True, slots=True)
class Materials:
    """An edition and its theme; `frames` name the templates, with all that they reach."""

    edition: Edition
    theme: Theme
    templates: Mapping[str, bytes]

    @property
    def digest_of_templates(self) -> bytes:
        """Names all templates together."""
        return digest(*(part for name, text in self.templates.items() for part in (name, text)))

    def frame_of(self, templates: tuple[str, ...]) -> bytes:
        """Names what pages depend on beside their inputs: templates, configuration, newsgen itself.

        Raises:
            NewsgenError: `no-template` if the theme lacks one.
        """
        missing = [name for name in templates if name not in self.templates]
        if missing:
            raise fatal("no-template", "the theme lacks this template", Where(missing[0]))
        shown = digest_of_visible(self.edition.site)
        return digest(release(), shown, *(self.templates[name] for name in templates))


def gather(site: Site) -> Materials:
    """Read the theme, the static files' names and the about page.

    Raises:
        NewsgenError: if one of them can't be read.
    """
    theme = theme_of(site.root / site.templates, site.root / site.static)
    try:
        templates = digests_of_templates(theme)
        static = tuple(_static_file(path, file) for path, file in sources_of(theme.static).items())
    except UnicodeDecodeError as error:
        raise fatal("bad-encoding", "a template is not UTF-8", Where(site.templates)) from error
    except OSError as error:
        raise fatal(
            "unreadable", f"cannot be read: {error.strerror}", Where(str(error.filename))
        ) from error
    for file in static:
        if urls.is_folder(file.path):
            where = Where(f"{site.static}/{file.path}")
            raise fatal("path-conflict", "is a file where the site has a folder", where)
    return Materials(Edition(site, _about(site), static), theme, templates)


def _static_file(path: str, file: Path) -> StaticFile:
    stat = file.stat()
    return StaticFile(path, str(file), digest(f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ino}"))


def _about(site: Site) -> str:
    """The about page's text as HTML; "" where the site has none."""
    file = site.root / site.about
    where = Where(site.about)
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise fatal("unreadable", f"cannot be read: {error.strerror}", where) from error
    text = decode.decode(data, where, site.encoding, site.about, site.language).text
    markup: Markup = "text" if site.about.endswith(".txt") else "markdown"
    if front_matter.is_front_matter(text):
        try:
            text = front_matter.parse(text, markup).body
        except FormatFault as fault:
            raise fatal(fault.code, fault.message, Where(site.about, fault.line)) from fault
    return enrich.body_to_html(text, markup, "sanitize")
