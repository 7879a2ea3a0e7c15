import pytest

from newsgen.problems import Location, NewsgenError
from newsgen.read.decode import Decoded, clean_text, decode, decode_again

TEXT = "Правительство Казахстана сообщило о новых мерах поддержки.\nЁлки, съезд, щука.\n"
HERE = Location("articles/a.txt")


def decoded(data: bytes, *globs: tuple[str, str], language: str = "ru") -> Decoded:
    return decode(data, HERE, globs, "2004/a.txt", language)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.encode("utf-16"),
        "Правительство Казахстана сообщило о новых мерах поддержки.\nЁлки, съезд, щука.\n".encode(),
        TEXT.replace("Ё", "Е\u0308").replace("й", "и\u0306").encode(),
        TEXT.replace("прави", "пра\u00adви").encode(),
    ],
)
def test_one_text_in_many_encodings(data: bytes) -> None:
    result = decoded(data)
    assert result.text == TEXT
    assert not result.problems


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
def test_legacy_encodings_are_guessed_and_reported(encoding: str) -> None:
    result = decoded(TEXT.encode(encoding))
    assert result.text == TEXT
    (problem,) = result.problems
    assert problem.code == "guessed-encoding"
    assert encoding in problem.message
    assert not problem.is_error


def test_a_short_text_in_capitals_is_guessed() -> None:
    text = "ЗАГОЛОВОК КАПИТЕЛЬЮ О ВСТРЕЧЕ В МОСКВЕ"
    for encoding in ("cp1251", "cp866"):
        assert decoded(text.encode(encoding)).text == text


def test_configured_encoding_is_tried_after_utf8_and_before_a_guess() -> None:
    assert decoded(TEXT.encode("koi8-r"), ("2004/*", "koi8-r")).problems == ()
    assert decoded(TEXT.encode(), ("2004/*", "koi8-r")).text == TEXT
    assert (
        decoded(TEXT.encode("cp1251"), ("2005/*", "koi8-r")).problems[0].code == "guessed-encoding"
    )


@pytest.mark.parametrize(
    ("data", "globs", "code", "line"),
    [
        (b"one\ntwo\0three", (), "not-text", 2),
        ("Немного текста на русском языке.\n".encode() * 5 + b"\xff\n", (), "bad-encoding", 6),
        ("Текст \n".encode() * 9 + b"\xed\xa0\x80", (), "bad-encoding", 10),
        (b"abc\n\x98", (("*", "cp1251"),), "bad-encoding", 2),
        (bytes(range(1, 256)) * 4, (), "not-text", 2),
    ],
)
def test_undecodable_bytes_are_reported_with_their_line(
    data: bytes, globs: tuple[tuple[str, str], ...], code: str, line: int
) -> None:
    with pytest.raises(NewsgenError) as caught:
        decoded(data, *globs)
    (problem,) = caught.value.problems
    assert (problem.code, problem.location.line) == (code, line)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [("one\ntwo\x07", "control-character", 2), ("a\u202eb", "bidi-control", 1)],
)
def test_control_characters_are_removed(text: str, code: str, line: int) -> None:
    cleaned, (problem,) = clean_text(text, HERE)
    assert cleaned == text.replace("\x07", "").replace("\u202e", "")
    assert (problem.code, problem.location) == (code, Location(HERE.file, line))


def test_lone_surrogate_is_removed() -> None:
    cleaned, (problem,) = clean_text("a\ud800b", HERE)
    assert cleaned == "ab"
    assert problem.code == "control-character"


def test_decoding_again_gives_the_same_text() -> None:
    data = (TEXT + "\x07\u202eЕ\u0308\r\n").encode()
    found = decoded(data)
    assert not found.is_clean
    assert decode_again(data, found.encoding, is_clean=False) == found.text
    assert decoded(TEXT.encode()).is_clean
    assert decode_again(TEXT.encode(), "utf-8-sig", is_clean=True) == TEXT
