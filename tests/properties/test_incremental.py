"""Property: after any changes, an incremental build equals a clean one, byte for byte."""

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from PIL import Image
from tests.conftest import NOW, ArchiveFolder, changed_paths, tree_of

from newsgen.build import Options, build
from newsgen.config import load_site
from newsgen.plan.pages import term_index

NAMES = [
    f"{name}.{ending}"
    for name in ("a", "b", "sub/a", "sub/c", "1937/z")
    for ending in ("txt", "md")
]
TAGS = ["Китай", "китай", "Мел", "Мель", "Ёж", "Еж", "A", "tags"]
HEADLINES = ["Мел", "Мель", "МЕЛ", "Заголовок", "tags", "2025", "?!", "Ещё один <b>"]
HEADLINES += ["Буря накрыла Минск", "Минск накрыла новая буря"]
NAMES_IN_TEXT = [
    "Владимир Путин прилетел в Китай.",
    "*Путин* встретил Анну Иванову в Минске, сообщает ТАСС. ТАСС — агентство.",
    "Глава КНР Си Цзиньпин & [Анна Иванова](/a/) в Минске.",
]
GARBLED = [
    "Текст статьи о погоде в городе.".encode().decode("latin-1"),
    "Первая строка верна.\n\n" + "Текст статьи о погоде.".encode("koi8-r").decode("cp1251"),
]
LINKS = [
    "[a](a.md) [c](sub/c.md#x) ![p](p.png) <img src='sub/q.jpg'>",
    "[a](sub/a.txt) [z](/z/) [old](/old/) [tag](/tags/mel/) ![q](/sub/q.jpg) [doc](doc.pdf)",
    "[day](/2025/01/02/) [mel](https://old.example.org/2025/01/01/mel/) ![](../p.png)",
]


def make_picture(width: int, color: str) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (width, 20), color).save(buffer, "PNG")
    return buffer.getvalue()


FILES = {
    "p.png": [make_picture(40, "red"), make_picture(10, "blue"), b"no picture"],
    "sub/q.jpg": [make_picture(40, "red"), make_picture(50, "red")],
    "doc.pdf": [b"%PDF-1", b"%PDF-2"],
}
DATES = [
    *(f"2025-01-0{day}" for day in range(1, 5)),
    "2025-01",
    "2025",
    "2024-21?",
    "193X",
    "unknown",
]
ARTICLES = st.fixed_dictionaries(
    {
        "date": st.sampled_from(DATES),
        "publish": st.sampled_from(["", "", "2025-12-01", "2026-06-01"]),
        "expiry": st.sampled_from(["", "", "2025-12-01", "2026-06-01"]),
        "headline": st.sampled_from(HEADLINES),
        "tags": st.lists(st.sampled_from(TAGS), max_size=3, unique=True),
        "author": st.sampled_from(["", "Анна", "анна", "Борис и Анна"]),
        "body": st.sampled_from(
            [
                "Текст.",
                "Другой *текст*.\n\nИ ещё.",
                "<b>HTML</b>",
                "",
                *NAMES_IN_TEXT,
                *LINKS,
                *GARBLED,
            ]
        ),
        "draft": st.booleans(),
        "correction": st.sampled_from(["", "2025-02-01: Имя", "2025-02-02: Дата"]),
        "alias": st.sampled_from(
            ["", "old/", "about/", "2025/01/01/mel/", "x.html", "x.html/y/", "robots.txt"]
        ),
    }
)
TIMES = [datetime(2025, 6, 1, tzinfo=UTC), NOW, datetime(2026, 12, 1, tzinfo=UTC)]
CONFIGS = [  # without a search index, which takes its time
    "language: ru\nrecognize: off\nper_page: 5\nlatest: 3\n",
    "language: ru\nrecognize: off\nper_page: 5\nlatest: 3\nslugs: unicode\nlinks: file\n",
    "language: en\nrecognize: off\nper_page: 6\npermalink: /{slug}/\nbase_url: https://example.org/a/\n",
    "language: ru\nper_page: 5\ndrafts: true\nauthors:\n  Анна: {slug: ann, aliases: [Борис]}\n"
    "recognize: {thresholds_after: 2}\n",
    "language: ru\nper_page: 5\n"
    "recognize: {thresholds_after: 0, min_mentions: 3, include_tagged: no}\n",
    "language: ru\nper_page: 5\ntags: {link_mentions: no}\n",
    "language: ru\nrecognize: off\nassets: all\npictures: {widths: [16, 32]}\n"
    "old_domains: [old.example.org]\n",
    "language: ru\nrecognize: off\nrepair: mojibake\nexclude: ['sub/c.*', '*.jpg']\n",
]
RULES = [
    "aliases: {Анна Иванова: [Владимир Путин]}\nkinds: {ТАСС: topic}\n",
    "renames: {Китай: Мел}\nnever: [ТАСС]\nkinds: {Мел: topic}\n",
    "splits: {Владимир Путин: {Путин (а): ['a.*'], Путин (б): ['sub/*']}}\n",
]
REDIRECTS = [
    "old/,a.txt\n/z/,/about/\n",
    "from,to\nold.html,sub/a.md\n2025/01/01/mel/,https://example.org/\n/old/?id=1,a.md\n",
]
TOUCHES = {
    *("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree"),
    *("shutil.copyfile", "sqlite3.connect"),
}
TEMPLATES = {
    "home.html": "{% extends 'base.html' %}{% block content %}"
    "{% for article in articles %}{{ href(article) }} {{ article.summary }}{% endfor %}"
    "<ul>{{ teasers(articles) }}</ul>{% endblock %}",
    "teaser.html": "<li><a href='{{ href(article) }}'>{{ article.headline }}</a></li>\n",
    "base.html": "{% extends '!base.html' %}{% block csp %}{{ super() }}; font-src *{% endblock %}",
    "partials/footer.html": "<footer>{{ term_kinds|join }}</footer>",
    "partials/pager.html": "{% macro list_pager(href, pager) %}{{ pager.older }}{% endmacro %}"
    "{% macro prev_next(href, older, newer, one, other, label) %}{{ older }}{% endmacro %}",
    "partials/labels.html": "{% macro article_count(count) %}{{ count }}{% endmacro %}"
    "{% macro kind_name(kind) %}{{ kind }}{% endmacro %}"
    "{% macro level_name(level) %}{{ level }}{% endmacro %}"
    "{% macro numbered(heading, number) %}{{ heading }}{{ number }}{% endmacro %}",
}


