"""Related articles are older ones that share tags, and old pages know nothing of new articles."""

import re

from tests.conftest import ArchiveFolder


def related_of(page: str) -> list[str]:
    """The headlines under a page's related articles."""
    found = re.search(r'<section class="related".*?</section>', page, re.DOTALL)
    return re.findall(r">([^<>]+)</a></li>", found[0]) if found else []


def test_the_nearest_come_first_and_none_is_newer(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-01-01", "Первая", Теги="Китай, Космос")
    archive.article("b.txt", "2025-01-02", "Вторая", Теги="Китай")
    archive.article("c.txt", "2025-01-03", "Третья", Теги="Китай, Космос")
    archive.article("d.txt", "2025-01-03", "Того же дня", Теги="Китай, Космос")
    archive.article("e.txt", "2025-01-04", "Чужая", Теги="Спорт")
    archive.build()
    assert related_of(archive.page("2025/01/03/tretya/index.html")) == ["Первая", "Вторая"]
    assert related_of(archive.page("2025/01/02/vtoraya/index.html")) == ["Первая"]
    assert related_of(archive.page("2025/01/01/pervaya/index.html")) == []
    assert related_of(archive.page("2025/01/04/chuzhaya/index.html")) == []


def test_a_tag_of_every_day_relates_nothing_by_itself(archive: ArchiveFolder) -> None:
    for number in range(20):
        archive.article(f"{number}.txt", f"2025-01-{number // 5 + 1:02}", f"N {number}", Теги="Все")
    archive.build()
    assert related_of(archive.page("2025/01/04/n-19/index.html")) == []


def test_a_new_headline_shows_where_it_is_related(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-01-01", "Первая", Теги="Китай")
    archive.article("b.txt", "2025-02-01", "Вторая", Теги="Китай")
    archive.article("c.txt", "2025-01-15", "Между", Теги="Спорт")
    archive.build()
    archive.article("a.txt", "2025-01-01", "Переписана", Теги="Китай")
    archive.build()
    assert related_of(archive.page("2025/02/01/vtoraya/index.html")) == ["Переписана"]
    archive.article("d.txt", "2025-01-20", "Задним числом", Теги="Китай")
    archive.build()
    found = related_of(archive.page("2025/02/01/vtoraya/index.html"))
    assert found == ["Задним числом", "Переписана"]
    (archive.root / "articles/a.txt").unlink()
    archive.build()
    assert related_of(archive.page("2025/02/01/vtoraya/index.html")) == ["Задним числом"]


def test_many_days_at_once_come_out_as_day_by_day(archive: ArchiveFolder) -> None:
    def write(number: int) -> None:
        tags = f"Все, Тема {number % 3}, Редкая {number % 11}"
        day = f"2025-{number // 28 + 1:02}-{number % 28 + 1:02}"
        archive.article(f"{number}.txt", day, f"Новость {number}", Теги=tags)

    for number in range(40):
        write(number)
    archive.build()
    for number in range(40, 60):
        write(number)
        archive.build()
    before = archive.tree()
    archive.build(clean=True)
    assert archive.tree() == before
