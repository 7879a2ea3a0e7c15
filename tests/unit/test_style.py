"""Code and texts keep to the rules of style, and each rule catches what it is for."""

import ast
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from tests import style, vocabulary
from tests.style import Finding

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src/newsgen").rglob("*.py"))
SCRIPTS = sorted([*(ROOT / "benchmarks").rglob("*.py"), *(ROOT / "checks").glob("*.py")])
TESTS = sorted((ROOT / "tests").rglob("*.py"))
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
STYLESHEETS = sorted((ROOT / "static").rglob("*.css"))
EXEMPT = {("src/newsgen/config/tag_rules.py", "organis"): "a spelling that editors may use"}
"""Words that mean something else in one file."""

Rule = Callable[[str], Iterator[Finding]]

CODE_RULES = [
    style.find_openers,
    style.find_semicolons,
    style.find_bounds,
    style.find_queries,
    style.find_exceptions,
    style.find_old_names,
    style.find_old_columns,
    style.find_old_prose_in_code,
    style.find_contractions,
]
TEMPLATE_RULES = [
    style.find_old_template_names,
    style.find_old_words_in_template,
    style.find_long_lines,
]


def report(rule: Rule, files: Iterable[Path]) -> list[str]:
    files = list(files)
    assert files
    return [
        f"{path}:{finding.line}: {finding.message}"
        for file in files
        for path in [file.relative_to(ROOT).as_posix()]
        for finding in rule(file.read_text(encoding="utf-8"))
        if (path, finding.word) not in EXEMPT
    ]


def refuse(findings: list[str]) -> None:
    if findings:
        pytest.fail("\n".join([f"{len(findings)} findings:", *findings]), pytrace=False)


@pytest.mark.parametrize("rule", CODE_RULES)
def test_code_keeps_to_the_rule(rule: Rule) -> None:
    refuse(report(rule, [*SOURCES, *SCRIPTS]))


@pytest.mark.parametrize("rule", [style.find_openers, style.find_semicolons])
def test_docstrings_of_tests_keep_to_the_rule(rule: Rule) -> None:
    refuse(report(rule, TESTS))


def test_modules_are_not_named_in_the_old_vocabulary() -> None:
    findings = [finding for file in SOURCES for finding in style.check_name(file.stem)]
    refuse([finding.message for finding in findings])


def test_pages_are_in_plain_english() -> None:
    refuse(report(style.find_old_prose, PAGES))


@pytest.mark.parametrize("rule", TEMPLATE_RULES)
def test_templates_keep_to_the_rule(rule: Rule) -> None:
    refuse(report(rule, TEMPLATES))


def test_stylesheets_use_the_names_of_the_field() -> None:
    refuse(report(style.find_old_css, STYLESHEETS))


def test_there_is_one_spelling() -> None:
    refuse(
        report(
            style.find_british_spellings,
            [*SOURCES, *SCRIPTS, *PAGES, *TEMPLATES, *STYLESHEETS],
        )
    )


def test_a_class_name_has_one_meaning() -> None:
    places: dict[str, list[str]] = {}
    for file in SOURCES:
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(file.relative_to(ROOT).as_posix())
    assert len(places) > 50
    refuse([f"{name} is in {', '.join(files)}" for name, files in places.items() if files[1:]])


def test_every_exemption_is_needed() -> None:
    for path, word in EXEMPT:
        code = (ROOT / path).read_text(encoding="utf-8")
        rules = [*CODE_RULES, style.find_british_spellings]
        findings = [finding for rule in rules for finding in rule(code)]
        assert any(finding.word == word for finding in findings), (path, word)


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        (style.find_openers, 'def f():\n    """What came."""', '"""Result of a build."""'),
        (style.find_openers, 'A = 1\n"""Whether it is."""', 'A = 1\n"""Return True if it is."""'),
        (style.find_openers, 'class A:\n    """Those of one."""', 'class A:\n    """Pages."""'),
        (style.find_semicolons, '"""One thing; another."""', '"""One thing.\n\nTwo; three.\n"""'),
        (style.find_exceptions, "class Bad(ValueError): ...", "class BadError(Exception): ..."),
        (style.find_exceptions, "class Bad(base.MyError): ...", "class Bad(Protocol): ..."),
        (style.find_queries, "def theme_of(x): ...", "def load_theme(x): ..."),
        (style.find_contractions, 'say("it can\'t be read")', '"""It can\'t."""\nsay("cannot be")'),
        (style.find_long_lines, "x" * 121, "x" * 120),
        (style.find_bounds, "_MOST_NAMES: Final = 3", "_MAX_NAMES = 3\nmost = 4"),
    ],
)
def test_a_rule_catches_what_it_is_for(rule: Rule, bad: str, good: str) -> None:
    assert len(list(rule(bad))) == 1
    assert not list(rule(good))


