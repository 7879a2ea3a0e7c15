import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import Environment, UndefinedError

from newsgen.config import Site
from newsgen.model import Moment
from newsgen.render.environment import make_environment, page_links, read_compiled
from newsgen.render.theme import load_theme

SITE = Site(root=Path("/archive"), language="ru", base_url="https://example.org/repo/")
PAGE = "2025/08/30/mel/index.html"


def environment(folder: Path, **templates: str) -> Environment:
    (folder / "templates").mkdir()
    for name, text in templates.items():
        (folder / "templates" / f"{name}.html").write_text(text, encoding="utf-8")
    theme = load_theme(folder / "templates", folder / "static")
    return make_environment(theme, SITE, b"", folder / "compiled" / "templates")


def test_text_is_escaped(tmp_path: Path) -> None:
    jinja = environment(tmp_path, page="{{ text }}")
    assert jinja.get_template("page.html").render(text="<b>") == "&lt;b&gt;"


def test_undefined_name_is_an_error(tmp_path: Path) -> None:
    jinja = environment(tmp_path, page="{{ txet }}")
    with pytest.raises(UndefinedError, match="txet"):
        jinja.get_template("page.html").render()


def test_compiled_templates_may_vanish_while_they_are_used(tmp_path: Path) -> None:
    jinja = environment(tmp_path, one="1", two="2")
    assert jinja.get_template("one.html").render() == "1"
    assert list((tmp_path / "compiled" / "templates").iterdir())
    shutil.rmtree(tmp_path / "compiled")
    assert jinja.get_template("two.html").render() == "2"


def flip(data: bytes) -> bytes:
    return data[:-20] + bytes([data[-20] ^ 1]) + data[-19:]


@pytest.mark.parametrize(
    "damage", [flip, lambda data: data[:100], lambda _: b"", lambda data: bytes(len(data))]
)
def test_damaged_compiled_template_is_compiled_again(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    environment(tmp_path, page="{{ 1 + 1 }}").get_template("page.html").render()
    (file,) = (tmp_path / "compiled" / "templates").iterdir()
    code = read_compiled(file)
    file.write_bytes(damage(file.read_bytes()))
    assert read_compiled(file) is None
    make_environment.cache_clear()
    theme = load_theme(tmp_path / "templates", tmp_path / "static")
    jinja = make_environment(theme, SITE, b"", tmp_path / "compiled" / "templates")
    assert jinja.get_template("page.html").render() == "2"
    assert read_compiled(file) == code


def test_file_in_place_of_the_folder_of_compiled_templates(tmp_path: Path) -> None:
    (tmp_path / "compiled").write_bytes(b"")
    assert environment(tmp_path, page="1").get_template("page.html").render() == "1"


def test_compiled_template_belongs_to_its_language(tmp_path: Path) -> None:
    jinja = environment(tmp_path, page="{{ '2025-08'|month }}")
    assert jinja.get_template("page.html").render() == "Август 2025"
    theme = load_theme(tmp_path / "templates", tmp_path / "static")
    english = replace(SITE, language="en")
    jinja = make_environment(theme, english, b"", tmp_path / "compiled" / "templates")
    assert jinja.get_template("page.html").render() == "August 2025"


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("moment|date", "30 августа 2025"),
        ("'2025-08-30'|date", "30 августа 2025"),
        ("moment|day_and_month", "30 августа"),
        ("moment|time", "14:05"),
        ("'2025-08'|month", "август 2025"),
        ("12345|number", "12\N{NO-BREAK SPACE}345"),
    ],
)
def test_filters_use_the_language_of_the_site(tmp_path: Path, expression: str, text: str) -> None:
    jinja = environment(tmp_path, page="{{ " + expression + " }}")
    moment = Moment("2025-08-30T14:05:00")
    assert jinja.get_template("page.html").render(moment=moment).casefold() == text


def test_page_links_are_relative() -> None:
    links = page_links(PAGE, SITE)
    assert links["root"] == "../../../../"
    assert links["href"]("tags/") == "../../../../tags/"
    assert links["canonical"] == "https://example.org/repo/2025/08/30/mel/"


def test_links_of_the_error_page_begin_with_the_base_path() -> None:
    links = page_links("404.html", SITE)
    assert links["href"]("tags/") == "/repo/tags/"


def test_links_for_a_disk_name_the_file() -> None:
    links = page_links(PAGE, replace(SITE, links="file"))
    assert links["href"]("tags/") == "../../../../tags/index.html"
