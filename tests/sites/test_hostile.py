"""A folder of bad files: each is named, none does harm, the good ones are published."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import OUR_SCRIPT, ArchiveFolder, tree_of

pytestmark = pytest.mark.slow

GOOD = " date 2025-08-30 Хорошая статья\n\nТекст: Анна\n\nОна выйдет.\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4
BOMB = "a: &a [l, l]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(9)
)

FILES: dict[str, tuple[bytes | str, str, int]] = {
    "no-date.txt": ("Просто заголовок\n\nТекст без даты.\n", "no-date", 1),
    "february.txt": (" date 2025-02-30 Заголовок\n\nТекст о феврале.\n", "bad-date", 1),
    "month.txt": (" date 2024-13-01 Заголовок\n\nТекст о месяце.\n", "bad-date", 1),
    "picture.txt": (PNG, "not-text", 3),
    "nul.txt": (" date 2025-01-01 Заголовок\n\nТекст\0с нулём.\n", "not-text", 3),
    "broken-utf8.txt": (" date 2025-01-01 Слово\n\nТекст ".encode() + b"\xd0\n", "bad-encoding", 3),
    "large.txt": (b" date 2025-01-01 A\n\n" + b"x" * 40_000_000, "too-large", 0),
    "unreadable.txt": (GOOD, "unreadable", 0),
    "unclosed.md": ("---\ntitle: T\ndate: 2025-01-01\n\nТекст.\n", "unclosed-front-matter", 1),
    "bomb.md": (f"---\ntitle: T\ndate: 2025-01-01\n{BOMB}---\nТекст.\n", "bad-front-matter", 4),
    "path.txt": (
        " date 2025-01-01 ../../../etc/passwd\n\nТекст о пути.\n",
        "path-in-headline",
        1,
    ),
    "slug.md": (
        "---\ntitle: T\ndate: 2025-01-01\nslug: ../../../etc/passwd\n"
        "aliases: [../../../etc/cron.d/x]\n---\nТекст о слаге.\n",
        "bad-alias",
        5,
    ),
    "long.txt": (f" date 2025-01-01 {'слово ' * 900}\n\nТекст.\n", "headline-too-long", 1),
    "script.txt": (
        " date 2025-01-01 <script>alert(1)</script>\n\n<script>alert(2)</script>\n",
        "markup-in-headline",
        1,
    ),
    "script.md": (
        "---\ntitle: '<img src=x onerror=alert(3)>'\ndate: 2025-01-01\n"
        "author: '\"><script>alert(4)</script>'\ntags: ['</a><script>alert(5)</script>']\n"
        "---\n<script>alert(6)</script>\n\n[x](javascript:alert(7)) <p onclick='alert(8)'>p</p>\n",
        "markup-in-headline",
        2,
    ),
    "bidi.txt": (" date 2025-01-01 Слово \u202eоворот\n\nТекст о повороте.\n", "bidi-control", 1),
    "surrogate.txt": (
        " date 2025-01-01 Слово\n\nТекст ".encode() + b"\xed\xa0\x80\n",
        "bad-encoding",
        3,
    ),
    "surrogate.md": (
        '{\n"title": "Слово \\ud800",\n"date": "2025-01-01"\n}\nТекст суррогата.\n',
        "control-character",
        2,
    ),
    "control.txt": (
        " date 2025-01-01 Слово\n\nТекст\x07 со звонком.\n",
        "control-character",
        3,
    ),
}


@pytest.fixture
def hostile(archive: ArchiveFolder) -> ArchiveFolder:
    """The bad files, a link out of the folder, and two good ones among them."""
    archive.config("language: ru\ntitle: Архив\n")
    archive.write("outside/secret.txt", " date 2025-01-01 Тайна\n\nСекрет.\n")
    for name, (content, _, _) in FILES.items():
        archive.write(f"articles/{name}", content)
    (archive.root / "articles/unreadable.txt").chmod(0)
    (archive.root / "articles/link.txt").symlink_to(archive.root / "outside/secret.txt")
    (archive.root / "articles/loop").symlink_to(archive.root / "articles")
    archive.write("articles/aa-good.txt", GOOD)
    archive.write("articles/sub/zz-good.md", "---\ntitle: Вторая\ndate: 2025-08-31\n---\n*Да.*\n")
    return archive


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run newsgen in a folder, without root's right to read whatever it likes."""
    command = [sys.executable, "-m", "newsgen", *arguments]
    if os.geteuid() == 0:
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_bad_files_are_reported_and_good_ones_are_published(
    hostile: ArchiveFolder, jobs: str
) -> None:
    before = tree_of(hostile.root / "outside")
    done = run(hostile.root, "build", "--jobs", jobs, "--verbose")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
    named = {
        (match[1], match[3], int(match[2] or 0))
        for match in re.finditer(
            r"^articles/(\S+?)(?::(\d+))?: ([\w-]+): .+\n    \S", done.stderr, re.MULTILINE
        )
    }
    expected = {(name, code, line) for name, (_, code, line) in FILES.items()}
    assert expected <= named
    assert {("link.txt", "symlink-outside", 0), ("loop", "symlinked-folder", 0)} <= named
    assert {name for name, _, _ in named} == {*FILES, "link.txt", "loop"}
    dist = tree_of(hostile.root / "dist")
    assert "2025/08/30/khoroshaya-statya/index.html" in dist
    assert "2025/08/31/vtoraya/index.html" in dist
    assert tree_of(hostile.root / "outside") == before
    assert {path.name for path in hostile.root.iterdir()} == {
        *("newsgen.yaml", "outside", "articles", "dist", ".newsgen", ".dist.lock")
    }
    assert not any("Тайна".encode() in page for page in dist.values())


def test_no_script_but_our_own_is_in_any_page(hostile: ArchiveFolder) -> None:
    run(hostile.root, "build")
    for path, page in tree_of(hostile.root / "dist").items():
        if path.endswith(".html"):
            text = OUR_SCRIPT.sub("", page.decode())
            assert "<script" not in text, path
            assert "<img src=x" not in text, path
            assert 'href="javascript' not in text, path
            assert not re.search(r"<[^>]+\son\w+=", text), path
            assert "\u202e" not in text, path


def test_check_reports_the_same_problems_and_writes_nothing(hostile: ArchiveFolder) -> None:
    checked = run(hostile.root, "check")
    built = run(hostile.root, "build", "--verbose")
    assert checked.returncode == 1
    assert checked.stderr == built.stderr
    assert "Traceback" not in checked.stderr
    assert not (hostile.root / "elsewhere").exists()


def test_check_leaves_no_trace(hostile: ArchiveFolder) -> None:
    before = {path.name for path in hostile.root.iterdir()}
    assert "21 articles" not in run(hostile.root, "check").stdout
    assert {path.name for path in hostile.root.iterdir()} == before
