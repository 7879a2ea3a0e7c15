from collections.abc import Iterable, Mapping

from newsgen.model import Page, Unit
from newsgen.output.manifest import RecordedUnit
from newsgen.plan.staleness import StalePage, UnitChange, compare_unit, join_digests

ONE, TWO, OLD = b"1" * 16, b"2" * 16, b"0" * 16
TEMPLATES = b"templates"


def page(path: str, *digests: bytes) -> Page:
    return Page("day", path, "day.html", digests)


def run(
    pages: Mapping[str, Iterable[Page]],
    recorded: Mapping[str, RecordedUnit] | None = None,
    recorded_pages: Mapping[str, bytes] | None = None,
    template_fingerprint: bytes = TEMPLATES,
) -> list[UnitChange]:
    found = (
        compare_unit(
            Unit("day", key, ONE),
            lambda unit: pages[unit.key],
            template_fingerprint,
            (recorded or {}).get(key),
            lambda _: recorded_pages or {},
            ("articles", "heading"),
        )
        for key in pages
    )
    return [change for change in found if change]


def reasons(changes: list[UnitChange]) -> dict[str, str]:
    return {stale.page.path: stale.reason for change in changes for stale in change.stale}


def test_everything_is_new_at_first() -> None:
    (change,) = run({"a": [page("a.html", ONE, ONE)]})
    assert change.stale == [StalePage(page("a.html", ONE, ONE), "new")]


def test_unchanged_unit_is_not_planned() -> None:
    def never(_: Unit) -> Iterable[Page]:
        raise AssertionError

    recorded = RecordedUnit(7, TEMPLATES, ONE)
    unit = Unit("day", "a", ONE)
    assert compare_unit(unit, never, TEMPLATES, recorded, lambda _: {}, ()) is None


def test_pages_of_a_changed_unit_give_their_reasons() -> None:
    pages = {
        "a": [page("a", ONE, ONE), page("b", TWO, ONE), page("c", TWO, TWO), page("d", ONE, ONE)]
    }
    known_pages = dict.fromkeys("abc", ONE + ONE) | {"gone": ONE + ONE}
    changes = run(pages, {"a": RecordedUnit(7, TEMPLATES, OLD)}, known_pages)
    assert reasons(changes) == {
        "b": "changed: articles",
        "c": "changed: articles, heading",
        "d": "new",
    }
    assert changes[0].gone == ["gone"]


def test_changed_templates_make_every_page_stale() -> None:
    known = {"a": RecordedUnit(7, b"old templates", ONE)}
    changes = run({"a": [page("a", ONE, ONE)]}, known, {"a": ONE + ONE})
    assert reasons(changes) == {"a": "template or configuration changed"}


def test_a_missing_input_counts_as_one() -> None:
    assert join_digests(page("a", ONE, b"")) == ONE + bytes(16)
    pages = {"a": [page("a", ONE, b"")]}
    changes = run(pages, {"a": RecordedUnit(7, TEMPLATES, OLD)}, {"a": ONE + ONE})
    assert reasons(changes) == {"a": "changed: heading"}
