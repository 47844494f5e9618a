"""Many clients at once against a real server, and the same work by ``batch``:  python -m benchmarks.server_load

Each client has a session of its own and its own workbooks. It uploads one, follows the stream of progress until the form is
checked, printed and drawn, looks at the result and fetches the PDF, and begins again. What it gets must be of its own
department, and what belongs to another client must not be there for it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from benchmarks.forms import source
from benchmarks.processes import BenchmarkError, run
from zhengti_zip.workbook.write.writer import filled_workbook

SECONDS_TO_START = 120
SECONDS_TO_ANSWER = 600
SAMPLED_EVERY = 1.0


@dataclass(frozen=True, slots=True)
class Department:
    """What one client hands over."""

    name: str
    content: bytes


@dataclass
class Tally:
    """What all clients met.

    Attributes:
        checked, printed: seconds from the upload to the result, and to the pictures, of each form.
        errors: by what went wrong.
        ids: the last file of each client.
    """

    checked: list[float] = field(default_factory=list)
    printed: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    ids: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Memory:
    """MB at one moment, shared pages counted once: of the server's own process, and of all its workers."""

    server: float
    workers: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when anything went wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.server_load", description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    options = parser.parse_args(arguments)
    departments = [_department(number) for number in range(options.clients)]
    with tempfile.TemporaryDirectory(prefix="zhengti-load-") as text:
        folder = Path(text)
        with _server(folder / "server", options.workers) as (url, process):
            watcher = _Watcher(process)
            start = time.perf_counter()
            tally = asyncio.run(_all(url, departments, start + options.seconds))
            seconds = time.perf_counter() - start
            samples = watcher.end()
        batch_seconds = _batch(folder, departments, options.workers)
    figures = _figures(tally, seconds, samples, len(departments) / batch_seconds)
    print("\n".join(f"{name:<42} {value}" for name, value in figures.items()))
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2), encoding="utf-8")
    return 1 if tally.errors or not tally.printed else 0


def _department(number: int) -> Department:
    read = source(number)
    content = filled_workbook(read.form, read.submission)
    return Department(read.submission.field_text(read.form.roles.department), content)


