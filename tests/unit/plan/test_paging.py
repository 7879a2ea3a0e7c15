from hypothesis import given
from hypothesis import strategies as st

from newsgen.plan.paging import Sheet, full_pages, sheets

counts = st.integers(1, 3_000)
sizes = st.integers(5, 60)


@given(counts, sizes)
def test_every_article_stands_on_one_page(count: int, per_page: int) -> None:
    pages = sorted(sheets(count, per_page), key=lambda sheet: sheet.start)
    shown = [number for sheet in pages for number in range(sheet.start, sheet.stop)]
    assert shown == list(range(count))


@given(counts, sizes)
def test_a_full_page_never_changes_again(count: int, per_page: int) -> None:
    before = {sheet for sheet in sheets(count, per_page) if sheet.number}
    after = {sheet for sheet in sheets(count + 1, per_page) if sheet.number}
    assert before <= after
    assert len(after - before) <= 1


@given(counts, sizes)
def test_the_newest_page_is_never_thin(count: int, per_page: int) -> None:
    newest = next(sheets(count, per_page))
    assert newest.number == 0
    assert newest.stop - newest.start < 2 * per_page
    assert newest.stop - newest.start >= min(count, per_page)


@given(counts, sizes)
def test_the_pages_lead_from_one_to_the_next(count: int, per_page: int) -> None:
    by_number = {sheet.number: sheet for sheet in sheets(count, per_page)}
    seen: list[int] = []
    number: int | None = 0
    while number is not None:
        seen.append(number)
        older = by_number[number].older
        if older is not None and number:
            assert by_number[older].newer == number
        number = older
    assert sorted(seen) == sorted(by_number)
    last = full_pages(count, per_page)
    assert not last or by_number[last].newer == last + 1


def test_an_example() -> None:
    assert list(sheets(25, 10)) == [Sheet(0, 10, 25, 1, None), Sheet(1, 0, 10, None, 2)]
    assert list(sheets(19, 10)) == [Sheet(0, 0, 19, None, None)]
    assert [sheet.number for sheet in sheets(41, 10)] == [0, 1, 2, 3]
