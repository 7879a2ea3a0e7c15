"""`newsgen export-tags`."""

import json
from pathlib import Path
from typing import Final

import click

from newsgen.cli import options, terminal

_EXPORTED_KINDS: Final = {"person": "person", "place": "place", "organization": "org"}
"""The kinds of tags that are exported, each with its name in the JSON."""


@click.command("export-tags", short_help="Export people, places and organizations as JSON.")
@options.config_option
@options.source_option
@options.jobs_option
@options.quiet_option("Show no progress.")
@options.verbose_option("Show warnings about single articles, too.")
def command(
    *,
    config: Path | None,
    source: str | None,
    jobs: int,
    quiet: bool,
    verbose: bool,
) -> None:
    """Write the people, places and organizations of every article to standard output, as JSON.

    The JSON is an object. Its keys are the articles' files without the ending. Its values are lists
    of pairs of a kind (`person`, `place`, `org`) and a name.
    """
    from newsgen.tags.report import group_by_stem, report_tags  # noqa: PLC0415 - slow to load

    # Problems go to standard error, so that standard output stays valid JSON.
    site = options.load_site_with_options(config, source=source)
    found = report_tags(site, jobs, terminal.make_progress(quiet=quiet))
    exported = {
        stem: [[_EXPORTED_KINDS[tag.kind], tag.name] for tag in tags if tag.kind in _EXPORTED_KINDS]
        for stem, tags in group_by_stem(found.articles).items()
    }
    # JSON is UTF-8, whatever encoding the terminal has (RFC 8259, 8.1).
    click.echo(json.dumps(exported, ensure_ascii=False, indent=1).encode())
    terminal.print_article_problems(found.problems, verbose=verbose)
