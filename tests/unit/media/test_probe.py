"""`newsgen check --external` names dead media, and asks for each of them once."""

import time

from tests.conftest import ArchiveFolder
from tests.unit.media.conftest import Answer, WebServer

from newsgen.check import check
from newsgen.core.progress import NullProgress
from newsgen.media import ProbeReport, probe_media
from newsgen.media.visits import PAUSE_SECONDS


def probe(archive: ArchiveFolder, *, allow_private: bool = True, pause: float = 0) -> ProbeReport:
    external = check(archive.site(), 1, NullProgress()).external
    return probe_media(external, NullProgress(), allow_private=allow_private, pause=pause)


def write_article(archive: ArchiveFolder, name: str, body: str) -> None:
    archive.write(f"articles/{name}.md", f"---\ntitle: {name}\ndate: 2020-01-01\n---\n{body}\n")


def test_dead_media_are_named_and_living_ones_are_not(
    archive: ArchiveFolder, web: WebServer
) -> None:
    web.add("/a.png", b"x", "image/png")
    web.answers["/head.png"] = Answer(b"x", refuses_head=True)
    web.add("/page.png", b"x", "text/html")
    for name in ("one", "two"):
        lines = [f"![A]({web.url}/{path}.png)" for path in ("a", "head", "gone", "page")]
        write_article(archive, name, "\n\n".join(lines))
    report = probe(archive)
    assert (report.asked, report.left) == (4, 0)
    assert {(str(one.location), one.code) for one in report.problems} == {
        (f"articles/{name}.md:{line}", "dead-media") for name in ("one", "two") for line in (9, 11)
    }
    assert web.asked.count("HEAD /a.png") == 1
    assert "GET /a.png" not in web.asked
    assert web.asked.count("GET /head.png") == 1


def test_all_media_are_asked_for_whatever_pages_show(
    archive: ArchiveFolder, web: WebServer
) -> None:
    archive.config("language: ru\nmedia: {external: refuse}\n")
    write_article(
        archive,
        "one",
        f'<video poster="{web.url}/p.png"><source src="{web.url}/v.mp4"></video>\n\n'
        f"[link]({web.url}/link.png) ![own](own.png)",
    )
    assert probe(archive).asked == 2


def test_private_networks_are_named_and_not_asked(archive: ArchiveFolder, web: WebServer) -> None:
    write_article(archive, "one", f"![A]({web.url}/a.png)")
    (problem,) = probe(archive, allow_private=False).problems
    assert problem.message.endswith("leads to a private network")
    assert web.asked == []


def test_one_host_is_asked_in_turn_with_pauses(archive: ArchiveFolder, web: WebServer) -> None:
    running: list[str] = []
    most = 0

    def count(path: str) -> None:
        nonlocal most
        running.append(path)
        most = max(most, len(running))
        time.sleep(0.01)
        running.remove(path)

    web.hook = count
    paths = [f"/{number}.png" for number in range(4)]
    for path in paths:
        web.add(path, b"x", "image/png")
    write_article(archive, "one", "\n\n".join(f"![A]({web.url}{path})" for path in paths))
    started = time.monotonic()
    assert probe(archive, pause=0.1).problems == ()
    assert time.monotonic() - started >= 0.3
    assert most == 1
    assert PAUSE_SECONDS >= 0.5
