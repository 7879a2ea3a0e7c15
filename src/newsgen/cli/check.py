"""`newsgen check`."""

import sys
from pathlib import Path

import click

from newsgen.cli import options, terminal
from newsgen.cli.skipped_files import describe_skipped_files


@click.command("check", short_help="Check articles, settings and theme; write nothing.")
@options.config_option
@options.source_option
@options.jobs_option
@click.option("-D", "--drafts", is_flag=True, help="Include drafts.")
@click.option("-F", "--future", is_flag=True, help="Include future-dated articles.")
@click.option(
    "-x", "--external", is_flag=True, help="Ask other hosts whether their media are still there."
)
@options.private_option
@options.quiet_option()
@options.verbose_option("Show each warning, even if many are of one kind.")
def command(
    *,
    config: Path | None,
    source: str | None,
    jobs: int,
    drafts: bool,
    future: bool,
    external: bool,
    allow_private: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Check all articles, the configuration and the theme.

    Every problem is shown with its file, its line and a hint. Nothing is written, and caches of
    earlier builds are ignored. The network is used with --external only.
    """
    from newsgen.check import check  # noqa: PLC0415 - slow to load, and `--help` needs none

    site = options.load_site_with_options(config, source=source, drafts=drafts, future=future)
    progress = terminal.make_progress(quiet=quiet)
    report = check(site, jobs, progress)
    problems = report.problems
    asked = ""
    if external:
        from newsgen.media import probe_media  # noqa: PLC0415 - slow to load, and rarely needed

        probed = probe_media(report.external, progress, allow_private=allow_private)
        problems += probed.problems
        asked = f", {terminal.format_count(probed.asked, 'external medium', 'external media')}"
        if probed.left:
            asked += f" of {probed.asked + probed.left:,}, as the time was up"
    # Without a limit: `newsgen build` refers to this command for the whole list.
    terminal.print_problems(problems, fold=not verbose)
    if not quiet:
        if report.skipped_files:
            click.echo(describe_skipped_files(report.skipped_files))
        articles = terminal.format_count(report.articles, "article")
        counted = terminal.count_problems(problems) or "no problems"
        click.echo(f"{articles} checked{asked}: {counted}")
    if any(problem.is_error for problem in problems):
        sys.exit(1)
