from collections.abc import Iterable, Mapping

from newsgen.model import Page, Unit
from newsgen.output.manifest import KnownUnit
from newsgen.plan.staleness import Change, Stale, page_digest, select

ONE, TWO, OLD = b"1" * 16, b"2" * 16, b"0" * 16
FRAME = b"frame"


def page(path: str, *inputs: bytes) -> Page:
    return Page("day", path, "day.html", inputs)


def run(
    pages: Mapping[str, Iterable[Page]],
    known: Mapping[str, KnownUnit] | None = None,
    known_pages: Mapping[str, bytes] | None = None,
    template_fingerprint: bytes = FRAME,
) -> list[Change]:
    return list(
        select(
            [Unit("day", key, ONE) for key in pages],
            lambda unit: pages[unit.key],
            template_fingerprint,
            ("articles", "heading"),
            known or {},
            lambda _: known_pages or {},
        )
    )


def reasons(changes: list[Change]) -> dict[str, str]:
    return {stale.page.path: stale.reason for change in changes for stale in change.stale}


def test_everything_is_new_at_first() -> None:
    (change,) = run({"a": [page("a.html", ONE, ONE)]})
    assert change.stale == [Stale(page("a.html", ONE, ONE), "new")]
    assert change.known is None


def test_a_unit_whose_inputs_are_the_same_is_not_even_planned() -> None:
    def never(_: Unit) -> Iterable[Page]:
        raise AssertionError

    known = {"a": KnownUnit(7, FRAME, ONE)}
    assert not list(select([Unit("day", "a", ONE)], never, FRAME, (), known, lambda _: {}))


def test_pages_of_a_changed_unit_are_told_apart_by_what_changed() -> None:
    pages = {
        "a": [page("a", ONE, ONE), page("b", TWO, ONE), page("c", TWO, TWO), page("d", ONE, ONE)]
    }
    known_pages = dict.fromkeys("abc", ONE + ONE) | {"gone": ONE + ONE}
    changes = run(pages, {"a": KnownUnit(7, FRAME, OLD)}, known_pages)
    assert reasons(changes) == {
        "b": "changed: articles",
        "c": "changed: articles, heading",
        "d": "new",
    }
    assert changes[0].gone == ["gone"]
    assert changes[0].known == 7


def test_another_frame_makes_every_page_stale() -> None:
    known = {"a": KnownUnit(7, b"old frame", ONE)}
    changes = run({"a": [page("a", ONE, ONE)]}, known, {"a": ONE + ONE})
    assert reasons(changes) == {"a": "template or configuration changed"}


def test_a_unit_that_is_no_more_takes_its_pages_along() -> None:
    known = {"a": KnownUnit(7, FRAME, ONE), "b": KnownUnit(8, FRAME, ONE)}
    change = run({"a": []}, known, {"x": b"", "y": b""})[0]
    assert (change.unit, change.known, change.gone) == (None, 8, ["x", "y"])


def test_a_missing_input_counts_as_one() -> None:
    assert page_digest(page("a", ONE, b"")) == ONE + bytes(16)
    pages = {"a": [page("a", ONE, b"")]}
    changes = run(pages, {"a": KnownUnit(7, FRAME, OLD)}, {"a": ONE + ONE})
    assert reasons(changes) == {"a": "changed: heading"}
