"""Sites with recognized names, from articles to pages."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tests.conftest import OUR_SCRIPT, ArchiveFolder, changed_paths, tree_of
from tests.crawl import crawl

from newsgen.plan.pages import term_index
from newsgen.recognize.protocol import Recognition
from newsgen.recognize.ru.recognizer import RussianRecognizer

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SEED_TAGS = {
    "person": {"Си Цзиньпин", "Касым-Жомарт Токаев", "Владимир Путин", "Нурлан Ермекбаев"},
    "place": {"Китай", "Казахстан", "Россия", "Тяньцзинь", "Центральная Азия"},
    "org": {"ШОС", "ТАСС", "ВЗГЛЯД"},
}


def newsgen(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "newsgen", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


@pytest.fixture
def named(archive: ArchiveFolder) -> ArchiveFolder:
    archive.names = True
    archive.config("language: ru\nper_page: 5\n")
    return archive


@pytest.fixture
def recognized(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Texts that this process recognizes names in from now on."""
    texts: list[str] = []
    recognize = RussianRecognizer.recognize

    def note(self: RussianRecognizer, found: Sequence[str]) -> Sequence[Recognition]:
        texts.extend(found)
        return recognize(self, found)

    monkeypatch.setattr(RussianRecognizer, "recognize", note)
    return texts


def shown_tags(page: str) -> list[str]:
    facts = page[page.index('<footer class="article-meta">') : page.index("<details>")]
    listed = re.findall(r"<dt>(?:Персоны|География|Организации|Темы)</dt><dd>(.*?)</dd>", facts)
    return [name for names in listed for name in re.sub(r"<[^>]+>", "", names).split(", ")]


def grow(archive: ArchiveFolder, count: int, start: int = 0) -> None:
    """Add articles, one a day. Each of three persons returns every third day."""
    surnames = ("Иванова", "Петрова", "Сидорова")
    for number in range(start, start + count):
        date = f"2020-{number // 28 + 1:02}-{number % 28 + 1:02}"
        body = f"Анна {surnames[number % 3]} прилетела в Минск, сообщает ТАСС."
        archive.article(f"{number:03}.txt", date, f"Новость {number}", body)


def test_seed_tags(tmp_path: Path) -> None:
    (tmp_path / "newsgen.yaml").write_text("language: ru\n", encoding="utf-8")
    exported = json.loads(
        newsgen(tmp_path, "export-tags", "-f", "newsgen.yaml", "--source", str(ROOT / "seeds"))
    )
    (tags,) = exported.values()
    assert list(exported) == ["000_053c1dd82f326cc6"]
    assert len(tags) == 12
    assert {kind: {name for of, name in tags if of == kind} for kind in SEED_TAGS} == SEED_TAGS


def test_every_seed_tag_has_a_page_and_a_link(named: ArchiveFolder) -> None:
    named.config(f"language: ru\nsource: {ROOT / 'seeds'}\n")
    named.build()
    walk = crawl(named.root / "dist", "/")
    assert walk.broken == []
    (path,) = [path for path in named.tree() if path.startswith("2025/08/30/s")]
    page = named.page(path)
    assert set(shown_tags(page)) == set.union(*SEED_TAGS.values())
    assert page.count('<a class="name"') == 12
    assert '">Касым-Жомартом Токаевым</a>, передает' in page
    assert set(walk.clicks) >= {
        *("people/vladimir-putin/index.html", "places/tyantszin/index.html"),
        *("organizations/shos/index.html", "people/index.html", "places/index.html"),
    }


def test_person_page_shows_years_and_related_names(named: ArchiveFolder) -> None:
    grow(named, 30)
    named.article("999.txt", "2022-02-02", "Анна Иванова встретила Петра Кузнецова в Астане")
    named.build()
    page = named.page("people/anna-ivanova/index.html")
    years = page[page.index('id="years"') : page.index('id="related-terms"')]
    assert re.findall(r"(\d{4})</a> <span class=\"count\">([^<]*)<", years) == [
        ("2022", "1 статья"),
        ("2020", "10 статей"),
    ]
    beside = page[page.index('id="related-terms"') :]
    shown = re.findall(r">([^<]+)</a>", beside)
    assert shown[:2] == ["Минск", "ТАСС"]
    assert {"Астана", "Петр Кузнецов"} <= set(shown)
    assert "Анна Иванова" not in shown
    for closed in named.tree():
        if closed.startswith("people/anna-ivanova/page/"):
            assert "companions" not in named.page(closed)


