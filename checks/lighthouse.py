"""Run Lighthouse's mobile audit on one page of each kind, and report scores that are too low.

    python checks/lighthouse.py [FOLDER]

`make check-site` installs the version of Lighthouse that checks/lighthouse/package-lock.json pins.
Chromium must be installed. FOLDER is the built site, `dist/` by default.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

MIN_SCORES: Final = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
TERMS: Final = ("tags", "people", "places", "organizations", "authors")
KINDS: Final = (
    r"",
    r"\d{4}/\d\d/\d\d/[^/]+/",
    r"\d{4}/\d\d/\d\d/",
    r"\d{4}/\d\d/",
    r"\d{4}/",
    r"archive/",
    r"on-this-day/",
    r"on-this-day/\d\d-\d\d/",
    *(rf"{kind}/" for kind in TERMS),
    *(rf"{kind}/(?!letters/)[^/]+/" for kind in TERMS),
    r"\w+/letters/[^/]+/",
    r"\w+/[^/]+/page/\d+/",
    r"about/",
    r"search/",
)
"""URL patterns of the page kinds. The largest page that matches is audited."""
LIGHTHOUSE: Final = Path(__file__).parent / "lighthouse/node_modules/lighthouse/cli/index.js"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Drop the request log."""


def main() -> int:
    """Audit a page of each kind. Return 1 if a score is too low."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "dist")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    files = sorted(folder.rglob("index.html"), key=lambda file: (-file.stat().st_size, file))
    urls = [file.relative_to(folder).as_posix().removesuffix("index.html") for file in files]
    passed = True
    for kind in KINDS:
        url = next((one for one in urls if re.fullmatch(kind, one)), None)
        if url is not None:
            scores = _scores(f"http://127.0.0.1:{server.server_port}/{url}")
            low = {name: score for name, score in scores.items() if score < MIN_SCORES[name]}
            print(f"/{url}: {scores}{'  TOO LOW' if low else ''}")
            passed = passed and not low
    return 0 if passed else 1


def _scores(url: str) -> dict[str, int]:
    """Return the scores of a page, from 0 to 100."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or ""
    flags = "--headless=new --no-sandbox --disable-gpu"
    command = ["node", str(LIGHTHOUSE), url, "--quiet", "--output=json"]
    command += [f"--chrome-flags={flags}", f"--only-categories={','.join(MIN_SCORES)}"]
    environment = {**os.environ, "CHROME_PATH": chromium}
    result = subprocess.run(command, capture_output=True, check=True, text=True, env=environment)  # noqa: S603
    categories = json.loads(result.stdout)["categories"]
    return {name: round(100 * (categories[name]["score"] or 0)) for name in MIN_SCORES}


if __name__ == "__main__":
    sys.exit(main())
