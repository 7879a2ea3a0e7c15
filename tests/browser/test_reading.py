"""The site in a browser: reading, walking from page to page, on a phone and on a desk."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

PAGES = [
    *("", "2024/12/31/god-zakonchilsya/", "2025/01/01/markdown/", "2025/01/01/", "2025/01/"),
    *("2025/", "archive/", "tags/", "tags/pogoda/", "tags/pogoda/page/1/", "authors/"),
    *("authors/anna-sokolova/", "about/", "404.html"),
]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "home")
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_is_wider_than_the_window(
    browser: Browser, small_site: str, path: str, width: int
) -> None:
    with browser.new_page(viewport={"width": width, "height": 800}) as page:
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text))
        page.on("requestfailed", lambda request: faults.append(request.url))
        page.goto(small_site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("h1").count() == 1
        assert faults == []


def test_a_reader_walks_from_the_home_page_to_an_article_and_on(
    browser: Browser, small_site: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(small_site)
    page.get_by_role("link", name="Новость номер 7").click()
    expect(page.locator("h1")).to_have_text("Новость номер 7")
    page.get_by_role("link", name="Предыдущая Новость номер 6").click()
    page.get_by_role("link", name="Погода", exact=True).click()
    expect(page.locator("h1")).to_have_text("Погода")
    page.get_by_role("link", name="Более ранние").click()
    expect(page.locator("h1")).to_contain_text("Погода — страница 1")
    page.get_by_role("link", name="Более новые").click()
    page.wait_for_url(small_site + "tags/pogoda/")
    page.get_by_role("link", name="Архив", exact=True).click()
    page.get_by_role("link", name="Февраль").click()
    page.get_by_role("table").get_by_role("link", name="3 февраля: 1 статья").click()
    expect(page.locator("h1")).to_have_text("3 февраля 2025")
    context.close()


def test_the_keyboard_comes_past_the_masthead_at_once(browser: Browser, small_site: str) -> None:
    with browser.new_page() as page:
        page.goto(small_site + "archive/")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Перейти к содержанию")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator("main a").first).to_be_focused()


def test_what_is_not_found_leads_back_from_any_depth(browser: Browser, small_site: str) -> None:
    with browser.new_page() as page:
        response = page.goto(small_site + "no/such/page/at/all/")
        assert response
        assert response.status == 404
        background = "getComputedStyle(document.body).getPropertyValue('--bg')"
        assert page.evaluate(background).strip()
        page.get_by_role("link", name="Последние новости").click()
        page.wait_for_url(small_site)


def test_an_old_address_leads_to_the_article(browser: Browser, small_site: str) -> None:
    with browser.new_page() as page:
        page.goto(small_site + "old/markdown.html")
        page.wait_for_url(small_site + "2025/01/01/markdown/")
        expect(page.locator("h1")).to_have_text("Как писать на Markdown")


def test_a_site_with_file_links_is_read_from_a_disk(
    browser: Browser, build_small_site: Callable[..., Path]
) -> None:
    folder = build_small_site(links="file")
    with browser.new_page() as page:
        page.goto((folder / "dist/index.html").as_uri())
        page.get_by_role("link", name="Новость номер 8").click()
        page.get_by_role("link", name="Погода", exact=True).click()
        page.get_by_role("link", name="Архив", exact=True).click()
        page.get_by_role("link", name="2024").first.click()
        expect(page.locator("h1")).to_have_text("2024")
        background = page.evaluate("getComputedStyle(document.body).getPropertyValue('--bg')")
        assert background.strip()
