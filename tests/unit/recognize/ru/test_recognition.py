"""Recognition of whole texts, including hostile ones."""

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from newsgen.recognize.ru import recognizer
from newsgen.recognize.ru.recognizer import RussianRecognizer

_FILE = Path(__file__).parents[4] / "seeds/000_053c1dd82f326cc6.txt"
_HEADLINE, _BYLINE, *_BODY = _FILE.read_text(encoding="utf-8").strip().split("\n\n")
SEED = "\n\n".join((_HEADLINE.removeprefix("date 2025-08-30 "), *_BODY))


def test_seed_entities(tags: Callable[[str], set[tuple[str, str]]]) -> None:
    assert tags(SEED) == {
        ("person", "Си Цзиньпин"),
        ("person", "Касым-Жомарт Токаев"),
        ("person", "Владимир Путин"),
        ("person", "Нурлан Ермекбаев"),
        ("place", "Китай"),
        ("place", "Казахстан"),
        ("place", "Россия"),
        ("place", "Тяньцзинь"),
        ("place", "Центральная Азия"),
        ("organization", "ШОС"),
        ("organization", "ТАСС"),
        ("organization", "ВЗГЛЯД"),
    }


def test_mention_offsets_point_at_the_names(russian: RussianRecognizer) -> None:
    found = {entity.name: entity for entity in russian.recognize([SEED])[0].entities}
    met = [SEED[m.start : m.end] for m in found["Касым-Жомарт Токаев"].mentions]
    assert met == ["Касым-Жомартом Токаевым", "Токаева", "Токаев", "Токаева"]
    assert SEED[: found["Си Цзиньпин"].mentions[0].end] == "Си Цзиньпин"
    assert found["ШОС"].variants == ("Шанхайская организация сотрудничества",)
    assert found["Китай"].variants == ("КНР",)
    indirect = [SEED[m.start : m.end] for m in found["Китай"].mentions if m.indirect]
    assert indirect == ["китайских"]


def test_place_inside_a_name_is_an_indirect_mention(russian: RussianRecognizer) -> None:
    text = "Он окончил Университет Вашингтона и уехал."
    found = {entity.name: entity for entity in russian.recognize([text])[0].entities}
    (mention,) = found["Вашингтон"].mentions
    assert (text[mention.start : mention.end], mention.indirect) == ("Вашингтона", True)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Министр встретился с Анной Ивановой в Московской области.", ("person", "Анна Иванова")),
        ("Он вступил в партию «Единая Россия».", ("organization", "Единая Россия")),
        ("Посольство США в Москве молчит.", ("organization", "Посольство США")),
        ("Об этом заявила израильская армия.", ("organization", "Израильская армия")),
        ("Об этом сообщила полиция.", ("organization", "Полиция")),
        ("В Боснии и Герцеговине прошли выборы.", ("place", "Босния и Герцеговина")),
        ("Французский суд отменил решение.", ("place", "Франция")),
        ("Как сообщает РИА «Новости», рейс задержан.", ("organization", "РИА Новости")),
        ("Премьер Дж.Сорос и А.Вебер не приехали.", ("person", "А. Вебер")),
    ],
)
def test_one_sentence(
    tags: Callable[[str], set[tuple[str, str]]], text: str, tag: tuple[str, str]
) -> None:
    assert tag in tags(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Он живёт на улице Крещатик.", "Крещатик"),
        ("Матч пройдёт на стадионе «Лужники».", "Лужники"),
        ("Он снялся в фильме «Бригада».", "Бригада"),
        ("Она написала об этом в Facebook.", "Facebook"),
        ("Об этом пишут СМИ.", "СМИ"),
        ("Впоследствии он уехал.", "Впоследствии"),
        ("Японский милитаризм осуждён.", "Япония"),
    ],
)
def test_non_names_are_rejected(
    tags: Callable[[str], set[tuple[str, str]]], text: str, name: str
) -> None:
    assert name not in {found for _, found in tags(text)}


def test_all_forms_of_a_name_are_one_person(russian: RussianRecognizer) -> None:
    text = (
        "Президент Владимир Владимирович Путин прилетел. Путин сказал. В. В. Путину ответили. "
        "Владимир Путин улетел. Слова Путина запомнили. Владимир Владимирович доволен."
    )
    assert [entity.name for entity in russian.recognize([text])[0].entities] == ["Владимир Путин"]


def test_abbreviation_explained_in_brackets(russian: RussianRecognizer) -> None:
    text = "Об этом сообщил Национальный антитеррористический комитет (НАК). В НАК это подтвердили."
    (entity,) = russian.recognize([text])[0].entities
    assert entity.name == "НАК"
    assert entity.variants == ("Национальный антитеррористический комитет",)


