"""URLs that a site can be published at."""

import pytest

from newsgen.config.site_url import is_site_url


@pytest.mark.parametrize(
    "url",
    [
        *("https://example.org", "https://example.org/", "http://localhost:8000/news"),
        *(
            "https://example.org/a/b/",
            "HTTPS://EXAMPLE.ORG/",
            "https://e.org./",
            "https://a-b.org/",
        ),
        *("https://новости.рф/архив/", "https://xn--b1amarcd.xn--p1ai/", "https://भारत.भारत/"),
        *(
            "https://e.org/%D0%B0/",
            "https://e.org/~me/",
            "https://e.org/a..b/",
            "https://e.org/.a/",
        ),
        *("http://127.0.0.1:8000/", "http://[::1]:80/", "https://1e.org/", "https://e.org/a@b:c/"),
    ],
)
def test_urls_of_sites(url: str) -> None:
    assert is_site_url(url)


@pytest.mark.parametrize(
    "url",
    [
        *("", "https://", "https:///a/", "example.org", "ftp://e.org/", "//e.org/", "https:e.org"),
        *("https://..org/", "https://.org/", "https://a..org/", "https://e.org../", "https://./"),
        *("https://xn--/", "https://xn--.org/", "https://a.XN--/", "https://xn--99999999/"),
        *("https://-a.org/", "https://a-.org/", "https://a_b.org/", "https://a,b/", "https://a*b/"),
        *("https://%61.org/", "https://e.org%2f/", f"https://{'a' * 64}.org/", "https://а..рф/"),
        *(f"https://{'a.' * 130}org/", f"https://{'я' * 64}.рф/", "https://e!.org/", "https://e;/"),
        *("https://1.2.3/", "https://999.1.1.1/", "https://1.2.3.4.5/", "https://01.2.3.4/"),
        *("https://[::1/", "https://[::1]x/", "https://[1.2.3.4]/", "https://[]/", "https://[g]/"),
        *("https://e.org:/", "https://e.org:0/", "https://e.org:99999/", "https://e.org:x/"),
        *("https://me@e.org/", "https://me:pw@e.org/", "https://e.org:80:80/", "https://e.org\\a/"),
        *("https://e.org//", "https://e.org/a//b/", "https://e.org///", "https://e.org/a/./b/"),
        *(
            "https://e.org/..",
            "https://e.org/../a/",
            "https://e.org/%2e%2E/",
            "https://e.org/a/%2e/",
        ),
        *("https://e.org/%zz/", "https://e.org/%", "https://e.org/%4", "https://e.org/%ff/"),
        *(
            "https://e.org/%00/",
            "https://e.org/%0a/",
            "https://e.org/%5c/",
            "https://e.org/a%2f%2fb/",
        ),
        *("https://e.org/a b/", "https://e.org/a\tb/", "https://e.org/\n", " https://e.org/"),
        *("https://e.org/?", "https://e.org/?a", "https://e.org/#"),
        *('https://e.org/"/', "https://e.org/<a>/", "https://e.org/|/", "https://e.org/`/"),
    ],
)
def test_urls_that_no_site_can_have(url: str) -> None:
    assert not is_site_url(url)
