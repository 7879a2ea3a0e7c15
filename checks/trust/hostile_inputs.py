"""Articles that once took minutes, gigabytes, or the whole build with them.

Each is a few kilobytes to a few megabytes. The key names the kind, the value is the file's name and
its text.
"""

from typing import Final

HEADER: Final = " date 2025-08-30 Заголовок\n"
BLANKS: Final = " " * 40_000


def plain(body: str, header: str = "") -> tuple[str, str]:
    """Return an article of plain text."""
    return "hostile.txt", f"{HEADER}{header}\n{body}\n"


def markdown(body: str, front_matter: str = "") -> tuple[str, str]:
    """Return an article in Markdown with YAML."""
    return "hostile.md", f"---\ntitle: Заголовок\ndate: 2025-08-30\n{front_matter}---\n\n{body}\n"


def toml(front_matter: str) -> tuple[str, str]:
    """Return an article in Markdown with TOML."""
    return (
        "hostile.md",
        f"+++\ntitle = 'Заголовок'\ndate = 2025-08-30\n{front_matter}\n+++\n\nТекст\n",
    )


def listed(prefix: str, count: int) -> str:
    """Return numbered words, separated by commas."""
    return ", ".join(f"{prefix}{number}" for number in range(count))


HOSTILE_INPUTS: Final = {
    # Long blanks, which quadratic patterns stumble over.
    "blanks in a byline": plain("Текст", f"Текст: а{BLANKS}б\n"),
    "blanks in an English byline": plain("Text", f"By A{BLANKS}b\n"),
    "blanks in tags": plain("Текст", f"Теги: а{BLANKS}б\n"),
    "blanks in a headline": ("hostile.txt", f" date 2025-08-30 а{BLANKS}б\n\nТекст\n"),
    "blanks in a YAML author": markdown("Текст", f"author: 'а{BLANKS}б'\n"),
    "blanks in YAML tags": markdown("Текст", f"tags: 'а{BLANKS}б'\n"),
    "blanks in a heading": ("hostile.md", f"# а{BLANKS}б\n\ndate: 2025-08-30\n\nТекст\n"),
    "blanks in a heading after YAML": (
        "hostile.md",
        f"---\ndate: 2025-08-30\n---\n# а{BLANKS}б\n\nТекст\n",
    ),
    "blanks in text": markdown(f"а{BLANKS}б " * 20),
    # Long lists of values.
    "many tags in YAML": markdown("Текст", f"tags: [{listed('t', 20_000)}]\n"),
    "many authors in YAML": markdown("Текст", f"authors: [{listed('A', 20_000)}]\n"),
    "many tags in text": plain("Текст", f"Теги: {listed('t', 50_000)}\n"),
    "many aliases": markdown("Текст", f"aliases: [{listed('/a', 50_000)}]\n"),
    "many unknown fields": plain("Текст", "".join(f"K{n}: v\n" for n in range(50_000))),
    "many corrections": markdown(
        "Текст", "corrections:\n" + "".join(f"  - 2025-08-30: x{n}\n" for n in range(20_000))
    ),
    "a long alias": markdown("Текст", f"aliases: [{'/'.join(['x' * 190] * 25)}]\n"),
    "a long part of an alias": markdown("Текст", f"aliases: [{'x' * 5_000}]\n"),
    "a long slug": markdown("Текст", f"slug: {'x' * 5_000}\n"),
    # Nesting in front matter.
    "dotted keys in TOML": toml(".".join(["a"] * 30_000) + " = 1"),
    "nested lists in YAML": markdown("Текст", f"x: {'[' * 5_000}{']' * 5_000}\n"),
    "nested lists in JSON": (
        "hostile.md",
        '{"title": "T", "date": "2025-08-30", "x": ' + "[" * 50_000 + "]" * 50_000 + "}\n\nТекст\n",
    ),
    "anchors in YAML": markdown(
        "Текст",
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{key}: &{key} [{', '.join([f'*{before}'] * 9)}]\n"
            for before, key in ("ab", "bc", "cd", "de", "ef", "fg", "gh")
        ),
    ),
    # Markup.
    "unclosed tags before paragraphs": markdown(
        "<b>" * 240 + "\n\n" + "\n\n".join(["слово " * 4] * 5_000)
    ),
    "nested tags": markdown("<div>" * 20_000 + "Текст"),
    "footnote references": markdown("[^1] " * 500_000 + "\n\n[^1]: x\n"),
    "a long table": markdown("|a|b|\n|-|-|\n" + "|x|y|\n" * 500_000),
    "emphasis": markdown("*a " * 200_000),
    "open brackets": markdown("[" * 100_000),
    "open links": markdown("[a](" * 50_000),
    "backticks": markdown("".join("`" * number + " " for number in range(1, 1_200))),
    "nested quotes": markdown(">" * 20_000 + " a"),
    "nested list items": markdown("".join(" " * number + "- a\n" for number in range(1_500))),
    "open comments": markdown("<!-- " * 100_000),
    "ampersands": markdown("&" * 500_000),
    "open tags": markdown("<a " * 200_000),
    "bare addresses": markdown("http://" * 100_000),
    # Text.
    "combining marks": plain("а" + "\u0301" * 500_000),
    "combining marks in Markdown": markdown("а" + "\u0301" * 500_000),
    "one long paragraph": plain("слово " * 600_000),
    "short sentences": markdown("a. " * 300_000),
}