def test_result_does_not_depend_on_other_texts(russian: RussianRecognizer) -> None:
    texts = [SEED, "", "Путин в Москве.", "Посольство США. " * 50, "Обама и Меркель в Берлине."] * 3
    alone = [russian.recognize([text])[0] for text in texts]
    assert russian.recognize(texts) == alone
    shuffled = list(enumerate(texts))
    random.Random(1).shuffle(shuffled)
    answers = russian.recognize([text for _, text in shuffled])
    assert [alone[number] for number, _ in shuffled] == answers


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "\x00\x01\x1b[31mПутин\x07 в Москве\u2028Казани\x85",
        "Путин \ud800 в Москве",
        "а" * 100_000,
        "Я" * 100_000 + " сказал Путин",
        "Иванов-" * 5_000,
        "-".join(["Аб"] * 13) + " приехал",
        "«" * 5_000 + "Путин" + "»" * 5_000,
        "А. " * 5_000,
        "{{<a [[" * 5_000,
        "Организация объединённых наций (" * 500,
        "Barack Obama met Vladimir Putin in London.",
        "习近平主席会见了托卡耶夫总统。" * 100,
        "😀 Путин 😀",
        "Пyтин (Putin) в Mоскве; " * 100,
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_hostile_text(russian: RussianRecognizer, text: str) -> None:
    for entity in russian.recognize([text])[0].entities:
        assert entity.name.strip()
        assert all(0 <= m.start < m.end <= len(text) for m in entity.mentions)


def test_text_in_capitals(tags: Callable[[str], set[tuple[str, str]]]) -> None:
    found = {name for _, name in tags(SEED.upper())}
    assert {"Китай", "Казахстан", "Россия", "Владимир Путин", "ШОС", "ТАСС"} <= found


@pytest.mark.slow
def test_time_is_linear_in_length(russian: RussianRecognizer) -> None:
    russian.recognize([SEED])
    times = []
    for size in (100_000, 400_000):
        text = (SEED + "\n") * (size // len(SEED))
        start = time.process_time()
        russian.recognize([text])
        times.append(time.process_time() - start)
    assert times[1] < 12 * times[0] + 2


def test_mention_includes_closing_quote(russian: RussianRecognizer) -> None:
    text = "Как сообщает РИА «Новости», рейс задержан."
    (mention,) = russian.recognize([text])[0].entities[0].mentions
    assert text[mention.start : mention.end] == "РИА «Новости»"


def _names(count: int) -> list[str]:
    """Return distinct surnames that are in no dictionary."""
    chance = random.Random(5)
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = (chance.choice("бвгдклмнпрст") + chance.choice("аеиоу") for _ in range(3))
        found["".join(syllables).capitalize() + chance.choice(("ов", "ин", "ский"))] = None
    return list(found)


@pytest.mark.slow
@pytest.mark.parametrize(
    "pattern",
    ["{} и ", "{}, ", "«{} {}» ", "Министр {} {} заявил об этом. ", "А. {}, ", "ЗАО «{} {}». "],
)
def test_many_distinct_names_are_fast(russian: RussianRecognizer, pattern: str) -> None:
    names = iter(_names(6_000))
    text = "".join(
        pattern.format(*(next(names) for _ in range(pattern.count("{}")))) for _ in range(2_500)
    )[:25_000]
    begin = time.process_time()
    assert russian.recognize([text])[0].entities
    assert time.process_time() - begin < 30


@pytest.mark.slow
def test_one_name_repeated_is_fast(russian: RussianRecognizer) -> None:
    begin = time.process_time()
    (entity,) = russian.recognize(["Путин. " * 10_000])[0].entities
    assert time.process_time() - begin < 30
    assert len(entity.mentions) == 10_000


def test_limits_of_text_words_and_names(
    russian: RussianRecognizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Министр встретился с Анной Ивановой.\n" + "В Москве дождь.\n" * 9 + "Он уехал в Китай."

    def found() -> set[str]:
        return {entity.name for entity in russian.recognize([text])[0].entities}

    assert found() == {"Анна Иванова", "Москва", "Китай"}
    with monkeypatch.context() as patch:
        patch.setattr(recognizer, "MAX_TEXT_LENGTH", 100)
        assert found() == {"Анна Иванова", "Москва"}
    with monkeypatch.context() as patch:
        patch.setattr(recognizer, "MAX_DISTINCT_WORDS", 5)
        assert found() == {"Анна Иванова"}
    with monkeypatch.context() as patch:
        patch.setattr(recognizer, "MAX_DISTINCT_NAMES", 1)
        assert found() == {"Анна Иванова"}
