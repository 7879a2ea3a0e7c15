"""`newsgen init`."""

from pathlib import Path

import click


@click.command("init", short_help="Create a new archive.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
@click.option("-t", "--title", default="", metavar="TEXT", help="Title of the archive.")
@click.option(
    "-l",
    "--language",
    default="en",
    show_default=True,
    metavar="TAG",
    help="Language of the archive, such as `ru`.",
)
def command(*, folder: Path, title: str, language: str) -> None:
    """Create a new archive in FOLDER: a configuration, a folder for articles, a first article."""
    from newsgen.scaffold import create_archive  # noqa: PLC0415 - `--help` needs none

    for file in create_archive(folder, title, language):
        click.echo(f"Wrote {file}")
    # The line can be copied into the shell as it is.
    cd = "" if folder == Path() else f"cd {folder} && "
    click.echo(f"Next: {cd}newsgen build && newsgen serve")
