"""Media of other hosts come into the archive once, whole, and within limits."""

import csv
from pathlib import Path

import pytest
from tests.conftest import ArchiveFolder
from tests.unit.media.conftest import Answer, WebServer

from newsgen.core.progress import NullProgress
from newsgen.media import FetchLimits, FetchReport, fetch_media
from newsgen.problems import NewsgenError

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)


def write_article(archive: ArchiveFolder, name: str, *urls: str, fields: str = "") -> None:
    body = "\n\n".join(f"![A]({url})" for url in urls)
    text = f"---\ntitle: {name}\ndate: 2020-01-01\n{fields}---\n{body}\n"
    archive.write(f"articles/{name}.md", text)


def fetch(archive: ArchiveFolder, limits: FetchLimits | None = None) -> FetchReport:
    limits = limits or FetchLimits(allow_private=True)
    return fetch_media(archive.site(), 1, limits, NullProgress(), pause=0)


def read_table(archive: ArchiveFolder) -> dict[str, str]:
    with (archive.root / "media.csv").open(encoding="utf-8", newline="") as opened:
        return dict(list(csv.reader(opened))[1:])


def list_media(archive: ArchiveFolder) -> list[str]:
    folder = archive.root / "articles/media"
    return sorted(file.name for file in folder.rglob("*") if file.is_file())


def reasons(report: FetchReport) -> list[str]:
    return [problem.message.partition(" ")[2] for problem in report.problems]


def test_media_come_into_the_archive_and_builds_show_them(
    archive: ArchiveFolder, web: WebServer
) -> None:
    picture = web.add("/a/Фото 1.PNG".replace("Фото 1", "%D0%A4%20x"), PNG, "image/png")
    lead = web.add("/lead?size=9", PNG, "image/png; charset=binary")
    write_article(archive, "one", picture, picture)
    write_article(archive, "two", picture, fields=f"image: {lead}\n")
    report = fetch(archive)
    assert report[:4] == (2, 2 * len(PNG), 0, 0)
    assert report.problems == ()
    assert sorted(web.asked) == ["GET /a/%D0%A4%20x.PNG", "GET /lead?size=9"]
    assert all(agent.startswith("newsgen/") for agent in web.agents)
    table = read_table(archive)
    host = web.url.removeprefix("http://").replace(":", "-")
    assert list(table) == sorted([picture, lead])
    assert table[picture].startswith(f"media/{host}/Ф-x-")
    assert table[picture].endswith(".png")
    assert table[lead].startswith(f"media/{host}/lead-")
    assert table[lead].endswith(".png")
    assert (archive.root / "articles" / table[lead]).read_bytes() == PNG
    assert archive.build().problems == ()
    for name in ("one", "two"):
        page = archive.page(f"2020/01/01/{name}/index.html")
        assert web.url not in page
        assert f"media/{host}/" in page


def test_nothing_is_fetched_twice(archive: ArchiveFolder, web: WebServer) -> None:
    url = web.add("/a.png", PNG, "image/png")
    write_article(archive, "one", url)
    fetch(archive)
    before = (archive.root / "media.csv").read_bytes()
    assert fetch(archive)[:4] == (0, 0, 0, 0)
    assert len(web.asked) == 1
    assert (archive.root / "media.csv").read_bytes() == before


def test_a_file_that_was_deleted_is_fetched_again(archive: ArchiveFolder, web: WebServer) -> None:
    url = web.add("/a.png", PNG, "image/png")
    write_article(archive, "one", url)
    fetch(archive)
    (archive.root / "articles" / read_table(archive)[url]).unlink()
    assert fetch(archive).fetched == 1
    assert len(list_media(archive)) == 1


def test_what_is_dead_is_named_at_every_place(archive: ArchiveFolder, web: WebServer) -> None:
    write_article(archive, "one", f"{web.url}/a.png")
    write_article(archive, "two", "own.png", f"{web.url}/a.png")
    report = fetch(archive)
    assert report[:4] == (0, 0, 1, 0)
    assert [(str(one.location), one.code) for one in report.problems] == [
        ("articles/one.md:5", "dead-media"),
        ("articles/two.md:7", "dead-media"),
    ]
    assert report.problems[0].message == f"{web.url}/a.png is not there: HTTP 404 Not Found"
    assert not (archive.root / "media.csv").exists()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(b"<html>", headers={"Content-Type": "text/html"}), "is a page now"),
        (
            Answer(b"\n<!DOCTYPE html>", headers={"Content-Type": "image/png"}),
            "is a page or an SVG",
        ),
        (Answer(b"<svg/>", headers={"Content-Type": "image/svg+xml"}), "is of image/svg+xml"),
        (Answer(b"x", headers={"Content-Type": "text/plain"}), "is of text/plain"),
        (Answer(b"", headers={"Content-Type": "image/png"}), "is empty"),
        (Answer(PNG * 50, headers={"Content-Type": "image/png"}), "has more than 1,000 bytes"),
        (Answer(PNG, 200, {"Content-Type": "image/png"}, is_truncated=True), "ends before"),
        (Answer(b"", 500), "is not there: HTTP 500"),
        (Answer(b"", 302, {"Location": "ftp://127.0.0.1/x"}), "redirects to ftp://127.0.0.1/x"),
        (Answer(b"", 302, {"Location": "file:///etc/passwd"}), "redirects to file:"),
        (Answer(b"", 301), "redirects to nothing"),
        (Answer(b"", 302, {"Location": "/a.png"}), "redirects more than 5 times"),
        (Answer(b"", 302, {"Location": "http://localhost/"}), "leads to a private network"),
        (Answer(b"", 302, {"Location": "http://127.1.1.1/"}), "leads to a private network"),
    ],
)
def test_what_is_no_medium_leaves_nothing_behind(
    archive: ArchiveFolder, web: WebServer, answer: Answer, reason: str
) -> None:
    web.answers["/a.png"] = answer
    write_article(archive, "one", f"{web.url}/a.png")
    report = fetch(archive, FetchLimits(file_size=1_000, allow_private=True))
    assert report.failed == 1
    assert reasons(report)[0].startswith(reason)
    assert list_media(archive) == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
