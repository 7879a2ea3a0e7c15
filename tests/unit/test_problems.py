import errno

import pytest

from newsgen.problems import write_error


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (errno.ENOSPC, "free some space on the disk"),
        (errno.EISDIR, "move away what is in its place, then run the command again"),
        (errno.EACCES, "check the permissions of the file and of its folder"),
        (errno.EINVAL, "check the free space on the disk and the folder's permissions"),
    ],
)
def test_the_hint_depends_on_the_cause(number: int, hint: str) -> None:
    (problem,) = write_error(OSError(number, "reason"), "dist/a.html").problems
    assert (problem.location.file, problem.message) == ("dist/a.html", "cannot be written: reason")
    assert problem.hint == hint
