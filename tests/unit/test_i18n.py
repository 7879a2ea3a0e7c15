import pytest

from newsgen import i18n
from newsgen.problems import NewsgenError
from newsgen.render.filters import make_gettext


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 статей"),
        (1, "1 статья"),
        (2, "2 статьи"),
        (5, "5 статей"),
        (11, "11 статей"),
        (21, "21 статья"),
        (22, "22 статьи"),
        (112, "112 статей"),
    ],
)
def test_russian_plurals(number: int, words: str) -> None:
    ngettext = make_gettext("ru")["ngettext"]
    assert ngettext("%(number)s article", "%(number)s articles", number, number=number) == words


def test_english_is_what_templates_say() -> None:
    words = make_gettext("en")
    assert words["_"]("Archive") == "Archive"
    one, many = "%(number)s article", "%(number)s articles"
    assert words["ngettext"](one, many, 1, number=1) == "1 article"
    assert words["ngettext"](one, many, 0, number=0) == "0 articles"
    assert make_gettext("ja")["_"]("Archive") == "Archive"


@pytest.mark.parametrize(
    ("tag", "date", "month", "weekday"),
    [
        ("ru", "30 августа 2025", "Август 2025", "суббота"),
        ("en", "August 30, 2025", "August 2025", "Saturday"),
        ("en-GB", "30 August 2025", "August 2025", "Saturday"),
        ("de", "30. August 2025", "August 2025", "Samstag"),
        ("uk", "30 серпня 2025", "Серпень 2025", "субота"),
    ],
)
def test_dates_in_words(tag: str, date: str, month: str, weekday: str) -> None:
    assert i18n.full_date(tag, "2025-08-30") == date
    assert i18n.month_and_year(tag, "2025-08") == month
    assert i18n.weekday_name(tag, "2025-08-30") == weekday


@pytest.mark.parametrize(
    ("written", "russian", "english"),
    [
        ("1937-06", "июнь 1937", "June 1937"),
        ("1937", "1937", "1937"),
        ("1937?", "1937 (?)", "1937 (?)"),
        ("1937-06~", "ок. июня 1937", "c. June 1937"),
        ("1937%", "ок. 1937 (?)", "c. 1937 (?)"),
        ("1937-07-16?", "16 июля 1937 (?)", "July 16, 1937 (?)"),
        ("1937-21", "весна 1937", "spring 1937"),
        ("1937-06/1938", "июнь 1937 – 1938", "June 1937 – 1938"),
        ("1937/..", "1937 – …", "1937 – …"),
        ("193X", "1930-е", "1930s"),
        ("19XX", "19XX", "19XX"),
        ("", "без даты", "undated"),
        ("1937-06-00", "июнь 1937", "June 1937"),
    ],
)
def test_partial_dates_in_words(written: str, russian: str, english: str) -> None:
    assert i18n.full_date("ru", written) == russian
    assert i18n.full_date("en", written) == english
    assert i18n.clock_time("ru", written) == ""


def test_lists_of_what_is_unknown_have_a_heading() -> None:
    assert i18n.month_and_year("ru", "1937-00") == "1937, точная дата неизвестна"
    assert i18n.month_and_year("en", "0000-00") == "Undated"


def test_times_of_day() -> None:
    assert i18n.clock_time("ru", "2025-08-30T14:05:00+03:00") == "14:05"
    assert i18n.clock_time("ru", "2025-08-30") == ""


def test_weeks_begin_where_they_do() -> None:
    assert i18n.first_weekday("ru") == 0
    assert i18n.first_weekday("en-US") == 6
    assert i18n.weekday_initials("ru")[0] == ("пн", "понедельник")


def test_the_order_of_an_index() -> None:
    names = [
        "Яблоко",
        "ёлка",
        "Ель",
        "Ежевика",
        "Йод",
        "Игра",
        "«Ика»",
        "Apple",
        "2024",
        "Ё",
        "ель-2",
    ]
    ordered = sorted(names, key=lambda name: i18n.collation_key("ru", name))
    assert ordered == [
        *(
            "2024",
            "Ё",
            "Ежевика",
            "ёлка",
            "Ель",
            "ель-2",
            "Игра",
            "«Ика»",
            "Йод",
            "Яблоко",
            "Apple",
        ),
    ]


@pytest.mark.parametrize(
    ("tag", "name", "letter"),
    [
        ("ru", "Ёлка", "Е"),
        ("ru", "йод", "Й"),
        ("ru", "«Газпром»", "Г"),
        ("ru", "2024", "#"),
        ("ru", "", "#"),
        ("ru", "Apple", "A"),
        ("uk", "Їжак", "Ї"),
        ("en", "Éclair", "E"),
    ],
)
def test_the_letter_a_name_stands_under(tag: str, name: str, letter: str) -> None:
    assert i18n.initial(tag, name) == letter


def test_a_language_that_the_cldr_does_not_know_is_a_fault() -> None:
    with pytest.raises(NewsgenError) as caught:
        i18n.load_locale("xx")
    assert caught.value.problems[0].code == "bad-value"
