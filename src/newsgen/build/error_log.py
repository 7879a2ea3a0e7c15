"""Log of internal errors: users see one line, the traceback goes to a file under `.newsgen/`."""

import traceback
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from newsgen import __version__
from newsgen.problems import Location, Problem

LOG_NAME: Final = "newsgen.log"
MAX_LOG_SIZE: Final = 1_000_000
"""Bytes. A larger log is renamed to `newsgen.log.1` before the next error, in place of an older
one: a fault that hits every article must not fill the disk."""


def log_error(error: BaseException, location: Location, log: Path | None) -> Problem:
    """Append an unexpected error to the log, and return it as a problem.

    Args:
        error: The exception, with its traceback.
        location: The file that was worked on, as the user knows it.
        log: The log file; None without one.
    """
    summary = (str(error).splitlines() or [""])[0]
    message = f"internal error: {type(error).__name__}: {summary}".rstrip(": ")
    hint = ""
    if log is not None and append_traceback(error, f"{location}", log):
        hint = f"please report it, with {log.parent.name}/{log.name} and the article's file"
    return Problem(location, "internal-error", message, hint)


def log_plugin_error(
    error: BaseException, failure: Problem | None, subject: str, log: Path | None
) -> Problem | None:
    """Append an error of a plugin to the log, and return its problem with the log in the hint.

    Args:
        error: The exception, with its traceback.
        failure: The plugin's problem, None if the error is not a plugin's.
        subject: What was worked on.
        log: The log file; None without one.
    """
    if failure is None or log is None or not append_traceback(error, subject, log):
        return failure
    return replace(failure, hint=f"{failure.hint}; see {log.parent.name}/{log.name}")


def append_traceback(error: BaseException, subject: str, log: Path) -> bool:
    """Append a traceback to the log, and return False if it cannot be written."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    text = "".join(traceback.format_exception(error))
    # An error while logging must not hide the error that is logged.
    with suppress(OSError):
        if log.exists() and log.stat().st_size > MAX_LOG_SIZE:
            log.replace(log.with_name(f"{log.name}.1"))
        log.parent.mkdir(parents=True, exist_ok=True)
        # Workers share the file: one write in append mode stays whole.
        with log.open("a", encoding="utf-8", errors="backslashreplace") as opened:
            opened.write(f"{now} newsgen {__version__}: {subject}\n{text}\n")
        return True
    return False
