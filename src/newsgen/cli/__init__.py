"""The command line: the list of commands, each in a module of its own, and exit codes.

Commands are imported when they are asked for, so that `newsgen --version` loads none.
"""

import os
import signal
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from newsgen import __version__
from newsgen.cli.terminal import print_problems
from newsgen.core.plugins import PluginTable
from newsgen.problems import NewsgenError

_BUILT_IN: Final = (
    "init",
    "new",
    "build",
    "serve",
    "check",
    "verify",
    "tags",
    "export-tags",
    "theme",
)
_PLUGINS: Final[PluginTable[click.Command]] = PluginTable(
    "newsgen.commands", {}, lambda row: isinstance(row, click.Command), reserved=_BUILT_IN
)


class _Commands(click.Group):
    """The commands in their order, those of plugins last."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        # A faulty plugin's command is missing from the list, so the list says why.
        print_problems(_PLUGINS.problems(), color=ctx.color)
        return [*_BUILT_IN, *_PLUGINS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        # Plugins are not looked for as long as a built-in command is asked for.
        if cmd_name not in _BUILT_IN:
            return _PLUGINS.get(cmd_name)
        command = import_module(f"newsgen.cli.{cmd_name.replace('-', '_')}").command
        assert isinstance(command, click.Command)  # noqa: S101
        return command


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with `newsgen init`, then `newsgen build` and `newsgen serve`.",
)
@click.version_option(__version__, message="newsgen %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Build a fast, searchable website from a folder of news articles."""
    # https://no-color.org: any value but the empty one counts. Click knows nothing of it.
    if os.environ.get("NO_COLOR"):
        ctx.color = False


def main() -> None:
    """Run the command line and exit.

    Exit codes: 0 for success, 1 for problems in the input, 2 for a usage error, 130 for Ctrl-C.
    """
    signal.signal(signal.SIGINT, _interrupt)
    try:
        # Standalone, click would handle Ctrl-C itself and exit with 1.
        sys.exit(cli.main(prog_name="newsgen", standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except NewsgenError as error:
        print_problems(error.problems, color=False if os.environ.get("NO_COLOR") else None)
        # A bad value of an option is a fault of the call, not of the input.
        sys.exit(2 if all(one.location.file.startswith("--") for one in error.problems) else 1)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted. The output folder is unchanged.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # As in `newsgen tags | head`. Python flushes stdout once more when it exits, which must
        # not fail again: https://docs.python.org/3/library/signal.html#note-on-sigpipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 - a user never sees a traceback
        _report_internal_error(error)
        sys.exit(1)


def _report_internal_error(error: Exception) -> None:
    """Print one line about an error of newsgen's own, and log the traceback."""
    from newsgen.build.error_log import LOG_NAME, append_traceback  # noqa: PLC0415 - rarely needed

    # The configuration may be what failed, so its cache folder is not asked for.
    folder = Path(".newsgen") if Path(".newsgen").is_dir() else Path(tempfile.gettempdir())
    log = folder / LOG_NAME
    summary = (str(error).splitlines() or [""])[0]
    click.echo(f"internal error: {type(error).__name__}: {summary}".rstrip(": "), err=True)
    if append_traceback(error, f"newsgen {' '.join(sys.argv[1:])}", log):
        click.echo(f"    please report it with the file {log}", err=True)


def _interrupt(*_: object) -> None:
    """Stop at the first Ctrl-C, and ignore further ones while cleaning up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt
