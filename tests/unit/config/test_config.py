import os
import pickle
import sys
from pathlib import Path

import pytest

from newsgen.config import Author, NavigationLink, Site, load_site
from newsgen.config.load import KEYS
from newsgen.problems import NewsgenError


def config(tmp_path: Path, text: str, **overrides: str) -> Site:
    file = tmp_path / "newsgen.yaml"
    file.write_text(text, encoding="utf-8")
    return load_site(file, overrides)


def faults(tmp_path: Path, text: str, **overrides: str) -> list[tuple[str, int, str]]:
    with pytest.raises(NewsgenError) as caught:
        config(tmp_path, text, **overrides)
    return [(one.code, one.location.line, one.message) for one in caught.value.problems]


def test_an_empty_and_a_missing_file_are_all_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = config(tmp_path, "# nothing\n")
    assert empty == Site(root=tmp_path)
    assert (empty.source, empty.output, empty.per_page) == ("articles", "dist", 50)
    assert config(tmp_path, "title:\nsource:\n") == Site(root=tmp_path)
    (tmp_path / "newsgen.yaml").unlink()
    monkeypatch.chdir(tmp_path)
    assert load_site() == Site(root=Path())


def test_every_key_of_the_record_can_be_configured() -> None:
    assert set(KEYS) == set(Site.__dataclass_fields__) - {"root", "rules", "copies"}


def test_values_are_typed(tmp_path: Path) -> None:
    site = config(
        tmp_path,
        "title: No\nlanguage: no\nbase_url: https://example.org/news\nsource: texts/\n"
        "drafts: yes\nper_page: 20\nmax_article_size: 5_000_000\ntimezone: Europe/Moscow\n"
        "encoding:\n  '2004/*': windows-1251\n  'old/*': KOI8-R\n"
        "authors:\n  Денис Тельманов:\n    slug: dt\n    bio: Пишет.\n    aliases: [Д. Тельманов]\n"
        "navigation:\n- Архив: archive/\n- Telegram: https://t.me/x\n"
        "theme:\n  accent: '#800'\n",
    )
    assert (site.title, site.language, site.base_url) == ("No", "no", "https://example.org/news/")
    assert (site.source, site.drafts, site.per_page) == ("texts", True, 20)
    assert site.max_article_size == 5_000_000
    assert site.encoding == (("2004/*", "cp1251"), ("old/*", "koi8-r"))
    assert site.authors == (Author("Денис Тельманов", "dt", "Пишет.", "", ("Д. Тельманов",)),)
    assert site.navigation == (
        NavigationLink("Архив", "archive/"),
        NavigationLink("Telegram", "https://t.me/x"),
    )
    assert site.theme == (("accent", "#800"),)
    assert site.reading.author_aliases == (("Д. Тельманов", "Денис Тельманов"),)
    assert pickle.loads(pickle.dumps(site)) == site


def test_one_encoding_may_hold_for_all(tmp_path: Path) -> None:
    assert config(tmp_path, "encoding: windows-1251\n").encoding == (("*", "cp1251"),)


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    site = config(tmp_path, "output: out/site\n")
    assert site.output_folder == tmp_path / "out" / "site"
    assert site.source_folder == tmp_path / "articles"


def test_every_fault_is_said_at_once_with_its_line(tmp_path: Path) -> None:
    assert faults(
        tmp_path,
        "titel: X\nlanguage: '?'\nper_page: many\nlinks: both\nbase_url: example.org\n"
        "permalink: /{slug}\ntimezone: Mars/Base\nencoding: utf-99\ncname: 'a b'\n"
        "authors:\n  A:\n    slgu: x\ndrafts: maybe\nnavigation: here\nlatest: 0\n"
        "transliteration: morse\ntheme: dark\n",
    ) == [
        ("unknown-key", 1, "there is no key `titel`; did you mean `title`?"),
        ("bad-value", 2, "`language` must be a language tag such as `ru` or `pt-BR`, not `?`"),
        ("bad-value", 3, "`per_page` must be a whole number, not `many`"),
        ("bad-value", 4, "`links` must be one of `folder`, `file`, not `both`"),
        (
            "bad-value",
            5,
            "`base_url` must be a URL such as https://example.org/news/, not `example.org`",
        ),
        ("bad-value", 6, "`permalink` must begin with `/` and end with `/` or `.html`"),
        ("bad-value", 7, "`timezone` must be a time zone such as `Europe/Moscow`, not `Mars/Base`"),
        ("bad-value", 8, "`encoding` must be an encoding such as `windows-1251`, not `utf-99`"),
        ("bad-value", 9, "`cname` must be a domain such as `news.example.org`, not `a b`"),
        ("unknown-key", 12, "there is no key `slgu`; did you mean `slug`?"),
        ("bad-value", 13, "`drafts` must be `true` or `false`, not `maybe`"),
        ("bad-value", 14, "`navigation` must be a list of `- Label: url`"),
        ("bad-value", 15, "`latest` must be from 1 to 500, not 0"),
        (
            "bad-value",
            16,
            "`transliteration` must be a standard such as `wikipedia` or `gost_52535`, not `morse`",
        ),
        ("bad-value", 17, "`theme` must be a mapping of keys to values"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "encoding: hex\n",
        "encoding: undefined\n",
        "base_url: 'https://example.org/a b'\n",
        "base_url: 'http://['\n",
        "base_url: 'http://[::1'\n",
        "base_url: 'http://[::1]x/'\n",
        "base_url: 'http://example.org:99999/'\n",
        "base_url: 'http://example.org:port/'\n",
        "base_url: 'http://name:password@example.org/'\n",
        "base_url: 'http://example.org\\a/'\n",
        "base_url: 'http://example.org/../'\n",
        "base_url: 'http:///a/'\n",
        "navigation:\n  - A: javascript:alert(1)\n",
        "navigation:\n  - A: ../../b/\n",
        "authors:\n  A:\n    url: javascript:alert(1)\n",
        'title: "a\\u202eb"\n',
        'title: "a\\ufdd0b"\n',
        'title: "a\\U0001ffffb"\n',
        'title: "a\\x85b"\n',
        'title: "a\\rb"\n',
    ],
)
def test_values_that_would_hurt_are_refused(tmp_path: Path, text: str) -> None:
    assert [code for code, _, _ in faults(tmp_path, text)] == ["bad-value"]


