"""Search as a reader meets it: words in any form, facets, dates, the keyboard, the address."""

import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.conftest import NOW, ArchiveFolder

from newsgen.build import Options, build, search_index
from newsgen.search import split_into_parts
from newsgen.serve import make_server

ARTICLES = [
    ("1999-03-01", "Ёлка на площади", "Анна", "Праздник", "Нарядили ёлку у Казахского театра."),
    ("1999-07-02", "Старая новость о Казахстане", "Борис", "Казахстан", "Съезд в Казахстане."),
    ("2009-07-03", "Президент Токаев", "Анна", "Казахстан", "Токаев говорил о погоде."),
    ("2025-01-04", "Погода в Москве", "Борис", "Погода", "Ясно, без осадков. Елка убрана."),
    ("2025-01-10", "Встреча", "Борис", "Погода", "Волчек впала в сон. Их 12345 человек."),
    ("2025-01-11", "Визит", "Вера", "Визит", "Глава Киева и Обама в Париже говорили."),
    ("2025-01-12", "Саммит", "Вера", "Визит", "Ираном владеют. Хоккеистами гордились."),
    ("2025-01-13", "Выставка", "Вера", "Визит", "Нидерланды: цена $68 000 за картину."),
    ("2025-02-05", "Поездка в Казахстан", "Анна", "Казахстан", "Министр уехал в Казахстан."),
]


LONG_AGO = (
    "1997-06-01",
    "Длинная",
    "Борис",
    "Мел",
    "Слово. " * 60 + "Кра<b>сны</b>й «лист» `лежал` тут.",
)


def served(archive: ArchiveFolder, stack: ExitStack) -> str:
    """Build an archive with its index, serve it, and return its URL."""
    build(archive.site(), Options(jobs=1, now=NOW))
    server = stack.enter_context(make_server(archive.site(), 0))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stack.callback(server.shutdown)
    return f"http://127.0.0.1:{server.server_port}/repo/"


@pytest.fixture(scope="module")
def searched_archive(tmp_path_factory: pytest.TempPathFactory) -> ArchiveFolder:
    return ArchiveFolder(tmp_path_factory.mktemp("searched"), search=True)


@pytest.fixture
def searched_folder(searched: str, searched_archive: ArchiveFolder) -> Path:
    """The folder of the site that is served at `searched`."""
    assert searched
    return searched_archive.root / "dist"


@pytest.fixture(scope="module")
def searched(searched_archive: ArchiveFolder) -> Iterator[str]:
    """The URL of a site with an index, served under a base path."""
    archive = searched_archive
    archive.config("language: ru\nbase_url: https://example.org/repo/\n")
    for number, (day, headline, author, tag, body) in enumerate(ARTICLES):
        archive.article(f"{number}.txt", day, headline, body, Текст=author, Теги=tag)
    day, headline, author, tag, body = LONG_AGO
    text = f"---\ntitle: {headline}\ndate: {day}\nauthor: {author}\ntags: [{tag}]\n---\n{body}\n"
    archive.write("articles/long.md", text)
    with ExitStack() as stack:
        yield served(archive, stack)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a site whose index has many parts: five years with forty articles each."""
    archive = ArchiveFolder(tmp_path_factory.mktemp("many"), search=True)
    archive.config("language: ru\nbase_url: https://example.org/repo/\n")
    for number in range(200):
        day = f"{2001 + number // 40}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        body = "Нашли камень. " + ("Яхонт." if number in {5, 50} else "")
        headline = f"{'Камень' if number == 3 else 'Новость'} {number}"
        archive.article(f"{number:03}.txt", day, headline, body, Текст="Анна")
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        few_articles = partial(split_into_parts, max_closed=45, max_growing=20)
        patch.setattr(search_index, "split_into_parts", few_articles)
        yield served(archive, stack)


@pytest.fixture
def impatient(browser: Browser, many: str) -> Iterator[Page]:
    """The search page of the site with many parts, which searches few articles at a time."""
    with browser.new_page() as page:
        script = Path("static/assets/search.js").read_text(encoding="utf-8")
        for name, value in (("FIRST", 10), ("GROUP", 40), ("PATIENCE", 60)):
            script = re.sub(rf"const {name} = \d+;", f"const {name} = {value};", script)
        answer = {"body": script, "content_type": "text/javascript"}
        page.route("**/search.js", lambda route: route.fulfill(**answer))
        page.goto(many + "search/")
        yield page


@pytest.fixture
def page(browser: Browser, searched: str) -> Iterator[Page]:
    """The search page, with no fault in its console."""
    with browser.new_page(viewport={"width": 1280, "height": 800}) as page:
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(searched + "search/")
        yield page
        assert faults == []


def look_for(page: Page, words: str, count: int) -> list[str]:
    """Type words, wait for a number of results, and return their headlines."""
    page.get_by_label("Поисковый запрос").fill(words)
    is_asked = "words => new URLSearchParams(location.search).get('q') === words"
    page.wait_for_function(is_asked, arg=words)
    expect(page.locator(".found")).to_contain_text(f": {count}" if count else "не найдено")
    return page.locator("#hits .headline").all_inner_texts()


def test_words_are_found_in_any_form_the_newest_first(page: Page) -> None:
    found = ["Поездка в Казахстан", "Старая новость о Казахстане"]
    assert [one for one in look_for(page, "Казахстаном", 2) if one in found] == found
    assert look_for(page, "Токаева", 1) == ["Президент Токаев"]
    assert look_for(page, "елку", 2) == ["Погода в Москве", "Ёлка на площади"]
    assert look_for(page, "ёлки", 2) == ["Погода в Москве", "Ёлка на площади"]
    assert look_for(page, "бегемот", 0) == []
    look_for(page, "осадками", 1)
    assert page.locator("mark").all_inner_texts() == ["осадков"]


def test_a_word_in_one_case_is_found_by_the_others(page: Page) -> None:
    for words in ("Киев", "Киевом", "Обамой", "Обаму", "Париж"):
        assert look_for(page, words, 1) == ["Визит"]
    for words in ("Иран", "Ирана", "хоккеисты", "хоккеист"):
        assert look_for(page, words, 1) == ["Саммит"]
    assert look_for(page, "Нидерландами", 1) == ["Выставка"]


def test_marks_of_short_words_and_numbers_are_right(page: Page) -> None:
    assert look_for(page, "123456", 0) == []
    assert look_for(page, "123", 0) == []
    assert look_for(page, "12345", 1) == ["Встреча"]
    expect(page.locator("#hits mark")).to_have_text(["12345"])
    assert "Погода в Москве" in look_for(page, "в Москве", 1)
    expect(page.locator("#hits mark").first).to_be_visible()
    assert set(page.locator("#hits mark").all_inner_texts()) == {"в", "Москве"}
    look_for(page, "в сне", 0)
    look_for(page, "в сон", 1)
    expect(page.locator("#hits .summary mark")).to_have_text(["в", "сон"])


def test_words_are_looked_for_without_the_marks_around_them(page: Page) -> None:
    for words in ("$68 000", "«$68» — 000", '"$68 000"'):
        assert look_for(page, words, 1) == ["Выставка"]
    assert look_for(page, "$", 0) == []


def test_a_result_quotes_the_words_around_what_was_found(page: Page) -> None:
    look_for(page, "красным листом", 1)
    quoted = page.locator("#hits .summary")
    expect(quoted).to_contain_text("… Слово.")
    expect(quoted).to_contain_text("Красный «лист» лежал тут.")
    assert quoted.locator("mark").all_inner_texts() == ["Красный", "лист"]
    page.get_by_label("Поисковый запрос").fill("длинной")
    expect(page.locator("#hits .headline mark")).to_have_text(["Длинная"])
    expect(quoted).to_have_text(re.compile("^Слово. Слово.*…$"))
    page.get_by_label("Поисковый запрос").fill("лежал")
    expect(quoted.locator("mark")).to_have_text(["лежал"])


def test_the_newest_come_first_across_parts(impatient: Page) -> None:
    dates = impatient.locator("#hits time")
    impatient.get_by_label("Поисковый запрос").fill("камень")
    expect(dates).to_have_count(10)
    for count in range(20, 80, 10):
        impatient.get_by_role("button", name="Искать в более ранних статьях").click()
        expect(dates).to_have_count(count)
    found = [one.get_attribute("datetime") or "" for one in dates.all()]
    assert found == sorted(found, reverse=True)
    assert found[0].startswith("2005-12")
    assert len(impatient.locator("#hits .headline").all_inner_texts()) == len(set(found)) == 70


def test_a_search_that_finds_little_asks_before_it_loads_more(impatient: Page) -> None:
    status = impatient.get_by_role("status")
    impatient.get_by_label("Поисковый запрос").fill("яхонты")
    expect(status).to_have_text("За период с 5 января 2004 ничего не найдено.")
    impatient.get_by_role("button", name="Искать в более ранних статьях").click()
    expect(status).to_contain_text("Найдено")
    expect(impatient.locator("#hits .headline")).to_have_text(["Новость 50", "Новость 5"])


def test_the_best_match_comes_first_from_all_parts(impatient: Page) -> None:
    impatient.get_by_label("Сортировка").select_option("relevance")
    impatient.get_by_label("Поисковый запрос").fill("камень")
    further = impatient.get_by_role("button", name="Искать в более ранних статьях")
    expect(impatient.get_by_role("status")).to_contain_text("Найдено за период с 5 января 2004: 80")
    further.click()
    expect(impatient.get_by_role("status")).to_have_text("Найдено: 200")
    expect(impatient.locator("#hits .headline").first).to_have_text("Камень 3")
    expect(further).to_be_hidden()
    impatient.get_by_role("button", name="Показать ещё").click()
    expect(impatient.locator("#hits .headline")).to_have_count(30)


def test_a_range_of_dates_narrows_across_parts(impatient: Page) -> None:
    impatient.get_by_label("Поисковый запрос").fill("камень")
    impatient.get_by_label("С", exact=True).fill("2002-12-01")
    impatient.get_by_label("По", exact=True).fill("2003-01-31")
    expect(impatient.get_by_role("status")).to_have_text("Найдено: 6")
    years = impatient.locator("[data-facet=year]")
    years.locator("summary").click()
    expect(years.locator("label")).to_have_text(["20033", "20023"])


def test_facets_narrow_and_count(page: Page) -> None:
    look_for(page, "Казахстаном", 2)
    authors = page.locator("[data-facet=author]")
    authors.locator("summary").click()
    expect(authors.locator("label")).to_have_text(["Анна1", "Борис1"])
    authors.get_by_label("Борис").check()
    expect(page.locator("#hits .headline")).to_have_text(["Старая новость о Казахстане"])
    expect(authors.get_by_label("Борис")).to_be_focused()
    assert "author=" in page.url


def test_a_range_of_dates_narrows(page: Page) -> None:
    look_for(page, "Казахстан", 2)
    page.get_by_label("По", exact=True).fill("1999-12-31")
    expect(page.locator("#hits .headline")).to_have_text(["Старая новость о Казахстане"])
    page.get_by_label("С", exact=True).fill("1999-07-03")
    expect(page.get_by_role("status")).to_contain_text("Ничего не найдено.")


def test_the_best_match_comes_first_if_wanted(page: Page) -> None:
    look_for(page, "Казахстан", 2)
    page.get_by_label("Сортировка").select_option("relevance")
    page.wait_for_url(re.compile("order=relevance"))
    expect(page.locator("#hits .headline")).to_have_count(2)


def test_a_range_the_wrong_way_round_finds_nothing(page: Page) -> None:
    look_for(page, "Казахстан", 2)
    page.get_by_label("С", exact=True).fill("2020-01-01")
    page.get_by_label("По", exact=True).fill("2009-12-31")
    expect(page.locator(".found")).to_contain_text("Начальная дата позже конечной")
    expect(page.locator("#hits .headline")).to_have_count(0)
    page.get_by_role("button", name="Сбросить").click()
    expect(page.locator("#hits .headline")).to_have_count(2)


def test_values_of_a_facet_are_counted_as_if_none_were_chosen(page: Page) -> None:
    look_for(page, "Казахстан", 2)
    years = page.locator("[data-facet=year]")
    years.locator("summary").click()
    expect(years.locator("label")).to_have_text(["20251", "19991"])
    years.get_by_label("2025").check()
    expect(page.locator("#hits .headline")).to_have_count(1)
    expect(years.locator("label")).to_have_text(["20251", "19991"])
    authors = page.locator("[data-facet=author]")
    authors.locator("summary").click()
    expect(authors.locator("label")).to_have_text(["Анна1"])
    years.get_by_label("1999").check()
    expect(page.locator("#hits .headline")).to_have_count(2)
    expect(authors.locator("label")).to_have_text(["Анна1", "Борис1"])


def test_values_beyond_the_first_are_shown_when_asked_for(page: Page) -> None:
    script = Path("static/assets/search.js").read_text(encoding="utf-8")
    answer = {
        "body": script.replace("const VALUES = 15;", "const VALUES = 2;"),
        "content_type": "text/javascript",
    }
    page.route("**/search.js", lambda route: route.fulfill(**answer))
    page.goto(page.url + "?from=1990-01-01")
    years = page.locator("[data-facet=year]")
    years.locator("summary").click()
    expect(years.get_by_role("checkbox")).to_have_count(2)
    years.get_by_role("button", name="Ещё").click()
    expect(years.get_by_role("checkbox")).to_have_count(4)
    expect(years.get_by_role("checkbox").nth(2)).to_be_focused()
    expect(years.get_by_role("button")).to_have_count(0)


def test_a_choice_that_leaves_nothing_can_be_cleared(page: Page) -> None:
    look_for(page, "Казахстан", 2)
    page.get_by_label("С", exact=True).fill("2025-03-01")
    expect(page.locator(".found")).to_have_text(
        "Ничего не найдено. Попробуйте убрать даты и фильтры."
    )
    page.get_by_role("button", name="Сбросить").click()
    expect(page.locator("#hits .headline")).to_have_count(2)
    expect(page.get_by_role("button", name="Сбросить")).to_be_hidden()


def test_what_was_found_is_announced_once_when_typing_rests(page: Page) -> None:
    page.evaluate(
        """() => {
          globalThis.said = [];
          const status = document.querySelector("[role=status]");
          const see = () => said.push(status.textContent);
          new MutationObserver(see).observe(status, { childList: true });
        }"""
    )
    page.get_by_label("Поисковый запрос").press_sequentially("Казахстан", delay=200)
    expect(page.get_by_role("status")).to_have_text("Найдено: 2")
    assert page.evaluate("said") == ["Найдено: 2"]


def test_back_leads_to_the_query_before(page: Page) -> None:
    box = page.get_by_label("Поисковый запрос")
    headlines = page.locator("#hits .headline")
    look_for(page, "Казахстан", 2)
    box.press("Enter")
    expect(headlines.first).to_be_focused()
    box.press_sequentially(" Токаев", delay=30)
    look_for(page, "Обама", 1)
    authors = page.locator("[data-facet=author]")
    authors.locator("summary").click()
    authors.get_by_label("Вера").check()
    page.wait_for_url(re.compile("author="))
    look_for(page, "Токаев", 0)
    page.go_back()
    expect(headlines).to_have_text(["Визит"])
    expect(authors.get_by_label("Вера")).to_be_checked()
    page.go_back()
    expect(headlines).to_have_count(2)
    expect(box).to_have_value("Казахстан")
    page.go_forward()
    expect(box).to_have_value("Обама")


def test_an_address_with_a_query_does_not_take_the_focus(page: Page) -> None:
    expect(page.get_by_label("Поисковый запрос")).to_be_focused()
    page.goto(page.url + "?q=Обама")
    expect(page.locator("#hits .headline")).to_have_count(1)
    expect(page.get_by_label("Поисковый запрос")).not_to_be_focused()


@pytest.mark.parametrize(
    "lost",
    ["parts.json", "pagefind.js*", "*.pagefind", "*-entry*", "*.pf_meta", "*.pf_index", "*.shelf*"],
)
def test_what_was_not_loaded_is_tried_again(browser: Browser, searched: str, lost: str) -> None:
    with browser.new_page() as page:
        page.route(f"**/search/index/**{lost}", lambda route: route.abort())
        page.goto(searched + "search/?q=Обама")
        expect(page.locator(".found")).to_have_text("Не удалось загрузить поисковый индекс.")
        expect(page.get_by_label("Поисковый запрос")).to_be_visible()
        page.get_by_role("button", name="Повторить").click()
        expect(page.get_by_role("button", name="Повторить")).to_be_visible()
        page.unroute_all()
        page.get_by_role("button", name="Повторить").click()
        expect(page.locator("#hits .headline")).to_have_text(["Визит"])
        expect(page.get_by_role("button", name="Повторить")).to_be_hidden()
        look_for(page, "Казахстан", 2)


def test_an_article_whose_page_is_gone_does_not_hinder(browser: Browser, searched: str) -> None:
    with browser.new_page() as page:
        page.route("**/vizit/", lambda route: route.fulfill(status=404))
        page.goto(searched + "search/?q=визит")
        expect(page.locator("#hits .headline")).to_have_text(["Визит"])
        look_for(page, "Обама", 0)


def test_a_new_query_tries_again(browser: Browser, searched: str) -> None:
    with browser.new_page() as page:
        page.goto(searched + "search/")
        page.wait_for_load_state("networkidle")
        page.route("**/*.pf_index", lambda route: route.abort())
        page.get_by_label("Поисковый запрос").fill("Обама")
        expect(page.locator(".found")).to_have_text("Не удалось загрузить поисковый индекс.")
        page.unroute_all()
        look_for(page, "Казахстан", 2)


def test_a_page_from_a_disk_says_that_searching_needs_a_server(
    browser: Browser, searched_folder: Path
) -> None:
    with browser.new_page() as page:
        page.goto((searched_folder / "search/index.html").as_uri())
        expect(page.get_by_text("Поиск работает только на сайте")).to_be_visible()
        expect(page.get_by_label("Поисковый запрос")).to_be_hidden()
        expect(page.locator("main").get_by_role("link", name="2009")).to_be_visible()
        place = page.locator("#finder").bounding_box()
        assert place
        assert place["height"] < 120


def test_the_address_says_what_was_searched(browser: Browser, searched: str) -> None:
    with browser.new_page() as page:
        page.goto(searched + "search/?q=Казахстан&author=Анна&until=2025-12-31")
        expect(page.locator("#hits .headline")).to_have_text(["Поездка в Казахстан"])
        expect(page.get_by_label("Поисковый запрос")).to_have_value("Казахстан")
        page.locator("#hits .headline").click()
        expect(page.locator("h1")).to_have_text("Поездка в Казахстан")
        page.go_back()
        expect(page.locator("#hits .headline")).to_have_text(["Поездка в Казахстан"])


def test_the_keyboard_does_it_all(browser: Browser, searched: str) -> None:
    with browser.new_page() as page:
        page.goto(searched)
        page.keyboard.press("/")
        page.wait_for_url(re.compile("/search/$"))
        expect(page.get_by_label("Поисковый запрос")).to_be_focused()
        page.keyboard.type("Казахстан")
        expect(page.locator("#hits .headline")).to_have_count(2)
        links = page.locator("#hits .headline")
        page.keyboard.press("ArrowDown")
        expect(links.first).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(links.nth(1)).to_be_focused()
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        expect(page.get_by_label("Поисковый запрос")).to_be_focused()
        page.keyboard.press("Enter")
        expect(links.first).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_label("Поисковый запрос")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_label("Поисковый запрос")).to_have_value("")
        expect(links).to_have_count(0)


def test_without_javascript_other_ways_are_offered(browser: Browser, searched: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(searched + "search/")
    expect(page.get_by_text("Для поиска нужен JavaScript")).to_be_visible()
    expect(page.get_by_label("Поисковый запрос")).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)
    page.locator("main").get_by_role("link", name="2009").click()
    expect(page.locator("h1")).to_have_text("2009")
    context.close()


def test_without_an_index_the_page_says_so(browser: Browser, small_site: str) -> None:
    with browser.new_page() as page:
        page.goto(small_site + "search/")
        expect(page.get_by_text("Поиск по архиву пока не работает")).to_be_visible()
        expect(page.locator("main").get_by_role("link", name="2025")).to_be_visible()


def test_the_scheme_is_switched_and_kept(browser: Browser, small_site: str) -> None:
    with browser.new_page(color_scheme="light") as page:
        page.goto(small_site)
        background = "getComputedStyle(document.body).backgroundColor"
        light = page.evaluate(background)
        button = page.get_by_role("button", name="Тёмная")
        expect(button).to_have_attribute("aria-pressed", "false")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        dark = page.evaluate(background)
        assert dark != light
        page.goto(small_site + "archive/")
        assert page.evaluate(background) == dark
