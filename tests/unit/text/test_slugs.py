import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.text.slugs import slugify


def ascii_slug(text: str, fallback: str = "a") -> str:
    return slugify(text, "ascii", "wikipedia", fallback)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Си Цзиньпин отметил", "si-tszinpin-otmetil"),
        ("Объезд Щёлково: подъём ещё впереди!", "obyezd-shchyolkovo-podyom-yeshchyo-vperedi"),
        ("Мел", "mel"),
        ("МЕЛ", "mel"),
        ("Мель", "mel"),
        ("0012", "0012"),
        ("Ready-made_slug 2", "ready-made-slug-2"),
        ("Україна, Қазақстан", "ukraina-qazaqstan"),
        ("L’été d'Ørsted: Straße", "lete-dorsted-strasse"),
        ("日本の首相", "ribennoshouxiang"),
        ("../../../etc/passwd", "etc-passwd"),
        ("CON", "con_"),
        ("lpt1", "lpt1_"),
    ],
)
def test_slugs_in_ascii(text: str, slug: str) -> None:
    assert ascii_slug(text) == slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Си Цзиньпин отметил", "си-цзиньпин-отметил"),
        ("МЕЛ и Мель", "мел-и-мель"),
        ("日本の首相", "日本の首相"),
        ("L’été", "lété"),
        ("Aux", "aux_"),
        ("İstanbul ve İzmir", "istanbul-ve-izmir"),
    ],
)
def test_slugs_that_keep_their_letters(text: str, slug: str) -> None:
    assert slugify(text, "unicode", "wikipedia", "a") == slug


def test_the_standard_of_transliteration_is_chosen_by_name() -> None:
    assert slugify("Цифры", "ascii", "gost_7034", "a") == "cifry"
    assert slugify("Цифры", "ascii", "wikipedia", "a") == "tsifry"


def test_text_without_letters_gets_a_hashed_slug() -> None:
    assert ascii_slug("???!", "one") != ascii_slug("???!", "two")
    assert ascii_slug("???!", "one") == ascii_slug("…", "one")


def test_a_long_headline_is_cut_at_a_word() -> None:
    slug = ascii_slug("очень длинный заголовок " * 50)
    assert len(slug) <= 80
    assert slug.endswith(("ochen", "dlinny", "zagolovok"))


@given(st.text(), st.sampled_from(["ascii", "unicode"]))
def test_slug_of_any_text_is_safe_in_a_path(text: str, style: str) -> None:
    slug = slugify(text, style, "wikipedia", text)
    assert slug
    assert len(slug.encode()) <= 160
    assert slug == slug.casefold() or style == "unicode"
    assert slug.strip(" .-") == slug
    assert not set(slug) & set('/\\:*?"<>|\0%#&')
    assert slug.upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}
    assert style == "unicode" or slug.isascii()


@given(st.characters(categories=["L", "N"]))
def test_a_slug_of_any_letter_is_its_own_slug(letter: str) -> None:
    for style in ("ascii", "unicode"):
        slug = slugify(f"x{letter}", style, "wikipedia", "a")
        assert slugify(slug, style, "wikipedia", "a") == slug
    assert ascii_slug(letter).isascii()
