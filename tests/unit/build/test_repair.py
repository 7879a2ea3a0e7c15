import pytest
from tests.conftest import ArchiveFolder

BODY = "История города и его жителей, рассказанная очевидцами.\n\nВторой абзац: Ёлки, съезд.\n"
REPAIR = "language: ru\nrepair: mojibake\n"


def text_article(headline: str, body: bytes) -> bytes:
    return f" date 2020-01-07 {headline}\n\n".encode() + body


def markdown_article(headline: str, body: bytes) -> bytes:
    return f"---\ndate: 2020-01-07\ntitle: {headline}\n---\n".encode() + body


@pytest.mark.parametrize("jobs", [1, 2])
def test_repaired_articles_are_built_like_right_ones(archive: ArchiveFolder, jobs: int) -> None:
    bodies = {
        "a": BODY.encode().decode("latin-1").encode(),
        "b": BODY.encode("cp1251").decode("koi8-r").encode(),
        "c": BODY.encode("cp1251"),
    }
    archive.config(REPAIR)
    for name, body in bodies.items():
        archive.write(f"articles/{name}.txt", text_article(f"Статья номер {name}", body))
        archive.write(f"articles/{name}.md", markdown_article(f"Очерк номер {name}", body))
    report = archive.build(jobs)
    assert {problem.code for problem in report.problems} == {"repaired-encoding", "duplicate-text"}
    pages = [
        text.decode() for path, text in archive.tree().items() if path.startswith("2020/01/07/")
    ]
    assert sum("История города и его жителей, рассказанная" in page for page in pages) >= 6
    repaired = archive.tree()
    assert archive.build(jobs, clean=True).articles == 6
    assert archive.tree() == repaired


@pytest.mark.parametrize("make", [text_article, markdown_article])
def test_setting_and_clearing_repair_gives_what_a_clean_build_gives(
    archive: ArchiveFolder, make: object
) -> None:
    assert callable(make)
    suffix = "md" if make is markdown_article else "txt"
    body = BODY.encode().decode("latin-1").encode()
    archive.write(f"articles/a.{suffix}", make("Статья", body))
    archive.config("language: ru\n")
    assert "mojibake" in [problem.code for problem in archive.build().problems]
    before = archive.tree()
    archive.config(REPAIR)
    assert [problem.code for problem in archive.build().problems] == ["repaired-encoding"]
    repaired = archive.tree()
    archive.build(clean=True)
    assert archive.tree() == repaired
    archive.config("language: ru\n")
    archive.build()
    assert archive.tree() == before


def test_an_article_in_two_encodings_is_left_out(archive: ArchiveFolder) -> None:
    archive.config("language: ru\n")
    archive.write("articles/a.txt", text_article("Заголовок смеси", BODY.encode("cp1251")))
    report = archive.build()
    (problem,) = report.problems
    assert str(problem) == ("articles/a.txt:3: bad-encoding: is UTF-8, but not on lines 3 and 5")
    assert report.articles == 0
