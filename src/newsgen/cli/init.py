"""`newsgen init`."""

from pathlib import Path

import click


@click.command("init", short_help="Begin an archive in a folder.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
@click.option("-t", "--title", default="", metavar="TEXT", help="The archive's title.")
@click.option(
    "-l",
    "--language",
    default="en",
    show_default=True,
    metavar="TAG",
    help="The language of its articles, such as `ru`.",
)
def command(*, folder: Path, title: str, language: str) -> None:
    """Begin an archive in FOLDER: a configuration, a folder for articles, and a first article."""
    from newsgen.scaffold import begin_archive  # noqa: PLC0415 - `--help` needs none of it

    for file in begin_archive(folder, title, language):
        click.echo(f"Wrote {file}")
    cd = "" if folder == Path() else f"cd {folder} && "
    click.echo(f"Next: {cd}newsgen build && newsgen serve")