def test_a_private_network_is_not_asked(archive: ArchiveFolder, web: WebServer, host: str) -> None:
    web.add("/a.png", PNG, "image/png")
    write_article(archive, "one", web.url.replace("127.0.0.1", host) + "/a.png")
    # A name may lead anywhere, so the option does not hold for it.
    limits = FetchLimits(allow_private=host not in {"127.0.0.1", "[::1]"})
    report = fetch(archive, limits)
    assert reasons(report)[0] in {"leads to a private network", "has a host that is not known"}
    assert web.asked == []


def test_a_redirect_within_the_named_host_is_followed(
    archive: ArchiveFolder, web: WebServer
) -> None:
    web.add("/b", PNG, "image/png")
    web.answers["/a.png"] = Answer(b"", 301, {"Location": "/b"})
    write_article(archive, "one", f"{web.url}/a.png")
    assert fetch(archive).fetched == 1
    assert list(read_table(archive)) == [f"{web.url}/a.png"]


def test_a_run_stops_at_its_total_size_and_the_next_one_goes_on(
    archive: ArchiveFolder, web: WebServer
) -> None:
    urls = [web.add(f"/{number}.png", PNG, "image/png") for number in range(5)]
    write_article(archive, "one", *urls)
    report = fetch(archive, FetchLimits(total_size=2 * len(PNG), allow_private=True))
    assert report[:4] == (2, 2 * len(PNG), 0, 3)
    assert len(list_media(archive)) == 2
    assert fetch(archive).fetched == 3
    assert sorted(read_table(archive)) == urls


def test_an_interrupted_run_keeps_what_it_has(archive: ArchiveFolder, web: WebServer) -> None:
    class Interrupting(NullProgress):
        stage = ""

        def start_stage(self, stage: str) -> None:
            self.stage = stage

        def track(self, items, total):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, ARG002
            for item in items:
                yield item
                if self.stage == "Fetching":
                    raise KeyboardInterrupt

    urls = [web.add(f"/{number}.png", PNG, "image/png") for number in range(3)]
    write_article(archive, "one", *urls)
    archive.write("articles/media/h.example/.newsgen-media-1", b"half")
    limits = FetchLimits(allow_private=True)
    with pytest.raises(KeyboardInterrupt):
        fetch_media(archive.site(), 1, limits, Interrupting(), pause=0.2)
    assert list(read_table(archive)) == urls[:1]
    assert not [name for name in list_media(archive) if name.startswith(".")]
    assert fetch(archive).fetched >= 1
    assert sorted(read_table(archive)) == urls


def test_a_host_that_is_busy_is_asked_again(archive: ArchiveFolder, web: WebServer) -> None:
    url = web.add("/a.png", PNG, "image/png")
    good = web.answers["/a.png"]
    web.answers["/a.png"] = Answer(b"", 429, {"Retry-After": "1"})

    def recover(_: str) -> None:
        if len(web.asked) > 1:
            web.answers["/a.png"] = good

    web.hook = recover
    write_article(archive, "one", url)
    assert fetch(archive).fetched == 1


def test_two_runs_do_not_meet(archive: ArchiveFolder, web: WebServer) -> None:
    write_article(archive, "one", web.add("/a.png", PNG, "image/png"))

    def fetch_again(_: str) -> None:
        with pytest.raises(NewsgenError, match="build-running"):
            fetch(archive)

    web.hook = fetch_again
    assert fetch(archive).fetched == 1


def test_a_symlink_does_not_lead_a_file_out_of_the_archive(
    archive: ArchiveFolder, web: WebServer, tmp_path: Path
) -> None:
    write_article(archive, "one", web.add("/a.png", PNG, "image/png"))
    (tmp_path / "outside").mkdir()
    (tmp_path / "articles/media").symlink_to(tmp_path / "outside", target_is_directory=True)
    with pytest.raises(NewsgenError, match="symlink"):
        fetch(archive)
    assert not list((tmp_path / "outside").iterdir())
