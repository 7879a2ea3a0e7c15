"""`newsgen media`: media of other hosts that articles name."""

import sys
from pathlib import Path

import click

from newsgen.cli import options, terminal

_MEGABYTE = 1_000_000


@click.group("media", short_help="Bring pictures of other hosts into the archive.")
def command() -> None:
    """Bring pictures, audio and video of other hosts into the archive."""


@command.command("fetch", short_help="Bring media of other hosts into the archive.")
@options.config_option
@options.source_option
@options.jobs_option
@click.option(
    "--max-size",
    type=click.IntRange(1),
    default=20,
    metavar="MB",
    help="Largest size of a file.  [default: 20]",
)
@click.option(
    "--max-total",
    type=click.IntRange(1),
    default=1_000,
    metavar="MB",
    help="Largest size of all files of this run.  [default: 1000]",
)
@click.option(
    "--max-minutes",
    type=click.IntRange(1),
    default=60,
    metavar="N",
    help="Longest time of this run.  [default: 60]",
)
@options.private_option
@options.quiet_option("Only show problems.")
def fetch(
    *,
    config: Path | None,
    source: str | None,
    jobs: int,
    max_size: int,
    max_total: int,
    max_minutes: int,
    allow_private: bool,
    quiet: bool,
) -> None:
    """Copy media of other hosts that articles name into the folder media/ beside the articles.

    media.csv beside newsgen.yaml lists the copies, and builds show them. A run that was stopped or
    has reached a limit goes on when the command is called again.
    """
    from newsgen.media import FetchLimits, fetch_media  # noqa: PLC0415 - slow to load

    site = options.load_site_with_options(config, source=source)
    limits = FetchLimits(
        max_size * _MEGABYTE, max_total * _MEGABYTE, max_minutes * 60, allow_private=allow_private
    )
    report = fetch_media(site, jobs, limits, terminal.make_progress(quiet=quiet))
    terminal.print_problems(report.problems)
    if not quiet:
        files = terminal.format_count(report.fetched, "file")
        click.echo(
            f"{files} fetched ({report.size / _MEGABYTE:,.1f} MB), {report.failed:,} failed, "
            f"{report.left:,} left"
        )
    if report.left or any(problem.is_error for problem in report.problems):
        sys.exit(1)
