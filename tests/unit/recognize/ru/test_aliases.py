"""Abbreviations, aliases, place adjectives and spelling variants."""

import pytest

from newsgen.recognize.ru.abbreviations import abbreviates, is_abbreviation
from newsgen.recognize.ru.aliases import canonicalize, is_territory
from newsgen.recognize.ru.demonyms import adjective_to_place
from newsgen.recognize.ru.orthography import (
    are_similar,
    have_same_stem,
    is_transcription,
    normalize_name,
    sound_alike,
)


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


def test_is_abbreviation() -> None:
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
def test_place_aliases(name: str, place: str) -> None:
    assert canonicalize("place", name) == ("place", place)


def test_alias_can_change_the_kind() -> None:
    assert canonicalize("place", "ЕС") == ("organization", "Европейский союз")
    assert canonicalize("organization", "КНР") == ("place", "Китай")
    assert canonicalize("organization", "Счётная палата РФ")[1].endswith("Российской Федерации")


def test_territories_and_adjectives() -> None:
    assert is_territory("Центральная Азия")
    assert not is_territory("Тяньцзинь")
    assert adjective_to_place("российского") == "Россия"
    assert adjective_to_place("нью-йоркской") == "Нью-Йорк"
    assert adjective_to_place("творческий") is None


def test_orthography() -> None:
    assert normalize_name("Русская Православная Церковь") == normalize_name(
        "Русская православная церковь"
    )
    assert normalize_name("Аль-Кайда") == normalize_name("Аль-Каида")
    assert are_similar("петреус", "петреуз")
    assert not are_similar("роналдо", "роналдиньо")
    assert have_same_stem("Сараева", "Сараево")
    assert sound_alike("Кэмерон Диаз", "Камерон Диас")
    assert not sound_alike("Уэнтуорт Миллер", "Вентворт Миллер")
    assert is_transcription("Wellington", "Веллингтон")
    assert not is_transcription("London", "Веллингтон")
