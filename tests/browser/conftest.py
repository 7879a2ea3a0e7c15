"""A real browser, and built sites to look at with it."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.conftest import NOW

from newsgen.build import Options, build
from newsgen.config import load_site
from newsgen.serve import base_path, make_server

SMALL_SITE = Path(__file__).parents[1] / "sites/small/input"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert path, "these tests need Chromium: `apt-get install chromium`, or your system's package"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    arguments += ["--disable-background-networking", "--disable-component-update"]
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=path, args=arguments) as one,
    ):
        yield one


@pytest.fixture(scope="session")
def build_small_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Builds the small site of `tests/sites`, with some keys changed, and returns its folder."""

    def make(**overrides: str) -> Path:
        folder = tmp_path_factory.mktemp("site")
        shutil.copytree(SMALL_SITE, folder, dirs_exist_ok=True)
        build(load_site(folder / "newsgen.yaml", overrides), Options(jobs=1, now=NOW))
        return folder

    return make


@pytest.fixture(scope="session")
def small_site(build_small_site: Callable[..., Path]) -> Iterator[str]:
    """The URL of the small site, served under its base path."""
    folder = build_small_site()
    site = load_site(folder / "newsgen.yaml")
    with ExitStack() as stack:
        server = stack.enter_context(make_server(site, 0))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        stack.callback(server.shutdown)
        yield f"http://127.0.0.1:{server.server_port}{base_path(site)}"