class Archive(RuleBasedStateMachine):
    """An archive and its editor."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.site = self.root / "site"
        self.clean = self.root / "clean"
        (self.site / "articles").mkdir(parents=True)
        self.before: dict[str, bytes] = {}
        self.time = 10**18
        self.now = NOW

        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(term_index, "MAX_TERMS_ON_ONE_PAGE", 3)

    def teardown(self) -> None:
        self.patch.undo()
        shutil.rmtree(self.root)

    def put(self, path: str, content: str | bytes) -> None:
        """Write a file, always with a time of its own."""
        file = self.site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists():
            self.before[path] = file.read_bytes()
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        self.time += 10**9
        os.utime(file, ns=(self.time, self.time))

    def articles(self) -> list[str]:
        return sorted(
            file.relative_to(self.site).as_posix()
            for file in (self.site / "articles").rglob("*")
            if file.is_file()
        )

    @initialize()
    def begin(self) -> None:
        self.put("newsgen.yaml", CONFIGS[0])

    @rule(name=st.sampled_from(NAMES), article=ARTICLES)
    def write_article(self, name: str, article: dict[str, Any]) -> None:
        if name.endswith(".md"):
            lines = [
                f"title: '{article['headline']}'",
                f"date: '{article['date']}'",
                f"publishDate: '{article['publish']}'",
                f"expiryDate: '{article['expiry']}'",
                f"tags: [{', '.join(article['tags'])}]",
                f"author: '{article['author']}'",
                f"draft: {str(article['draft']).lower()}",
                f"corrections: ['{article['correction']}']",
                f"aliases: ['{article['alias']}']",
            ]
            self.put(f"articles/{name}", "\n".join(["---", *lines, "---", article["body"], ""]))
        else:
            head = f" date {article['date']} {article['headline']}\n\n"
            head += f"Текст: {article['author']}\n" if article["author"] else ""
            head += f"Теги: {', '.join(article['tags'])}\n" if article["tags"] else ""
            self.put(f"articles/{name}", f"{head}\n{article['body']}\n")

    @rule(count=st.integers(6, 14))
    def write_many(self, count: int) -> None:
        for number in range(count):
            head = f" date 2025-01-{number % 9 + 1:02} Новость {number}\n\nТеги: Мел\n\n"
            self.put(f"articles/many/{number:02}.txt", f"{head}Текст {number}.\n")

    @rule(name=st.sampled_from(sorted(FILES)), data=st.data())
    def write_file(self, name: str, data: st.DataObject) -> None:
        self.put(f"articles/{name}", data.draw(st.sampled_from(FILES[name])))

    @precondition(lambda self: self.articles())
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(self.articles()))
        self.before[path] = (self.site / path).read_bytes()
        (self.site / path).unlink()

    @precondition(lambda self: self.articles())
    @rule(data=st.data(), name=st.sampled_from(NAMES))
    def rename(self, data: st.DataObject, name: str) -> None:
        path = data.draw(st.sampled_from(self.articles()))
        target = self.site / "articles" / name
        target.parent.mkdir(exist_ok=True)
        (self.site / path).rename(target)

    @precondition(lambda self: self.before)
    @rule(data=st.data())
    def revert(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(sorted(self.before)))
        self.put(path, self.before[path])

    @precondition(lambda self: self.articles())
    @rule(data=st.data())
    def touch(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(self.articles()))
        self.put(path, (self.site / path).read_bytes())

    @rule(now=st.sampled_from(TIMES))
    def wait(self, now: datetime) -> None:
        """Build at another time, at which other articles are due or have expired."""
        self.now = now

    @rule(text=st.sampled_from(CONFIGS))
    def configure(self, text: str) -> None:
        self.put("newsgen.yaml", f"{text}search: false\n")

    @rule(name=st.sampled_from(sorted(TEMPLATES)))
    def override_template(self, name: str) -> None:
        file = self.site / "templates" / name
        if file.exists():
            file.unlink()
        else:
            self.put(f"templates/{name}", TEMPLATES[name])

    @rule(text=st.sampled_from(RULES))
    def rule_on_tags(self, text: str) -> None:
        file = self.site / "tags.yaml"
        if file.exists():
            file.unlink()
        else:
            self.put("tags.yaml", text)

    @rule(text=st.sampled_from(REDIRECTS))
    def redirect(self, text: str) -> None:
        file = self.site / "redirects.csv"
        if file.exists():
            file.unlink()
        else:
            self.put("redirects.csv", text)

    @rule(name=st.sampled_from(["a.txt", "2025/01/01/mel/index.html", "assets/newsgen.css"]))
    def override_static(self, name: str) -> None:
        file = self.site / "static" / name
        if file.exists():
            file.unlink()
        else:
            self.put(f"static/{name}", f"{self.time}")

    @precondition(lambda self: (self.site / "newsgen.yaml").exists())
    @rule(at=st.integers(1, 150))
    def kill_a_build(self, at: int) -> None:
        """Have a build die, as by `kill -9`, when it touches the disk for the `at`-th time.

        A fork takes milliseconds and a new Python a second, so only systems without a fork
        start one.
        """
        if not hasattr(os, "fork"):
            die_in_a_process(self.site, at)
            return
        with warnings.catch_warnings():  # pytest's own threads do not matter
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child:
            os.waitpid(child, 0)
            return
        die_while_building(self.site, at)

    @invariant()
    def an_incremental_build_equals_a_clean_one(self) -> None:
        if not (self.site / "newsgen.yaml").exists():
            return
        # The editor may delete the only article, which leaves an empty folder.
        options = Options(jobs=1, now=self.now, allow_removals=True)
        report = build(load_site(self.site / "newsgen.yaml"), options)
        shutil.rmtree(self.clean, ignore_errors=True)
        self.clean.mkdir()
        for name in ("articles", "templates", "static"):
            if (self.site / name).exists():
                shutil.copytree(self.site / name, self.clean / name)
        for name in ("newsgen.yaml", "tags.yaml", "redirects.csv"):
            if (self.site / name).exists():
                shutil.copy(self.site / name, self.clean)
        expected = build(load_site(self.clean / "newsgen.yaml"), Options(jobs=1, now=self.now))
        difference = changed_paths(tree_of(self.site / "dist"), tree_of(self.clean / "dist"))
        assert difference == set()
        assert (report.articles, report.pages) == (expected.articles, expected.pages)
        assert sorted(report.problems) == sorted(expected.problems)
        assert report.skipped_files == expected.skipped_files


def die_while_building(site: Path, at: int) -> NoReturn:
    """Build a site, and end this process at the `at`-th touch of the disk, with exit code 9."""
    left = at

    def count_down(event: str, _: tuple[Any, ...]) -> None:
        nonlocal left
        left -= event in TOUCHES
        if left <= 0:
            os._exit(9)

    try:
        sys.addaudithook(count_down)
        build(load_site(site / "newsgen.yaml"), Options(jobs=1, now=NOW))
    finally:
        os._exit(0)


def die_in_a_process(site: Path, at: int) -> int:
    """Call `die_while_building` in a new process. Return its exit code."""
    code = (
        "import sys; from pathlib import Path; from tests.properties import test_incremental as t\n"
        "t.die_while_building(Path(sys.argv[1]), int(sys.argv[2]))"
    )
    command = [sys.executable, "-c", code, str(site), str(at)]
    return subprocess.run(command, cwd=Path(__file__).parents[2], check=False).returncode


@pytest.mark.slow
def test_a_build_can_die_without_a_fork(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-08-30", "Заголовок")
    archive.build()
    before = archive.tree()
    archive.article("b.txt", "2025-08-31", "Второй")
    assert die_in_a_process(archive.root, 1) == 9
    assert archive.tree() == before
    assert archive.build().articles == 2


TestArchive = Archive.TestCase
TestArchive.settings = settings(
    max_examples=int(os.environ.get("NEWSGEN_EXAMPLES", "20")),
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
