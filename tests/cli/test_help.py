"""Help pages: Chinese throughout, quick, and in the order a clerk needs them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.calling import COMMANDS, GROUPS, ROOT, call, environment
from zhengti_zip import __version__
from zhengti_zip.cli.app import cli
from zhengti_zip.form.loader import DEFAULT_FORM

CLICKS_ENGLISH = (
    "Usage",
    "Options",
    "OPTIONS",
    "COMMAND",
    "ARGS",
    "Commands",
    "arguments",
    "Error",
    "Try",
    "Show ",
    "Missing",
    "No such",
    "required",
    "default:",
    "TEXT",
    "PATH",
    "FILE",
)


def assert_no_english(text: str) -> None:
    text = text.replace("$PROFILE", "")  # a variable of PowerShell
    assert [word for word in CLICKS_ENGLISH if word in text] == []


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_explains_itself_in_chinese(command: str, option: str) -> None:
    page = call(command, option)
    assert page.code == 0
    assert page.err == ""
    assert page.out.startswith(f"用法：zhengti-zip {command} [选项]")
    assert "显示帮助" in page.out
    assert f"示例：\n  zhengti-zip {command}" in page.out
    assert_no_english(page.out)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_parameter_has_a_help_text(command: str) -> None:
    assert [param.name for param in cli.commands[command].params if not getattr(param, "help", None)] == []


def test_the_program_explains_itself_in_chinese() -> None:
    page = call("--help")
    assert page.code == 0
    assert page.out.startswith("用法：zhengti-zip 命令 [选项]\n")
    assert_no_english(page.out)


def test_commands_are_listed_in_the_order_of_the_work() -> None:
    lines = call("--help").out.partition("命令：\n")[2].partition("\n\n")[0].splitlines()
    names = [line.split()[0] for line in lines]
    assert tuple(name for name in names if name not in GROUPS) == COMMANDS
    assert set(GROUPS) < set(names)


def test_the_help_names_the_three_commands_a_clerk_needs() -> None:
    steps = [
        line.strip() for line in call("--help").out.splitlines() if line.strip()[:2] in ("1.", "2.", "3.")
    ]
    assert [step.split()[2] for step in steps] == ["template", "check", "build"]


def test_without_a_command_the_help_is_shown_as_a_usage_error() -> None:
    page = call()
    assert (page.code, page.out) == (2, "")
    assert page.err == call("--help").out


def test_version() -> None:
    page = call("--version")
    assert (page.code, page.out, page.err) == (0, f"zhengti-zip {__version__}\n", "")


def test_the_default_form_named_in_the_help_is_the_real_one() -> None:
    assert DEFAULT_FORM in call("template", "--help").out


@pytest.mark.parametrize("args", [["--help"], ["build", "--help"], ["--version"], ["nonsense"]])
def test_no_heavy_library_is_imported_for_help(args: list[str]) -> None:
    heavy = {"weasyprint", "openpyxl", "docx", "rich", "pydantic", "yaml", "jinja2", "lxml"}
    script = (
        "import sys\nfrom zhengti_zip.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass\n"
        f"sys.stderr.write('IMPORTED ' + ' '.join({heavy!r} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *args],
        capture_output=True,
        env=environment(),
        cwd=ROOT,
        check=True,
        timeout=60,
    )
    assert done.stderr.decode("utf-8").endswith("IMPORTED ")
