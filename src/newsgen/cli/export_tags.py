"""`newsgen export-tags`."""

import json
from pathlib import Path
from typing import Final

import click

from newsgen.cli import options, terminal

_KINDS: Final = {"person": "person", "place": "place", "organization": "org"}
"""The kinds that are exported, each with its name there."""


@click.command("export-tags", short_help="Write the people, places and organisations as JSON.")
@options.config_option
@options.source_option
@options.jobs_option
@options.verbosity_options
def command(
    *,
    config: Path | None,
    source: str | None,
    jobs: int,
    quiet: bool,
    verbose: bool,
) -> None:
    """Write who and what each article is about to the standard output, as JSON.

    It is an object of articles by their files' names without the ending, each a list of pairs of a
    kind (`person`, `place`, `org`) and a name.
    """
    from newsgen.tags.report import by_stem, survey  # noqa: PLC0415 - `--help` needs none of it

    site = options.load_site(config, source=source)
    found = survey(site, jobs, terminal.progress_for(quiet=quiet))
    tags = {
        stem: [[_KINDS[tag.kind], tag.name] for tag in tags if tag.kind in _KINDS]
        for stem, tags in by_stem(found.articles).items()
    }
    click.echo(json.dumps(tags, ensure_ascii=False, indent=1))
    terminal.end_survey(found.problems, verbose=verbose)