@contextmanager
def _server(folder: Path, workers: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--port", str(port), "--folder", str(folder), "--workers", str(workers), "--no-browser"]
    command = [sys.executable, "-m", "zhengti_zip", "serve", *options]
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            _wait(url)
            yield url, process
        finally:
            process.terminate()


def _wait(url: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            httpx.get(url)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise BenchmarkError("the server does not answer")


async def _all(url: str, departments: Sequence[Department], end: float) -> Tally:
    tally = Tally()
    async with asyncio.TaskGroup() as group:
        for number, department in enumerate(departments):
            group.create_task(_client(url, number, department, end, tally))
    return tally


async def _client(url: str, number: int, department: Department, end: float, tally: Tally) -> None:
    async with httpx.AsyncClient(base_url=url, timeout=SECONDS_TO_ANSWER) as client:
        answer = await client.post("/api/v1/session", json={})
        client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        turn = 0
        while time.perf_counter() < end:
            try:
                await _form(client, number, turn, department, tally)
            except (httpx.HTTPError, KeyError, ValueError) as error:
                tally.errors[f"{type(error).__name__}: {error}"] += 1
            turn += 1


async def _form(
    client: httpx.AsyncClient, number: int, turn: int, department: Department, tally: Tally
) -> None:
    start = time.perf_counter()
    # What follows the archive is no part of it, so that no two files are the same.
    file = (f"{number}-{turn}.xlsx", department.content + b"\0" * turn)
    answer = await client.post("/api/v1/files", files={"file": file})
    answer.raise_for_status()
    identity, job = answer.json()["id"], answer.json()["job_id"]
    is_checked = False
    state = "lost"
    async with client.stream("GET", f"/api/v1/jobs/{job}/events") as events:
        events.raise_for_status()
        async for line in events.aiter_lines():
            if line.startswith("data:"):
                told = json.loads(line[5:])
                state = told["state"]
                if not is_checked and (told["done"] or state == "done"):
                    is_checked = True
                    tally.checked.append(time.perf_counter() - start)
    if state != "done":
        raise ValueError(f"a job ended as {state}")
    tally.printed.append(time.perf_counter() - start)
    await _require_own(client, number, identity, department, tally)


async def _require_own(
    client: httpx.AsyncClient, number: int, identity: str, department: Department, tally: Tally
) -> None:
    """The result and the print are there and of this department; the file of another client is not."""
    found = (await client.get(f"/api/v1/files/{identity}")).raise_for_status().json()
    pdf = (await client.get(f"/api/v1/files/{identity}/artifacts/pdf")).raise_for_status()
    if found["examination"]["department"] != department.name or not pdf.content.startswith(b"%PDF"):
        raise ValueError("the result of another department")
    tally.ids[number] = identity
    other = tally.ids.get((number + 1) % max(len(tally.ids), 2))
    if other and other != identity and (await client.get(f"/api/v1/files/{other}")).status_code != 404:
        raise ValueError("the file of another client was shown")


class _Watcher:
    """Looks at the memory of a server and its workers."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process, self._samples = process, list[Memory]()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def end(self) -> list[Memory]:
        """Stop; what was seen."""
        self._over.set()
        self._thread.join()
        return self._samples

    def _watch(self) -> None:
        while not self._over.wait(SAMPLED_EVERY):
            workers = sum(map(_megabytes, _children(self._process.pid)))
            self._samples.append(Memory(_megabytes(self._process.pid), workers))


def _children(parent: int) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            above = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]
        except OSError:  # it has just ended
            continue
        if int(above) == parent:
            found.append(int(entry.name))
    return found


def _megabytes(process: int) -> float:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8")
    except OSError:  # it has just ended, or this is no Linux
        return 0.0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024


def _batch(folder: Path, departments: Sequence[Department], workers: int) -> float:
    """Seconds of the same forms by ``batch``; its start and its summary are included."""
    inputs = folder / "in"
    inputs.mkdir()
    for number, department in enumerate(departments):
        (inputs / f"{number}.xlsx").write_bytes(department.content)
    command = [sys.executable, "-m", "zhengti_zip", "batch", str(inputs), "-o", str(folder / "out")]
    return run([*command, "--workers", str(workers)]).wall


def _figures(tally: Tally, seconds: float, samples: Sequence[Memory], batch: float) -> dict[str, str]:
    if len(tally.printed) < 2 or not samples:
        return {"errors": str(dict(tally.errors))}
    printed = len(tally.printed) / seconds
    third = max(len(samples) // 3, 1)
    begin, last = samples[:third], samples[-third:]
    return {
        "errors": str(sum(tally.errors.values())) + (f" {dict(tally.errors)}" if tally.errors else ""),
        "forms checked, printed and drawn": f"{len(tally.printed)} in {seconds:.0f} s",
        "forms a second": f"{printed:.2f}",
        "batch, forms a second (without pictures)": f"{batch:.2f}",
        "server / batch": f"{printed / batch:.2f}",
        "seconds to the result, median / 95 %": _spread(tally.checked),
        "seconds to the pictures, median / 95 %": _spread(tally.printed),
        "MB of the server, first / last third": f"{_middle(m.server for m in begin)} / {_middle(m.server for m in last)}",
        "MB of all workers, first / last third": f"{_middle(m.workers for m in begin)} / {_middle(m.workers for m in last)}",
    }


def _spread(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.1f} / {statistics.quantiles(values, n=20)[-1]:.1f}"


def _middle(values: Iterator[float]) -> str:
    return f"{statistics.median(values):.0f}"


if __name__ == "__main__":
    sys.exit(main())
