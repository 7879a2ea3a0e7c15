from pathlib import Path

import pytest

from newsgen.config import load_site
from newsgen.problems import NewsgenError


def faults(folder: Path, text: str | bytes) -> list[tuple[int, str, str]]:
    (folder / "tags.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    (folder / "newsgen.yaml").write_text("language: ru\n", encoding="utf-8")
    with pytest.raises(NewsgenError) as caught:
        load_site(folder / "newsgen.yaml")
    assert {problem.location.file for problem in caught.value.problems} == {
        str(folder / "tags.yaml")
    }
    return [(one.location.line, one.code, one.message) for one in caught.value.problems]


def test_the_whole_of_it(tmp_path: Path) -> None:
    (tmp_path / "tags.yaml").write_text(
        "aliases:\n  Китай: [КНР, Поднебесная]\n  ШОС: ШОС-организация\n"
        "renames:\n  Киргизия: Кыргызстан\n"
        "splits:\n  Иванов:\n    Сергей Иванов: ['2007/*', a.txt]\n    Виктор Иванов: b.txt\n"
        "kinds: {Байконур: place, ШОС: org}\nnever:\n  - «Взгляд»\n",
        encoding="utf-8",
    )
    (tmp_path / "newsgen.yaml").write_text("language: ru\n", encoding="utf-8")
    rules = load_site(tmp_path / "newsgen.yaml").rules
    assert rules.names == {
        "кнр": "Китай",
        "поднебесная": "Китай",
        "шос-организация": "ШОС",
        "киргизия": "Кыргызстан",
    }
    ways = (("Сергей Иванов", ("2007/*", "a.txt")), ("Виктор Иванов", ("b.txt",)))
    assert rules.splits == {"иванов": ways}
    assert rules.kinds == {"байконур": "place", "шос": "organization"}
    assert list(rules.never) == ["взгляд"]


def test_every_fault_is_named_with_its_line(tmp_path: Path) -> None:
    text = """alias: {a: b}
aliases:
  Китай: [КНР]
  Тайвань: [кнр]
  Пекин: [[Бэйпин]]
renames:
  Бэйцзин: Пекин
  Пекин: Beijing
splits:
  Иванов: Сергей
kinds:
  Китай: country
never: {a: b}
"""
    found = [(line, message) for line, _, message in faults(tmp_path, text)]
    assert found == [
        (1, "there is no key `alias`; did you mean `aliases`?"),
        (4, "`кнр` is already shown as `Китай` (line 3)"),
        (5, "must be text"),
        (7, "`Бэйцзин` is shown as `Пекин`, which is shown as `Beijing`; use that name"),
        (10, "the split of `Иванов` must be a mapping of names to files"),
        (12, "the kind of `Китай` must be one of `person`, `place`, `organization`, `topic`, "
             "not `country`"),
        (13, "must be text"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('aliases:\n  "": [КНР]\n', 2, "a name must not be empty"),
        ('renames:\n  " ": Китай\n', 2, "a name must not be empty"),
        ('kinds:\n  "": place\n', 2, "a name must not be empty"),
        ('splits:\n  "": {Иванов: a.txt}\n', 2, "a name must not be empty"),
        ('splits:\n  Иванов:\n    " ": a.txt\n', 3, "a name must not be empty"),
        ('aliases:\n  Китай: "К\\u0000НР"\n', 2, "a name must not have control characters"),
        ('never:\n- ТАСС\n- "Т\\tАСС"\n', 3, "a name must not have control characters"),
        ('kinds:\n  "Т\\u0085АСС": org\n', 2, "a name must not have control characters"),
        (
            "kinds:\n  Байконур: place\n  БАЙКОНУР: org\n",
            3,
            "`БАЙКОНУР` already has the kind `place` (line 2)",
        ),
        (
            "splits:\n  Иванов:\n    Пётр: a.txt\n  ИВАНОВ:\n    Павел: b.txt\n",
            4,
            "`ИВАНОВ` is already split (line 2)",
        ),
        (
            "splits:\n  Иванов:\n    Пётр: a.txt\nrenames:\n  Пётр: Павел\n",
            3,
            "a split leads to `Пётр`, which is shown as `Павел`; use that name",
        ),
        (
            "splits:\n  Иванов:\n    Пётр: a.txt\n  Пётр:\n    Павел: b.txt\n",
            3,
            "a split leads to `Пётр`, which is split itself",
        ),
        (
            "splits:\n  Иванов:\n    Пётр: []\n",
            3,
            "the split of `Иванов` names no files for `Пётр`",
        ),
        (
            "renames:\n  Киргизия: Кыргызстан\nnever: [КИРГИЗИЯ]\n",
            2,
            "`Киргизия` is renamed, but never shown (line 3)",
        ),
    ],
)
def test_rules_that_make_no_sense(tmp_path: Path, text: str, line: int, message: str) -> None:
    assert faults(tmp_path, text) == [(line, "bad-tag-rule", message)]


def test_names_that_lead_to_each_other(tmp_path: Path) -> None:
    found = faults(tmp_path, "renames:\n  А: Б\n  Б: А\n  В: А\n")
    assert [(line, message) for line, _, message in found] == [
        (2, "`А` is shown as `Б`, which leads back to it; delete one rule"),
        (3, "`Б` is shown as `А`, which leads back to it; delete one rule"),
        (4, "`В` is shown as `А`, which is shown as `Б`; use that name"),
    ]


def test_a_name_of_one_kind_twice_is_no_fault(tmp_path: Path) -> None:
    text = "kinds: {Байконур: place, БАЙКОНУР: place}\nrenames: {ШОС: Шос}\n"
    (tmp_path / "tags.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "newsgen.yaml").write_text("language: ru\n", encoding="utf-8")
    assert load_site(tmp_path / "newsgen.yaml").rules.kinds == {"байконур": "place"}


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("- a\n", 1, "bad-tag-rule"),
        ("aliases: x\n", 1, "bad-tag-rule"),
        ("\nnever: [\n", 2, "bad-yaml"),
        (b"never:\n- \xff\n", 2, "bad-encoding"),
        ("a: 1\na: 2\n", 2, "bad-yaml"),
    ],
)
def test_what_is_no_such_file(tmp_path: Path, text: str | bytes, line: int, code: str) -> None:
    assert [fault[:2] for fault in faults(tmp_path, text)] == [(line, code)]


def test_keys_of_recognising(tmp_path: Path) -> None:
    def config(text: str) -> tuple[object, object]:
        (tmp_path / "newsgen.yaml").write_text(text, encoding="utf-8")
        site = load_site(tmp_path / "newsgen.yaml")
        return site.recognize, site.tags

    assert str(config("")[0]) == "auto"
    assert str(config("recognize: off\n")[0]) == "off"
    text = "recognize: {languages: [ru, ru-BY], include_tagged: no, min_articles: 3}\n"
    recognize, tags = config(text + "tags: {link_mentions: no}\n")
    assert "languages=('ru', 'ru-BY')" in repr(recognize)
    assert "include_tagged=False" in repr(recognize)
    assert "link_mentions=False" in repr(tags)
    for wrong in ("recognize: maybe\n", "recognize: {min_articles: 0}\n", "tags: {a: b}\n"):
        with pytest.raises(NewsgenError):
            config(wrong)