@pytest.mark.parametrize(
    ("pattern", "is_good"),
    [
        ("/{year}/{month}/{day}/{slug}/", True),
        ("/news/{slug}.html", True),
        ("/{year}{month}{day}-{slug}/", True),
        ("/{slug}", False),
        ("{slug}/", False),
        ("/{year}/", False),
        ("/{section}/", False),
        ("/{yaer}/{slug}/", False),
        ("/{ }/{slug}/", False),
        ("/{id}.html", True),
        ("/{section}/{filename}/", True),
        ("/{folder}/{slug}/", True),
        ("/../{slug}/", False),
        ("//{slug}/", False),
        ("/a b/{slug}/", False),
        ("/con/{slug}/", False),
        ("/.hidden/{slug}/", False),
    ],
)
def test_permalinks(tmp_path: Path, pattern: str, is_good: bool) -> None:
    text = f"permalink: '{pattern}'\n"
    if is_good:
        assert config(tmp_path, text).permalink == pattern
    else:
        assert faults(tmp_path, text)[0][0] == "bad-value"


def test_the_command_line_goes_before_the_file(tmp_path: Path) -> None:
    assert config(tmp_path, "output: a\n", output="b").output == "b"
    with pytest.raises(NewsgenError) as caught:
        config(tmp_path, "", base_url="nonsense")
    assert caught.value.problems[0].location.file == "--base-url"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("title: a: b\n", "bad-yaml", 1),
        ("title: A\ntitle: B\n", "bad-yaml", 2),
        ("- a\n- b\n", "bad-yaml", 0),
        ("title: [\n", "bad-yaml", 1),
        ("a: &a [*a]\n", "bad-yaml", 1),
    ],
)
def test_broken_yaml(tmp_path: Path, text: str, code: str, line: int) -> None:
    ((found, at, _),) = faults(tmp_path, text)
    assert (found, at) == (code, line)


def test_a_file_that_is_asked_for_must_be_there_and_be_text(tmp_path: Path) -> None:
    with pytest.raises(NewsgenError) as caught:
        load_site(tmp_path / "nowhere.yaml")
    assert caught.value.problems[0].code == "no-config"
    (tmp_path / "newsgen.yaml").write_bytes("title: A\ndescription: Я\n".encode("cp1251"))
    with pytest.raises(NewsgenError) as caught:
        load_site(tmp_path / "newsgen.yaml")
    assert (caught.value.problems[0].code, caught.value.problems[0].location.line) == (
        "bad-encoding",
        2,
    )


@pytest.mark.parametrize(
    "base_url", ["http://[::1]:8000/a/", "https://пример.рф/", "http://localhost:80/"]
)
def test_odd_but_valid_base_urls(tmp_path: Path, base_url: str) -> None:
    assert config(tmp_path, f"base_url: '{base_url}'\n").base_url == base_url


def test_a_text_from_the_command_line_must_be_unicode(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "", base_url="http://example.org/\udcff/")
    assert fault == ("bad-value", 0, "`base_url` must not have control characters")


@pytest.mark.parametrize("name", ["newsgen.yaml", "tags.yaml"])
def test_a_configuration_that_is_no_file_or_too_large_is_refused(tmp_path: Path, name: str) -> None:
    def load() -> tuple[str, str]:
        with pytest.raises(NewsgenError) as caught:
            load_site(tmp_path / "newsgen.yaml")
        (problem,) = caught.value.problems
        assert problem.location.file == str(tmp_path / name)
        return problem.code, problem.message

    (tmp_path / "newsgen.yaml").touch()
    file = tmp_path / name
    file.unlink(missing_ok=True)
    file.write_bytes(b"key: value\n" * 5_000_000)
    assert load() == ("too-large", "has more than 1,000,000 bytes")
    file.write_bytes(bytes(range(256)))
    assert load()[0] == "bad-encoding"
    file.unlink()
    file.mkdir()
    assert load()[0] == "unreadable"
    file.rmdir()
    if sys.platform != "win32":
        os.mkfifo(file)
        assert load() == ("unreadable", "is not a regular file")
        file.unlink()
        file.symlink_to("/dev/zero")
        assert load() == ("unreadable", "is not a regular file")
        file.unlink()
        file.symlink_to(name)
        assert load()[0] == "unreadable"
