"""`newsgen build`."""

import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

import click

from newsgen.cli import options, terminal

if TYPE_CHECKING:
    from newsgen.build import BuildReport

_MOST_PROBLEMS: Final = 100


@click.command("build", short_help="Build the site.")
@options.config_option
@options.source_option
@options.output_option
@click.option("-b", "--base-url", metavar="URL", help="Where the site will be published.")
@options.jobs_option
@click.option("--clean", is_flag=True, help="Work everything out anew, whatever is kept.")
@click.option("--verify", is_flag=True, help="Read every source, even those that seem unchanged.")
@click.option("--explain", is_flag=True, help="Name each page that is rendered, and the reason.")
@click.option("-D", "--drafts", is_flag=True, help="Show drafts too.")
@click.option("-F", "--future", is_flag=True, help="Show articles dated ahead too.")
@options.verbosity_options
def command(
    *,
    config: Path | None,
    source: str | None,
    output: str | None,
    base_url: str | None,
    jobs: int,
    clean: bool,
    verify: bool,
    explain: bool,
    drafts: bool,
    future: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Build the site: read the articles, and write what is not as it should be.

    Only pages that have changed are written. The output folder is left as it was until all of them
    are there.
    """
    from newsgen.build import Options, build  # noqa: PLC0415 - `--help` needs none of it
    from newsgen.core.progress import TimedProgress  # noqa: PLC0415

    started = perf_counter()
    site = options.load_site(
        config, source=source, output=output, base_url=base_url, drafts=drafts, future=future
    )
    watch = TimedProgress(terminal.progress_for(quiet=quiet))
    report = build(site, Options(jobs, clean, verify), watch)
    if explain:
        for path, reason in report.reasons:
            click.echo(f"{path}  {reason}")
    terminal.print_problems(report.problems, most=None if verbose else _MOST_PROBLEMS)
    if verbose:
        terminal.print_timings(watch.timings())
    if not quiet:
        _print_sum(site.output, report, perf_counter() - started)
    if any(problem.is_error for problem in report.problems):
        sys.exit(1)


def _print_sum(output: str, report: "BuildReport", seconds: float) -> None:
    articles = terminal.counted(report.articles, "article")
    pages = terminal.counted(report.pages, "page")
    click.echo(f"{articles}, {pages} in {output}/ ({seconds:.1f} s)")
    unchanged = report.pages - report.written
    click.echo(f"{report.written:,} written, {unchanged:,} unchanged, {report.removed:,} removed")
    if report.unpublished:
        file_lock = terminal.counted(report.unpublished, "article")
        click.echo(f"{file_lock} held back: drafts, or dated ahead (--drafts, --future)")
    if report.problems:
        click.echo(terminal.count_problems(report.problems))
    click.echo("Look at it with `newsgen serve`.")
