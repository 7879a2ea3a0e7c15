"""Checking an archive: everything is read and judged, nothing is written."""

from contextlib import closing
from datetime import UTC, datetime
from typing import NamedTuple

from newsgen.catalogue import Catalogue
from newsgen.config import Site
from newsgen.executor import executor_for
from newsgen.intake import take_in
from newsgen.materials import gather
from newsgen.problems import NewsgenError, Problem
from newsgen.progress import Progress
from newsgen.render.environment import environment_of
from newsgen.render.faults import template_fault


class Checked(NamedTuple):
    """How many articles there are that can be shown, and all that is wrong."""

    articles: int
    problems: tuple[Problem, ...]


def check(site: Site, jobs: int, progress: Progress) -> Checked:
    """Find what is wrong with a site's sources, its theme and its about page.

    Raises:
        NewsgenError: if there is no source folder.
    """
    problems = list(_faults_of_theme(site))
    with closing(Catalogue(None)) as catalogue:
        now = datetime.now(UTC).astimezone()
        executor = executor_for(jobs)
        problems += take_in(site, catalogue, executor, lambda _: None, progress, now=now)
        problems += catalogue.problems()
        return Checked(catalogue.counts().shown, tuple(problems))


def _faults_of_theme(site: Site) -> tuple[Problem, ...]:
    """What is wrong with the templates, each compiled but not rendered, and with the about page."""
    problems: list[Problem] = []
    try:
        materials = gather(site)
    except NewsgenError as error:
        return error.problems
    environment = environment_of(materials.theme, site, materials.digest_of_templates, None)
    for name in materials.templates:
        try:
            environment.get_template(name)
        except Exception as error:
            fault = template_fault(error, materials.theme, name)
            if fault is None:
                raise
            problems += fault.problems
    return tuple(problems)
