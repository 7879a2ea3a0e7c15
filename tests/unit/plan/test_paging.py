from hypothesis import given
from hypothesis import strategies as st

from newsgen.plan.paging import PageSlice, count_numbered_pages, paginate

counts = st.integers(1, 3_000)
sizes = st.integers(5, 60)


@given(counts, sizes)
def test_every_article_is_on_one_page(count: int, per_page: int) -> None:
    pages = sorted(paginate(count, per_page), key=lambda page_slice: page_slice.start)
    shown = [number for page_slice in pages for number in range(page_slice.start, page_slice.stop)]
    assert shown == list(range(count))


@given(counts, sizes)
def test_a_full_page_never_changes_again(count: int, per_page: int) -> None:
    before = {page_slice for page_slice in paginate(count, per_page) if page_slice.number}
    after = {page_slice for page_slice in paginate(count + 1, per_page) if page_slice.number}
    assert before <= after
    assert len(after - before) <= 1


@given(counts, sizes)
def test_newest_page_is_never_short(count: int, per_page: int) -> None:
    newest = next(paginate(count, per_page))
    assert newest.number == 0
    assert newest.stop - newest.start < 2 * per_page
    assert newest.stop - newest.start >= min(count, per_page)


@given(counts, sizes)
def test_pages_link_to_their_neighbors(count: int, per_page: int) -> None:
    by_number = {page_slice.number: page_slice for page_slice in paginate(count, per_page)}
    seen: list[int] = []
    number: int | None = 0
    while number is not None:
        seen.append(number)
        older = by_number[number].older
        if older is not None and number:
            assert by_number[older].newer == number
        number = older
    assert sorted(seen) == sorted(by_number)
    last = count_numbered_pages(count, per_page)
    assert not last or by_number[last].newer == last + 1


def test_an_example() -> None:
    assert list(paginate(25, 10)) == [PageSlice(0, 10, 25, 1, None), PageSlice(1, 0, 10, None, 2)]
    assert list(paginate(19, 10)) == [PageSlice(0, 0, 19, None, None)]
    assert [page_slice.number for page_slice in paginate(41, 10)] == [0, 1, 2, 3]
