"""Checking an archive: everything is read and judged, nothing is written."""

from contextlib import closing
from datetime import UTC, datetime
from typing import NamedTuple

from newsgen.build.ingest import ingest
from newsgen.build.inputs import load_inputs
from newsgen.build.plugin_problems import find_plugin_problems
from newsgen.catalogue import Catalogue
from newsgen.config import Site
from newsgen.core.executor import make_executor
from newsgen.core.progress import Progress
from newsgen.problems import NewsgenError, Problem
from newsgen.render.environment import make_environment
from newsgen.render.errors import template_error


class Checked(NamedTuple):
    """How many articles there are that can be shown, and all that is wrong."""

    articles: int
    problems: tuple[Problem, ...]


def check(site: Site, jobs: int, progress: Progress) -> Checked:
    """Find what is wrong with a site's sources, its theme and its about page.

    Raises:
        NewsgenError: if there is no source folder.
    """
    problems = [*find_plugin_problems(), *_faults_of_theme(site)]
    with closing(Catalogue(None)) as catalogue:
        now = datetime.now(UTC).astimezone()
        executor = make_executor(jobs)
        problems += ingest(site, catalogue, executor, lambda _: None, progress, now=now)
        problems += catalogue.problems()
        return Checked(catalogue.counts().shown, tuple(problems))


def _faults_of_theme(site: Site) -> tuple[Problem, ...]:
    """What is wrong with the templates, each compiled but not rendered, and with the about page."""
    problems: list[Problem] = []
    try:
        inputs = load_inputs(site)
    except NewsgenError as error:
        return error.problems
    environment = make_environment(inputs.theme, site, inputs.digest_of_templates, None)
    for name in inputs.templates:
        try:
            environment.get_template(name)
        except Exception as error:
            fault = template_error(error, inputs.theme, name)
            if fault is None:
                raise
            problems += fault.problems
    return tuple(problems)
