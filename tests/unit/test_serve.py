import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from tests.conftest import ArchiveFolder

from newsgen.config import Site
from newsgen.problems import NewsgenError
from newsgen.serve import base_path, make_server


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


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a site that tests only read."""
    archive = ArchiveFolder(tmp_path_factory.mktemp("served"))
    archive.write("static/video.mp4", "0123456789")
    with served(archive) as port:
        yield port


def get(
    port: int, path: str, method: str = "GET", headers: Mapping[str, str] | None = None
) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request(method, path, headers=headers or {})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def send(port: int, request: bytes) -> bytes:
    """Send bytes as they are, and return the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(request)
        return connection.recv(100_000)


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
def test_files_have_their_types(port: int, path: str, kind: str) -> None:
    response, body = get(port, path)
    assert (response.status, response.headers["Content-Type"]) == (200, kind)
    assert response.headers["Cache-Control"] == "no-cache"
    head, nothing = get(port, path, "HEAD")
    assert (head.status, nothing) == (200, b"")
    assert int(head.headers["Content-Length"]) == len(body)


@pytest.mark.parametrize(
    "path", ["/nowhere", "/a/b/c/", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/"]
)
def test_what_is_not_there_gets_the_sites_own_page(port: int, path: str) -> None:
    response, body = get(port, path)
    assert response.status == 404
    assert "Страница не найдена" in body.decode()
    assert get(port, path, "HEAD")[0].status == 404


def test_a_path_that_no_file_can_have_is_not_there(port: int) -> None:
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


@pytest.mark.parametrize(
    "path",
    [
        "/..%2f..%2fetc/passwd",
        "/%2e%2e%2fnewsgen.yaml",
        "/..%5cnewsgen.yaml",
        "/assets/../newsgen.yaml",
        "/assets/%2e%2e/index.html",
        "//newsgen.yaml",
        "/2025//08/",
        "/./index.html",
        "/%252e%252e/newsgen.yaml",
        "/%c0%ae%c0%ae/newsgen.yaml",
        "/%ed%a0%80",
        "/%ff",
        "/%",
        "/a%00.html",
        "/" + "x" * 300,
        "/" + "x/" * 3000,
        "/robots.txt/",
        "/index.html/x",
    ],
)
def test_odd_paths_lead_nowhere(port: int, path: str) -> None:
    assert get(port, path)[0].status == 404
    assert get(port, "/")[0].status == 200


@pytest.mark.parametrize(
    "request_line",
    [b"GET /\xff\xfe HTTP/1.1", b"\x16\x03\x01", b"GET  HTTP/1.1"],
)
def test_malformed_requests_are_refused(
    port: int, capfd: pytest.CaptureFixture[str], request_line: bytes
) -> None:
    answer = send(port, request_line + f"\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    assert answer.split()[1:2] in ([b"400"], [b"404"])
    assert capfd.readouterr() == ("", "")


def test_a_redirect_never_leads_to_another_host(archive: ArchiveFolder) -> None:
    archive.write("static/evil.example/index.html", "")
    with served(archive) as port:
        assert get(port, "//evil.example")[0].status == 404
        response, _ = get(port, "/2025?a=b%20c")
        assert (response.status, response.headers["Location"]) == (301, "/2025/?a=b%20c")


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("127.0.0.1:{port}", "", 200),
        ("localhost:{port}", "http://localhost:{port}", 200),
        ("LocalHost:{port}", "http://127.0.0.1:{port}", 200),
        ("[::1]:{port}", "http://[::1]:{port}", 200),
        ("127.0.0.1", "", 403),
        ("localhost:1", "", 403),
        ("evil.example:{port}", "", 403),
        ("evil.example", "", 403),
        ("127.0.0.1.evil.example:{port}", "", 403),
        ("", "", 403),
        ("127.0.0.1:{port}", "http://evil.example", 403),
        ("127.0.0.1:{port}", "http://evil.example:{port}", 403),
        ("127.0.0.1:{port}", "https://127.0.0.1:{port}", 403),
        ("127.0.0.1:{port}", "null", 403),
    ],
)
def test_only_this_computers_own_names_are_answered(
    port: int, host: str, origin: str, status: int
) -> None:
    headers = {"Host": host.format(port=port)}
    headers |= {"Origin": origin.format(port=port)} if origin else {}
    assert get(port, "/", headers=headers)[0].status == status
    assert get(port, "/nowhere", headers=headers)[0].status == (404 if status == 200 else 403)


