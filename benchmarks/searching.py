"""Measure the search of a built site in Chromium: milliseconds to first results, bytes loaded.

    python benchmarks/searching.py FOLDER WORD OTHER [--rare WORD] [--runs 3]

FOLDER contains the `newsgen.yaml` of a built site. Time runs from the last keystroke to the first
result, or to the message that there is none. A cold browser has an empty cache and a ready page. A
warm one has searched for OTHER before. Bytes are counted on the wire, including the page itself.
"""

import argparse
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from newsgen.config import load_site
from newsgen.serve import make_server

_READY = "!document.getElementById('finder').hidden"
_ANSWER = """() => new Promise((done, fail) => {
    setTimeout(() => fail(new Error("there is no answer")), 20000);
    const look = () => {
        const status = document.querySelector('.found');
        const first = document.querySelector('#hits .headline');
        if (first || /нашлось|Nothing/.test(status.textContent)) done(performance.now());
        else requestAnimationFrame(look);
    };
    look();
})"""
_HAS_ANSWERED = "document.querySelector('#finder [role=status]').textContent !== ''"


def main() -> None:
    """Measure the searches named on the command line, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("word", help="word that many articles contain")
    parser.add_argument("other", help="another common word, searched first in warm runs")
    parser.add_argument("--rare", default="бегемотик", help="word that no article contains")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with _served(options.folder) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.chromium)
        print(f"{'':34}{'1x, ms':>8}{'4x, ms':>8}{'first, kB':>11}{'total, kB':>13}")
        for order in ("date", "relevance"):
            for what, word in (("found", options.word), ("nothing", options.rare)):
                for is_warm in (False, True):
                    runs = [
                        [
                            _search(browser, url, order, word, rate, options.other * is_warm)
                            for _ in range(options.runs)
                        ]
                        for rate in (1, 4)
                    ]
                    ms = [median(run[0] for run in some) for some in runs]
                    first, total = (max(run[at] for run in runs[0]) for at in (1, 2))
                    name = f"{order}, {what}, {'warm' if is_warm else 'cold'}"
                    print(
                        f"{name:34}{ms[0]:8.0f}{ms[1]:8.0f}{first / 1e3:11.0f}{total / 1e3:13.0f}"
                    )
        browser.close()


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The URL of the search page."""
    site = load_site(folder / "newsgen.yaml", {})
    with make_server(site, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = site.base_url.partition("://")[2].partition("/")[2]
        yield f"http://127.0.0.1:{server.server_port}/{base}search/"
        server.shutdown()


def _search(
    browser: Browser, url: str, order: str, word: str, rate: int, other: str
) -> tuple[float, float, float]:
    """Return milliseconds to the first result, bytes until then, and bytes in total."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    page.goto(f"{url}?order={order}" if order != "date" else url)
    page.wait_for_function(_READY)
    page.wait_for_load_state("networkidle")
    if other:
        _type(page, other)
        _wait_until_idle(page)
        page.fill("[name=q]", "")
        page.wait_for_function("document.querySelector('.found').textContent === ''")
    before = sum(sizes) if other else 0
    milliseconds = _type(page, word)
    first = sum(sizes) - before
    _wait_until_idle(page)
    total = sum(sizes) - before
    context.close()
    return milliseconds, first, total


def _type(page: Page, word: str) -> float:
    """Type a word. Return milliseconds from its last letter to an answer."""
    page.focus("[name=q]")
    page.evaluate("addEventListener('input', () => { window.last = performance.now(); }, true)")
    page.keyboard.type(word)
    page.wait_for_function("window.last")
    found: float = page.evaluate(_ANSWER)
    last: float = page.evaluate("window.last")
    return found - last


def _wait_until_idle(page: Page) -> None:
    """Wait until the search has ended and the network is idle."""
    page.wait_for_function(_HAS_ANSWERED)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)


if __name__ == "__main__":
    main()
