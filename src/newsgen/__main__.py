"""Entry point of `newsgen` and of `python -m newsgen`."""

import signal


def main() -> None:
    """Run the command line and exit."""
    # Loading the command line takes a tenth of a second. Ctrl-C ends the process meanwhile, as it
    # ends a program in C; afterwards the command line handles it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from newsgen.cli import main as run_command_line  # noqa: PLC0415 - see above

    run_command_line()


if __name__ == "__main__":
    main()
