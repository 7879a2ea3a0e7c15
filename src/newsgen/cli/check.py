"""`newsgen check`."""

import sys
from pathlib import Path

import click

from newsgen.cli import options, terminal


@click.command("check", short_help="Find what is wrong, and write nothing.")
@options.config_option
@options.source_option
@options.jobs_option
@click.option("-D", "--drafts", is_flag=True, help="Count drafts as shown.")
@click.option("-F", "--future", is_flag=True, help="Count articles dated ahead as shown.")
@options.verbosity_options
def command(
    *,
    config: Path | None,
    source: str | None,
    jobs: int,
    drafts: bool,
    future: bool,
    quiet: bool,
    verbose: bool,  # noqa: ARG001 - every command takes it
) -> None:
    """Read everything, and name every fault of every file with its line and a hint.

    Nothing is written, and nothing that is kept from earlier builds is believed.
    """
    from newsgen.check import check  # noqa: PLC0415 - `--help` needs none of it

    site = options.load_site(config, source=source, drafts=drafts, future=future)
    report = check(site, jobs, terminal.progress_for(quiet=quiet))
    terminal.print_problems(report.problems)
    if not quiet:
        articles = terminal.counted(report.articles, "article")
        click.echo(f"{articles} checked: {terminal.count_problems(report.problems) or 'no faults'}")
    if any(problem.is_error for problem in report.problems):
        sys.exit(1)
