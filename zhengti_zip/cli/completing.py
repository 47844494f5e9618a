"""Completion of the command line by a shell: click's own for bash and zsh, and one for PowerShell.

The shell runs the program with a variable set; click then writes what fits instead of running a command. Commands,
options, their Chinese descriptions and closed choices come from the commands themselves.
"""

from __future__ import annotations

import os

import click
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, get_completion_class

SHELLS = ("bash", "zsh", "powershell")


class PowerShellComplete(ShellComplete):
    """Completion in Windows PowerShell and PowerShell 7.

    The script is ASCII, whatever code page reads it; the answer is read as UTF-8. Without an answer PowerShell
    completes file names itself.
    """

    name = "powershell"
    source_template = """\
Register-ArgumentCompleter -Native -CommandName '%(prog_name)s', '%(prog_name)s.exe' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = @($commandAst.CommandElements | Where-Object { $_.Extent.StartOffset -lt $cursorPosition })
    if ($wordToComplete -ne '') { $before = @($before | Select-Object -SkipLast 1) }
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [Text.Encoding]::UTF8
        $env:COMP_WORDS = ($before | ForEach-Object { $_.Extent.Text.Trim([char[]]@(34, 39)) }) -join "`n"
        $env:COMP_CWORD = "$wordToComplete"
        $env:%(complete_var)s = 'powershell_complete'
        & '%(prog_name)s' | Where-Object { $_ } | ForEach-Object {
            $value, $words = $_ -split "`t", 2
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $words)
        }
    } finally {
        [Console]::OutputEncoding = $encoding
        Remove-Item Env:COMP_WORDS, Env:COMP_CWORD, Env:%(complete_var)s -ErrorAction SilentlyContinue
    }
}
"""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the cursor, one a line, and the word at it."""
        words = os.environ.get("COMP_WORDS", "").split("\n")
        return words[1:], os.environ.get("COMP_CWORD", "")

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """What fits, without the markers by which other shells are told to complete file names."""
        return [item for item in super().get_completions(args, incomplete) if item.type == "plain"]

    def format_completion(self, item: CompletionItem) -> str:
        """The word and its description, which PowerShell does not take empty."""
        return f"{item.value}\t{item.help or item.value}"


def register() -> None:
    """Let click know of PowerShell."""
    add_completion_class(PowerShellComplete)


def script(shell: str, command: click.Command, program: str, variable: str) -> str:
    """The script of a shell, to be run when the shell starts.

    Args:
        shell: one of SHELLS.
        command: the group of all commands.
        program: what the program is called on the command line.
        variable: the variable by which the shell asks.
    """
    register()
    kind = get_completion_class(shell)
    assert kind is not None
    maker = kind(command, {}, program, variable)
    return maker.source_template % maker.source_vars()  # source() would run bash to learn its version
