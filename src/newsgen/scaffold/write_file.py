"""Writing one of the user's files, so that it appears only when it is complete."""

from contextlib import suppress
from pathlib import Path

from newsgen.problems import write_error


def write_file(file: Path, data: bytes, shown_as: str) -> Path:
    """Write a file, replacing an existing one, and return its path.

    Args:
        file: The file. Missing folders are made.
        data: Its content.
        shown_as: The file's name in problems.

    Raises:
        NewsgenError: `cannot-write`. The file is then as it was.
    """
    # On a full disk the file itself would be left empty, and the next try would find it there.
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(data)
        unfinished.replace(file)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        raise write_error(error, shown_as) from error
    return file
