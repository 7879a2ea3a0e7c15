"""A web server on this computer, in place of the hosts that articles name."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@dataclass
class Answer:
    """Answer of the server under a path."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    is_truncated: bool = False
    refuses_head: bool = False


@dataclass
class WebServer:
    """A server, what it says, and what it was asked."""

    url: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    hook: Callable[[str], None] = lambda _: None

    def add(self, path: str, body: bytes, kind: str = "", **headers: str) -> str:
        """Add a file, and return its URL."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = Answer(
            body, headers={**({"Content-Type": kind} if kind else {}), **named}
        )
        return f"{self.url}{path}"


@pytest.fixture
def web() -> Iterator[WebServer]:
    """A server that runs as long as the test."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.answer(is_head=True)

        def do_GET(self) -> None:
            self.answer(is_head=False)

        def answer(self, *, is_head: bool) -> None:
            server.asked.append(f"{self.command} {self.path}")
            server.agents.add(self.headers["User-Agent"])
            server.hook(self.path)
            answer = server.answers.get(self.path, Answer(status=404))
            if is_head and answer.refuses_head:
                answer = Answer(status=405)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            more = 10 if answer.is_truncated else 0
            self.send_header("Content-Length", str(len(answer.body) + more))
            self.end_headers()
            if not is_head:
                self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as opened:
        server = WebServer(f"http://127.0.0.1:{opened.server_port}")
        thread = threading.Thread(target=opened.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        opened.shutdown()
        thread.join()
