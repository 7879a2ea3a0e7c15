"""Budgets of time and memory, and the process that an item loses if it is over its own."""

import os
import sys
from collections.abc import Callable

import pytest

from newsgen.core.budget import Budget, OverTimeError, limited
from newsgen.core.executor import ProcessExecutor, SerialExecutor
from newsgen.core.worker import NoResources, WorkerDied

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no budgets")

PLENTY = Budget(60, 1_000_000_000)


def loop() -> None:
    while True:
        pass


def hoard() -> None:
    kept: list[bytes] = []
    while True:
        kept.append(bytes(range(256)) * 1_000)


def run(task: Callable[[], None], budget: Budget) -> None:
    with limited(budget):
        task()


def test_a_task_over_its_time_is_interrupted() -> None:
    with pytest.raises(OverTimeError, match="more than 0 s"):
        run(loop, Budget(0.2, 10**9))


def test_a_task_over_its_memory_is_interrupted() -> None:
    with pytest.raises(MemoryError):
        run(hoard, Budget(60, 30_000_000))


def test_nothing_is_left_behind() -> None:
    for _ in range(3):
        with limited(Budget(0.3, 10**9)):
            pass
    # Longer than all three budgets, and than the time that ends a process.
    sum(number for number in range(20_000_000))


def make_budget(item: str) -> Budget | None:
    return {"small": None, "large": PLENTY}.get(item, Budget(0.3, 30_000_000))


def work(_: NoResources, item: str) -> int:
    if item == "slow in C":
        # `sum` looks at no signals, so only the end of the process stops it.
        sum(range(10**12))
    if item == "slow":
        loop()
    if item == "greedy":
        hoard()
    return os.getpid()


@pytest.mark.parametrize("executor", [SerialExecutor(), ProcessExecutor(2)])
@pytest.mark.parametrize("chunk_size", [3, 100])
def test_items_over_their_budget_are_named_and_the_others_are_done(
    executor: SerialExecutor | ProcessExecutor, chunk_size: int
) -> None:
    items = ["small", "slow", "large", "slow in C", "small", "greedy", "large", "small"]
    found = list(executor.map(work, items, chunk_size, NoResources, make_budget))
    assert [item for item, _ in found] == items
    causes = {item: one.cause for item, one in found if isinstance(one, WorkerDied)}
    assert causes == {"slow": "time", "slow in C": "time", "greedy": "memory"}
    # An item with a budget is never worked on in this process.
    assert os.getpid() not in [one for item, one in found if item == "large"]
    if chunk_size > len(items) or isinstance(executor, SerialExecutor):
        assert {one for item, one in found if item == "small"} == {os.getpid()}


def test_one_process_serves_all_items_with_a_budget() -> None:
    found = list(SerialExecutor().map(work, ["large"] * 3, 1, NoResources, make_budget))
    assert len({pid for _, pid in found}) == 1


def fail(_: NoResources, item: str) -> int:
    raise ValueError(item)


def test_an_exception_comes_through_from_a_process_of_its_own() -> None:
    with pytest.raises(ValueError, match="large"):
        list(SerialExecutor().map(fail, ["large"], 1, NoResources, make_budget))
