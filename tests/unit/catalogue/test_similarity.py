"""Comparison of the words of headlines and summaries."""

from newsgen.catalogue.similarity import extract_stems, make_mask, shared_bits, similarity


def test_words_lose_their_endings_and_short_ones_are_left_out() -> None:
    assert extract_stems("Казахстан и Казахстаном, ещё ЁЛКА") == ["казах", "казах", "елка"]


def test_common_words_are_not_counted() -> None:
    own = make_mask("Президент прибыл в Минск")
    texts = ["Президент в Минске", *["Президент в отпуске"] * 5, ""]
    assert shared_bits(own, [make_mask(text) for text in texts]) == [1, 0, 0, 0, 0, 0, 0]
    assert shared_bits(own, []) == []


def test_rare_words_of_both_headlines_count_twice() -> None:
    own = "Ледокол в порту\nКапитан доволен"
    others = ["Ледокол ушёл\nКапитан молчит", "Погода\nЛедокол виден", "Снег\nСнег"]
    assert similarity(own, [*others, *["Снег\nЛёд"] * 13]) == [3, 1, 0, *[0] * 13]
    assert similarity(own, ["Порт\nКапитан"] * 16) == [0] * 16
    assert similarity(own, []) == []
