"""Abbreviations and other names of the same."""

import pytest

from newsgen.recognize.protocol import Kind
from newsgen.recognize.ru.abbreviations import abbreviates, is_abbreviation
from newsgen.recognize.ru.aliases import canonical, is_territory
from newsgen.recognize.ru.demonyms import place_of
from newsgen.recognize.ru.spelling import key, same_stem, similar, sound_alike, transcribes


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("ШОС", "Шанхайская организация сотрудничества"),
        ("ФСЭГ", "Форум стран-экспортёров газа"),
        ("Генштаб", "Генеральный штаб"),
        ("Госдума", "Государственная дума"),
        ("Центробанк", "Центральный банк"),
        ("Минобороны", "Министерство обороны"),
        ("Совбез ООН", "Совет Безопасности ООН"),
        ("ПНС", "Переходный национальный совет Ливии"),
        ("БДТ", "Большой драматический театр им. Товстоногова"),
    ],
)
def test_abbreviates(short: str, long: str) -> None:
    assert abbreviates(short, long)


@pytest.mark.parametrize(
    ("short", "long"),
    [("ООН", "Совет Безопасности"), ("США", "Россия"), ("Россия", "Российская академия наук")],
)
def test_does_not_abbreviate(short: str, long: str) -> None:
    assert not abbreviates(short, long)


def test_abbreviations_are_known_by_their_capitals() -> None:
    assert all(map(is_abbreviation, ("МВД", "МИСиС", "ШОС")))
    assert not any(map(is_abbreviation, ("Газпром", "Россия", "CNN")))


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("КНР", "Китай"),
        ("Китайская Народная Республика", "Китай"),
        ("РФ", "Россия"),
        ("Российская Федерация", "Россия"),
        ("Соединённые Штаты Америки", "США"),
        ("Республика Казахстан", "Казахстан"),
        ("Исламская Республика Иран", "Иран"),
        ("Чешская республика", "Чехия"),
        ("Объединённые Арабские Эмираты", "ОАЭ"),
        ("Тяньцзинь", "Тяньцзинь"),
        ("Республика Корея", "Республика Корея"),
    ],
)
def test_places_have_one_name(name: str, place: str) -> None:
    assert canonical(Kind.PLACE, name) == (Kind.PLACE, place)


def test_an_alias_may_tell_the_kind() -> None:
    assert canonical(Kind.PLACE, "ЕС") == (Kind.ORGANISATION, "Европейский союз")
    assert canonical(Kind.ORGANISATION, "КНР") == (Kind.PLACE, "Китай")
    assert canonical(Kind.ORGANISATION, "Счётная палата РФ")[1].endswith("Российской Федерации")


def test_territories_and_adjectives() -> None:
    assert is_territory("Центральная Азия")
    assert not is_territory("Тяньцзинь")
    assert place_of("российского") == "Россия"
    assert place_of("нью-йоркской") == "Нью-Йорк"
    assert place_of("творческий") is None


def test_spelling() -> None:
    assert key("Русская Православная Церковь") == key("Русская православная церковь")
    assert key("Аль-Кайда") == key("Аль-Каида")
    assert similar("петреус", "петреуз")
    assert not similar("роналдо", "роналдиньо")
    assert same_stem("Сараева", "Сараево")
    assert sound_alike("Кэмерон Диаз", "Камерон Диас")
    assert not sound_alike("Уэнтуорт Миллер", "Вентворт Миллер")
    assert transcribes("Wellington", "Веллингтон")
    assert not transcribes("London", "Веллингтон")
