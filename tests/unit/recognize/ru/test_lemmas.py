"""Lemmas of single mentions."""

import pytest

from newsgen.recognize.ru.context import CaseExpectation
from newsgen.recognize.ru.full_names import drop_patronymic, put_given_name_first, split_full_name
from newsgen.recognize.ru.person_lemmas import person_candidates
from newsgen.recognize.ru.phrases import phrase_candidates

GENITIVE = CaseExpectation(frozenset({"gent"}), 1.5)
ANY = CaseExpectation()


@pytest.mark.parametrize(
    ("surface", "lemma", "expected"),
    [
        ("Касым-Жомартом Токаевым", "Касым-Жомарт Токаев", ANY),
        ("Анной Ивановой", "Анна Иванова", ANY),
        ("Си Цзиньпина", "Си Цзиньпин", GENITIVE),
        ("Нурлан Ермекбаев", "Нурлан Ермекбаев", ANY),
        ("Владимира Владимировича Путина", "Владимир Владимирович Путин", ANY),
        ("Обамы", "Обама", ANY),
        ("Ангелы Меркель", "Ангела Меркель", ANY),
        ("Хиллари Клинтон", "Хиллари Клинтон", ANY),
        ("Ирины Яровой", "Ирина Яровая", ANY),
        ("Анджея Дуды", "Анджей Дуда", ANY),
        ("Сноуденом", "Сноуден", ANY),
        ("Леха Качиньского", "Лех Качиньский", ANY),
        ("Первезу Мушаррафу", "Первез Мушарраф", ANY),
        ("Усамы бен Ладена", "Усама бен Ладен", ANY),
        ("Ксении Собчак", "Ксения Собчак", ANY),
        ("Сергея Кужугетовича Шойгу", "Сергей Кужугетович Шойгу", ANY),
        ("Виктора Януковича", "Виктор Янукович", ANY),
        ("Тараса Шевченко", "Тарас Шевченко", GENITIVE),
        ("Ким Чен Ына", "Ким Чен Ын", GENITIVE),
        ("А. Абдулова", "А. Абдулов", GENITIVE),
        ("Джеймса Бонда-младшего", "Джеймс Бонд-младший", ANY),
        ("Barack Obama", "Barack Obama", ANY),
    ],
)
def test_people(surface: str, lemma: str, expected: CaseExpectation) -> None:
    assert person_candidates(tuple(surface.split()), expected)[0].name == lemma


@pytest.mark.parametrize(
    ("surface", "lemma"),
    [
        ("Московской области", "Московская область"),
        ("Тяньцзине", "Тяньцзинь"),
        ("Каннах", "Канны"),
        ("Нижнем Новгороде", "Нижний Новгород"),
        ("Ростове-на-Дону", "Ростов-на-Дону"),
        ("Сергиева Посада", "Сергиев Посад"),
        ("Боснии и Герцеговины", "Босния и Герцеговина"),
        ("Тринидада и Тобаго", "Тринидад и Тобаго"),
        ("Республики Сербской", "Республика Сербская"),
        ("Северного Кавказа", "Северный Кавказ"),
        ("Соединённых Штатов", "Соединённые Штаты"),
        ("Сан-Франциско", "Сан-Франциско"),
        ("Манхэттене", "Манхэттен"),
        ("Фукусимы-1", "Фукусима-1"),
        ("США", "США"),
    ],
)
def test_places(surface: str, lemma: str) -> None:
    assert phrase_candidates(tuple(surface.split()), ANY, place=True)[0].name == lemma


@pytest.mark.parametrize(
    ("surface", "lemma"),
    [
        ("Шанхайской организации сотрудничества", "Шанхайская организация сотрудничества"),
        ("Министерства обороны США", "Министерство обороны США"),
        ("Единой России", "Единая Россия"),
        ("Следственного комитета РФ", "Следственный комитет РФ"),
        ("Партии регионов", "Партия регионов"),
        ("сборной России", "сборная России"),
        ("Центрами по контролю и профилактике", "Центры по контролю и профилактике"),
        ("Росфинмониторингом", "Росфинмониторинг"),
        ("МВД Киргизии", "МВД Киргизии"),
        (
            "Московском драматическом театре имени Гоголя",
            "Московский драматический театр имени Гоголя",
        ),
    ],
)
def test_organizations(surface: str, lemma: str) -> None:
    assert phrase_candidates(tuple(surface.split()), ANY, place=False)[0].name == lemma


@pytest.mark.parametrize(
    ("written", "ordered"),
    [
        ("Путин Владимир Владимирович", "Владимир Владимирович Путин"),
        ("Жириновский В. В", "В. В. Жириновский"),
        ("Арсланов А. Г.", "А. Г. Арсланов"),
        ("Ким Ю На", "Ким Ю На"),
        ("Елизавета II", "Елизавета II"),
    ],
)
def test_given_name_is_put_first(written: str, ordered: str) -> None:
    assert " ".join(put_given_name_first(written.split())) == ordered


def test_split_full_name() -> None:
    assert split_full_name("Владимир Владимирович Путин") == ("владимир", "владимирович", "путин")
    assert split_full_name("Владимир Владимирович") == ("владимир", "владимирович", "")
    assert split_full_name("Виктор Янукович") == ("виктор", "", "янукович")
    assert split_full_name("Токаев") == ("", "", "токаев")
    assert drop_patronymic("Владимир Владимирович Путин") == "Владимир Путин"
    assert drop_patronymic("В. В. Путин") == "В. В. Путин"
