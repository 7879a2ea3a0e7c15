"""Themes of a site's own: the files that docs/how-to/change-the-look.md shows, step by step."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.conftest import ArchiveFolder

from newsgen.cli import cli

ROOT = Path(__file__).parents[2]
HOW_TO = (ROOT / "docs/how-to/change-the-look.md").read_text(encoding="utf-8")
STEPS = re.findall(r'^```\w+ title="([^"]+)"\n(.*?)^```', HOW_TO, re.MULTILINE | re.DOTALL)
PROPERTIES = re.findall(r"`(--[\w-]+)`", HOW_TO)
CSP = re.compile(r'Content-Security-Policy" content="([^"]+)"')
CONFIG = "language: ru\nrecognize: off\n"
POLICY = (
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "font-src 'self' https://fonts.example.org"
)


@pytest.fixture
def site(archive: ArchiveFolder) -> ArchiveFolder:
    """A site of three articles, the newest two of one day."""
    archive.config(CONFIG)
    archive.article("1.txt", "2025-08-29", "Вчера", Теги="Погода")
    archive.article("2.txt", "2025-08-30", "Утро", Теги="Погода, Китай")
    archive.article("3.txt", "2025-08-30", "Вечер", Текст="Анна")
    return archive


def follow(site: ArchiveFolder, count: int) -> None:
    """Follow the first steps of the how-to."""
    for path, text in STEPS[:count]:
        site.write(path, CONFIG + text if path == "newsgen.yaml" else text)


def pages(site: ArchiveFolder) -> dict[str, str]:
    return {path: site.page(path) for path in site.tree() if path.endswith(".html")}


def test_the_how_to_has_these_steps() -> None:
    assert [path for path, _ in STEPS] == [
        *("static/assets/own.css", "newsgen.yaml", "templates/partials/footer.html"),
        *("newsgen.yaml", "templates/base.html", "static/assets/own.js", "templates/day.html"),
    ]
    templates = [text for path, text in STEPS if path.startswith("templates/")]
    assert sum(text.count("\n") for text in templates) <= 25


def test_colors_and_typefaces(site: ArchiveFolder) -> None:
    follow(site, 2)
    assert not site.build().problems
    assert all("assets/own.css" in page for page in pages(site).values())
    stylesheet = (ROOT / "static/assets/newsgen.css").read_text(encoding="utf-8")
    for name in [*PROPERTIES, *re.findall(r"(--[\w-]+):", STEPS[0][1])]:
        assert f"  {name}: " in stylesheet


def test_one_part_of_every_page(site: ArchiveFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site.root)
    commands = re.findall(r"^newsgen (theme .*)$", HOW_TO, re.MULTILINE)
    assert len(commands) == 2
    for command in commands:
        done = CliRunner().invoke(cli, command.split())
        assert done.exit_code == 0
    default = (ROOT / "templates/partials/footer.html").read_bytes()
    assert (site.root / "templates/partials/footer.html").read_bytes() == default
    follow(site, 4)
    assert not site.build().problems
    assert all("<p>Every day since 1999 · <a " in page for page in pages(site).values())


def test_overridden_base_template_applies_to_every_page(site: ArchiveFolder) -> None:
    site.build()
    follow(site, 6)
    assert not site.build().problems
    for path, page in pages(site).items():
        (policy,) = CSP.findall(page)
        expected = POLICY
        if path == "search/index.html":
            expected += "; script-src 'self' 'wasm-unsafe-eval'"
        assert policy == expected, path
        assert "assets/newsgen.js" in page
        assert 'assets/own.js"></script>' in page


def test_custom_page(site: ArchiveFolder) -> None:
    follow(site, len(STEPS))
    assert not site.build().problems
    page = site.page("2025/08/30/index.html")
    assert re.findall(r"<li><a href=\"(.*?)\">(.*?)</a> \((.*?)\)</li>", page) == [
        ("../../../2025/08/30/vecher/", "Вечер", ""),
        ("../../../2025/08/30/utro/", "Утро", "Погода, Китай"),
    ]
    assert "Every day since 1999" in page


LISTS = {
    "day.html": ("2025/08/30/index.html", "Вечер Утро"),
    "month.html": ("2025/08/index.html", "Вечер Утро Вчера"),
    "term.html": ("tags/pogoda/index.html", "Утро Вчера"),
    "home.html": ("index.html", "Вечер Утро Вчера"),
}


@pytest.mark.parametrize("template", LISTS)
def test_every_list_can_be_iterated_sliced_and_counted(site: ArchiveFolder, template: str) -> None:
    path, headlines = LISTS[template]
    site.write(
        f"templates/{template}",
        "{% for article in articles %}{{ article.headline }} {% endfor %}"
        "|{{ articles|length }}|{{ articles[0].headline }}|{{ articles[1:]|length }}|"
        "{{ compact(articles[:1]) == compact([articles[0]]) }}|{{ teasers(articles[:0]) }}|",
    )
    site.build()
    count = len(headlines.split())
    first = headlines.split()[0]
    assert site.page(path) == f"{headlines} |{count}|{first}|{count - 1}|True||"


def test_days_of_lists_have_articles(site: ArchiveFolder) -> None:
    site.article("old.txt", "2024-08-30", "Год назад")
    days = (
        "{% for day in DAYS %}{{ day.key }}:"
        "{% for one in day.articles %} {{ one.headline }}{% endfor %};{% endfor %}"
    )
    site.write("templates/home.html", days.replace("DAYS", "on_this_day"))
    site.write("templates/on-this-day.html", days.replace("DAYS", "days"))
    site.build()
    assert site.page("index.html") == "2024-08-30: Год назад;"
    assert site.page("on-this-day/08-30/index.html") == (
        "2025-08-30: Вечер Утро;2024-08-30: Год назад;"
    )


def test_a_date_of_all_years_has_the_articles_of_its_days(site: ArchiveFolder) -> None:
    site.article("old.txt", "2024-08-30", "Год назад")
    site.write(
        "templates/on-this-day.html",
        "{% for article in articles %}{{ article.headline }};{% endfor %}{{ articles|length }}",
    )
    site.build()
    assert site.page("on-this-day/08-30/index.html") == "Вечер;Утро;Год назад;3"
    # The calendar uses the same template, so the name must be there too.
    assert site.page("on-this-day/index.html") == "0"
    site.article("old.txt", "2024-08-30", "Давно")
    site.build()
    assert site.page("on-this-day/08-30/index.html") == "Вечер;Утро;Давно;3"


def test_an_edited_default_block_rewrites_what_extends_it(site: ArchiveFolder) -> None:
    site.build()
    site.write("templates/base.html", '{% extends "!base.html" %}{% block footer %}1{% endblock %}')
    site.build()
    site.write("templates/base.html", '{% extends "!base.html" %}{% block footer %}2{% endblock %}')
    site.build()
    assert all("</main>\n2</body>" in page for page in pages(site).values())


def test_error_in_a_block_is_reported_with_its_line(site: ArchiveFolder) -> None:
    site.write(
        "templates/base.html",
        '{% extends "!base.html" %}\n{% block footer %}{{ nonsense }}{% endblock %}',
    )
    with pytest.raises(Exception, match=r"base\.html:2: template-error: 'nonsense' is undefined"):
        site.build()


NAVIGATION = re.compile(r'<nav aria-label="Разделы">.*?</nav>', re.DOTALL)


def test_people_places_and_organizations_are_in_the_navigation_if_there_are_any(
    archive: ArchiveFolder,
) -> None:
    archive.names = True
    archive.config("language: ru\nrecognize: {thresholds_after: 0}\n")
    archive.article("1.txt", "2025-08-29", "Снег", "Выпал снег.", Теги="Погода")
    archive.build()
    links = NAVIGATION.findall(archive.page("index.html"))[0]
    assert not re.search("people/|places/|organizations/", links)
    for number in range(4):
        archive.article(
            f"a{number}.txt", "2025-08-30", f"Визит {number}", "Об этом сказал Пётр Кузнецов."
        )
    archive.build()
    assert [path for path, page in pages(archive).items() if "people/" not in page] == []
    links = NAVIGATION.findall(archive.page("index.html"))[0]
    assert [kind for kind in ("people", "places", "organizations") if f"{kind}/" in links] == [
        "people"
    ]


TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_templates_build_no_urls_and_have_short_lines(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "replace(" not in text
    assert not re.findall(r"""["'][\w-]*/["']|~ *["']/["']""", text)
    assert not re.findall(r'(?:href|src)="(?!\{\{|#|data:|\n|$)', text, re.MULTILINE)
    assert max(map(len, text.splitlines())) <= 120
