"""Publishing into output folders that are damaged, shared, restored or in use."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import ArchiveFolder, tree_of

from newsgen.build import BuildReport
from newsgen.build.publish_order import order_moves
from newsgen.build.state import hold_lock
from newsgen.output import publish
from newsgen.output.staging import lock_file
from newsgen.problems import NewsgenError


def problems(report: BuildReport) -> list[str]:
    return [str(problem) for problem in report.problems]


def test_a_reader_never_meets_a_link_before_its_page() -> None:
    kinds = {
        "assets/newsgen.css": "static",
        "2025/a/index.html": "article",
        "2025/new/index.html": "article",
        "2025/index.html": "year",
        "tags/new/index.html": "topic",
        "index.html": "home",
        "search/index/a/part": "search index",
        "search/index/parts.json": "search parts",
    }
    ordered = order_moves(kinds, {"2025/new/index.html", "tags/new/index.html"})
    assert ordered == kinds
    assert list(ordered) == [
        *("2025/new/index.html", "tags/new/index.html"),
        *("assets/newsgen.css", "2025/a/index.html", "search/index/a/part"),
        *("2025/index.html", "search/index/parts.json"),
        "index.html",
    ]


def test_a_folder_in_the_way_of_a_page_is_named_until_it_is_gone(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.article("b.txt", "2025-08-30", "Сыр")
    archive.build()
    page = archive.root / "dist/2025/08/30/mel/index.html"
    page.unlink()
    archive.write("dist/2025/08/30/mel/index.html/mine", "mine")
    archive.article("a.txt", "2025-08-30", "Мел", "Другое.")
    archive.article("b.txt", "2025-08-30", "Сыр", "Другое. О сыре.")
    message = (
        "dist/2025/08/30/mel/index.html: cannot-write: is a folder where the site needs a file"
    )
    assert problems(archive.build()) == [message]
    assert "Другое." in archive.page("2025/08/30/syr/index.html")
    # Nothing has changed, and the build still says what is missing.
    assert problems(archive.build()) == [message]
    assert (page / "mine").exists()
    shutil.rmtree(page)
    assert not archive.build().problems
    assert "Другое." in archive.page("2025/08/30/mel/index.html")
    assert archive.build().written == 0


def test_an_empty_folder_in_the_way_of_a_page_is_replaced(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    (archive.root / "dist/2025/08/31/syr/index.html/deeper").mkdir(parents=True)
    archive.article("b.txt", "2025-08-31", "Сыр")
    assert not archive.build().problems
    assert "Сыр" in archive.page("2025/08/31/syr/index.html")


def test_a_file_that_cannot_be_removed_is_tried_by_every_build(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    gone = archive.article("b.txt", "2025-08-31", "Сыр")
    archive.build()
    gone.unlink()
    page = archive.root / "dist/2025/08/31/syr/index.html"
    unlink = Path.unlink

    def refuse(file: Path, *, missing_ok: bool = False) -> None:
        if file == page:
            raise PermissionError(1, "Operation not permitted")
        unlink(file, missing_ok=missing_ok)

    message = (
        "dist/2025/08/31/syr/index.html: cannot-write: "
        "cannot be replaced or removed: Operation not permitted"
    )
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        for _ in range(2):
            assert problems(archive.build()) == [message]
    assert page.exists()
    assert not archive.build().problems
    assert not page.exists()


def test_removals_do_not_follow_a_link_out_of_the_output(
    archive: ArchiveFolder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    gone = archive.article("b.txt", "2024-08-31", "Сыр")
    archive.build()
    outside = tmp_path_factory.mktemp("outside")
    shutil.copytree(archive.root / "dist/2024", outside, dirs_exist_ok=True)
    shutil.rmtree(archive.root / "dist/2024")
    (archive.root / "dist/2024").symlink_to(outside)
    before = tree_of(outside)
    gone.unlink()
    with pytest.raises(NewsgenError, match=r"dist/2024.*: foreign-output: leads out of"):
        archive.build()
    assert tree_of(outside) == before
    (archive.root / "dist/2024").unlink()
    assert not archive.build().problems


@pytest.mark.parametrize("built", [True, False])
def test_two_archives_are_never_built_into_one_folder_at_once(
    new_archive: Callable[[str], ArchiveFolder], *, built: bool
) -> None:
    one, two = new_archive("one"), new_archive("two")
    one.overrides = two.overrides = {"output": "../dist"}
    one.article("a.txt", "2025-08-30", "Мел")
    two.article("b.txt", "2025-08-30", "Сыр")
    if built:
        one.build()
    output = one.root.parent / "dist"
    before = tree_of(output)
    with hold_lock(lock_file(output), "", ""), pytest.raises(NewsgenError) as caught:
        two.build()
    message = "../dist: build-running: another build into this folder is running"
    assert [str(problem) for problem in caught.value.problems] == [message]
    assert tree_of(output) == before
    assert not (output.parent / ".dist.staging").exists()


def test_a_folder_of_others_is_refused_before_anything_is_written_beside_it(
    archive: ArchiveFolder,
) -> None:
    archive.write("dist/mine", "mine")
    with pytest.raises(NewsgenError, match="foreign-output"):
        archive.build()
    assert {file.name for file in archive.root.iterdir()} <= {
        "articles",
        "newsgen.yaml",
        "dist",
        ".newsgen",
    }


def test_an_output_folder_may_be_deleted_after_an_interrupted_publish(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.article("a.txt", "2025-08-30", "Мел")
    archive.build()
    archive.article("b.txt", "2025-08-31", "Сыр")
    with monkeypatch.context() as patch:
        patch.setattr(publish, "_move_file", interrupt)
        with pytest.raises(KeyboardInterrupt):
            archive.build()
    shutil.rmtree(archive.root / "dist")
    assert not archive.build().problems
    before = archive.tree()
    shutil.rmtree(archive.root / "dist")
    shutil.rmtree(archive.root / ".newsgen")
    archive.build()
    assert archive.tree() == before


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt
