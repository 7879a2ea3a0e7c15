import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen import urls
from newsgen.model import ArticleSummary, Group, Moment, Term

DAILY = "/{year}/{month}/{day}/{slug}/"


def test_permalinks_follow_their_pattern() -> None:
    assert urls.permalink(DAILY, "2025-08-30T10:00:00", "s", "a") == "2025/08/30/s/"
    assert urls.permalink("/{slug}.html", "2025-08-30", "s", "a") == "s.html"


@pytest.mark.parametrize("slug", ["tags", "authors", "archive", "about", "2025", "people"])
def test_an_article_never_takes_the_address_of_another_kind_of_page(slug: str) -> None:
    url = urls.permalink("/{slug}/", "2025-08-30", slug, "a")
    assert url.startswith(f"{slug}-")
    assert url == urls.permalink("/{slug}/", "2025-08-30", slug, "a")
    assert url != urls.permalink("/{slug}/", "2025-08-30", slug, "b")


@pytest.mark.parametrize(
    ("url", "is_reserved"),
    [
        ("2025/", True),
        ("2025/08/", True),
        ("2025/08/30/", True),
        ("2025/08/30/01/", False),
        ("2025/8/", False),
        ("20250/", False),
        ("404.html", True),
        ("tags/x/", True),
        ("tagsx/", False),
    ],
)
def test_reserved_urls(url: str, is_reserved: bool) -> None:
    assert urls.is_reserved(url) == is_reserved


@pytest.mark.parametrize(
    ("pattern", "iso", "url"),
    [
        ("/{year}/{month}/{day}/{slug}/", "1937-06", "1937/06/s/"),
        ("/{year}/{month}/{day}/{slug}/", "1937-06?", "1937/06/s/"),
        ("/{year}/{month}/{day}/{slug}/", "1937-21", "1937/s/"),
        ("/{year}/{month}/{day}/{slug}/", "193X", "undated/s/"),
        ("/{year}/{month}/{day}/{slug}/", "", "undated/s/"),
        ("/{year}/{month}/{day}/{slug}/", "1937-07-16?", "1937/07/16/s/"),
        ("/news/{year}-{month}-{day}-{slug}.html", "1937-06", "news/1937-06-s.html"),
        ("/news/{year}-{month}-{day}-{slug}.html", "1937", "news/1937-s.html"),
        ("/news/{month}-{day}/{slug}/", "1937", "news/s/"),
        ("/{slug}/", "", "s/"),
    ],
)
def test_what_is_unknown_falls_out_of_a_permalink(pattern: str, iso: str, url: str) -> None:
    assert urls.permalink(pattern, iso, "s", "a") == url


def test_no_article_takes_the_url_of_the_lists_of_what_is_unknown() -> None:
    assert urls.is_reserved("undated/")
    assert urls.is_reserved("1937/undated/")
    assert not urls.is_reserved("undated/s/")
    assert urls.permalink("/{year}/{slug}/", "1937", "undated", "a").startswith("1937/undated-")
    assert urls.permalink("/{year}/{month}/{day}/{slug}/", "1937", "06", "a").startswith("1937/06-")


@pytest.mark.parametrize(
    ("period", "url"),
    [
        (Moment("1937-06"), "1937/06/"),
        (Moment("1937-21"), "1937/"),
        (Moment("1937/1938"), "undated/"),
        (Moment(""), "undated/"),
        ("1937-06-00", "1937/06/"),
        ("1937-00", "1937/undated/"),
        ("0000-00", "undated/"),
        ("0000", "undated/"),
        ("1900", "1900/"),
    ],
)
def test_partial_dates_lead_to_what_is_known(period: str | Moment, url: str) -> None:
    assert urls.period_url(period) == url


@given(st.lists(st.text(min_size=1), min_size=2, max_size=6, unique=True))
def test_those_who_ask_for_one_address_get_one_each_that_later_ones_do_not_change(
    names: list[str],
) -> None:
    def resolve(names: list[str]) -> list[str]:
        return urls.resolve_conflicts(["2025/08/30/s/"] * len(names), names)

    found = resolve(names)
    assert found[0] == "2025/08/30/s/"
    assert len(set(found)) == len(names)
    assert resolve(names[:-1]) == found[:-1]
    assert resolve([names[0], names[-1]])[1] == found[-1]


def test_slugs_are_settled_the_same_way() -> None:
    assert urls.resolve_slug_conflicts("mel", ["мел"]) == ["mel"]
    first, second = urls.resolve_slug_conflicts("mel", ["мел", "мель"])
    assert first == "mel"
    assert second.startswith("mel-")
    assert urls.resolve_conflicts(["s.html"] * 2, ["a", "b"])[1].endswith(".html")


def test_each_kind_has_its_url() -> None:
    card = ArticleSummary(1, "H", Moment("2025-08-30"), "2025/08/30/h/", "", (), (), "", None, b"")
    assert urls.url_for(card) == "2025/08/30/h/"
    assert urls.url_for(Term("topic", "Китай", "kitai")) == "tags/kitai/"
    assert urls.url_for(Term("author", "А", "a")) == "authors/a/"
    for key, url in (("2025", "2025/"), ("2025-08", "2025/08/"), ("2025-08-30", "2025/08/30/")):
        assert urls.url_for(Group("day", key, key, key, 1, key, key, b"")) == url
    assert urls.url_for("/about/") == "about/"
    assert urls.index_url("topic") == "tags/"
    assert urls.page_url("tags/x/", 3) == "tags/x/page/3/"


@pytest.mark.parametrize(
    ("url", "file"),
    [("", "index.html"), ("a/", "a/index.html"), ("a.html", "a.html"), ("404.html", "404.html")],
)
def test_output_files_of_urls(url: str, file: str) -> None:
    assert urls.output_path(url) == file


def test_links_are_relative_and_may_name_the_file() -> None:
    assert urls.path_to_root("index.html") == "./"
    assert urls.path_to_root("2025/08/30/s/index.html") == "../../../../"
    by_folder, by_file = urls.make_linker("../", "folder"), urls.make_linker("../", "file")
    assert (by_folder("a/"), by_file("a/")) == ("../a/", "../a/index.html")
    assert (by_folder(""), by_file("")) == ("../", "../index.html")
    assert by_file("https://example.org/") == "https://example.org/"
    assert by_file("mailto:a@example.org") == "mailto:a@example.org"


def test_absolute_urls_are_percent_encoded() -> None:
    assert urls.absolute_url("https://example.org/", "2025/мел/") == (
        "https://example.org/2025/%D0%BC%D0%B5%D0%BB/"
    )
    assert urls.absolute_url("", "a/") == ""
