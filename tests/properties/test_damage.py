"""Property: damage to what is kept between builds never reaches a page.

An archive with a search index and recognized names is changed back and forth between two states.
Before each build a file under `.newsgen/` is damaged. After it, the site must equal that of a
clean build of the same state. The choices are random, with a fixed seed.
"""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from tests.conftest import ArchiveFolder, changed_paths

from newsgen.recognize import registry
from newsgen.recognize.protocol import Entity, Mention, Recognition
from newsgen.storage import seals

ROUNDS: Final = int(os.environ.get("NEWSGEN_EXAMPLES", "20"))
NEWEST = "2025-02-03"


class Names:
    """Recognizer that finds one name, without a model."""

    version = "1"

    def recognize(self, texts: list[str]) -> list[Recognition]:
        found = []
        for text in texts:
            at = text.find("Минск")
            mention = (Mention(at, at + 5),) if at >= 0 else ()
            found.append(Recognition((Entity("place", "Минск", (), mention),) if mention else ()))
        return found


def flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice([1, 1, 30])):
        at = chance.randrange(len(data))
        data[at] ^= chance.randrange(1, 256)


def change_text(data: bytearray, chance: random.Random) -> None:
    """Change letters of Cyrillic text, which keeps every structure around it."""
    places = [at for at in range(len(data) - 1) if data[at] == 0xD0 and 0xB0 <= data[at + 1] < 0xBF]
    for at in chance.sample(places, min(len(places), 20)):
        data[at + 1] ^= 1


def zero(data: bytearray, chance: random.Random) -> None:
    """Lose a block, as a power failure does."""
    at = chance.randrange(0, len(data), 512)
    data[at : at + 512] = bytes(len(data[at : at + 512]))


def truncate(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def empty(data: bytearray, _: random.Random) -> None:
    data.clear()


def replace(data: bytearray, chance: random.Random) -> None:
    data[:] = chance.randbytes(len(data))


def append(data: bytearray, chance: random.Random) -> None:
    data += chance.randbytes(100)


WAYS: Final[tuple[Callable[[bytearray, random.Random], None], ...]] = (
    *(flip, change_text, zero, truncate, empty, replace, append),
)


@pytest.fixture
def damaged(archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch) -> ArchiveFolder:
    """An archive that was built, with something in every cache."""
    row = registry.RecognizerSpec(Names, lambda: "1", tuple, "ru")  # type: ignore[arg-type]
    monkeypatch.setitem(registry.RECOGNIZERS, "ru", row)
    archive.write("newsgen.yaml", "language: ru\nper_page: 5\nlatest: 3\n")
    for number in range(14):
        head = f"title: Новость {number} о делах\ndate: 2025-0{number % 2 + 1}-0{number % 7 + 1}"
        text = f"В Минске *сегодня* новость {number}.\n\n<b>HTML</b> и [ссылка](/about/)."
        tags = f"tags: [Мел, Тема {number % 3}]\nauthor: Анна"
        archive.write(f"articles/{number}.md", f"---\n{head}\n{tags}\n---\n{text}\n")
    return archive


def change(archive: ArchiveFolder, state: bool) -> None:
    """Put the archive into one of two states, which differ in an article."""
    if state:
        text = f"---\ntitle: Новая\ndate: {NEWEST}\ntags: [Мел]\n---\n*Минск* сегодня.\n"
        archive.write("articles/new.md", text)
    else:
        (archive.root / "articles/new.md").unlink()


def kept_files(archive: ArchiveFolder) -> list[Path]:
    found = (file for file in (archive.root / ".newsgen").rglob("*") if file.is_file())
    return sorted(file for file in found if file.name != "lock")


def assert_site(archive: ArchiveFolder, expected: dict[str, bytes], done: str) -> None:
    """Build, and compare the site."""
    problems = archive.build().problems
    assert {problem.code for problem in problems} <= {"mended-cache"}, (done, problems)
    assert changed_paths(archive.tree(), expected) == set(), done


@pytest.mark.slow
def test_damage_never_reaches_a_page(damaged: ArchiveFolder) -> None:
    archive = damaged
    chance = random.Random(int(os.environ.get("NEWSGEN_SEED", "20251127")))
    expected = []
    for state in (False, True):
        if state:
            change(archive, state)
        archive.build(clean=True)
        expected.append(archive.tree())
    state = True
    for number in range(ROUNDS * 4):
        files = kept_files(archive)
        databases = [file for file in files if file.suffix == ".sqlite"]
        # Half of the damage goes to the few databases, the rest to the many small files.
        file = chance.choice(databases if number % 2 else files)
        way = chance.choice(WAYS)
        data = bytearray(file.read_bytes())
        if data:
            way(data, chance)
        if chance.randrange(10) == 0:
            file.unlink()
        else:
            file.write_bytes(data)
        if chance.randrange(3):
            state = not state
            change(archive, state)
        assert_site(archive, expected[state], f"{number}: {way.__name__} {file}")


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("catalogue", "делах", "телах"),
        ("catalogue", "Мел", "Мыл"),
        ("catalogue", "novost", "povost"),
        ("cache", "делах", "телах"),
        ("cache", "сегодня", "сигодня"),
        ("cache", "place", "xxxxx"),
    ],
)
def test_damage_that_leaves_no_trace_is_noticed_too(
    damaged: ArchiveFolder, name: str, before: str, after: str
) -> None:
    """A failing disk changes neither size nor times: here the seal is made again."""
    archive = damaged
    archive.build()
    change(archive, state=True)
    archive.build(clean=True)
    expected = archive.tree()
    (archive.root / "articles/new.md").unlink()
    archive.build()
    file = archive.root / f".newsgen/{name}.sqlite"
    data = file.read_bytes()
    assert before.encode() in data
    file.write_bytes(data.replace(before.encode(), after.encode()))
    seals.write_seal(file, contents=False)
    change(archive, state=True)
    assert {problem.code for problem in archive.build().problems} <= {"mended-cache"}
    assert changed_paths(archive.tree(), expected) == set()


def test_the_user_is_told_once(damaged: ArchiveFolder) -> None:
    archive = damaged
    assert not archive.build().problems
    for name in ("catalogue", "cache"):
        file = archive.root / f".newsgen/{name}.sqlite"
        file.write_bytes(file.read_bytes().replace("делах".encode(), "телах".encode()))
    for part in (archive.root / ".newsgen/search").glob("*/pagefind-entry.json"):
        part.write_bytes(b"{}")
    shutil.rmtree(archive.root / ".newsgen/templates")
    # With nothing to do, the index would not be looked at.
    archive.overrides = {"title": "Другое название"}
    problems = archive.build().problems
    assert {problem.code for problem in problems} == {"mended-cache"}
    files = [problem.location.file for problem in problems]
    assert files[:2] == [".newsgen/catalogue.sqlite", ".newsgen/cache.sqlite"]
    assert [file.rpartition("/")[0] for file in files[2:]] == [".newsgen/search"] * 2
    assert "damaged values in it (14)" in problems[0].message
    assert not archive.build().problems
    assert "телах" not in archive.page("index.html")
