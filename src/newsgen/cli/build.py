"""`newsgen build`."""

import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

import click

from newsgen.cli import options, terminal
from newsgen.cli.skipped_files import describe_skipped_files

if TYPE_CHECKING:
    from newsgen.build import BuildReport

_MAX_PROBLEMS: Final = 100
"""Problems shown without `--verbose`: a wrong setting may cause one for each of 100,000 files."""


@click.command("build", short_help="Build the site.")
@options.config_option
@options.source_option
@options.output_option
@click.option("-b", "--base-url", metavar="URL", help="URL that the site will be published at.")
@options.jobs_option
@click.option("--clean", is_flag=True, help="Ignore caches and rebuild everything.")
@click.option(
    "--verify",
    is_flag=True,
    help="Read all files and check all caches, even if they seem unchanged.",
)
@click.option("--explain", is_flag=True, help="List each rendered page with the reason.")
@click.option("-D", "--drafts", is_flag=True, help="Include drafts.")
@click.option("-F", "--future", is_flag=True, help="Include future-dated articles.")
@click.option("--now", metavar="DATE", help="Time of the build.  [default: now]")
@click.option("--allow-removals", is_flag=True, help="Remove any number of articles.")
@options.quiet_option()
@options.verbose_option("Show timings and all problems.")
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
    now: str | None,
    allow_removals: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Build the site, writing only files that changed.

    The output folder stays unchanged until all new files are ready.
    """
    from newsgen.build import Options, build  # noqa: PLC0415 - slow to load, and `--help` needs none
    from newsgen.core.progress import TimedProgress  # noqa: PLC0415

    started = perf_counter()
    site = options.load_site_with_options(
        config, source=source, output=output, base_url=base_url, drafts=drafts, future=future
    )
    progress = TimedProgress(terminal.make_progress(quiet=quiet))
    moment = options.parse_now(now, site.timezone) if now is not None else None
    report = build(site, Options(jobs, clean, verify, moment, allow_removals), progress)
    if explain:
        for path, reason in report.reasons:
            click.echo(f"{path}  {reason}")
    limit = None if verbose else _MAX_PROBLEMS
    terminal.print_problems(report.problems, limit, fold=not verbose)
    if verbose:
        terminal.print_timings(progress.timings())
    if not quiet:
        _print_summary(site.output, report, perf_counter() - started)
    # The site is built without the faulty articles. The exit code lets a workflow reject it.
    if any(problem.is_error for problem in report.problems):
        sys.exit(1)


def _print_summary(output: str, report: "BuildReport", seconds: float) -> None:
    articles = terminal.format_count(report.articles, "article")
    pages = terminal.format_count(report.pages, "page")
    click.echo(f"{articles}, {pages} in {output}/ ({seconds:.1f} s)")
    unchanged = report.pages - report.written
    click.echo(f"{report.written:,} written, {unchanged:,} unchanged, {report.removed:,} removed")
    if report.unpublished:
        unpublished = terminal.format_count(report.unpublished, "article")
        click.echo(
            f"{unpublished} skipped (draft, future-dated or expired); --drafts and --future "
            "include the first two"
        )
    if report.skipped_files:
        click.echo(describe_skipped_files(report.skipped_files))
    if report.problems:
        click.echo(terminal.count_problems(report.problems))
    click.echo("Preview it with `newsgen serve`.")
