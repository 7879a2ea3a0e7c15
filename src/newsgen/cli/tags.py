"""`newsgen tags`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsgen.cli import options, terminal

if TYPE_CHECKING:
    from newsgen.tags.report import TagCount


@click.command("tags", short_help="List what articles are tagged with, or draft tags.yaml.")
@options.config_option
@options.source_option
@options.jobs_option
@click.option(
    "-k",
    "--kind",
    type=click.Choice(["topic", "person", "place", "organization"]),
    help="Only tags of this kind.",
)
@click.option(
    "-n",
    "--min-articles",
    type=click.IntRange(1),
    default=1,
    metavar="N",
    help="Only of N articles on.",
)
@click.option(
    "-w",
    "--write",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a draft of tags.yaml to a new file, and list nothing.",
)
@options.verbosity_options
def command(
    *,
    config: Path | None,
    source: str | None,
    jobs: int,
    kind: str | None,
    min_articles: int,
    write: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """List every tag: its articles, its kind, its name; what else it is called, and where.

    Tags that articles bring along are marked with a star; the others were recognised.
    """
    from newsgen.tags import draft, report  # noqa: PLC0415 - `--help` needs none of it

    site = options.load_site(config, source=source)
    found = report.survey(site, jobs, terminal.progress_for(quiet=quiet))
    counts = [
        one
        for one in report.counts_of(found.articles)
        if one.articles >= min_articles and kind in {None, one.kind}
    ]
    if write:
        draft.write_draft(write, counts)
        if not quiet:
            click.echo(f"Wrote {write}. Edit it; newsgen reads tags.yaml beside newsgen.yaml.")
    else:
        for one in counts:
            click.echo(_line(one))
    terminal.end_survey(found.problems, verbose=verbose)


def _line(one: "TagCount") -> str:
    mark = " " if one.recognised else "*"
    also = f"  also: {', '.join(one.variants)}" if one.variants else ""
    location = ", ".join(one.examples)
    return f"{one.articles:7,} {mark} {one.kind:12}  {one.name}{also}  [{location}]"