def test_other_methods_are_refused(port: int) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        response, _ = get(port, "/", method)
        assert (response.status, response.headers["Allow"]) == (405, "GET, HEAD")


def test_known_files_are_not_sent_again(port: int) -> None:
    first, _ = get(port, "/robots.txt")
    for headers in (
        {"If-None-Match": first.headers["ETag"]},
        {"If-Modified-Since": first.headers["Last-Modified"]},
    ):
        response, body = get(port, "/robots.txt", headers=headers)
        assert (response.status, body) == (304, b"")
        assert response.headers["Cache-Control"] == "no-cache"
    assert get(port, "/robots.txt", headers={"If-None-Match": '"other"'})[0].status == 200


@pytest.mark.parametrize(
    ("asked", "status", "body"),
    [
        ("bytes=0-1", 206, b"01"),
        ("bytes=8-", 206, b"89"),
        ("bytes=-3", 206, b"789"),
        ("bytes=5-99", 206, b"56789"),
        ("bytes=10-", 416, b""),
        ("bytes=-0", 416, b""),
        ("bytes=10-12, 20-", 416, b""),
        ("Bytes=0-1", 206, b"01"),
        ("bytes= ,0-1,,", 206, b"01"),
        ("bytes=0-1, 10-", 206, b"01"),
        ("bytes=0-3,2-5", 206, b"012345"),
        ("bytes=-99", 206, b"0123456789"),
        *(
            (ignored, 200, b"0123456789")
            for ignored in (
                *("lines=0-1", "bytes=x", "bytes=abc", "bytes=", "bytes=,", "bytes", "0-1"),
                *(
                    "bytes=5-2",
                    "bytes=12-5",
                    "bytes=0-1,5-2",
                    "bytes=0-1,x",
                    "bytes=-",
                    "bytes=--1",
                ),
                *(
                    "bytes=--1",
                    "bytes=1-2-3",
                    "bytes=0x1-2",
                    "bytes=1 - 2",
                    "bytes=+1-2",
                    "bytes=1_0-2",
                ),
                *(f"bytes=0-{'9' * 5_000}", "bytes=" + "0-1," * 101, "bytes =0-1"),
            )
        ),
    ],
)
def test_a_range_of_a_file_is_sent(port: int, asked: str, status: int, body: bytes) -> None:
    response, found = get(port, "/video.mp4", headers={"Range": asked})
    assert (response.status, found) == (status, body)
    assert response.headers["Accept-Ranges" if status == 200 else "Content-Range"]


def test_several_ranges_are_sent_in_parts(port: int) -> None:
    response, body = get(port, "/video.mp4", headers={"Range": "bytes=0-1,5-6,20-"})
    assert response.status == 206
    assert response.headers["Content-Type"].startswith("multipart/byteranges; boundary=")
    assert body.count(b"Content-Range: bytes ") == 2


def test_a_range_counts_for_get_and_for_files_only(port: int) -> None:
    for asked in ("bytes=0-1", "bytes=5-2", "bytes=99999-"):
        response, _ = get(port, "/video.mp4", "HEAD", headers={"Range": asked})
        assert (response.status, response.headers["Content-Length"]) == (200, "10")
        assert get(port, "/missing", headers={"Range": asked})[0].status == 404


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither FIFOs nor free symlinks")
def test_only_regular_files_inside_are_served(archive: ArchiveFolder) -> None:
    secret = archive.write("secret.txt", "secret")
    with served(archive) as port:
        dist = archive.root / "dist"
        (dist / "out.txt").symlink_to(secret)
        (dist / "out").symlink_to(archive.root)
        (dist / "loop").symlink_to("loop")
        (dist / "zero").symlink_to("/dev/zero")
        (dist / "in.txt").symlink_to("robots.txt")
        (dist / "folder").mkdir()
        os.mkfifo(dist / "fifo")
        os.mkfifo(dist / "folder/index.html")
        for path in ("/out.txt", "/out/secret.txt", "/out/", "/loop", "/zero", "/fifo"):
            assert get(port, path)[0].status == 404
        for path in ("/folder", "/folder/"):
            assert get(port, path)[0].status == 404
        assert get(port, "/in.txt")[0].status == 200
        (dist / "404.html").unlink()
        (dist / "404.html").symlink_to(secret)
        assert get(port, "/nowhere")[1] == b"Not found\n"


