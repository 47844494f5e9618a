"""Options of a batch for letters to departments, and what it says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from zhengti_zip.cli.chinese import Misuse
from zhengti_zip.cli.parameters import Decorator, flag, option, together
from zhengti_zip.cli.streams import hint, tell

if TYPE_CHECKING:
    from zhengti_zip.batch.replies.notices import ReplySettings
    from zhengti_zip.batch.replies.writing import Replies


def reply_options() -> Decorator:
    """``--replies``, ``--due`` and ``--sender``."""
    return together(
        flag(
            "--replies",
            words="给有错误的部门写退回通知（连同标注副本，在“退回”文件夹），给名单上没有报的写催报通知（“催报”）",
        ),
        option("--due", words="与 --replies 连用：通知中的截止日期，例如 2023-03-31", metavar="日期"),
        option("--sender", words="与 --replies 连用：通知的落款", metavar="单位"),
    )


def reply_settings(wanted: bool, due: str | None, sender: str | None) -> ReplySettings | None:
    """What letters say; None when none are wanted.

    Raises:
        Misuse: a day that is none, or an option that does nothing here.
    """
    context = click.get_current_context()
    if not wanted:
        if due or sender:
            name = "--due" if due else "--sender"
            raise Misuse(f"{name} 须与 --replies 连用", context)
        return None
    from datetime import date

    from zhengti_zip.batch.replies.notices import ReplySettings
    from zhengti_zip.form.base import Input, ValueKind
    from zhengti_zip.submission.dates import parse_date
    from zhengti_zip.submission.raw import ValueProblem, clean_text

    day = None
    if due is not None:
        try:
            found = parse_date(Input(id="due", label="截止日期", kind=ValueKind.DATE), due).value
            day = date.fromisoformat(str(found))
        except (ValueProblem, ValueError) as error:
            raise Misuse(f"--due 的内容不对：{due}。请写年月日，例如 2023-03-31", context) from error
    return ReplySettings(day, " ".join(clean_text(sender or "").split()))


def tell_replies(replies: Replies | None) -> None:
    """Say which letters were written, and which were not."""
    if replies is None:
        return
    from zhengti_zip.batch.places import REMINDERS, RETURNS
    from zhengti_zip.batch.replies.writing import NOBODYS

    written = []
    if replies.returned:
        written.append(f"退回通知 {len(replies.returned)} 份，在“{RETURNS}”")
    if replies.reminded:
        written.append(f"催报通知 {len(replies.reminded)} 份，在“{REMINDERS}”")
    hint("；".join(written) or "没有要退回的，也没有要催报的")
    if replies.nobodys:
        tell(f"{replies.nobodys} 个文件看不出是哪个部门报来的，没有通知，见“{NOBODYS}”")
    if replies.left:
        shown = "、".join(replies.left[:5]) + (" 等" if len(replies.left) > 5 else "")
        tell(
            f"有 {len(replies.left)} 份通知在生成后有人改动过，没有覆盖：{shown}。要重新生成，请移走它们再运行"
        )
