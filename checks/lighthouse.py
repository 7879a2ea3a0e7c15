"""Runs Lighthouse for phones over each kind of page of a built site, and says what falls short.

    python checks/lighthouse.py [FOLDER]

Lighthouse comes with `npx`; Chromium must be there. The folder is `dist/` unless another is named.
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

LEAST: Final = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
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
"""One page of each kind is looked at: the largest of those whose address is of this form."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Say nothing."""


def main() -> int:
    """Check a page of each kind; returns 1 if one falls short."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "dist")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    files = sorted(folder.rglob("index.html"), key=lambda file: (-file.stat().st_size, file))
    addresses = [file.relative_to(folder).as_posix().removesuffix("index.html") for file in files]
    is_right = True
    for kind in KINDS:
        address = next((one for one in addresses if re.fullmatch(kind, one)), None)
        if address is not None:
            scores = _scores(f"http://127.0.0.1:{server.server_port}/{address}")
            short = {name: score for name, score in scores.items() if score < LEAST[name]}
            print(f"/{address}: {scores}{'  TOO LITTLE' if short else ''}")
            is_right = is_right and not short
    return 0 if is_right else 1


def _scores(url: str) -> dict[str, int]:
    """A page's scores, in hundredths."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or ""
    flags = "--headless=new --no-sandbox --disable-gpu"
    command = ["npx", "--yes", "lighthouse@^12.0.0", url, "--quiet", "--output=json"]
    command += [f"--chrome-flags={flags}", f"--only-categories={','.join(LEAST)}"]
    environment = {**os.environ, "CHROME_PATH": chromium}
    done = subprocess.run(command, capture_output=True, check=True, text=True, env=environment)  # noqa: S603
    found = json.loads(done.stdout)["categories"]
    return {name: round(100 * (found[name]["score"] or 0)) for name in LEAST}


if __name__ == "__main__":
    sys.exit(main())
