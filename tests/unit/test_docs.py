"""The documentation names every command, option, key, problem, field and template."""

import re
import shutil
from pathlib import Path
from typing import Any

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import Environment
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from tests.conftest import NOW

from newsgen.build import Options, build
from newsgen.cli import cli
from newsgen.config import Site, load_site
from newsgen.config.load import KEYS
from newsgen.problems import CODES
from newsgen.read.fields import _CANONICAL_NAMES
from newsgen.render.renderers import RENDERERS, render_html
from newsgen.render.theme import default_theme, list_files
from newsgen.site_context import SiteContext

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs/reference"
SOURCES = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "src").rglob("*.py"))


def read_reference(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


def commands() -> list[str]:
    return cli.list_commands(click.Context(cli))


@pytest.mark.parametrize("name", commands())
def test_every_command_and_option_is_documented_and_no_other(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command
    section = re.split(r"^## ", read_reference("commands.md"), flags=re.MULTILINE)
    (words,) = [part for part in section if part.startswith(f"newsgen {name}\n")]
    subcommands = command.commands.values() if isinstance(command, click.Group) else ()
    params = [param for one in (command, *subcommands) for param in one.params]
    options = [one for one in params if isinstance(one, click.Option)]
    rows = re.findall(r"^\| (`-.+?`) \|", words, re.MULTILINE)
    documented = {found for row in rows for found in re.findall(r"--?[\w-]+", row)}
    assert documented == {spelling for option in options for spelling in option.opts}


def test_every_key_is_documented_with_its_default_and_no_other() -> None:
    rows = dict(
        re.findall(r"^\| `([\w.]+)` \| (.+?) \|", read_reference("configuration.md"), re.MULTILINE)
    )
    defaults = {key: getattr(Site(root=ROOT), key) for key in KEYS}
    for key, record in (
        ("recognize", defaults["recognize"]),
        ("pictures", defaults["pictures"]),
        ("media", defaults.pop("media")),
        ("tags", defaults.pop("tags")),
    ):
        defaults |= {f"{key}.{name}": getattr(record, name) for name in record.__dataclass_fields__}
    assert rows.pop("media") == rows.pop("tags") == "see below"
    assert set(rows) == set(defaults)
    for key, written in rows.items():
        default = defaults[key]
        if default in ("", (), None):
            assert written == "nothing", key
        else:
            value = f"{default:_}" if type(default) is int else str(default)
            value = str(list(default)) if isinstance(default, tuple) else value
            assert written == f"`{value.lower() if isinstance(default, bool) else value}`", key


def test_every_problem_is_documented_used_and_weighed_right() -> None:
    headings = re.compile(r"^### ([\w-]+)\n(Error|Warning)\.", re.MULTILINE)
    documented = dict(headings.findall(read_reference("problems.md")))
    assert documented == {code: row.severity.value.title() for code, row in CODES.items()}
    for code in CODES:
        assert SOURCES.count(f'"{code}"') >= 2, f"{code} is never raised"


def test_every_name_of_a_field_is_documented() -> None:
    words = (read_reference("front-matter.md") + read_reference("plain-text.md")).lower()
    for name in _CANONICAL_NAMES:
        parts = {name.partition(".")[0], name.rpartition(".")[2]}
        assert any(f"`{part}`" in words for part in parts), name


def test_every_name_that_templates_see_is_documented(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: set[str] = set()
    environments: list[Environment] = []

    def record(
        environment: Environment, site_context: SiteContext, page: Any, view: dict[str, Any]
    ) -> bytes:
        environments.append(environment)
        seen.update(view)
        return render_html(environment, site_context, page, view)

    monkeypatch.setitem(RENDERERS, "html", record)
    shutil.copytree(ROOT / "tests/sites/small/input", tmp_path, dirs_exist_ok=True)
    build(load_site(tmp_path / "newsgen.yaml"), Options(jobs=1, now=NOW))
    words = read_reference("templates.md")
    environment = environments[0]
    names = seen | (set(environment.globals) - set(DEFAULT_NAMESPACE))
    for name in names | (set(environment.filters) - set(DEFAULT_FILTERS)):
        assert re.search(rf"`{name}[`(]", words), name


def test_every_template_is_documented() -> None:
    words = read_reference("templates.md")
    for template in list_files([default_theme() / "templates"]):
        assert f"`{template}`" in words


def test_the_map_of_the_documentation_leads_to_every_page() -> None:
    docs = ROOT / "docs"
    text = (docs / "README.md").read_text(encoding="utf-8")
    shelves = re.findall(r"^## ([\w-]+(?: \w+)?)$", text, re.MULTILINE)
    assert shelves == ["Tutorial", "How-to guides", "Reference", "Explanation"]
    pages = {page.relative_to(docs).as_posix() for page in docs.rglob("*.md")}
    records = {page for page in pages if page.startswith("decisions/0")}
    linked = set(re.findall(r"\]\(([^)#]+)\)", text))
    assert linked == pages - records - {"README.md"}


def test_every_decision_has_a_number_a_date_a_status_and_its_sections() -> None:
    folder = ROOT / "docs/decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    rows = []
    for number, file in enumerate(sorted(folder.glob("0*.md")), 1):
        text = file.read_text(encoding="utf-8")
        title = re.match(rf"# ADR {number:04}: (.+)\n", text)
        date = re.search(r"^- Date: (\d{4}-\d\d-\d\d)$", text, re.MULTILINE)
        status = re.search(r"^- Status: (proposed|accepted|superseded by .+)$", text, re.MULTILINE)
        assert file.name.startswith(f"{number:04}-"), file.name
        assert title, file.name
        assert date, file.name
        assert status, file.name
        sections = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert sections == ["Context", "Decision", "Consequences"], file.name
        rows.append(f"| [{number:04}]({file.name}) | {title[1]} | {date[1]} | {status[1]} |")
    assert re.findall(r"^\| \[.*$", index, re.MULTILINE) == rows


def test_every_link_between_documents_leads_somewhere() -> None:
    for file in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        words = file.read_text(encoding="utf-8")
        prose = re.sub(r"^```.*?^```$", "", words, flags=re.MULTILINE | re.DOTALL)
        for link, anchor in re.findall(r"\]\(([^)#\s]*)#?([^)\s]*)", prose):
            if "://" in link or link.startswith(("/", "mailto:")):
                continue
            target = file.parent / link if link else file
            assert target.exists(), f"{file}: {link}"
            if anchor:
                assert anchor in anchors(target), f"{file}: {link}#{anchor}"


def test_the_words_of_the_templates_and_of_dates_are_all_translated() -> None:
    found = [
        *extract_from_dir(ROOT / "templates", method_map=[("**.html", "jinja2")]),
        *extract_from_dir(ROOT / "src/newsgen/i18n", method_map=[("**.py", "python")]),
    ]
    wanted = {message for _, _, message, _, _ in found}
    for file in (ROOT / "src/newsgen/i18n/locale").glob("*.po"):
        with file.open("rb") as lines:
            catalogue = read_po(lines, locale=file.stem)
        messages = [message for message in catalogue if message.id]
        assert {message.id for message in messages} == wanted
        for message in messages:
            assert message.string
            assert not message.fuzzy
            if isinstance(message.string, tuple):
                assert len(message.string) == catalogue.num_plurals
                assert all(message.string)
