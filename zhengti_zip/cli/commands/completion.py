"""``zhengti-zip completion``: the script by which a shell completes commands and options."""

from __future__ import annotations

import click

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.completing import SHELLS, script
from zhengti_zip.cli.streams import say_exactly


@click.command(
    "completion",
    cls=Command,
    short_help="输出命令行补全的脚本",
    help="输出命令行补全的脚本：按 Tab 键补全命令、选项、表的编号和文件名。把它写进终端的启动文件，重新打开终端后生效：\n"
    "bash：写进 ~/.bashrc；zsh：写进 ~/.zshrc，放在 compinit 之后；"
    "PowerShell：写进 $PROFILE 所指的文件。写法见示例。",
    epilog="zhengti-zip completion bash > 补全.sh\n"
    "echo 'eval \"$(zhengti-zip completion bash)\"' >> ~/.bashrc\n"
    "echo 'eval \"$(zhengti-zip completion zsh)\"' >> ~/.zshrc\n"
    "Add-Content $PROFILE 'zhengti-zip completion powershell | Out-String | Invoke-Expression'",
)
@click.argument("shell", type=click.Choice(SHELLS), metavar="终端", help="bash、zsh 或 powershell")
@click.pass_context
def completion(ctx: click.Context, shell: str) -> ExitCode:
    """Print the script."""
    from zhengti_zip.cli.app import COMPLETION, PROGRAM

    say_exactly(script(shell, ctx.find_root().command, PROGRAM, COMPLETION))
    return ExitCode.OK
