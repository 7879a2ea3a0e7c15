"""How words of headlines and summaries are compared."""

from newsgen.catalogue.similarity import likeness, mask_of, nearness, stems_of


def test_words_lose_their_endings_and_short_ones_say_nothing() -> None:
    assert stems_of("Казахстан и Казахстаном, ещё ЁЛКА") == ["казах", "казах", "елка"]


def test_words_that_many_share_do_not_count() -> None:
    own = mask_of("Президент прибыл в Минск")
    texts = ["Президент в Минске", *["Президент в отпуске"] * 5, ""]
    assert likeness(own, [mask_of(text) for text in texts]) == [1, 0, 0, 0, 0, 0, 0]
    assert likeness(own, []) == []


def test_rare_words_of_both_headlines_count_twice() -> None:
    own = "Ледокол в порту\nКапитан доволен"
    others = ["Ледокол ушёл\nКапитан молчит", "Погода\nЛедокол виден", "Снег\nСнег"]
    assert nearness(own, [*others, *["Снег\nЛёд"] * 13]) == [3, 1, 0, *[0] * 13]
    assert nearness(own, ["Порт\nКапитан"] * 16) == [0] * 16
    assert nearness(own, []) == []
