import pytest

from newsgen.model import RawArticle
from newsgen.read.formats import parse_article

SEED = (
    " date 2025-08-30 Си Цзиньпин отметил партнерство\n\nTекст: Денис Тельманов\n\n"
    "Первый абзац.\n\nВторой абзац.\n"
)


def parsed(text: str) -> RawArticle:
    return parse_article("a.txt", text)


def values(raw: RawArticle) -> dict[str, str]:
    return {name: field.text for name, field in raw.fields.items()}


def test_seed_article_is_parsed() -> None:
    raw = parsed(SEED)
    assert values(raw) == {
        "date": "2025-08-30",
        "headline": "Си Цзиньпин отметил партнерство",
        "authors": "Денис Тельманов",
    }
    assert {name: field.line for name, field in raw.fields.items()} == {
        "date": 1,
        "headline": 1,
        "authors": 3,
    }
    assert raw.body == "Первый абзац.\n\nВторой абзац.\n"
    assert raw.body == SEED[raw.body_start :]
    assert (raw.body_line, raw.markup) == (5, "text")


@pytest.mark.parametrize(
    "label", ["Tекст", "Текст", "текст", "ТЕКСТ", "Автор", "Author", "By", "Авторы", "Авtор"]
)
def test_a_byline_by_any_label(label: str) -> None:
    raw = parsed(f" date 2025-08-30 Заголовок\n\n{label}: А. Иванов\n\nТекст статьи.\n")
    assert values(raw)["authors"] == "А. Иванов"
    assert raw.body.strip() == "Текст статьи."


def test_an_english_byline_without_a_colon() -> None:
    raw = parsed("date 2025-08-30 Headline\n\nBy John Smith\n\nBody.\n")
    assert values(raw)["authors"] == "John Smith"


def test_header_lines_are_kept_even_unknown_ones_beside_known_ones() -> None:
    raw = parsed(
        " date 2025-08-30 Заголовок\nТекст: А. Иванов\nФото: РИА Новости\nКорректор: Б. Петров\n"
        "Теги: Китай, Казахстан\n\nТело: не поле.\n"
    )
    assert values(raw)["photo"] == "РИА Новости"
    assert values(raw)["tags"] == "Китай, Казахстан"
    assert raw.extra["корректор"].text == "Б. Петров"
    assert raw.extra["корректор"].label == "Корректор"
    assert raw.body == "Тело: не поле.\n"


def test_first_paragraph_with_a_colon_stays_in_the_body() -> None:
    raw = parsed(" date 2025-08-30 Заголовок\n\nМосква: в городе идет снег.\n")
    assert raw.body == "Москва: в городе идет снег.\n"


def test_a_long_line_after_a_known_label_is_text() -> None:
    line = "Текст: " + "очень длинное предложение " * 20
    raw = parsed(f" date 2025-08-30 Заголовок\n\n{line}\n")
    assert "authors" not in raw.fields
    assert raw.body.strip() == line.strip()


@pytest.mark.parametrize(
    ("text", "date", "headline"),
    [
        ("date 2025-08-30\nЗаголовок\n\nТекст: А\n\nТело", "2025-08-30", "Заголовок"),
        (" date 2025-08-30 \n\nЗаголовок\n\nТело", "2025-08-30", "Заголовок"),
        ("2025-08-30 Заголовок\n\nТело", "2025-08-30", "Заголовок"),
        (
            "\n\n\ufeff date 30.08.2025 Заголовок\n\nТело".replace("\ufeff", ""),
            "30.08.2025",
            "Заголовок",
        ),
        (" date 30 августа 2025 Заголовок\n\nТело", "30 августа 2025", "Заголовок"),
        ("\u00a0date\u00a02025-08-30\u00a0Заголовок\n\nТело", "2025-08-30", "Заголовок"),
        ("Дата: 30.08.2025\nЗаголовок: Так\n\nТело", "30.08.2025", "Так"),
        ("Date: 2025-08-30\nTitle: So\n\nТело", "2025-08-30", "So"),
        (" date 2025-08-30 14:05 Заголовок\n\nТело", "2025-08-30 14:05", "Заголовок"),
        ("Заголовок\n30.08.2025\n\nТело", "30.08.2025", "Заголовок"),
        ("Заголовок\n\nИюнь 1937\n\nТело", "Июнь 1937", "Заголовок"),
        ("15 лет спустя\ndate 30.08.2025\n\nТело", "30.08.2025", "15 лет спустя"),
        (" date 1937 Заголовок\n\nТело", "1937", "Заголовок"),
        ("1937-06\nЗаголовок\n\nТело", "1937-06", "Заголовок"),
        (" date 2024-13-01 Заголовок\n\nТело", "2024-13-01", "Заголовок"),
    ],
)
def test_date_and_headline_are_found_in_many_places(text: str, date: str, headline: str) -> None:
    raw = parsed(text)
    assert (values(raw)["date"], values(raw)["headline"]) == (date, headline)
    assert raw.body.strip() == "Тело"


@pytest.mark.parametrize("line", ["1937", "2015–2016", "193X", "unknown", "15 человек"])
def test_a_line_below_the_headline_that_names_no_month_is_text(line: str) -> None:
    raw = parsed(f"Итоги сезона\n{line}\n\nТело")
    assert values(raw) == {"headline": "Итоги сезона"}
    assert raw.body == f"{line}\n\nТело"


def test_a_headline_may_be_missing() -> None:
    raw = parsed(" date 2007-05-11 \n\nTекст: Вера Ильина\n\nПервый абзац.\n")
    assert "headline" not in raw.fields
    assert raw.body == "Первый абзац.\n"


def test_tags_may_stand_at_the_end() -> None:
    text = " date 2025-08-30 Заголовок\n\nТело.\n\nТеги: Китай, ШОС\n"
    raw = parsed(text)
    assert values(raw)["tags"] == "Китай, ШОС"
    assert raw.fields["tags"].line == 5
    assert raw.body == "Тело.\n\n"
    assert text[raw.body_start : raw.body_start + len(raw.body)] == raw.body


def test_an_empty_file_and_an_empty_body() -> None:
    assert parsed("").body == ""
    assert parsed(" date 2025-08-30 Заголовок").body == ""
    assert parsed("\n \n").fields == {}


def test_plain_text_may_have_front_matter() -> None:
    raw = parsed("---\ntitle: T\ndate: 2025-08-30\n---\n*not emphasis*\n")
    assert values(raw) == {"headline": "T", "date": "2025-08-30"}
    assert raw.markup == "text"
