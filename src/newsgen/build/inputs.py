"""Gathering what a site is made of beside its articles: the theme, static files, the about page.

It reads the theme's and the site's own folders, and digests what it finds, so that the stages after
it need no disk.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from newsgen import enrich, urls
from newsgen.build.fingerprint import code_fingerprint
from newsgen.config import Site
from newsgen.core.digest import digest
from newsgen.model import Markup
from newsgen.problems import Location, problem_error
from newsgen.read import decode
from newsgen.read.formats import FormatError, front_matter
from newsgen.render.theme import Theme, load_theme, sources_of, template_digests
from newsgen.site_context import SiteContext, StaticFile, site_digest


@dataclass(frozen=True, slots=True)
class BuildInputs:
    """An edition and its theme; `frames` name the templates, with all that they reach."""

    site_context: SiteContext
    theme: Theme
    templates: Mapping[str, bytes]

    @property
    def digest_of_templates(self) -> bytes:
        """Names all templates together."""
        return digest(*(part for name, text in self.templates.items() for part in (name, text)))

    def template_fingerprint_of(self, templates: tuple[str, ...]) -> bytes:
        """Names what pages depend on beside their inputs: templates, configuration, newsgen itself.

        Raises:
            NewsgenError: `no-template` if the theme lacks one.
        """
        missing = [name for name in templates if name not in self.templates]
        if missing:
            raise problem_error(
                "no-template", "the theme lacks this template", Location(missing[0])
            )
        shown = site_digest(self.site_context.site)
        return digest(code_fingerprint(), shown, *(self.templates[name] for name in templates))


def load_inputs(site: Site) -> BuildInputs:
    """Read the theme, the static files' names and the about page.

    Raises:
        NewsgenError: if one of them can't be read.
    """
    theme = load_theme(site.root / site.templates, site.root / site.static)
    try:
        templates = template_digests(theme)
        static = tuple(_static_file(path, file) for path, file in sources_of(theme.static).items())
    except UnicodeDecodeError as error:
        raise problem_error(
            "bad-encoding", "a template is not UTF-8", Location(site.templates)
        ) from error
    except OSError as error:
        raise problem_error(
            "unreadable", f"cannot be read: {error.strerror}", Location(str(error.filename))
        ) from error
    for file in static:
        if urls.is_folder(file.path):
            location = Location(f"{site.static}/{file.path}")
            raise problem_error("path-conflict", "is a file where the site has a folder", location)
    return BuildInputs(SiteContext(site, _about(site), static), theme, templates)


def _static_file(path: str, file: Path) -> StaticFile:
    stat = file.stat()
    return StaticFile(path, str(file), digest(f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ino}"))


def _about(site: Site) -> str:
    """The about page's text as HTML; "" where the site has none."""
    file = site.root / site.about
    location = Location(site.about)
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise problem_error("unreadable", f"cannot be read: {error.strerror}", location) from error
    text = decode.decode(data, location, site.encoding, site.about, site.language).text
    markup: Markup = "text" if site.about.endswith(".txt") else "markdown"
    if front_matter.has_front_matter(text):
        try:
            text = front_matter.parse_front_matter(text, markup).body
        except FormatError as fault:
            raise problem_error(
                fault.code, fault.message, Location(site.about, fault.line)
            ) from fault
    return enrich.body_to_html(text, markup, "sanitize")
