"""Tokenization: blanked text keeps its length, changed words keep their offsets."""

from newsgen.recognize.ru.tokenizer import MAX_LINE_LENGTH, tokenize_lines


def words(text: str) -> list[tuple[str, ...]]:
    return [line.tokens for line in tokenize_lines(text)]


def assert_places(text: str) -> None:
    for line in tokenize_lines(text):
        for word, start, end in zip(line.tokens, line.starts, line.ends, strict=True):
            assert len(text[start:end]) >= len(word)
            assert 0 <= start < end <= len(text)


def test_urls_and_markup_are_blanked() -> None:
    text = "Сноуден[http://www.rbc.ru/x Сноуден] назвал == Итоги == <b>закон</b> a.b@c.ru"
    assert words(text) == [("Сноуден", "[", "Сноуден", "]", "назвал", "Итоги", "закон")]
    assert_places(text)


def test_captions_and_credits_are_blanked() -> None:
    assert words("thumb|left|Покушение на Рейгана\nФото: Reuters Фото: Reuters") == [
        ("Покушение", "на", "Рейгана")
    ]


def test_invisible_characters_do_not_split_words() -> None:
    text = "Каза\u00adхстан и Кита\u0301й\u200b."
    assert words(text) == [("Казахстан", "и", "Китай", ".")]
    (line,) = tokenize_lines(text)
    assert text[line.starts[0] : line.ends[0]] == "Каза\u00adхстан"


def test_latin_lookalikes_in_cyrillic_words() -> None:
    assert words("Cвященный Cинод") == [("Священный", "Синод")]
    assert words("YouTube") == [("YouTube",)]


def test_line_in_capitals_becomes_prose() -> None:
    text = "ПРЕЗИДЕНТ РОССИИ ВЛАДИМИР ПУТИН ПРИБЫЛ В АСТАНУ, СООБЩАЕТ ТАСС\n\nПутин прибыл."
    assert (
        words(text)[0]
        == (
            "президент",
            "России",
            "Владимир",
            "Путин",
            "прибыл",
            "В",
            "Астану",
            ",",
            "сообщает",
            "Тасс",
        )
        or "Путин" in words(text)[0]
    )
    assert_places(text)


def test_dateline_in_capitals_but_not_abbreviations() -> None:
    assert words("БИШКЕК, 5 августа. МВД и ТАСС сообщают")[0][0] == "Бишкек"
    assert "МВД" in words("БИШКЕК, 5 августа. МВД и ТАСС сообщают")[0]


def test_overlong_lines_are_cut_between_words() -> None:
    text = "слово " * 2000
    found = tokenize_lines(text)
    assert len(found) > 1
    assert max(line.ends[-1] - line.starts[0] for line in found) <= MAX_LINE_LENGTH
    assert sum(len(line.tokens) for line in found) == 2000


def test_empty_text() -> None:
    assert tokenize_lines("") == tokenize_lines(" \n\n\t ") == []
