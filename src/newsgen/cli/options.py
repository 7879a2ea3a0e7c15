"""Options that several commands share, and the site that they describe."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

import click

from newsgen.cli.state import CommandState
from newsgen.config import Site, load_site
from newsgen.problems import Location, problem_error

Command = TypeVar("Command", bound=Callable[..., Any])

_MIN_YEAR: Final = 1970
_MAX_YEAR: Final = 9998
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


def private_option(command: Command) -> Command:
    """Add `--allow-private`."""
    return click.option(
        "--allow-private", is_flag=True, help="Ask private IPs that articles name, too."
    )(command)


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


def parse_now(text: str, timezone: str) -> datetime:
    """Return the value of `--now` as a moment.

    Args:
        text: A date, with or without a time and an offset (ISO 8601).
        timezone: IANA time zone of a time without an offset. Empty: the computer's zone.

    Raises:
        NewsgenError: `bad-value`.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    # Outside these years, converting to another time zone may overflow.
    if moment is None or not _MIN_YEAR <= moment.year <= _MAX_YEAR:
        hint = "write it as 2025-08-30 or 2025-08-30T14:00+03:00"
        message = f"`{text}` is not a date in the form of ISO 8601"
        raise problem_error("bad-value", message, Location("--now"), hint)
    if moment.tzinfo:
        return moment
    return moment.replace(tzinfo=ZoneInfo(timezone)) if timezone else moment.astimezone()


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
