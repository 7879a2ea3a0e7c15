import pytest

from newsgen.problems import Location, NewsgenError
from newsgen.read.decode import Decoded, DecodeSettings, clean_text, decode, decode_again
from newsgen.read.encoded_lines import format_lines
from newsgen.read.legacy_encodings import ENCODINGS_BY_LANGUAGE

TEXT = "Правительство Казахстана сообщило о новых мерах поддержки.\nЁлки, съезд, щука.\n"


def can_encode(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


HERE = Location("articles/a.txt")


def decoded(
    data: bytes, *globs: tuple[str, str], language: str = "ru", repair: bool = False
) -> Decoded:
    return decode(data, HERE, "2004/a.txt", DecodeSettings(globs, language, repair))


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


TEXTS = {
    "ru": ("Заголовок", "Новости города", "В Москве — мэр ушёл.", TEXT * 30),
    "uk": ("Новини міста", "Їжак і ґава", "Верховна Рада ухвалила закон про єдність.\n" * 30),
    "bg": ("Новини", "Министърът заяви, че ще бъде подписано споразумение.\n" * 30),
    "be": ("Навіны горада", "У Мінску адбылася сустрэча з прадстаўнікамі ўлады.\n" * 30),
}


@pytest.mark.parametrize(
    ("language", "text", "encoding"),
    [
        (language, text, encoding)
        for language, texts in TEXTS.items()
        for text in texts
        for encoding in ENCODINGS_BY_LANGUAGE[language]
        if can_encode(text, encoding)
    ],
)
def test_cyrillic_encodings_are_told_apart(language: str, text: str, encoding: str) -> None:
    result = decoded(text.encode(encoding), language=language)
    assert result.text == text
    assert [problem.code for problem in result.problems] == ["guessed-encoding"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [TEXT, "One two three.\n", " date 2020-01-01 Статья\n\nДа.\n"])
def test_wide_text_without_a_mark_is_read(encoding: str, text: str) -> None:
    result = decoded(text.encode(encoding))
    assert result.text == text
    assert encoding in result.problems[0].message
    assert decode_again(text.encode(encoding), result.encoding, is_clean=True) == text
    assert decoded(text.encode(encoding), ("*", encoding)).problems == ()


def test_wide_text_with_a_mark_is_read() -> None:
    assert decoded(TEXT.encode("utf-32")).text == TEXT
    assert decoded(TEXT.encode("utf-32")).problems == ()


MOJIBAKE = {
    "utf-8 as cp1251": TEXT.encode().decode("cp1251", "ignore"),
    "utf-8 as latin-1": TEXT.encode().decode("latin-1"),
    "koi8-r as cp1251": TEXT.encode("koi8-r").decode("cp1251"),
    "cp1251 as koi8-r": TEXT.encode("cp1251").decode("koi8-r"),
    "cp866 as cp1251": TEXT.encode("cp866").decode("cp1251", "ignore"),
    "cp1251 as cp866": TEXT.encode("cp1251").decode("cp866"),
    "iso8859-5 as cp1251": TEXT.encode("iso8859-5").decode("cp1251"),
}


@pytest.mark.parametrize("kind", MOJIBAKE)
def test_mojibake_is_reported_and_repaired(kind: str) -> None:
    data = ("Первая строка верна.\n" + MOJIBAKE[kind]).encode()
    found = decoded(data)
    (problem,) = (one for one in found.problems if one.code == "mojibake")
    assert problem.location.line == 2
    assert not problem.is_error
    assert problem.message.isprintable()
    repaired = decoded(data, repair=True)
    assert [problem.code for problem in repaired.problems] == ["repaired-encoding"]
    assert "Правительство Казахстана сообщило о новых мерах поддержки." in repaired.text
    assert decode_again(data, repaired.encoding, is_clean=repaired.is_clean) == repaired.text


@pytest.mark.parametrize("text", ["cafÃ© itâ€™s", "Ð”Ð²Ð°", "Р—Р°РіРѕР»РѕРІРѕРє", "РСЃС‚РѕСЂРёСЏ"])
def test_short_mojibake_is_reported(text: str) -> None:
    assert [problem.code for problem in decoded(text.encode()).problems] == ["mojibake"]


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "«СССР» — №5: РФ, США и ЕС… °С. Р°",
        "ОБСЕ, ОПЕК, МНР",
        "São Paulo, SÃO PAULO, Âge, Ðorsteinn",
        "Prix : 5 € — déjà vu",
        "日本語",
        "Қазақстан Республикасының Үкіметі",
    ],
)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_healthy_text_is_no_mojibake(text: str, language: str) -> None:
    assert decoded(text.encode(), language=language).problems == ()


MIXED = "Заголовок статьи\n\n".encode() + "Текст в другой кодировке.\r\nЕщё строка.\r\n".encode(
    "cp1251"
)


def test_lines_in_another_encoding_are_named() -> None:
    with pytest.raises(NewsgenError) as caught:
        decoded(MIXED)
    (problem,) = caught.value.problems
    assert (problem.code, problem.location.line) == ("bad-encoding", 3)
    assert problem.message == "is UTF-8, but not on lines 3-4"
    assert "repair: mojibake" in problem.hint


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
def test_lines_in_another_encoding_are_repaired(encoding: str) -> None:
    body = "Текст в другой кодировке.\nЕщё строка.\n"
    data = "Заголовок статьи\n\n".encode() + body.encode(encoding)
    result = decoded(data, repair=True)
    assert result.text == "Заголовок статьи\n\n" + body
    assert [problem.code for problem in result.problems] == ["repaired-encoding"]
    assert decode_again(data, result.encoding, is_clean=result.is_clean) == result.text


def test_damaged_utf8_stays_an_error_with_repair() -> None:
    data = TEXT.encode() + "Щука".encode()[:-1] + b"\n"
    with pytest.raises(NewsgenError, match="broken characters") as caught:
        decoded(data, repair=True)
    assert caught.value.problems[0].location.line == 3


def test_lines_are_named_in_ranges() -> None:
    assert format_lines([3]) == "line 3"
    assert format_lines([3, 5, 6, 7, 12]) == "lines 3, 5-7 and 12"
    assert format_lines(range(1, 30, 2)) == "lines 1, 3, 5, 7, 9 and 10 more"
