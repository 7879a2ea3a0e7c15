"""`newsgen theme`: the default theme's files, and copies of them to change."""

from pathlib import Path

import click

from newsgen.cli import options


@click.group("theme", short_help="List the theme's files, or copy some to change them.")
def command() -> None:
    """List the default theme's templates and assets, or copy some of them to change."""


@command.command("list", short_help="List templates and assets.")
@options.config_option
def list_files(config: Path | None) -> None:
    """List the default theme's templates and assets.

    A star marks the files that the site overrides with its own.
    """
    from newsgen.scaffold.theme_files import list_theme_files  # noqa: PLC0415 - `--help` needs none of it

    for file in list_theme_files(options.load_site_with_options(config)):
        click.echo(f"{'*' if file.is_overridden else ' '} {file.name}")


@command.command("copy", short_help="Copy templates or assets beside the site.")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@options.config_option
@click.option("--force", is_flag=True, help="Overwrite files that exist.")
def copy_files(*, names: tuple[str, ...], config: Path | None, force: bool) -> None:
    """Copy templates or assets of the default theme into the site's own folders.

    The copies override the default theme's files.
    """
    from newsgen.scaffold import theme_files  # noqa: PLC0415 - `--help` needs none of it

    site = options.load_site_with_options(config)
    try:
        copied = theme_files.copy_theme_files(site, names, force=force)
    except theme_files.UnknownThemeFileError as error:
        # A wrong name is a fault of the call: exit code 2.
        raise click.UsageError(str(error)) from error
    for file in copied:
        click.echo(file)
