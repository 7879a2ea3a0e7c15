"""Related articles are older ones that share tags, so new articles change no old page."""

import re

import pytest
from tests.conftest import ArchiveFolder


def related_headlines(page: str) -> list[str]:
    """Return the headlines of a page's related articles."""
    found = re.search(r'<section class="related".*?</section>', page, re.DOTALL)
    return re.findall(r">([^<>]+)</a></li>", found[0]) if found else []


def test_the_most_similar_come_first_and_none_is_newer(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-01-01", "Первая", Теги="Китай, Космос")
    archive.article("b.txt", "2025-01-02", "Вторая", Теги="Китай")
    archive.article("c.txt", "2025-01-03", "Третья", Теги="Китай, Космос")
    archive.article("d.txt", "2025-01-03", "Того же дня", Теги="Китай, Космос")
    archive.article("e.txt", "2025-01-04", "Чужая", Теги="Спорт")
    archive.build()
    assert related_headlines(archive.page("2025/01/03/tretya/index.html")) == ["Первая", "Вторая"]
    assert related_headlines(archive.page("2025/01/02/vtoraya/index.html")) == ["Первая"]
    assert related_headlines(archive.page("2025/01/01/pervaya/index.html")) == []
    assert related_headlines(archive.page("2025/01/04/chuzhaya/index.html")) == []


def test_an_everyday_tag_alone_relates_no_articles(archive: ArchiveFolder) -> None:
    for number in range(20):
        archive.article(f"{number}.txt", f"2025-01-{number // 5 + 1:02}", f"N {number}", Теги="Все")
    archive.build()
    assert related_headlines(archive.page("2025/01/04/n-19/index.html")) == []


def test_a_changed_headline_shows_on_the_pages_it_is_related_to(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-01-01", "Первая", Теги="Китай")
    archive.article("b.txt", "2025-02-01", "Вторая", Теги="Китай")
    archive.article("c.txt", "2025-01-15", "Между", Теги="Спорт")
    archive.build()
    archive.article("a.txt", "2025-01-01", "Переписана", Теги="Китай")
    archive.build()
    assert related_headlines(archive.page("2025/02/01/vtoraya/index.html")) == ["Переписана"]
    archive.article("d.txt", "2025-01-20", "Задним числом", Теги="Китай")
    archive.build()
    found = related_headlines(archive.page("2025/02/01/vtoraya/index.html"))
    assert found == ["Задним числом", "Переписана"]
    (archive.root / "articles/a.txt").unlink()
    archive.build()
    assert related_headlines(archive.page("2025/02/01/vtoraya/index.html")) == ["Задним числом"]


@pytest.mark.slow
def test_many_days_at_once_give_the_same_as_day_by_day(archive: ArchiveFolder) -> None:
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


def test_shared_words_decide_between_equal_tags(archive: ArchiveFolder) -> None:
    archive.article("a.txt", "2025-01-01", "Ледокол вышел из порта", "Капитан рад.", Теги="Море")
    for number in range(2, 6):
        archive.article(f"{number}.txt", f"2025-01-0{number}", f"Рыба {number}", Теги="Море")
    archive.article("b.txt", "2025-01-07", "Капитан ледокола награждён", Теги="Море")
    archive.build()
    found = related_headlines(archive.page("2025/01/07/kapitan-ledokola-nagrazhdyon/index.html"))
    assert found == ["Ледокол вышел из порта", "Рыба 5", "Рыба 4"]


def test_without_tags_the_last_articles_that_share_rare_words_are_related(
    archive: ArchiveFolder,
) -> None:
    archive.article(
        "a.txt", "2025-01-01", "Ледокол вышел из порта", "Капитан доволен.", Теги="Море"
    )
    for number in range(1, 60):
        day = f"2025-01-{2 + number // 8:02}"
        archive.article(f"{number}.txt", day, f"Погода {number}", "Сегодня погода ясная.")
    archive.article("b.txt", "2025-01-20", "Капитан ледокола доволен")
    archive.article("c.txt", "2025-01-21", "Погода портится", "Сегодня погода пасмурная.")
    archive.build()
    found = related_headlines(archive.page("2025/01/20/kapitan-ledokola-dovolen/index.html"))
    assert found == ["Ледокол вышел из порта"]
    assert related_headlines(archive.page("2025/01/21/pogoda-portitsya/index.html")) == []


@pytest.mark.slow
def test_untagged_articles_give_the_same_day_by_day_as_all_at_once(archive: ArchiveFolder) -> None:
    words = "ледокол капитан гавань циклон маяк шторм рыбак залив остров причал".split()  # noqa: SIM905

    def write(number: int, shift: int = 0) -> None:
        chosen = [words[(number * step + shift) % len(words)] for step in (1, 3, 7)]
        day = f"2025-{number // 28 + 1:02}-{number % 28 + 1:02}"
        tags = {"Теги": "Море"} if number % 5 == 0 else {}
        archive.article(f"{number}.txt", day, " ".join(chosen).capitalize(), **tags)

    for number in range(0, 80, 2):
        write(number)
    archive.build()
    for number in range(1, 20, 2):
        write(number)
        archive.build()
    write(10, shift=2)
    (archive.root / "articles/12.txt").unlink()
    archive.build()
    before = archive.tree()
    archive.build(clean=True)
    assert archive.tree() == before
