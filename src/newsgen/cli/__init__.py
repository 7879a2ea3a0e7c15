"""The command line: the list of commands, each in a module of its own, and exit codes.

Commands are imported when they are asked for, so that `newsgen --version` loads none.
"""

import os
import signal
import sys
import tempfile
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from newsgen import __version__
from newsgen.cli.state import CommandState
from newsgen.cli.streams import discard_output, find_failed_stream, prepare_streams
from newsgen.cli.terminal import print_problems
from newsgen.core.plugins import PluginTable
from newsgen.problems import Location, NewsgenError, problem_error, write_error

_INTERNAL_ERROR: Final = 70
"""Exit code: EX_SOFTWARE of sysexits.h."""
_BUILT_IN: Final = (
    "init",
    "new",
    "build",
    "serve",
    "check",
    "verify",
    "tags",
    "export-tags",
    "media",
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

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        # Plugins are not looked for as long as a built-in command is asked for.
        if cmd_name not in _BUILT_IN:
            ctx.ensure_object(CommandState).plugin = cmd_name
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
    try:
        Path.cwd()
    except OSError as error:
        message = f"the current folder cannot be found: {error.strerror}"
        hint = "it was moved or deleted; change to the archive's folder with `cd`"
        raise problem_error("unreadable", message, Location("."), hint) from error


def main() -> None:
    """Run the command line and exit.

    Exit codes: 0 for success, 1 for problems in the input, 2 for a usage error, 70 for
    an internal error, also of a plugin's command (EX_SOFTWARE of sysexits.h), 130 for Ctrl-C.
    """
    signal.signal(signal.SIGINT, _interrupt)
    prepare_streams()
    try:
        code = _run()
    except OSError:
        # Not even the message could be written.
        code = 1
    discard_output()
    sys.exit(code)


def _run() -> int:  # noqa: PLR0911 - one for each kind of error
    """Run the command line, print why it failed, and return the exit code."""
    state = CommandState()
    try:
        # Standalone, click would handle Ctrl-C itself and exit with 1.
        return cli.main(prog_name="newsgen", standalone_mode=False, obj=state) or 0
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except NewsgenError as error:
        _print_error(error)
        # A bad value of an option is a fault of the call, not of the input.
        return 2 if all(one.location.file.startswith("--") for one in error.problems) else 1
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted. The output folder is unchanged.", err=True)
        return 130
    except BrokenPipeError:
        # As in `newsgen tags | head`: the reader has seen enough.
        return 0
    except OSError as error:
        return _report_os_error(error, state)
    except Exception as error:  # noqa: BLE001 - a user never sees a traceback
        return _report_internal_error(error, state)


def _print_error(error: NewsgenError) -> None:
    print_problems(error.problems, color=False if os.environ.get("NO_COLOR") else None)


def _report_os_error(error: OSError, state: CommandState) -> int:
    """Print the file or stream that the system refuses, and return the exit code."""
    stream = find_failed_stream(error)
    if stream:
        _print_error(write_error(error, stream))
    elif error.filename is not None:
        message = f"cannot be read: {error.strerror}"
        _print_error(problem_error("unreadable", message, Location(os.fsdecode(error.filename))))
    else:
        return _report_internal_error(error, state)
    return 1


def _report_internal_error(error: Exception, state: CommandState) -> int:
    """Print one line about an error in newsgen or a plugin's command, and return the exit code.

    The traceback goes to the log.
    """
    from newsgen.build.error_log import LOG_NAME, append_traceback  # noqa: PLC0415 - rarely needed

    if state.cache_folder and state.cache_folder.is_dir():
        log = state.cache_folder / LOG_NAME
    else:
        # A file of its own: others may write to the system's temporary folder.
        descriptor, name = tempfile.mkstemp(prefix="newsgen-", suffix=".log")
        os.close(descriptor)
        log = Path(name)
    is_logged = append_traceback(error, f"newsgen {' '.join(sys.argv[1:])}", log)
    if failure := _PLUGINS.describe_failure(state.plugin, error):
        hint = f"{failure.hint}; see {log}" if is_logged else failure.hint
        print_problems([replace(failure, hint=hint)])
        return _INTERNAL_ERROR
    summary = (str(error).splitlines() or [""])[0]
    click.echo(f"internal error: {type(error).__name__}: {summary}".rstrip(": "), err=True)
    if is_logged:
        click.echo(f"    please report it with the file {log}", err=True)
    return _INTERNAL_ERROR


def _interrupt(*_: object) -> None:
    """Stop at the first Ctrl-C, and ignore further ones while cleaning up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt
