"""`newsgen tags`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsgen.cli import options, terminal

if TYPE_CHECKING:
    from newsgen.tags.report import TagCount


@click.command("tags", short_help="List the archive's tags, or draft a tags.yaml.")
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
    help="Only tags with at least N articles.",
)
@click.option(
    "-w",
    "--write",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a draft of tags.yaml to a new file instead.",
)
@options.quiet_option("Show only the list and problems.")
@options.verbose_option("Show warnings about single articles, too.")
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
    """List every tag with its number of articles, kind, name, other spellings and newest files.

    A star marks tags that the articles set themselves. The other ones were recognized.
    """
    from newsgen.tags import report, rules_draft  # noqa: PLC0415 - slow to load, and `--help` needs none

    site = options.load_site_with_options(config, source=source)
    found = report.report_tags(site, jobs, terminal.make_progress(quiet=quiet))
    counts = [
        one
        for one in report.count_tags(found.articles)
        if one.articles >= min_articles and kind in {None, one.kind}
    ]
    # A draft has the same filters: with `--min-articles` it stays short enough to edit.
    if write:
        rules_draft.write_draft(write, counts)
        if not quiet:
            click.echo(f"Wrote {write}. Edit it; newsgen reads tags.yaml beside newsgen.yaml.")
    else:
        for one in counts:
            click.echo(_format_tag(one))
    terminal.print_article_problems(found.problems, verbose=verbose)


def _format_tag(one: "TagCount") -> str:
    mark = " " if one.recognized else "*"
    also = f"  also: {', '.join(one.variants)}" if one.variants else ""
    location = ", ".join(one.examples)
    return f"{one.articles:7,} {mark} {one.kind:12}  {one.name}{also}  [{location}]"
