"""The about page: read and rendered as HTML, within a budget if it is long."""

from dataclasses import replace
from typing import Final

from newsgen import enrich
from newsgen.build.body_settings import load_body_settings
from newsgen.build.error_log import LOG_NAME, log_error
from newsgen.build.workers.load import MAX_UNLIMITED_SIZE, describe_death
from newsgen.config import Site
from newsgen.core.budget import Budget, OverTimeError
from newsgen.core.executor import SerialExecutor
from newsgen.core.files import read_regular_file
from newsgen.core.worker import NoResources, WorkerDied
from newsgen.model import Markup
from newsgen.problems import Location, NewsgenError, problem_error
from newsgen.read import decode
from newsgen.read.formats import FormatError, front_matter
from newsgen.read.limits import MAX_ABOUT_SIZE

_BUDGET: Final = Budget(seconds=2, memory=400_000_000)
"""Ten times what 100 kB of prose with links take."""


def load_about_page(site: Site) -> str:
    """Return the text of the about page as HTML, "" if the site has none.

    Raises:
        NewsgenError: If it cannot be read or rendered.
    """
    try:
        size = min(MAX_ABOUT_SIZE, site.max_article_size)
        data = read_regular_file(site.root / site.about, size, site.about)
    except FileNotFoundError:
        return ""
    executor = SerialExecutor()
    ((_, html),) = executor.map(_render, [(site, data)], 1, NoResources, _make_budget)
    if isinstance(html, WorkerDied):
        problem = describe_death(html, Location(site.about), len(data), _BUDGET)
        raise NewsgenError([problem])
    return html


def _make_budget(item: tuple[Site, bytes]) -> Budget | None:
    """Return the limits of a page, None for a short one, which is rendered in this process."""
    return _BUDGET if len(item[1]) > MAX_UNLIMITED_SIZE else None


def _render(_: NoResources, item: tuple[Site, bytes]) -> str:
    """Return the text of a page as HTML."""
    site, data = item
    location = Location(site.about)
    settings = decode.DecodeSettings(site.encoding, site.language, repair=site.repair == "mojibake")
    text = decode.decode(data, location, site.about, settings).text
    markup: Markup = "text" if site.about.endswith(".txt") else "markdown"
    try:
        if front_matter.has_front_matter(text):
            text = front_matter.parse_front_matter(text, markup).body
        bodies = replace(load_body_settings(site), raw_html="sanitize")
        return enrich.render_body(text, markup, bodies).html
    except FormatError as error:
        raise problem_error(error.code, error.message, Location(site.about, error.line)) from error
    except enrich.BodyError as error:
        line = Location(site.about, error.line)
        raise problem_error(error.code, error.message, line) from error
    except (OverTimeError, MemoryError):
        # The executor makes the result of a task over its budget.
        raise
    except Exception as error:
        raise NewsgenError([log_error(error, location, site.cache_folder / LOG_NAME)]) from error
