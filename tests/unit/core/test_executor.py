import os
import signal
import time
from collections.abc import Iterator
from functools import partial

import pytest

from newsgen.core.executor import ProcessExecutor, SerialExecutor, make_executor
from newsgen.core.worker import NoResources, WorkerDied

ITEMS = list(range(200))


def square(_: NoResources, number: int) -> int:
    return number * number


def find_pid(_: NoResources, __: int) -> int:
    time.sleep(0.005)
    return os.getpid()


def square_but_die(numbers: frozenset[int], _: NoResources, number: int) -> int:
    if number in numbers:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def fail(_: NoResources, number: int) -> int:
    if number == 77:
        raise ValueError("seventy-seven")
    return number


@pytest.mark.parametrize("executor", [SerialExecutor(), ProcessExecutor(2), ProcessExecutor(3)])
@pytest.mark.parametrize("count", [0, 1, 10, 11, 200])
def test_results_come_in_the_items_order(
    executor: SerialExecutor | ProcessExecutor, count: int
) -> None:
    found = list(executor.map(square, ITEMS[:count], 10, NoResources))
    assert found == [(one, one * one) for one in ITEMS[:count]]


def test_work_is_spread_unless_there_is_little() -> None:
    assert len({pid for _, pid in ProcessExecutor(2).map(find_pid, ITEMS, 5, NoResources)}) == 2
    assert {pid for _, pid in ProcessExecutor(2).map(find_pid, ITEMS[:5], 5, NoResources)} == {
        os.getpid()
    }


def test_items_are_taken_as_they_are_needed() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for item in ITEMS:
            taken.append(item)
            yield item

    results = ProcessExecutor(2).map(square, items(), 5, NoResources)
    next(results)
    assert len(taken) <= 2 * 5 + 2 * 3 * 5


def test_the_item_that_kills_its_process_is_named_and_the_others_are_done() -> None:
    deadly = frozenset({3, 4, 120})
    results = list(ProcessExecutor(2).map(partial(square_but_die, deadly), ITEMS, 10, NoResources))
    assert [item for item, result in results if isinstance(result, WorkerDied)] == [3, 4, 120]
    alive = [(item, result) for item, result in results if not isinstance(result, WorkerDied)]
    assert alive == [(one, one * one) for one in ITEMS if one not in deadly]


def test_an_exception_comes_through() -> None:
    with pytest.raises(ValueError, match="seventy-seven"):
        list(ProcessExecutor(2).map(fail, ITEMS, 10, NoResources))


def test_one_job_needs_no_processes() -> None:
    assert isinstance(make_executor(1), SerialExecutor)
    assert isinstance(make_executor(2), ProcessExecutor)


class Notebook:
    """Resources that record what happens to them."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        lines.append(f"opened in {os.getpid()}")

    def close(self) -> None:
        self.lines.append("closed")


def read_lines(notebook: Notebook, _: int) -> tuple[str, ...]:
    time.sleep(0.005)
    return tuple(notebook.lines)


@pytest.mark.parametrize("executor", [SerialExecutor(), ProcessExecutor(2)])
def test_resources_are_opened_once_a_call_and_closed_here(
    executor: SerialExecutor | ProcessExecutor,
) -> None:
    lines: list[str] = []
    found = list(executor.map(read_lines, ITEMS[:5], 5, partial(Notebook, lines)))
    assert {result for _, result in found} == {(f"opened in {os.getpid()}",)}
    assert lines == [f"opened in {os.getpid()}", "closed"]


def test_resources_are_closed_if_the_work_stops_early() -> None:
    lines: list[str] = []
    results = SerialExecutor().map(read_lines, ITEMS, 5, partial(Notebook, lines))
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert lines[-1] == "closed"


def test_every_worker_process_opens_its_own_resources_once() -> None:
    found = list(ProcessExecutor(2).map(read_lines, ITEMS, 5, partial(Notebook, [])))
    opened = {result for _, result in found}
    assert len(opened) == 2
    assert all(len(lines) == 1 for lines in opened)  # type: ignore[arg-type]
    assert (f"opened in {os.getpid()}",) not in opened


def test_without_items_nothing_is_opened() -> None:
    assert list(ProcessExecutor(2).map(read_lines, [], 5, partial(Notebook, []))) == []
