"""Generate an archive of any size. The same number always gives the same articles.

    python benchmarks/generate.py 10000 FOLDER [YEARS]

Articles are Markdown with YAML front matter, in folders by year and month, with bodies of about
3 kB of generated Russian, three to six tags (Zipf's law over 2,000) and one of twelve authors. They
spread over YEARS, 20 by default. The front matter has the fields that newsgen and Hugo need.
"""

import random
import sys
from datetime import datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Final

FIRST_DAY: Final = datetime(2005, 1, 1, 6, 0)  # noqa: DTZ001 - articles get their offset as text
YEARS: Final = 20
TAGS: Final = 2_000
BODY_BYTES: Final = 3_000

_ONSETS: Final = "б в г д ж з к л м н п р с т ф х ц ч ш ст пр тр кр гр бл пл сл".split()  # noqa: SIM905
_VOWELS: Final = "а е и о у ы я ю".split()  # noqa: SIM905
_CODAS: Final = ["", "", "", "", "й", "н", "р", "т", "к", "л", "м", "с", "ст"]
_AUTHORS: Final = (
    *("Анна Соколова", "Артём Громов", "Вера Ильина", "Денис Тельманов", "Екатерина Белова"),
    *("Игорь Захаров", "Лидия Фомина", "Мария Орлова", "Олег Никитин", "Павел Лебедев"),
    *("Софья Крылова", "Тимур Ахметов"),
)
_LATIN: Final = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщыэюя",
        "a b v g d e zh z i i k l m n o p r s t u f h c ch sh sch y e yu ya".split(),  # noqa: SIM905
        strict=True,
    )
)


def main() -> None:
    """Write the archive named on the command line."""
    count, folder = int(sys.argv[1]), Path(sys.argv[2])
    generate(count, folder, years=float(sys.argv[3]) if len(sys.argv) > 3 else YEARS)  # noqa: PLR2004


def generate(
    count: int, folder: Path, first: int = 0, total: int | None = None, years: float = YEARS
) -> None:
    """Write articles number `first` to `count` of an archive of `total` into a folder.

    Args:
        count: one more than the number of the last article to write.
        folder: target folder, created if it is missing.
        first: the number of the first article to write.
        total: number of articles in the whole archive, `count` by default.
        years: time span of the archive.
    """
    vocabulary = _words(random.Random(1), 6_000)
    tags = _names(random.Random(2), TAGS)
    weights = list(accumulate(1 / rank for rank in range(1, TAGS + 1)))
    made: set[Path] = set()
    for number in range(first, count):
        chance = random.Random(number)
        moment = FIRST_DAY + timedelta(
            days=int(number * 365 * years) // (total or count), seconds=number * 977 % 60_000
        )
        parent = folder / f"{moment:%Y/%m}"
        if parent not in made:
            parent.mkdir(parents=True, exist_ok=True)
            made.add(parent)
        chosen = dict.fromkeys(chance.choices(tags, cum_weights=weights, k=chance.randint(3, 6)))
        text = article(chance, vocabulary, number, moment, list(chosen))
        (parent / f"{number:07}.md").write_bytes(text.encode())


def article(
    chance: random.Random, vocabulary: list[str], number: int, moment: datetime, tags: list[str]
) -> str:
    """Return the text of an article file."""
    words = chance.choices(vocabulary, k=chance.randint(5, 10))
    headline = " ".join(words).capitalize()
    author = chance.choice(_AUTHORS)
    slug = "-".join(map(_latin, words)) + f"-{number}"
    paragraphs = _paragraphs(chance, vocabulary)
    listed = ", ".join(f'"{tag}"' for tag in tags)
    return (
        f'---\ntitle: "{headline}"\ndate: {moment.isoformat()}+00:00\nslug: {slug}\n'
        f'author: "{author}"\nauthors: ["{author}"]\ntags: [{listed}]\n'
        f'description: "{paragraphs[0][:200].rpartition(" ")[0]}"\n'
        f'years: ["{moment:%Y}"]\nmonths: ["{moment:%Y-%m}"]\ndays: ["{moment:%Y-%m-%d}"]\n---\n\n'
        + "\n\n".join(paragraphs)
        + "\n"
    )


def _paragraphs(chance: random.Random, vocabulary: list[str]) -> list[str]:
    paragraphs: list[str] = []
    size = 0
    while size < BODY_BYTES:
        sentences = []
        for _ in range(chance.randint(2, 4)):
            words = chance.choices(vocabulary, k=chance.randint(6, 16))
            words[len(words) // 2] += ","
            sentences.append(" ".join(words).capitalize() + ".")
        if chance.random() < 0.3:  # noqa: PLR2004
            sentences[-1] = f"«{sentences[-1][:-1]}», – заявил {chance.choice(_AUTHORS)}."
        paragraphs.append(" ".join(sentences))
        size += len(paragraphs[-1].encode())
    return paragraphs


def _words(chance: random.Random, count: int) -> list[str]:
    """Return generated words, possibly with duplicates."""
    words = []
    for _ in range(count):
        syllables = chance.choices((1, 2, 3, 4), (2, 4, 3, 1))[0]
        word = "".join(chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(syllables))
        words.append(word + chance.choice(_CODAS))
    return words


def _names(chance: random.Random, count: int) -> list[str]:
    """Return generated names that stay distinct when transliterated."""
    names: dict[str, str] = {}
    while len(names) < count:
        name = " ".join(_words(chance, chance.randint(1, 2))).title()
        names.setdefault(_latin(name), name)
    return list(names.values())


def _latin(word: str) -> str:
    return "".join(_LATIN.get(letter, "-") for letter in word.lower())


if __name__ == "__main__":
    main()
