"""Every kind of page keeps to the standards: HTML by the Nu checker, accessibility by axe.

`make checkers` installs both; Java runs the first.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

CHECKERS = Path(__file__).parents[2] / "checks/node_modules"
PAGES = [
    *("", "2024/12/31/god-zakonchilsya/", "2025/01/01/markdown/", "2025/01/01/", "2025/01/"),
    *("2025/", "archive/", "tags/", "tags/pogoda/", "tags/pogoda/page/1/", "authors/"),
    *("authors/anna-sokolova/", "on-this-day/", "on-this-day/01-01/", "search/", "about/"),
    "404.html",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def test_the_html_has_no_fault(small_site: str) -> None:
    java, checker = shutil.which("java"), CHECKERS / "vnu-jar/build/dist/vnu.jar"
    assert java, "this test needs Java: `apt-get install default-jre-headless`"
    assert checker.exists(), "this test needs the Nu HTML checker: `make checkers`"
    page_urls = [small_site + path for path in PAGES]
    done = subprocess.run(
        [
            java,
            "-Dnu.validator.servlet.allow-forbidden-hosts=true",
            "-jar",
            checker,
            "--format",
            "json",
            *page_urls,
        ],
        capture_output=True,
        check=False,
        text=True,
    )
    found = json.loads(done.stderr)["messages"]
    assert [f"{one['url']}: {one['message']}" for one in found] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_a_barrier(browser: Browser, small_site: str, width: int, scheme: Any) -> None:
    axe = (CHECKERS / "axe-core/axe.min.js").read_text(encoding="utf-8")
    faults = []
    with browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme) as page:
        for path in PAGES:
            page.goto(small_site + path)
            page.evaluate(axe + "; 0")
            found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
            faults += [
                f"{path}: {fault['id']}: {fault['nodes'][0]['html']}"
                for fault in found["violations"]
            ]
    assert faults == []
