"""Inputs of a build apart from the articles: the theme, static files, the about page.

They are read and digested here, so that the stages after it need no disk.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from newsgen import urls
from newsgen.build.about_page import load_about_page
from newsgen.build.body_settings import SHORTCODES_FOLDER
from newsgen.build.fingerprint import code_fingerprint, page_settings_digest
from newsgen.config import Site
from newsgen.core.digest import digest
from newsgen.model import TermKind
from newsgen.problems import Location, problem_error
from newsgen.render.theme import Theme, list_files, load_theme, template_digests
from newsgen.site_context import IndexPart, SiteContext, StaticFile


@dataclass(frozen=True, slots=True)
class BuildInputs:
    """The site apart from its articles, and its theme.

    Attributes:
        site_context: What plans and templates see of the site.
        theme: Folders of templates and static files.
        templates: Digest of each template with all templates that it reaches.
    """

    site_context: SiteContext
    theme: Theme
    templates: Mapping[str, bytes]

    @property
    def templates_digest(self) -> bytes:
        """Digest of all templates."""
        return digest(*(part for name, text in self.templates.items() for part in (name, text)))

    @property
    def own_static_files(self) -> int:
        """Number of static files that the site adds to the theme or overrides."""
        own = f"{self.theme.static[0]}{os.sep}"
        return sum(file.file.startswith(own) for file in self.site_context.static)

    def template_fingerprint(self, templates: Sequence[str]) -> bytes:
        """Return the fingerprint of everything that pages depend on apart from their digests.

        That is their templates, the configuration, the navigation, and newsgen itself.

        Args:
            templates: Names of the templates that the pages are made from.

        Raises:
            NewsgenError: `no-template` if the theme lacks one.
        """
        for name in templates:
            if name not in self.templates:
                message = "the theme lacks this template"
                raise problem_error("no-template", message, Location(name))
        # The navigation of every page depends on the kinds of terms. The empty part marks their
        # end, so that a kind is never read as a template's digest.
        settings = page_settings_digest(self.site_context.site)
        texts = (self.templates[name] for name in templates)
        # The body of any article may be made with the site's shortcodes.
        shortcodes = (
            part
            for name, text in self.templates.items()
            if name.startswith(SHORTCODES_FOLDER)
            for part in (name, text)
        )
        return digest(
            code_fingerprint(), settings, *self.site_context.term_kinds, b"", *texts, *shortcodes
        )

    def with_archive(
        self, term_kinds: Sequence[TermKind], index: tuple[IndexPart, ...]
    ) -> "BuildInputs":
        """Return these inputs with values that only an up-to-date catalogue can give."""
        context = replace(self.site_context, term_kinds=tuple(term_kinds), index=index)
        return replace(self, site_context=context)


def load_inputs(site: Site) -> BuildInputs:
    """Read the theme, the list of static files and the about page.

    Raises:
        NewsgenError: If one of them cannot be read.
    """
    theme = load_theme(site.root / site.templates, site.root / site.static)
    try:
        templates = template_digests(theme)
        static = tuple(_stat_file(path, file) for path, file in list_files(theme.static).items())
    except UnicodeDecodeError as error:
        message = "a template is not UTF-8"
        raise problem_error("bad-encoding", message, Location(site.templates)) from error
    except OSError as error:
        location = Location(str(error.filename))
        raise problem_error("unreadable", f"cannot be read: {error.strerror}", location) from error
    for file in static:
        if urls.is_folder(file.path):
            location = Location(f"{site.static}/{file.path}")
            raise problem_error("path-conflict", "is a file where the site has a folder", location)
        if urls.is_internal(file.path):
            location = Location(f"{site.static}/{file.path}")
            raise problem_error("path-conflict", "has a name that newsgen uses itself", location)
    return BuildInputs(SiteContext(site, load_about_page(site), static), theme, templates)


def make_build_fingerprint(inputs: BuildInputs, content_digest: bytes, articles: int) -> bytes:
    """Return the fingerprint of everything that the site depends on.

    While it is unchanged, a build has nothing to do.

    Args:
        inputs: The site apart from its articles.
        content_digest: Digest of the catalogue's contents.
        articles: Number of articles that the mark counts. Future-dated ones are on no page.
    """
    context = inputs.site_context
    # `root` is not in the `repr` of a site, so an archive that was moved is still up to date.
    static = (part for file in context.static for part in (file.path, file.stat))
    return digest(
        code_fingerprint(),
        repr(context.site),
        context.about,
        digest(*static),
        inputs.templates_digest,
        _find_search_engine(context.site),
        content_digest,
        str(articles),
    )


def _find_search_engine(site: Site) -> str:
    """Return the version of the search engine, "" without one."""
    if not site.search:
        return ""
    from newsgen import search  # noqa: PLC0415 - slow to import, and not always needed

    return search.version()


def _stat_file(path: str, file: Path) -> StaticFile:
    # Size, time and inode stand for the contents: reading a folder of pictures would be slow.
    stat = file.stat()
    return StaticFile(path, str(file), digest(f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ino}"))
