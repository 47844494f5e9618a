"""``zhengti-zip backup``: everything an office keeps, in one file."""

from __future__ import annotations

from pathlib import Path

import click

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.file_paths import check_outputs
from zhengti_zip.cli.office_data import facts_words, opened
from zhengti_zip.cli.parameters import force_option, office_options, output_option
from zhengti_zip.cli.streams import hint, say


@click.command(
    "backup",
    cls=Command,
    short_help="备份办公台的全部数据",
    help="把办公台（zhengti-zip serve --office）的全部数据备份成一个文件：账号、名单、每一版工作簿、意见、得分、日志。\n"
    "服务器不必停止；备份的是同一时刻的数据。用 zhengti-zip restore 恢复。",
    epilog="zhengti-zip backup --office /var/lib/zhengti -o 备份-2026-03-01.zip",
)
@office_options(required=True)
@output_option("文件", "写到哪个 .zip 文件（必填）", required=True, suffixes=(".zip",))
@force_option()
def backup(office: str, folder: Path | None, output: Path, force: bool) -> ExitCode:
    """Write a backup."""
    from zhengti_zip.web.backup import write_backup

    check_outputs([output], force=force)
    with opened(office, folder, must_exist=True) as (database, store):
        facts = write_backup(database, store, output)
    say(str(output))
    hint(facts_words(facts))
    return ExitCode.OK
