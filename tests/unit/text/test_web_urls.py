import pytest

from newsgen.text.web_urls import get_host, get_origin, is_web_url, normalize_url


@pytest.mark.parametrize(
    ("written", "normalized"),
    [
        ("https://Example.org", "https://example.org/"),
        ("//example.org/a b.png#c", "https://example.org/a%20b.png"),
        ("http://example.org:80/я?q=я&a=%20", "http://example.org:80/%D1%8F?q=%D1%8F&a=%20"),
        ("https://пример.рф./", "https://xn--e1afmkfd.xn--p1ai/"),
        ("https://[2001:DB8::1]:8/x", "https://[2001:db8::1]:8/x"),
        ("https://user@example.org/", ""),
        ("https://a;script-src */x", ""),
        ("https://example.org:x/", ""),
        ("https://[broken/", ""),
        ("https:///x", ""),
        ("https://" + "я" * 300 + "/", ""),
        ("ftp://example.org/", ""),
        ("a.png", ""),
    ],
)
def test_an_url_has_one_form(written: str, normalized: str) -> None:
    assert normalize_url(written) == normalized
    assert normalize_url(normalized) == normalized


def test_parts_of_an_url() -> None:
    assert get_host("https://example.org:8/x") == "example.org"
    assert get_origin("https://example.org:8/x") == "https://example.org:8"
    assert is_web_url(" HTTPS://x")
    assert not is_web_url("/x")