@pytest.mark.parametrize("word", sorted(vocabulary.OPENERS))
def test_every_opener_is_refused(word: str) -> None:
    (finding,) = style.find_openers(f'"""{word} is here."""')
    assert word in finding.message


@pytest.mark.parametrize(("word", "better"), vocabulary.BOUNDS.items())
def test_every_superlative_is_refused_with_its_replacement(word: str, better: str) -> None:
    for name in (word, f"_{word}_NAMES", f"FIRST_{word}"):
        (finding,) = style.find_bounds(f"{name} = 1")
        assert better in finding.message


@pytest.mark.parametrize(("word", "better"), vocabulary.NAMES.items())
def test_every_old_name_is_refused_with_its_replacement(word: str, better: str) -> None:
    snake, camel = word.replace(" ", "_"), word.title().replace(" ", "")
    for code in (
        f"def {snake}(): ...",
        f"class My{camel}: ...",
        f"def f(_{snake}): ...",
        f"{snake}_now = 1",
        f"self.{snake} = 1",
        f"{snake.upper()}: int = 1",
    ):
        assert any(better in finding.message for finding in style.find_old_names(code)), code
    assert any(better in finding.message for finding in style.check_name(snake))
    assert not list(style.check_name(f"x{snake.replace('_', '')}x"))


@pytest.mark.parametrize(("name", "better"), vocabulary.COLUMNS.items())
def test_every_old_column_is_refused_with_its_replacement(name: str, better: str) -> None:
    for sql in (f"CREATE TABLE {name} (id)", f"CREATE TABLE a (id INTEGER,\n {name} TEXT)"):
        (finding,) = style.find_old_columns(f"SCHEMA = {sql!r}")
        assert better in finding.message
    assert not list(style.find_old_columns(f"A = 'CREATE TABLE a (my_{name} TEXT)'"))


@pytest.mark.parametrize(("phrase", "better"), vocabulary.PROSE.items())
def test_every_old_phrase_is_refused_with_its_replacement(phrase: str, better: str) -> None:
    for text in (f'"""It {phrase} it."""', f"# It {phrase} it.", f'say("It {phrase} it")'):
        found = style.find_old_prose_in_code(text)
        assert any(better in finding.message for finding in found), text
    for spelling in (phrase.capitalize(), phrase.replace(" ", "\n")):
        found = style.find_old_prose(f"It\n{spelling} it.")
        assert any(better in finding.message and finding.line == 2 for finding in found)
    assert not list(style.find_old_prose(f"`{phrase}`\n\n```text\n{phrase}\n```\n"))
    found = style.find_old_words_in_template(f"<p>It {phrase} it.")
    assert any(better in finding.message for finding in found)


@pytest.mark.parametrize(("word", "better"), vocabulary.CONTRACTIONS.items())
def test_every_contraction_is_refused_with_its_replacement(word: str, better: str) -> None:
    (finding,) = style.find_contractions(f'say("it {word} be")')
    assert better in finding.message


@pytest.mark.parametrize(("part", "better"), vocabulary.SPELLINGS.items())
def test_every_british_spelling_is_refused_with_its_replacement(part: str, better: str) -> None:
    for text in (f"# un{part}ed", f"class {part.title()}: ...", f"a\n{part}"):
        (finding,) = style.find_british_spellings(text)
        assert better in finding.message
    assert not list(style.find_british_spellings(f"{better} organism, initialism"))


@pytest.mark.parametrize(("name", "better"), vocabulary.TEMPLATE_NAMES.items())
def test_every_old_template_name_is_refused_with_its_replacement(name: str, better: str) -> None:
    for template in (f"{{{{ {name} }}}}", f"{{% block {name} %}}{{% endblock %}}"):
        (finding,) = style.find_old_template_names(template)
        assert better in finding.message
    assert not list(style.find_old_template_names(f"{{{{ x|{name} }}}} {{{{ x.{name} }}}} {name}"))


@pytest.mark.parametrize(("name", "better"), vocabulary.CLASSES.items())
def test_every_old_class_is_refused_with_its_replacement(name: str, better: str) -> None:
    for css in (f".{name} {{", f"p.{name}:hover {{", f"a .{name} > b {{"):
        (finding,) = style.find_old_css(css)
        assert better in finding.message
    (finding,) = style.find_old_words_in_template(f'<p class="a {name}{{% if x %}}">')
    assert better in finding.message
    assert not list(style.find_old_css(f".my-{name} .{name}-x {{ {name}: 0.5 }}"))


@pytest.mark.parametrize(("word", "better"), vocabulary.PROPERTIES.items())
def test_every_old_property_is_refused_with_its_replacement(word: str, better: str) -> None:
    for css in (f"--{word}: red;", f"color: var(--heat-{word}-4);"):
        (finding,) = style.find_old_css(css)
        assert better in finding.message
