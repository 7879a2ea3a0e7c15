import errno
import os
import shutil
from pathlib import Path

import pytest
from tests.conftest import ArchiveFolder

from newsgen.build.state import retry_if_damaged
from newsgen.config import Site
from newsgen.problems import NewsgenError


@pytest.mark.parametrize(
    ("files", "shown"),
    [
        (("dist/a.html",), "dist/a.html"),
        # A move: the second file is the target.
        ((".dist.staging/1f", None, "dist/b/index.html"), "dist/b/index.html"),
        ((), ".newsgen"),
    ],
)
def test_an_error_of_the_disk_names_the_file(
    archive: ArchiveFolder, files: tuple[str | None, ...], shown: str
) -> None:
    paths = [file and str(archive.root / file) for file in files]

    @retry_if_damaged
    def fail(_: Site) -> None:
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR), *paths)

    with pytest.raises(NewsgenError) as caught:
        fail(archive.site())
    (problem,) = caught.value.problems
    assert (problem.location.file, problem.code) == (shown, "cannot-write")
    assert problem.hint == "move away what is in its place, then run the command again"


def test_a_file_elsewhere_is_named_in_full(archive: ArchiveFolder) -> None:
    elsewhere = str(Path("/elsewhere/a.html"))

    @retry_if_damaged
    def fail(_: Site) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", elsewhere)

    with pytest.raises(NewsgenError) as caught:
        fail(archive.site())
    assert caught.value.problems[0].location.file == elsewhere


@pytest.mark.parametrize("name", ["catalogue", "cache", "manifest-*"])
@pytest.mark.parametrize("suffix", ["journal", "wal"])
def test_a_folder_in_place_of_a_journal_is_named(
    archive: ArchiveFolder, name: str, suffix: str
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    (database,) = (archive.root / ".newsgen").glob(f"{name}.sqlite")
    folder = database.with_name(f"{database.name}-{suffix}")
    archive.write(f".newsgen/{folder.name}/mine", "mine")
    archive.article("a.txt", "2025-08-30", "Мел", "Другое.")
    for verify in (False, True):
        try:
            archive.build(verify=verify)
        except NewsgenError as error:
            (problem,) = error.problems
            assert problem.location.file == f".newsgen/{folder.name}"
            assert problem.code == "cannot-write"
            assert "delete the folder" in problem.hint
    shutil.rmtree(folder)
    assert not [problem for problem in archive.build().problems if problem.is_error]
    assert "Другое" in archive.page("2025/08/30/mel/index.html")
