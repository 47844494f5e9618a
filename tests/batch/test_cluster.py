"""A batch on a Dask cluster of separate processes, one of which is killed."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.batch.offices import tree, write, write_faulty
from tests.cli.calling import call, environment, spawn

pytestmark = pytest.mark.slow

if not importlib.util.find_spec("distributed") and os.environ.get("CI") != "true":
    pytest.skip("distributed is not installed", allow_module_level=True)

NOWHERE = "tcp://127.0.0.1:9"
SOUND = 30


@dataclass
class Cluster:
    """A scheduler and two workers, each with the nanny that watches it."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def add_worker(self, folder: Path, *options: str, env: dict[str, str] | None = None) -> None:
        """Start a worker of one thread."""
        words = [
            self.address,
            "--nworkers",
            "1",
            "--nthreads",
            "1",
            "--no-dashboard",
            "--local-directory",
            str(folder),
            *options,
        ]
        folder.mkdir()
        self.workers.append(started("dask_worker", *words, env=env, folder=folder))

    def kill_worker(self) -> None:
        """Kill the first worker with everything it has started."""
        os.killpg(self.workers[0].pid, signal.SIGKILL)
        self.workers.pop(0).wait()

    def stop(self) -> None:
        """End all of it."""
        for process in (*self.workers, self.scheduler):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def started(
    module: str, *words: str, env: dict[str, str] | None = None, folder: Path | None = None
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{module}", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=env or environment(),
        cwd=folder,  # python -m would find this checkout's package in the working folder
        start_new_session=True,
    )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    contact = tmp_path / "scheduler.json"
    scheduler = started(
        "dask_scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--no-dashboard",
        "--scheduler-file",
        str(contact),
    )
    made = Cluster("", scheduler)
    try:
        deadline = time.monotonic() + 60
        while not (contact.exists() and contact.stat().st_size):
            assert scheduler.poll() is None and time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(0.1)
        made.address = json.loads(contact.read_text(encoding="utf-8"))["address"]
        yield made
    finally:
        made.stop()


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_cluster_gives_the_same_files_though_a_worker_is_killed_midway(
    cluster: Cluster, tmp_path: Path
) -> None:
    inputs, log = tmp_path / "填报", tmp_path / "log"
    for number in range(SOUND):
        write(inputs, number)
    write_faulty(inputs, 90)
    assert spawn("batch", inputs, "-o", tmp_path / "本机", "--docx").code == 5
    cluster.add_worker(tmp_path / "worker 1")
    cluster.add_worker(tmp_path / "worker 2")
    command = ["batch", str(inputs), "-o", str(tmp_path / "集群"), "--docx", "--log-file", str(log)]
    process = subprocess.Popen(
        [sys.executable, "-m", "zhengti_zip", *command, "--scheduler", cluster.address],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    while not (log.exists() and log.read_text(encoding="utf-8").count('"done"') >= 3):
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    cluster.kill_worker()
    _, err = process.communicate(timeout=120)
    assert process.returncode == 5, err.decode("utf-8")
    assert "Traceback" not in err.decode("utf-8")
    assert f"完成 {SOUND} 份，失败 1 份" in err.decode("utf-8")
    assert tree(tmp_path / "集群") == tree(tmp_path / "本机")
    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    files = [event["file"] for event in events if event["event"] == "file"]
    assert len(files) == len(set(files)) == SOUND + 1, "none lost, none twice"


def test_a_scheduler_that_does_not_answer(tmp_path: Path) -> None:
    inputs = write(tmp_path / "填报", 1).parent
    outcome = spawn("batch", inputs, "-o", tmp_path / "a", "--scheduler", NOWHERE)
    assert (outcome.code, outcome.out) == (3, "")
    assert f"连接不到调度器 {NOWHERE}" in outcome.err
    assert "Traceback" not in outcome.err


def test_a_cluster_without_workers_is_reported_at_once(cluster: Cluster, tmp_path: Path) -> None:
    inputs = write(tmp_path / "填报", 1).parent
    outcome = spawn("batch", inputs, "-o", tmp_path / "a", "--scheduler", cluster.address)
    assert (outcome.code, outcome.out) == (3, "")
    assert "没有工作进程" in outcome.err


def begun(cluster: Cluster, folder: Path) -> subprocess.Popen[bytes]:
    """A batch on a cluster that has finished its first file."""
    log = folder / "log"
    for number in range(SOUND):
        write(folder / "填报", number)
    command = [
        "batch",
        folder / "填报",
        "-o",
        folder / "输出",
        "--docx",
        "--timeout",
        "10",
        "--log-file",
        log,
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "zhengti_zip", *map(str, command), "--scheduler", cluster.address],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    while not (log.exists() and '"done"' in log.read_text(encoding="utf-8")):
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    return process


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(
    ("lost", "message"), [("worker", "没有工作进程"), ("scheduler", "连接已断开"), ("stopped", "没有")]
)
def test_a_cluster_that_is_lost_midway_ends_the_batch_with_one_message(
    cluster: Cluster, tmp_path: Path, lost: str, message: str
) -> None:
    cluster.add_worker(tmp_path / "worker")
    process = begun(cluster, tmp_path)
    start = time.monotonic()
    if lost == "worker":
        cluster.kill_worker()
    elif lost == "scheduler":
        os.killpg(cluster.scheduler.pid, signal.SIGKILL)
    else:
        os.killpg(cluster.workers[0].pid, signal.SIGSTOP)
    _, err = process.communicate(timeout=100)
    said = err.decode("utf-8")
    assert process.returncode == 3, said
    assert message in said
    assert "内部错误" not in said and "Traceback" not in said
    assert time.monotonic() - start < 75
    assert list((tmp_path / "输出").glob("*.docx")), "what was finished stays"


def test_workers_that_do_not_know_the_program_are_one_message(cluster: Cluster, tmp_path: Path) -> None:
    inputs = write(tmp_path / "填报", 1).parent
    strange = tmp_path / "strange" / "zhengti_zip"
    strange.mkdir(parents=True)
    (strange / "__init__.py").write_text("", encoding="utf-8")
    cluster.add_worker(tmp_path / "worker", env=environment(strange.parent))
    start = time.monotonic()
    command = ("batch", inputs, "-o", tmp_path / "a", "--timeout", "10", "--scheduler", cluster.address)
    outcome = spawn(*command)
    assert outcome.code == 3, outcome.err
    assert "安装相同版本的 zhengti-zip" in outcome.err
    assert time.monotonic() - start < 60


def test_a_port_that_says_nothing_is_one_message(tmp_path: Path) -> None:
    inputs = write(tmp_path / "填报", 1).parent
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        start = time.monotonic()
        outcome = spawn("batch", inputs, "-o", tmp_path / "a", "--scheduler", address)
    assert (outcome.code, outcome.out) == (3, "")
    assert f"连接不到调度器 {address}" in outcome.err
    assert time.monotonic() - start < 30


def test_without_the_extra_the_command_says_what_to_install(tmp_path: Path) -> None:
    inputs = write(tmp_path / "填报", 1).parent
    (tmp_path / "distributed.py").write_text("raise ImportError('none')", encoding="utf-8")
    env = environment(tmp_path)
    outcome = spawn("batch", inputs, "-o", tmp_path / "a", "--scheduler", NOWHERE, env=env)
    assert (outcome.code, outcome.out) == (3, "")
    assert 'pip install "zhengti-zip[cluster]"' in outcome.err


def test_a_machine_with_another_program_refuses(tmp_path: Path) -> None:
    """A worker of another version prints no form."""
    from zhengti_zip.batch.settings import BatchSettings
    from zhengti_zip.batch.task import Task, process

    content = write(tmp_path, 1).read_bytes()
    for options in (BatchSettings(program="another"), BatchSettings(resources="another", form=None)):
        answer = process(Task("甲.json", content, options))
        assert (answer.is_final, answer.files) == (False, {})
        assert answer.result.problems[0].code == "environment"
    assert call("check", tmp_path / "局0001.json").code == 0
