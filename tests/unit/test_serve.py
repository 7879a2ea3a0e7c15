import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse

import pytest
from tests.conftest import ArchiveFolder

from newsgen.problems import NewsgenError
from newsgen.serve import make_server


@contextmanager
def served(archive: ArchiveFolder) -> Iterator[int]:
    """Build and serve an archive, and yield the port."""
    archive.article("a.txt", "2025-08-30", "Заголовок")
    archive.write("static/data/a.json", "{}")
    archive.write("static/a.woff2", b"x")
    archive.build()
    with make_server(archive.site(), 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def get(port: int, path: str, method: str = "GET") -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request(method, path)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/2025/08/30/zagolovok/", "text/html; charset=utf-8"),
        ("/assets/newsgen.css", "text/css; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/data/a.json", "application/json"),
        ("/a.woff2", "font/woff2"),
    ],
)
def test_files_have_their_types(archive: ArchiveFolder, path: str, kind: str) -> None:
    with served(archive) as port:
        response, body = get(port, path)
        assert (response.status, response.headers["Content-Type"]) == (200, kind)
        assert response.headers["Cache-Control"] == "no-cache"
        head, nothing = get(port, path, "HEAD")
        assert (head.status, nothing) == (200, b"")
        assert int(head.headers["Content-Length"]) == len(body)


@pytest.mark.parametrize(
    "path", ["/nowhere", "/a/b/c/", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/"]
)
def test_what_is_not_there_gets_the_sites_own_page(archive: ArchiveFolder, path: str) -> None:
    with served(archive) as port:
        response, body = get(port, path)
        assert response.status == 404
        assert "Страница не найдена" in body.decode()
        assert get(port, path, "HEAD")[0].status == 404


def test_a_path_that_no_file_can_have_is_not_there(archive: ArchiveFolder) -> None:
    with served(archive) as port:
        assert get(port, "/%00")[0].status == 404


def test_a_site_is_served_under_its_base_path(archive: ArchiveFolder) -> None:
    archive.config("language: ru\nbase_url: https://example.org/repo/\n")
    with served(archive) as port:
        assert get(port, "/repo/2025/08/30/zagolovok/")[0].status == 200
        assert get(port, "/2025/08/30/zagolovok/")[0].status == 404
        response, _ = get(port, "/repo/2025")
        assert (response.status, response.headers["Location"]) == (301, "/repo/2025/")
        response, _ = get(port, "/")
        assert (response.status, response.headers["Location"]) == (302, "/repo/")
        response, _ = get(port, "/repo")
        assert response.headers["Location"] == "/repo/"


def test_there_must_be_something_to_serve(archive: ArchiveFolder) -> None:
    with pytest.raises(NewsgenError) as caught:
        make_server(archive.site(), 0)
    assert caught.value.problems[0].code == "not-built"
    with served(archive) as port, pytest.raises(NewsgenError) as caught:
        make_server(archive.site(), port)
    assert caught.value.problems[0].code == "port-taken"
