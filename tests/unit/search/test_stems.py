"""Forms of a Russian word have one stem, and the browser finds the same one."""

import re
from pathlib import Path

import pytest

from newsgen.search import normalize_words
from newsgen.search.stems import ENDINGS, SOFT, stem_words

FORMS = [
    ("казахстан", "Казахстан Казахстаном Казахстана Казахстану Казахстане"),
    ("киев", "Киев Киевом Киеве Киева"),
    ("иран", "Иран Ираном Иране"),
    ("москв", "Москва Москвой Москве Москву"),
    ("обам", "Обама Обамой Обаме"),
    ("медведев", "Медведев Медведева Медведевым"),
    ("серг", "Сергей Сергея Сергеем"),
    ("дмитр", "Дмитрий Дмитрия Дмитрием"),
    ("росс", "Россия России Россией Россию"),
    ("здан", "здание здания зданий зданием"),
    ("российск", "российский российского российскими"),
    ("кит", "Китай Китая Китаем Китаю Китае"),
    ("никол", "Николай Николая Николаем"),
    ("люд", "люди людей"),
    ("елк", "Ёлка ёлку елки е\N{COMBINING DIAERESIS}лки ёлка\N{COMBINING ACUTE ACCENT}"),
    ("мир", "мир мира мире"),
    ("в", "в В"),
    ("nato", "NATO"),
    ("2013", "2013"),
]


@pytest.mark.parametrize(("stem", "forms"), FORMS)
def test_forms_have_one_stem(stem: str, forms: str) -> None:
    assert set(stem_words(forms).split(" ")) == {stem}


def test_the_number_of_words_stays_the_same() -> None:
    text = "  «Юго-Восток», — сказал\nпрезидент: $68 000 за «мир»…"
    assert normalize_words(text, "ru-RU") == "юг-восток - сказал президент 68 000 за мир"
    assert normalize_words(text, "be") == "Юго-Восток - сказал президент 68 000 за мир"


def test_the_browser_has_the_same_patterns() -> None:
    script = Path("static/assets/search.js").read_text(encoding="utf-8")
    patterns = dict(re.findall(r"^const (ENDINGS|SOFT) =\s+/(.+)/g;$", script, re.MULTILINE))
    assert patterns == {"ENDINGS": ENDINGS.pattern, "SOFT": SOFT.pattern}
