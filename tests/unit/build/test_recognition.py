from pathlib import Path

import pytest
from tests.conftest import ArchiveFolder

from newsgen.build.recognition import prepare_recognition
from newsgen.config import Recognize, Site
from newsgen.recognize import registry
from newsgen.recognize.ru import ner_model

RU = Site(root=Path(), language="ru")


def said(site: Site) -> list[str]:
    return [problem.message for problem in prepare_recognition(site).problems]


def test_a_language_that_can_be_read_has_a_version() -> None:
    ready = prepare_recognition(RU)
    assert [language for language, _ in ready.context.versions] == ["ru"]
    assert ready.problems == ()


def test_nothing_is_said_where_nothing_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ner_model, "REQUIRED_PACKAGES", ("no_such_package",))
    assert said(Site(root=Path(), language="en")) == []
    off = Site(root=Path(), language="ru", recognize=Recognize(mode="off"))
    assert prepare_recognition(off).context.versions == ()
    assert said(off) == []


def test_a_language_that_nobody_reads() -> None:
    site = Site(root=Path(), language="ru", recognize=Recognize(languages=("ru", "tlh")))
    assert said(site) == [
        "people, places and organizations in `tlh` are not recognized: newsgen supports `ru`"
    ]


def test_who_asks_for_tags_is_told_that_there_can_be_none() -> None:
    site = Site(root=Path(), language="en")
    (problem,) = prepare_recognition(site, report_language=True).problems
    assert "in `en` are not recognized" in problem.message
    assert "`language`" in problem.hint


def test_without_the_extra_a_build_says_once_what_is_missing_and_goes_on(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ner_model, "REQUIRED_PACKAGES", ("slovnet", "no_such_package"))
    archive.names = True
    for number in range(3):
        archive.article(f"{number}.txt", "2020-01-01", f"Путин {number}", Теги="Кремль")
    report = archive.build()
    assert [(str(one.location), one.code) for one in report.problems] == [
        ("newsgen.yaml", "no-recognizer")
    ]
    (problem,) = report.problems
    assert problem.message.endswith("not installed: no-such-package")
    assert problem.hint.startswith("pip install 'newsgen[ru]'")
    assert "kreml" in "".join(archive.tree())
    assert not [path for path in archive.tree() if path.startswith("people/")]


def test_installing_the_extra_recognises_what_was_read_without_it(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.names = True
    archive.article("a.txt", "2020-01-01", "Владимир Путин прилетел в Китай")
    with monkeypatch.context() as patch:
        patch.setattr(ner_model, "REQUIRED_PACKAGES", ("no_such_package",))
        archive.build()
    report = archive.build()
    assert not report.problems
    assert "people/vladimir-putin/index.html" in archive.tree()


def test_a_recogniser_that_fails_costs_the_article_nothing_else(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing:
        version = "failing"

        def recognize(self, _: object) -> None:
            raise ValueError("no")

    row = registry.RECOGNIZERS["ru"]._replace(make=Failing)  # type: ignore[arg-type]
    monkeypatch.setitem(registry.RECOGNIZERS, "ru", row)
    archive.names = True
    archive.article("a.txt", "2020-01-01", "Путин", Теги="Кремль")
    report = archive.build()
    assert [(one.code, one.is_error) for one in report.problems] == [("not-recognized", False)]
    assert report.articles == 1
