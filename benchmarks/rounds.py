"""Run all ways in turn, round after round, so that whatever disturbs the machine disturbs all alike."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from importlib.util import find_spec
from typing import TypeVar

from benchmarks.processes import BenchmarkError, run
from benchmarks.results import Series, new_series
from benchmarks.stage import Stage
from benchmarks.way import ColdWay, Job, WarmWay, Way
from benchmarks.worker import Worker

WARM_RUNS = 3
"""Runs of each warm way in a round; they are short, and in turn as well."""

Item = TypeVar("Item")
Tell = Callable[[str], None]


def measure(ways: tuple[Way, ...], stage: Stage, rounds: int, tell: Tell) -> dict[str, Series]:
    """Run the ways.

    Args:
        ways: in the order of the first round; each round begins with another one.
        stage: where the forms lie.
        rounds: how many rounds count. One more goes before them, in which everything becomes warm and
            the memory of all processes is watched, which takes time from them.
        tell: is told what is going on.

    Returns:
        The runs by name. A way that failed, or made fewer files than it should, says so and has none.
    """
    measured = new_series(ways)
    able = [way for way in ways if not measured[way.name].lack]
    tell("preparing " + ", ".join(way.name for way in able))
    with ExitStack() as stack:
        workers: dict[str, Worker] = {}
        for way in able:
            with _failure_noted(measured[way.name], tell):
                way.prepare(stage)
            if isinstance(way, WarmWay):
                workers[way.name] = Worker(way, stage)
                stack.callback(workers[way.name].close)
        cold = [way for way in able if isinstance(way, ColdWay)]
        for number in range(rounds + 1):
            tell(f"round {number} of {rounds}" + ("" if number else ", not counted"))
            for way in _turned(cold, number):
                with _failure_noted(measured[way.name], tell):
                    _run_cold(way, stage, number, measured[way.name])
            for text in range(number * WARM_RUNS, (number + 1) * WARM_RUNS):
                for name in _turned(list(workers), text):
                    with _failure_noted(measured[name], tell):
                        _run_warm(workers[name], text, measured[name], counts=number > 0)
    return measured


@contextmanager
def _failure_noted(series: Series, tell: Tell) -> Iterator[None]:
    """Note that a way failed, and let the others go on."""
    try:
        yield
    except BenchmarkError as error:
        series.fail(error)
        tell(f"error: {error}")


def _turned(items: list[Item], by: int) -> list[Item]:
    by %= len(items) or 1
    return items[by:] + items[:by]


def _run_warm(worker: Worker, text: int, series: Series, counts: bool) -> None:
    if series.error:
        return
    cost = worker.run(text)
    if counts:
        series.runs.append(cost)


def _run_cold(way: ColdWay, stage: Stage, number: int, series: Series) -> None:
    if series.error:
        return
    job = way.job(stage, number)
    shutil.rmtree(job.folder, ignore_errors=True)
    job.folder.mkdir(parents=True)
    watch = number == 0 and find_spec("psutil") is not None
    costs = [run(command, job.env, watch) for command in job.commands]
    total = sum(costs[1:], start=costs[0])
    _see_that_all_is_there(way.name, job)
    series.forms = job.forms
    if number:
        series.runs.append(replace(total, wall=total.wall / job.forms, cpu=total.cpu / job.forms))
    else:
        series.tree = total.tree


def _see_that_all_is_there(name: str, job: Job) -> None:
    """A program that fails without saying so must not pass for a quick one."""
    for pattern, wanted in job.expected.items():
        made = [file for file in job.folder.rglob(pattern) if file.stat().st_size]
        if len(made) != wanted:
            raise BenchmarkError(f"{name} made {len(made)} files {pattern} instead of {wanted}")
