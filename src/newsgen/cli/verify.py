"""`newsgen verify`."""

import sys
from pathlib import Path
from typing import Final

import click

from newsgen.cli import options, terminal

_MAX_PROBLEMS: Final = 20
"""Problems shown without `--verbose`: a folder that was exchanged causes one for each file."""


@click.command("verify", short_help="Check what newsgen has written; write nothing.")
@options.config_option
@options.source_option
@options.output_option
@options.quiet_option()
@options.verbose_option("Show all problems.")
def command(
    *, config: Path | None, source: str | None, output: str | None, quiet: bool, verbose: bool
) -> None:
    """Compare the output folder and the caches with what newsgen recorded.

    Missing, changed and foreign files are shown. Nothing is written: `newsgen build --verify`
    restores what is damaged.
    """
    from newsgen.check import verify  # noqa: PLC0415 - slow to load, and `--help` needs none

    report = verify(options.load_site_with_options(config, source=source, output=output))
    limit = None if verbose else _MAX_PROBLEMS
    terminal.print_problems(report.problems, limit, list_all="newsgen verify --verbose")
    if not quiet:
        files = terminal.format_count(report.files, "file")
        problems = terminal.count_problems(report.problems) or "no problems"
        click.echo(f"{files} verified: {problems}")
    if any(problem.is_error for problem in report.problems):
        sys.exit(1)
