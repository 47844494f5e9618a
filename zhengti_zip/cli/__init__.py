"""The command line: thin commands around the library, everything a user reads in Chinese.

app.py        the group of commands, and what becomes of an exception
chinese.py    click's help pages and usage errors in Chinese
wrapping.py   lines and columns of text whose characters are one or two cells wide
interruption.py Ctrl+C, by whatever way it comes out of a library
streams.py    results to stdout, messages to stderr
terminal_tables.py problems and scores for people
jsonout.py    problems and scores for programs (docs/json-output.md)
parameters.py parameters that several commands share
commands/     one module per command
"""

from __future__ import annotations

import gc
import sys

from zhengti_zip.cli import interruption

COLLECTED_EVERY = 300_000
"""New objects between two rounds of garbage collection, more than a build makes. A command lives for about a second, and
nearly all of its objects last as long. Python's own rounds begin after 700 objects."""


def main() -> None:
    """Run the command line and end the process with one of :class:`~zhengti_zip.base.errors.ExitCode`."""
    gc.set_threshold(COLLECTED_EVERY, 20, 100)
    interruption.watch()
    try:
        from zhengti_zip.cli.app import run
        from zhengti_zip.cli.streams import use_utf8
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # click itself is missing, or too old
        remedy = f'请运行 "{sys.executable}" -m pip install --upgrade click，或重新安装 zhengti-zip'
        sys.stderr.write(f"错误：程序不能启动：{error}\n处理：{remedy}\n")
        sys.exit(3)
    use_utf8()
    code = run()
    interruption.settle()
    gc.freeze()  # or Python, ending, would look for garbage among all there is, for longer than many commands take
    sys.exit(code)
