"""Requests reach the public internet only, and end in time."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from newsgen.media.client import MediaError, is_public, open_url, read_chunks
from newsgen.media.download import make_media_path
from newsgen.media.responses import choose_suffix


@pytest.mark.parametrize(
    ("ip", "expected"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("2002:7f00:1::", False),
    ],
)
def test_private_networks_are_told(ip: str, expected: bool) -> None:
    assert is_public(ip) == expected


@contextmanager
def trickling_server(*, with_headers: bool) -> Iterator[str]:
    """A server that sends a byte now and then, and never ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def serve() -> None:
        with listener.accept()[0] as connection:
            connection.recv(1_000)
            connection.sendall(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if with_headers else b"X: "))
            try:
                while not stop.wait(0.05):
                    connection.sendall(b"x")
            except OSError:
                return

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    finally:
        stop.set()
        thread.join()
        listener.close()


@pytest.mark.parametrize("with_headers", [True, False])
def test_an_answer_that_trickles_ends_in_time(with_headers: bool) -> None:
    with (
        trickling_server(with_headers=with_headers) as url,
        pytest.raises(MediaError),
        open_url(url, "GET", 0.3, allow_private=True) as answer,
    ):
        assert b"".join(read_chunks(answer, 10)) == b"never"


def test_a_host_that_does_not_listen_is_silent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with (
        pytest.raises(MediaError) as raised,
        open_url(f"http://127.0.0.1:{port}/", "GET", 1, allow_private=True),
    ):
        pass
    assert raised.value.is_host_silent


@pytest.mark.parametrize(
    ("url", "kind", "suffix"),
    [
        ("https://a.org/x.JPEG?a", "image/jpeg", ".jpeg"),
        ("https://a.org/x", "image/jpeg", ".jpg"),
        ("https://a.org/x.php", "audio/mpeg", ".mp3"),
        ("https://a.org/x.md", "image/png", ".png"),
        ("https://a.org/x.mp4", "application/octet-stream", ".mp4"),
        ("https://a.org/x.mp4", "", ".mp4"),
    ],
)
def test_the_type_decides_a_missing_suffix(url: str, kind: str, suffix: str) -> None:
    assert choose_suffix(url, kind) == suffix


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://a.org/d/x%20y.png", "media/a.org/x-y-"),
        ("https://a.org:8/", "media/a.org-8/file-"),
        ("https://[::1]:8/..%2F..%2Fx.png", "media/1-8/x-"),
        ("https://con/a", "media/host-con/a-"),
        ("https://a.org/" + "я" * 300, "media/a.org/" + "я" * 60 + "-"),
    ],
)
def test_paths_are_safe_and_say_what_the_files_are(url: str, path: str) -> None:
    made = make_media_path(url, ".png")
    assert made.startswith(path)
    assert made == make_media_path(url, ".png")
    assert made != make_media_path(f"{url}?", ".png")
    assert len(made.split("/")) == 3
