"""The command line: one command a file, found here without loading the others."""

import os
import signal
import sys
from importlib import import_module
from typing import Final

import click

from newsgen import __version__
from newsgen.cli.terminal import print_problems
from newsgen.problems import NewsgenError

_COMMANDS: Final = ("init", "new", "build", "serve", "check", "tags", "export-tags", "theme")


class _Commands(click.Group):
    """The commands, each loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
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
    """Make a fast, searchable, lasting site of a folder of news articles."""
    if os.environ.get("NO_COLOR"):
        ctx.color = False


def _interrupt(*_: object) -> None:
    """Stop at the first Ctrl-C; those that follow wait until all is cleared away."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt


def main() -> None:
    """Run the command line, and exit: 0, 1 for faults in the input, 2 for faults in the call."""
    signal.signal(signal.SIGINT, _interrupt)
    try:
        sys.exit(cli.main(prog_name="newsgen", standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except NewsgenError as error:
        print_problems(error.problems, color=False if os.environ.get("NO_COLOR") else None)
        sys.exit(2 if all(one.location.file.startswith("--") for one in error.problems) else 1)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted. The output folder is as it was.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
