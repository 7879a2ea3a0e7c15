"""Options that several commands share, and the site that they describe."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from newsgen.cli.state import CommandState
from newsgen.config import Site, load_site

Command = TypeVar("Command", bound=Callable[..., Any])

_FILE = click.Path(dir_okay=False, path_type=Path)


def config_option(command: Command) -> Command:
    """Add `--config`."""
    return click.option(
        "-f", "--config", type=_FILE, help="Configuration file.  [default: newsgen.yaml]"
    )(command)


def source_option(command: Command) -> Command:
    """Add `--source`."""
    return click.option("-s", "--source", metavar="DIR", help="Folder of articles.")(command)


def output_option(command: Command) -> Command:
    """Add `--output`."""
    return click.option("-o", "--output", metavar="DIR", help="Folder of the built site.")(command)


def jobs_option(command: Command) -> Command:
    """Add `--jobs`."""
    return click.option(
        "-j",
        "--jobs",
        type=click.IntRange(0, 256),
        default=0,
        metavar="N",
        help="Number of parallel processes.  [default: one per processor]",
    )(command)


def quiet_option(text: str = "Only show problems.") -> Callable[[Command], Command]:
    """Add `--quiet` with a help text of the command's own."""
    return click.option("-q", "--quiet", is_flag=True, help=text)


def verbose_option(text: str) -> Callable[[Command], Command]:
    """Add `--verbose` with a help text of the command's own."""
    return click.option("-v", "--verbose", is_flag=True, help=text)


def load_site_with_options(config: Path | None, **overrides: str | bool | None) -> Site:
    """Load the site's configuration, with options that override its keys.

    Args:
        config: The value of `--config`.
        overrides: The values of options by the key that each overrides. None and False leave the
            key alone.

    Raises:
        NewsgenError: With every fault in the configuration and the options.
    """
    values: dict[str, str] = {}
    for key, value in overrides.items():
        if key in {"source", "output"} and isinstance(value, str):
            # Paths on the command line are relative to the current folder, those in the
            # configuration to its own.
            values[key] = (
                str(Path(value).absolute()) if config and config.parent != Path() else value
            )
        elif isinstance(value, str):
            values[key] = value
        # A flag that is not given must not override `true` in the configuration.
        elif value:
            values[key] = "true"
    site = load_site(config, values)
    # `main` writes the log of internal errors into this folder.
    if context := click.get_current_context(silent=True):
        context.find_root().ensure_object(CommandState).cache_folder = site.cache_folder
    return site
