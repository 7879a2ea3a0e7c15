"""Every page of a site, whatever its articles contain: no sideways scrolling, a visible focus.

The site has a page of each kind, and articles whose words and URLs are very long.
"""

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.conftest import NOW, ArchiveFolder

from newsgen.build import Options, build
from newsgen.plan.pages import term_index
from newsgen.serve import make_server

LONG_WORD = "Рентгеноэлектрокардиографического" * 3
LONG_URL = "https://example.org/" + "a-very-long-address-without-an-end/" * 4
BODY = f"""\
В Минске и в {LONG_WORD} встретились Владимир Путин и Анна Иванова, сообщает
ТАСС: {LONG_URL}

> {LONG_WORD}

```
{LONG_URL}
```

| {LONG_WORD} | снег |
|-------------|-----:|
| {LONG_URL}  |   12 |

1. `{LONG_URL}`
"""
CORRECTIONS = f"corrections:\n  - 2025-02-03: {LONG_URL}\n  - 2025-02-04: {LONG_WORD}\n"
OUTLINE = """
(() => {
  const {outlineStyle, outlineWidth} = getComputedStyle(document.activeElement);
  return document.activeElement === document.body ? "nothing" : `${outlineStyle} ${outlineWidth}`;
})()
"""
KINDS = {
    *("", "2025/02/02/long/", "2025/02/02/", "2025/02/", "2025/", "archive/", "on-this-day/"),
    *("on-this-day/02-02/", "search/", "about/", "404.html", "tags/", "authors/", "people/"),
    *("places/", "organizations/", "tags/pogoda/", "tags/pogoda/page/1/", "tags/letters/043f/"),
    *("authors/anna-sokolova/", "people/vladimir-putin/", "places/minsk/", "organizations/tass/"),
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The paths of all pages of the site, but for those that lead on to another."""
    return sorted(
        file.relative_to(_dist(tmp_path_factory)).as_posix().removesuffix("index.html")
        for file in _dist(tmp_path_factory).rglob("*.html")
        if 'http-equiv="refresh"' not in file.read_text(encoding="utf-8")
    )


def _dist(factory: pytest.TempPathFactory) -> Path:
    return factory.getbasetemp() / "every/dist"


@pytest.fixture(scope="module", autouse=True)
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of the site."""
    archive = ArchiveFolder(tmp_path_factory.mktemp("every", numbered=False), names=True)
    archive.config(
        f"language: ru\ntitle: {LONG_WORD}\ndescription: {LONG_URL}\nper_page: 5\nlatest: 6\n"
        f"base_url: https://news.example/\nrecognize: {{thresholds_after: 100}}\n"
    )
    head = f"title: '{LONG_WORD} {LONG_URL}'\nslug: long\nauthor: {LONG_WORD}\ntags: [Погода, "
    text = f"---\n{head}{LONG_WORD}]\n{CORRECTIONS}---\n{BODY}"
    archive.write("articles/2025-02-02-long.md", text)
    for year in (2023, 2024, 2025):
        for day in (1, 2, 3):
            date, name = f"{year}-02-0{day}", f"{year}-{day}"
            headline = f"Снег {year}, день {day}"
            archive.article(f"{name}.txt", date, headline, Текст="Анна Соколова", Теги="Погода, Я")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(term_index, "MAX_TERMS_ON_ONE_PAGE", 2)
        build(archive.site(), Options(jobs=1, now=NOW))
    with ExitStack() as stack:
        server = stack.enter_context(make_server(archive.site(), 0))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        stack.callback(server.shutdown)
        yield f"http://127.0.0.1:{server.server_port}/"


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_scrolls_aside(browser: Browser, site: str, pages: list[str], width: int) -> None:
    assert set(pages) >= KINDS
    with browser.new_page(viewport={"width": width, "height": 800}) as page:
        wide = {}
        for path in pages:
            page.goto(site + path)
            found = page.evaluate("document.documentElement.scrollWidth")
            if found > width:
                wide[path] = found
        assert wide == {}


@pytest.mark.parametrize("path", sorted(KINDS), ids=lambda path: path or "home")
def test_where_the_keyboard_is_can_be_seen(browser: Browser, site: str, path: str) -> None:
    with browser.new_page(viewport={"width": 360, "height": 800}) as page:
        page.goto(site + path)
        seen = set()
        for _ in range(25):
            page.keyboard.press("Tab")
            seen.add(page.evaluate(OUTLINE))
        assert seen - {"nothing"} == {"solid 3px"}


def test_without_scripts_a_reader_comes_everywhere(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    assert page.get_by_role("button").count() == 0
    page.get_by_role("link", name="2024", exact=True).click()
    expect(page.locator("h1")).to_have_text("2024")
    page.get_by_role("link", name="Февраль, 3 статьи").click()
    expect(page.locator("h1")).to_have_text("Февраль 2024")
    page.get_by_role("table").get_by_role("link", name="2 февраля: 1 статья, мало").click()
    expect(page.locator("h1")).to_have_text("2 февраля 2024")
    page.get_by_role("link", name="Снег 2024, день 2").click()
    expect(page.locator("h1")).to_have_text("Снег 2024, день 2")
    page.get_by_text("Как сослаться").click()
    expect(page.get_by_text("// " + LONG_WORD)).to_be_visible()
    page.get_by_role("link", name="Погода", exact=True).click()
    expect(page.locator("h1")).to_have_text("Погода")
    page.get_by_text("Показать цифры").click()
    expect(page.get_by_role("listitem").filter(has_text="Февраль 2023").first).to_be_visible()
    page.get_by_role("link", name="Темы").first.click()
    page.get_by_role("link", name="П", exact=True).click()
    expect(page.locator("h1")).to_have_text("Темы: П")
    page.get_by_role("link", name="Авторы").click()
    page.get_by_role("link", name="Анна Соколова").click()
    expect(page.locator("h1")).to_have_text("Анна Соколова")
    page.get_by_role("link", name="Поиск").click()
    expect(page.get_by_text("Для поиска нужен JavaScript")).to_be_visible()
    page.locator("main").get_by_role("link", name="В этот день").click()
    page.get_by_role("link", name="2 февраля").click()
    expect(page.locator("h1")).to_have_text("2 февраля")
    context.close()


def test_a_citation_and_the_link_are_copied(browser: Browser, site: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(site + "2024/02/02/sneg-2024-den-2/")
    page.get_by_text("Как сослаться").click()
    link = "https://news.example/2024/02/02/sneg-2024-den-2/"
    assert _copied(page, "Скопировать") == (
        f"Анна Соколова. Снег 2024, день 2 // {LONG_WORD}. 2 февраля 2024. {link}"
    )
    assert _copied(page, "Скопировать ссылку") == link
    context.close()


def _copied(page: Page, name: str) -> str:
    """Return the text in the clipboard after pressing a button by keyboard."""
    button = page.get_by_role("button", name=name, exact=True)
    button.press("Enter")
    button = page.get_by_role("button", name=f"{name} ✓", exact=True)
    expect(button).to_be_focused()
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize("scripts", [True, False])
def test_on_paper_an_article_is_an_article(browser: Browser, site: str, *, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts, color_scheme="dark")
    page = context.new_page()
    page.goto(site + "2025/02/02/long/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".cite")).to_be_visible()
    expect(page.locator(".cite")).to_contain_text("https://news.example/2025/02/02/long/")
    for selector in ("nav", "button", "summary", ".related", ".origin", ".colophon", ".skip-link"):
        for one in page.locator(selector).all():
            expect(one).not_to_be_visible()
    link = page.locator(".body a").first
    expect(link).to_have_css("color", "rgb(0, 0, 0)")
    expect(link).to_have_css("text-decoration-line", "none")
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    context.close()
