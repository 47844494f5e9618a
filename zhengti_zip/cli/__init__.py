"""The command line: thin commands around the library, everything a user reads in Chinese.

app.py              the group of commands, and the message and exit code for every exception
commands/           one module per command
chinese.py          click's help pages and usage errors in Chinese
near_misses.py      what was meant by a name that does not exist
completing.py       completion by bash, zsh and PowerShell
parameters.py       arguments and options that several commands share
input_files.py      what several commands do with an input or a form
suffixes.py         suffixes of outputs
file_paths.py       checks of paths, and paths as they must be typed
streams.py          results to stdout, messages to stderr
verbosity.py        -q and -v
terminal_tables.py  problems and scores as tables
jsonout.py          problems and scores as JSON (docs/json-output.md)
wrapping.py         width and line breaking of text on a terminal
progress.py         progress of a batch
machine.py          what the machine has of all the program needs
native_libraries.py the native libraries of WeasyPrint
lazy.py             commands imported when they are called
net.py              limits of time and memory
interruption.py     Ctrl+C, also where a library turns it into another exception
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
        from zhengti_zip.cli.net import spread
        from zhengti_zip.cli.streams import use_utf8
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # click itself is missing, or too old
        remedy = f'请运行 "{sys.executable}" -m pip install --upgrade click，或重新安装 zhengti-zip'
        sys.stderr.write(f"错误：程序不能启动：{error}\n处理：{remedy}\n")
        sys.exit(3)
    use_utf8()
    spread(sys.argv[1:])
    code = run()
    interruption.settle()
    gc.freeze()  # or Python, ending, would look for garbage among all there is, for longer than many commands take
    sys.exit(code)