def test_people_are_sorted_by_surname(named: ArchiveFolder) -> None:
    grow(named, 3)
    named.article("9.txt", "2020-01-09", "Ещё", "Об этом сказала Светлана Борисова.")
    named.build()
    page = named.page("people/index.html")
    assert re.findall(r'<h2 id="letter-\d+">(.)</h2>', page) == ["Б", "И", "П", "С"]
    assert re.findall(r'people/[^"]+/">([^<]+)<', page)[0] == "Светлана Борисова"


def test_large_index_is_split_by_letter(
    named: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow(named, 6)
    named.build()
    whole = named.page("people/index.html")
    assert "Анна Петрова" in whole
    monkeypatch.setattr(term_index, "MAX_TERMS_ON_ONE_PAGE", 2)
    named.build(clean=True)
    letters = sorted(path for path in named.tree() if "/letters/" in path)
    assert letters == [f"people/letters/{ord(letter):04x}/index.html" for letter in "ипс"]
    assert crawl(named.root / "dist", "/").broken == []
    page = named.page(letters[1])
    assert "Анна Петрова" in page
    assert "Анна Иванова" not in page
    assert "Чаще всего в новостях" in named.page("people/index.html")
    before = named.tree()
    named.article("9.txt", "2020-01-09", "Ещё", "Об этом сказала Анна Петрова.")
    named.build()
    changed = {path for path in changed_paths(before, named.tree()) if path.startswith("people")}
    assert changed == {"people/index.html", "people/anna-petrova/index.html", letters[1]}
    monkeypatch.undo()
    named.build(clean=True)
    assert not [path for path in named.tree() if "/letters/" in path]


def test_second_build_recognizes_nothing(named: ArchiveFolder, recognized: list[str]) -> None:
    grow(named, 5)
    named.build()
    assert len(recognized) == 5
    named.build()
    named.build(verify=True)
    named.config("language: ru\nslugs: unicode\n")
    named.build()
    named.write("tags.yaml", "never: [ТАСС]\n")
    named.build()
    assert len(recognized) == 5
    assert not [path for path in named.tree() if path.startswith("organizations")]
    (named.root / "articles/000.txt").touch()
    named.article("005.txt", "2021-01-01", "Путин")
    named.build()
    assert len(recognized) == 6


def test_new_article_changes_few_pages(named: ArchiveFolder) -> None:
    named.config("language: ru\nper_page: 5\nrecognize: {thresholds_after: 0}\n")
    grow(named, 60)
    named.article("100.txt", "2020-02-01", "Один раз", "Об этом сказал Пётр Кузнецов.")
    named.build()
    before = named.tree()
    assert "Кузнецов" in named.page("2020/02/01/odin-raz/index.html")
    assert not [path for path in before if "kuznetsov" in path]
    named.article("101.txt", "2020-06-01", "Второй раз", "Петр Кузнецов прилетел в Минск.")
    named.build()
    after = named.tree()
    changed = {
        re.sub(r"p[^/]*kuznetsov", "KUZNETSOV", path) for path in changed_paths(before, after)
    }
    own = {".newsgen-output"}
    own |= {f".newsgen-files/{name}.txt" for name in ("2020", "archive", "i", "people", "places")}
    own |= {".newsgen-files/on-this-day.txt"}
    assert changed == own | {
        *("2020/06/01/vtoroy-raz/index.html", "2020/06/01/index.html", "2020/06/index.html"),
        *("2020/02/01/odin-raz/index.html", "people/KUZNETSOV/index.html"),
        *("places/minsk/index.html", "people/index.html", "places/index.html"),
        *("2020/index.html", "archive/index.html", "index.html"),
        *("on-this-day/06-01/index.html", "on-this-day/index.html"),
        *("2020/03/04/novost-59/index.html", "2020/03/04/index.html", "2020/03/index.html"),
    }
    assert 'href="../../../../people/' in named.page("2020/02/01/odin-raz/index.html")


def test_small_archive_has_pages_for_all_names_and_keeps_them(
    named: ArchiveFolder,
) -> None:
    named.config("language: ru\nrecognize: {thresholds_after: 3}\n")
    named.article("a.txt", "2019-01-01", "Раз", "Об этом сказал Пётр Кузнецов.")
    named.build()
    pages = {path for path in named.tree() if "kuznetsov" in path}
    assert pages
    grow(named, 12)
    named.article("b.txt", "2021-01-01", "Два", "Об этом сказал Борис Орлов.")
    named.build()
    assert pages <= named.tree().keys()
    assert not [path for path in named.tree() if "orlov" in path]


def test_own_tags_stay_and_tagged_articles_can_be_excluded(named: ArchiveFolder) -> None:
    named.article("a.txt", "2020-01-01", "Путин в Китае", Теги="КИТАЙ, Политика")
    named.article("b.txt", "2020-01-02", "Путин в Китае")
    named.build()
    assert shown_tags(named.page("2020/01/01/putin-v-kitaye/index.html")) == [
        *("КИТАЙ", "Политика", "Путин")
    ]
    named.config("language: ru\nrecognize: {include_tagged: no}\n")
    named.build()
    assert shown_tags(named.page("2020/01/01/putin-v-kitaye/index.html")) == ["КИТАЙ", "Политика"]
    assert shown_tags(named.page("2020/01/02/putin-v-kitaye/index.html")) == ["Путин", "Китай"]


def test_links_on_names_can_be_turned_off(named: ArchiveFolder) -> None:
    grow(named, 1)
    named.build()
    page = "2020/01/01/novost-0/index.html"
    assert 'class="name"' in named.page(page)
    named.config("language: ru\ntags: {link_mentions: no}\n")
    named.build()
    assert 'class="name"' not in named.page(page)
    assert shown_tags(named.page(page)) == ["Анна Иванова", "Минск", "ТАСС"]


def test_name_links_with_file_links(named: ArchiveFolder) -> None:
    named.config("language: ru\nlinks: file\n")
    grow(named, 8)
    named.build()
    assert crawl(named.root / "dist", "/", by_file=True).broken == []
    assert 'class="name" href="../../../../places/minsk/index.html"' in named.page(
        "2020/01/01/novost-0/index.html"
    )


def test_editors_rules_apply(named: ArchiveFolder) -> None:
    grow(named, 6)
    named.write(
        "tags.yaml",
        "aliases: {Анна Иванова: [Анна Петрова]}\nrenames: {Минск: Менск}\nnever: [ТАСС]\n"
        "splits: {Анна Сидорова: {Сидорова-старшая: ['002*']}}\nkinds: {Анна Сидорова: topic}\n",
    )
    named.build()
    pages = {path.rpartition("/")[0] for path in named.tree() if "/page" not in path}
    assert {path for path in pages if path.startswith("people/")} == {"people/anna-ivanova"}
    assert {"tags/anna-sidorova", "tags/sidorova-starshaya"} <= pages
    assert "places/mensk" in pages
    assert not {path for path in pages if path.startswith("organizations")}
    assert "6 статей" in named.page("places/mensk/index.html")
    assert "4 статьи" in named.page("people/anna-ivanova/index.html")


def test_output_does_not_depend_on_jobs(new_archive: Callable[[str], ArchiveFolder]) -> None:
    trees = []
    for name, jobs in (("one", "1"), ("two", "2")):
        archive = new_archive(name)
        archive.names = True
        archive.config("language: ru\nper_page: 5\n")
        grow(archive, 40)
        newsgen(archive.root, "build", "-q", "-j", jobs)
        trees.append(tree_of(archive.root / "dist"))
    assert changed_paths(*trees) == set()


def test_interrupted_build_keeps_its_results(archive: ArchiveFolder, recognized: list[str]) -> None:
    archive.names = True
    archive.config("language: ru\n")
    body = "\n\n".join(f"Анна Иванова прилетела в Минск {number} раз." for number in range(150))
    for number in range(300):
        archive.article(f"{number:03}.txt", "2020-01-01", f"Новость {number}", body)
    command = [sys.executable, "-m", "newsgen", "build", "-q", "-j", "2"]
    cache = archive.root / ".newsgen/cache.sqlite"
    with subprocess.Popen(command, cwd=archive.root, stderr=subprocess.PIPE) as running:
        until = time.monotonic() + 60
        while time.monotonic() < until and not (cache.exists() and cache.stat().st_size > 100_000):
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        running.wait(30)
    assert running.returncode == 130
    assert not (archive.root / "dist").exists()
    archive.build()
    assert 0 < len(recognized) < 290


@pytest.mark.parametrize(
    "body",
    [
        "",
        "\u0301" * 1000,
        "(((«" * 5000,
        "Президент " * 3000,
        "А" * 100_000,
        "The President of China met Mr. Putin in Beijing. " * 50,
        "СИ ЦЗИНЬПИН ВСТРЕТИЛ ПУТИНА В ПЕКИНЕ. " * 50,
        "<script>alert('Путин')</script> & <a href='x'>Путин</a>",
        "習近平在北京會見普京。" * 200,
    ],
    ids=lambda body: ascii(body[:12]),
)
@pytest.mark.parametrize("ending", ["txt", "md"])
def test_hostile_text_is_fast_and_harmless(named: ArchiveFolder, body: str, ending: str) -> None:
    headline = "Путин <b>в</b> «Китае»"
    head = f"---\ntitle: {headline}\ndate: 2020-01-01\n---\n" if ending == "md" else ""
    named.write(f"articles/a.{ending}", head or f" date 2020-01-01 {headline}\n\nТекст: А\n\n")
    with (named.root / f"articles/a.{ending}").open("a", encoding="utf-8") as file:
        file.write(body)
    began = time.process_time()
    report = named.build()
    assert time.process_time() - began < 20
    assert report.articles == 1
    assert "not-recognized" not in {problem.code for problem in report.problems}
    (path,) = [path for path in named.tree() if path.startswith("2020/01/01/p")]
    assert "<script" not in OUR_SCRIPT.sub("", named.page(path))


def test_megabyte_of_names_takes_under_a_minute(named: ArchiveFolder) -> None:
    seed = (ROOT / "seeds/000_053c1dd82f326cc6.txt").read_text(encoding="utf-8")
    body = seed.split("\n\n", 2)[2]
    named.article("a.txt", "2020-01-01", "Всё", "\n\n".join([body] * (1_000_000 // len(body))))
    began = time.process_time()
    report = named.build()
    assert time.process_time() - began < 60
    assert report.problems == ()
    assert named.page("2020/01/01/vsyo/index.html").count('class="name"') >= 12


def test_tags_command_lists_and_drafts(tmp_path: Path) -> None:
    archive = ArchiveFolder(tmp_path, names=True)
    archive.config("language: ru\n")
    grow(archive, 6)
    archive.article("900.txt", "2021-01-01", "Ещё", "Иванова улетела.", Теги="Погода")
    lines = newsgen(tmp_path, "tags").splitlines()
    assert lines[0].split() == ["6", "organization", "ТАСС", "[005.txt,", "004.txt,", "003.txt]"]
    assert any(line.split()[:4] == ["1", "*", "topic", "Погода"] for line in lines)
    people = newsgen(tmp_path, "tags", "--kind", "person", "--min-articles", "2").splitlines()
    assert [line.split()[2:4] for line in people] == [
        *(["Анна", "Иванова"], ["Анна", "Петрова"], ["Анна", "Сидорова"])
    ]
    newsgen(tmp_path, "tags", "--write", "tags.yaml")
    draft = (tmp_path / "tags.yaml").read_text(encoding="utf-8")
    assert "  # - ТАСС  # organization, 6" in draft
    newsgen(tmp_path, "build", "-q")
    uncommented = re.sub(r"^  # - (ТАСС)", r"  - \1", draft, flags=re.MULTILINE)
    (tmp_path / "tags.yaml").write_text(uncommented, encoding="utf-8")
    newsgen(tmp_path, "build", "-q")
    assert not (tmp_path / "dist/organizations").exists()
    again = subprocess.run(
        [sys.executable, "-m", "newsgen", "tags", "--write", "tags.yaml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert again.returncode == 1
    assert "tags.yaml: file-exists" in again.stderr


def test_export_of_files_with_one_stem(tmp_path: Path) -> None:
    archive = ArchiveFolder(tmp_path, names=True)
    archive.config("language: ru\n")
    for name in ("a.md", "a.txt", "sub/a.txt"):
        archive.article(name, "2020-01-01", "Путин прилетел в Минск")
    archive.write("articles/a.md", "---\ntitle: Минск\ndate: 2020-01-01\n---\n")
    exported = json.loads(newsgen(tmp_path, "export-tags"))
    assert list(exported) == ["a", "a.txt", "sub/a"]
    assert exported["a"] == [["place", "Минск"]]