def test_a_folder_that_is_rebuilt_is_served_again(archive: ArchiveFolder) -> None:
    with served(archive) as port:
        (archive.root / "dist").rename(archive.root / "elsewhere")
        assert get(port, "/")[0].status == 404
        (archive.root / "elsewhere").rename(archive.root / "dist")
        assert get(port, "/")[0].status == 200


def test_slow_clients_hold_no_threads_and_closed_connections_print_nothing(
    archive: ArchiveFolder, capfd: pytest.CaptureFixture[str]
) -> None:
    archive.write("static/large.bin", b"x" * 20_000_000)
    with served(archive) as port:
        host = f"Host: 127.0.0.1:{port}\r\n".encode()
        clients = [socket.create_connection(("127.0.0.1", port)) for _ in range(200)]
        for number, client in enumerate(clients):
            request = b"GET /large.bin HTTP/1.1\r\n" + host
            # Half of them never end their request, the others never read the answer.
            client.sendall(request if number % 2 else request + b"\r\n")
        assert get(port, "/")[0].status == 200
        assert threading.active_count() < 60
        for client in clients:
            client.close()
        assert get(port, "/")[0].status == 200
    assert capfd.readouterr() == ("", "")


def test_an_error_of_its_own_is_logged(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no way")

    with served(archive) as port:
        monkeypatch.setattr("newsgen.serve._make_response", fail)
        response, body = get(port, "/")
    assert response.status == 500
    assert body.startswith(b"/: internal-error: internal error: RuntimeError: no way\n")
    log = (archive.root / ".newsgen/newsgen.log").read_text(encoding="utf-8")
    assert "RuntimeError: no way" in log
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_ends_the_server_at_once(archive: ArchiveFolder) -> None:
    archive.write("static/large.bin", b"x" * 20_000_000)
    archive.article("a.txt", "2025-08-30", "Заголовок")
    archive.build()
    command = [sys.executable, "-m", "newsgen", "serve", "--port", "0", "--verbose"]
    # An environment that uvicorn would read must not matter.
    environment = {**os.environ, "WEB_CONCURRENCY": "many", "FORWARDED_ALLOW_IPS": "*"}
    with subprocess.Popen(
        command,
        cwd=archive.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**environment, "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout
        port = int(process.stdout.readline().partition("127.0.0.1:")[2].partition("/")[0])
        assert get(port, "/nowhere%1b")[0].status == 404
        with socket.create_connection(("127.0.0.1", port)) as waiting:
            waiting.sendall(f"GET /large.bin HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode())
            waiting.recv(10)
            started = time.monotonic()
            process.send_signal(signal.SIGINT)
            output, errors = process.communicate(timeout=10)
        assert time.monotonic() - started < 1.5
    assert (process.returncode, errors) == (0, "")
    assert output.splitlines() == [
        '"GET /nowhere%1b" 404',
        '"GET /large.bin" 200',
        "",
        "Stopped.",
    ]


def test_the_server_is_loaded_by_no_other_command() -> None:
    code = "import sys; import newsgen.build, newsgen.check, newsgen.cli.build, newsgen.cli.serve; "
    code += "print({'starlette', 'uvicorn'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.parametrize(
    ("base_url", "path"),
    [
        ("", "/"),
        ("https://example.org", "/"),
        ("https://example.org/a/b", "/a/b/"),
        ("https://example.org//evil.example/", "/evil.example/"),
    ],
)
def test_the_base_path_is_that_of_the_base_url(tmp_path: Path, base_url: str, path: str) -> None:
    assert base_path(Site(root=tmp_path, base_url=base_url)) == path


def test_a_base_path_may_have_any_letters(archive: ArchiveFolder) -> None:
    archive.config("language: ru\nbase_url: 'https://example.org/новости%20{1}/'\n")
    with served(archive) as port:
        quoted = "/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8%20%7B1%7D"
        assert get(port, f"{quoted}/")[0].status == 200
        assert get(port, quoted)[0].headers["Location"] == f"{quoted}/"
