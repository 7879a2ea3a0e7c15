from pathlib import Path

import pytest
from tests.conftest import ArchiveFolder

TEXT = "Предложение обычного текста, достаточно длинное для краткого изложения."


def write(archive: ArchiveFolder, name: str, title: str, body: str = TEXT, **fields: str) -> Path:
    lines = "".join(f"{key}: {value}\n" for key, value in fields.items())
    head = f"---\ntitle: {title}\ndate: 2020-01-0{len(title) % 9 + 1}\n{lines}---\n"
    return archive.write(f"articles/{name}", head + body + "\n")


def codes(archive: ArchiveFolder) -> list[str]:
    return [f"{one.location} {one.code}" for one in archive.build().problems]


def body_of(archive: ArchiveFolder, slug: str) -> str:
    (page,) = (archive.root / "dist").glob(f"*/*/*/{slug}/index.html")
    return page.read_text(encoding="utf-8").split('class="body"')[1].split("<footer")[0]


def test_a_link_follows_its_target_when_that_is_renamed(archive: ArchiveFolder) -> None:
    write(archive, "one.md", "One", "[two](two.md#x)")
    two = write(archive, "two.md", "Two 2")
    assert codes(archive) == []
    assert "/two-2/#x" in body_of(archive, "one")
    two.write_text(two.read_text().replace("Two 2", "Other"))
    assert codes(archive) == []
    assert "/other/#x" in body_of(archive, "one")
    two.unlink()
    assert codes(archive) == ["articles/one.md:5 dead-link"]
    write(archive, "two.md", "Again")
    assert codes(archive) == []
    assert "/again/#x" in body_of(archive, "one")


def test_a_published_file_comes_and_goes_with_the_articles_that_refer_to_it(
    archive: ArchiveFolder,
) -> None:
    archive.write("articles/a/plan.pdf", b"%PDF")
    archive.write("articles/a/other.pdf", b"%PDF")
    article = write(archive, "a/one.md", "One", "[plan](plan.pdf)")
    write(archive, "a/two.md", "Two 2")
    assert codes(archive) == []
    plan = archive.root / "dist/a/plan.pdf"
    assert plan.read_bytes() == b"%PDF"
    assert not (archive.root / "dist/a/other.pdf").exists()
    archive.write("articles/a/plan.pdf", b"%PDF 2")
    archive.build()
    assert plan.read_bytes() == b"%PDF 2"
    article.unlink()
    archive.build()
    assert not plan.exists()


def test_a_draft_publishes_no_file(archive: ArchiveFolder) -> None:
    archive.write("articles/plan.pdf", b"%PDF")
    write(archive, "one.md", "One", "[plan](plan.pdf)", draft="true")
    write(archive, "two.md", "Two 2")
    assert codes(archive) == []
    assert not (archive.root / "dist/plan.pdf").exists()


def test_all_files_are_published_on_demand(archive: ArchiveFolder) -> None:
    archive.config("assets: all\n")
    archive.write("articles/a/data.csv", b"a;b")
    archive.write("articles/.hidden", b"")
    write(archive, "one.md", "One")
    archive.build()
    assert (archive.root / "dist/a/data.csv").exists()
    assert not (archive.root / "dist/.hidden").exists()


def test_what_leads_nowhere_is_named_with_its_line(archive: ArchiveFolder) -> None:
    write(archive, "one.md", "One", "\n[gone](/news/999.html) ![p](p.png)\n[ok](/archive/)")
    assert codes(archive) == ["articles/one.md:6 dead-link", "articles/one.md:6 missing-file"]


@pytest.mark.parametrize(
    "link", ["/one-alias/", "/one-alias", "/2020/01/04/one/", "/2020/01/", "/tags/mel/", "one.md"]
)
def test_addresses_of_the_site_are_found(archive: ArchiveFolder, link: str) -> None:
    write(archive, "one.md", "One", aliases="[/one-alias/]", tags="[Мел]")
    write(archive, "two.md", "Two 2", f"[x]({link})", tags="[Мел]")
    assert codes(archive) == []


def test_a_link_to_a_former_domain_stays_in_the_archive(archive: ArchiveFolder) -> None:
    archive.config("old_domains: [old.example.org]\n")
    write(archive, "one.md", "One")
    write(archive, "two.md", "Two 2", "[x](https://www.old.example.org/2020/01/04/one/?a=1)")
    assert codes(archive) == []
    assert 'href="../../../../2020/01/04/one/"' in body_of(archive, "two-2")


def test_files_outside_the_source_folder_are_not_published(archive: ArchiveFolder) -> None:
    archive.write("secret.txt", b"secret")
    archive.write("articles/x/.htpasswd", b"secret")
    write(archive, "x/one.md", "One", "[a](../../secret.txt) [b](.htpasswd) [c](/../secret.txt)")
    assert {code.split()[1] for code in codes(archive)} == {"dead-link"}
    assert not list((archive.root / "dist").rglob("*secret*"))
    assert not list((archive.root / "dist").rglob(".htpasswd"))
