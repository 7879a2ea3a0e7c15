"""Checking an archive: everything is read and validated as by a build, and nothing is written."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import NamedTuple

from newsgen.build.ingest import IngestOptions, find_external_media, ingest
from newsgen.build.inputs import load_inputs
from newsgen.catalogue import Catalogue
from newsgen.config import Site
from newsgen.core.progress import Progress
from newsgen.problems import Location, NewsgenError, Problem
from newsgen.render.environment import make_environment
from newsgen.render.errors import template_error


class CheckReport(NamedTuple):
    """Result of a check.

    Attributes:
        articles: Number of articles that a build would list.
        problems: All problems.
        external: Places that name media of other hosts, by the normalized URLs of these.
        skipped_files: Number of files that are neither read nor published, by suffix.
    """

    articles: int
    problems: tuple[Problem, ...]
    external: Mapping[str, Sequence[Location]]
    skipped_files: tuple[tuple[str, int], ...] = ()


def check(site: Site, jobs: int, progress: Progress) -> CheckReport:
    """Find the problems of a site's sources, its theme and its about page.

    Args:
        site: The configuration.
        jobs: Number of processes, 0 for one per processor.
        progress: Follows the work.

    Raises:
        NewsgenError: If there is no source folder.
    """
    theme_problems = _check_theme(site)
    # A catalogue in memory: a check leaves no trace, and no other build has to wait for it.
    with closing(Catalogue(None)) as catalogue:
        problems = ingest(site, catalogue, None, IngestOptions(jobs), progress)
        external = find_external_media(catalogue, site.source)
        listed, skipped = catalogue.counts().listed, catalogue.count_skipped_files()
        return CheckReport(listed, (*theme_problems, *problems), external, skipped)


def _check_theme(site: Site) -> tuple[Problem, ...]:
    """Return the problems of the about page and of the templates, which are compiled only."""
    problems: list[Problem] = []
    try:
        inputs = load_inputs(site)
    except NewsgenError as error:
        return error.problems
    # None: compiled templates are not kept, as a check writes nothing.
    environment = make_environment(inputs.theme, site, inputs.templates_digest, None)
    for name in inputs.templates:
        try:
            environment.get_template(name)
        except Exception as error:
            problem = template_error(error, inputs.theme, name)
            if problem is None:
                raise
            problems += problem.problems
    return tuple(problems)
