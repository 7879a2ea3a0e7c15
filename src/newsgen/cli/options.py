"""Options that several commands take, and the configuration that they change."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from newsgen.config import Site, load

Command = TypeVar("Command", bound=Callable[..., Any])

_FILE = click.Path(dir_okay=False, path_type=Path)


def config_option(command: Command) -> Command:
    """`--config`."""
    return click.option(
        "-f", "--config", type=_FILE, help="The configuration file.  [default: newsgen.yaml]"
    )(command)


def source_option(command: Command) -> Command:
    """`--source`."""
    return click.option("-s", "--source", metavar="DIR", help="The folder of articles.")(command)


def output_option(command: Command) -> Command:
    """`--output`."""
    return click.option("-o", "--output", metavar="DIR", help="The folder to write to.")(command)


def jobs_option(command: Command) -> Command:
    """`--jobs`."""
    return click.option(
        "-j",
        "--jobs",
        type=click.IntRange(0, 256),
        default=0,
        metavar="N",
        help="How many processes work at once.  [default: one for each processor]",
    )(command)


def verbosity_options(command: Command) -> Command:
    """`--quiet` and `--verbose`."""
    quiet = click.option("-q", "--quiet", is_flag=True, help="Say nothing but what is wrong.")
    verbose = click.option("-v", "--verbose", is_flag=True, help="Say more: where the time goes.")
    return quiet(verbose(command))


def load_site(config: Path | None, **overrides: str | bool | None) -> Site:
    """The site that the configuration and the command line's options describe.

    Paths on the command line are the caller's: relative to the current folder, not to the
    configuration's.

    Raises:
        NewsgenError: with every fault in them.
    """
    values: dict[str, str] = {}
    for key, value in overrides.items():
        if key in {"source", "output"} and isinstance(value, str):
            values[key] = (
                str(Path(value).absolute()) if config and config.parent != Path() else value
            )
        elif isinstance(value, str):
            values[key] = value
        elif value:
            values[key] = "true"
    return load(config, values)
