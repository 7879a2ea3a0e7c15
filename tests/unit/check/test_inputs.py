"""`newsgen check` reports what a build reports, and internal errors reach the log."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.conftest import ArchiveFolder

from newsgen.build.error_log import MAX_LOG_SIZE, append_traceback
from newsgen.check import check
from newsgen.core.progress import NullProgress
from newsgen.model import RawArticle
from newsgen.problems import NewsgenError
from newsgen.read import formats
from newsgen.recognize import registry
from newsgen.render.renderers import RENDERERS


class Failing:
    version = "failing"

    def recognize(self, _: object) -> None:
        raise ValueError("no model")


def test_check_reports_every_problem_that_a_build_reports(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = registry.RECOGNIZERS["ru"]._replace(make=Failing)  # type: ignore[arg-type]
    monkeypatch.setitem(registry.RECOGNIZERS, "ru", row)
    archive.names = True
    archive.config("language: ru\nrecognize: {languages: [ru, fr]}\nmax_article_size: 1000\n")
    archive.article("a.txt", "2025-08-30", "Мел", "Текст первый.")
    archive.article("b.txt", "2025-08-30", "Мель", "Текст первый.")
    archive.article("large.txt", "2025-08-30", "Большая", "Слово. " * 500)
    archive.write("articles/bad.txt", "Без даты\n")
    archive.write("articles/zero.txt", b"\0\1\2\3" * 9)
    archive.write("articles/front.md", "---\ntitle: x\n")
    (archive.root / "articles/out.txt").symlink_to(archive.root / "newsgen.yaml")
    checked = check(archive.site(), 1, NullProgress())
    assert not (archive.root / ".newsgen/cache.sqlite").exists()
    built = archive.build(now=datetime.now(UTC))
    assert {"no-recognizer", "not-recognized", "too-large", "no-date", "duplicate-text"} <= {
        problem.code for problem in built.problems
    }
    assert sorted(checked.problems) == sorted(built.problems)
    assert checked.articles == built.articles


def test_a_error_in_loading_is_logged_with_its_traceback(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parse(path: str, _: str) -> RawArticle:
        raise RuntimeError(path)

    monkeypatch.setattr(formats, "parse_article", parse)
    archive.article("b.txt", "2025-08-30", "Беда")
    (problem,) = archive.build().problems
    assert problem.message == "internal error: RuntimeError: b.txt"
    assert ".newsgen/newsgen.log" in problem.hint
    log = (archive.root / ".newsgen/newsgen.log").read_text(encoding="utf-8")
    assert "articles/b.txt\nTraceback" in log
    assert "in parse\n    raise RuntimeError(path)\nRuntimeError: b.txt" in log


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_error_in_rendering_is_logged_and_leaves_the_site_as_it_was(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    def render(*_: object) -> bytes:
        raise ZeroDivisionError("ours")

    archive.build()
    before = archive.tree()
    for number in range(60):
        archive.article(f"{number}.txt", "2025-08-30", f"Беда {number}")
    monkeypatch.setitem(RENDERERS, "html", render)
    with pytest.raises(NewsgenError, match="internal error: ZeroDivisionError: ours") as caught:
        archive.build(jobs=jobs)
    assert ".newsgen/newsgen.log" in caught.value.problems[0].hint
    assert archive.tree() == before
    log = (archive.root / ".newsgen/newsgen.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError: ours" in log


def test_the_log_is_bounded(tmp_path: Path) -> None:
    log = tmp_path / ".newsgen/newsgen.log"
    for _ in range(8):
        append_traceback(RuntimeError("x" * (MAX_LOG_SIZE // 3)), "articles/a.txt", log)
    assert {file.name for file in log.parent.iterdir()} == {"newsgen.log", "newsgen.log.1"}
    assert sum(file.stat().st_size for file in log.parent.iterdir()) < 3 * MAX_LOG_SIZE
