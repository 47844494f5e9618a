"""A command whose input costs more than any real one ends with one message."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.calling import DEMO, environment

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of Linux")

COSTLY = """
import sys
from zhengti_zip.cli import main, net
from zhengti_zip.workbook.read import anyinput
def costly(*_):
    kept = []
    while True:
        {deed}
net.SECONDS, net.MEGABYTES = {seconds}, {megabytes}
anyinput.read = costly
sys.argv = ["zhengti-zip", "check", sys.argv[1]]
main()
"""


@pytest.mark.parametrize(
    ("deed", "seconds", "megabytes", "words"),
    [
        ("sum(range(10_000))", 1, 1024, "处理超过 1 秒"),
        ("kept.append(bytes(1 << 20))", 30, 300, "内存超过 300 MB"),
    ],
    ids=["time", "memory"],
)
def test_too_much_of_either_is_one_message_and_code_1(
    deed: str, seconds: int, megabytes: int, words: str
) -> None:
    program = COSTLY.format(deed=deed, seconds=seconds, megabytes=megabytes)
    done = subprocess.run(
        [sys.executable, "-c", program, str(DEMO)],
        capture_output=True,
        env=environment(),
        check=False,
        timeout=60,
    )
    err = done.stderr.decode("utf-8")
    assert (done.returncode, done.stdout) == (1, b""), err
    assert words in err
    assert "内部错误" not in err
