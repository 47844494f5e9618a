"""Progress as programs and pages follow it, against a server in a process of its own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from tests.web.desk_support import SAMPLE
from tests.web.served import Served, serving

STREAMS = 55
SECONDS = 120


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving("--workers", "1") as made:
        yield made


@contextmanager
def _client(served: Served) -> Iterator[httpx.Client]:
    """A program with a session of its own."""
    with httpx.Client(base_url=served.url, timeout=SECONDS) as client:
        token = client.post("/api/v1/session", json={}).json()["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


def _handed_over(client: httpx.Client) -> dict[str, str]:
    answer = client.post("/api/v1/files", files={"file": (SAMPLE.name, SAMPLE.read_bytes())})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def _events(client: httpx.AsyncClient, path: str) -> list[dict[str, object]]:
    async with client.stream("GET", path) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        return [json.loads(line[5:]) async for line in answer.aiter_lines() if line.startswith("data:")]


def test_many_streams_tell_every_stage_and_end_with_the_job(served: Served) -> None:
    with _client(served) as client:
        _follow_many(served, client)


def _follow_many(served: Served, client: httpx.Client) -> None:
    job = _handed_over(client)["job_id"]
    paths = (f"/api/v1/jobs/{job}/events", f"/jobs/{job}/events")

    async def follow() -> list[list[dict[str, object]]]:
        limits = httpx.Limits(max_connections=None)
        headers = {"Authorization": client.headers["Authorization"]}
        async with httpx.AsyncClient(
            base_url=served.url, headers=headers, timeout=SECONDS, limits=limits
        ) as many:
            return await asyncio.gather(*(_events(many, paths[n % 2]) for n in range(STREAMS)))

    for told in asyncio.run(follow()):
        assert (told[-1]["state"], told[-1]["message"]) == ("done", "")
        done = [step["done"] for step in told[:-1]]
        assert done == sorted(done, key=str)
        stages = [step["stage"] for step in told if step["state"] == "running" and step["stage"]]
        assert stages[-2:] == ["排版", "页面图片"]
    # A job that is finished tells so at once.
    assert client.get(f"/api/v1/jobs/{job}").json()["state"] == "done"
    again = client.get(paths[0])
    assert again.text.count("data:") == 1


def test_a_job_of_somebody_else_is_not_there(served: Served) -> None:
    with _client(served) as owner, _client(served) as other:
        job = _handed_over(owner)["job_id"]
        for path in (f"/api/v1/jobs/{job}", f"/api/v1/jobs/{job}/events", f"/jobs/{job}/events"):
            answer = other.get(path)
            assert answer.status_code == 404 and "没有这个页面" in answer.text


def test_a_stream_does_not_hold_up_the_end_of_the_server() -> None:
    with serving("--workers", "1") as served, _client(served) as client:
        for _ in range(10):  # more than can be worked on before the signal
            job = _handed_over(client)["job_id"]
        with client.stream("GET", f"/api/v1/jobs/{job}/events") as answer:
            lines = answer.iter_lines()
            assert next(lines).startswith("data:")
            assert served.end() == 0
            assert not any('"state":"done"' in line for line in lines)
