"""The problems that tell of what was not read in a reviewed Word file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from zhengti_zip.review.document_problems import word_place
from zhengti_zip.review.unread import UnreadContent, UnreadKind
from zhengti_zip.submission.paths import NO_PATH
from zhengti_zip.submission.problems import Problem, Severity
from zhengti_zip.submission.values import shown

MAX_TOLD = 200
"""Contents told one by one; further ones are counted."""

CODE = "unread_content"

_MESSAGES = {
    UnreadKind.STRUCK: "划了删除线的{}没有读取",
    UnreadKind.EQUATION: "公式按一行文字读作{}",
    UnreadKind.FRAMED: "带框的字符{}只读了框内的字",
    UnreadKind.RAISED: "上标{}按普通文字读取",
    UnreadKind.LOWERED: "下标{}按普通文字读取",
    UnreadKind.LOOSE: "{}不属于任何填写项",
    UnreadKind.MARKED: "审阅稿突出显示了{}，没有读取这样做的用意",
}
_REMEDY = "请打开审阅稿查看；需要的内容请填入工作簿的相应单元格，对内容的意见请写成批注"


def unread_problems(unread: Sequence[UnreadContent]) -> Iterator[Problem]:
    """One warning for each content, with its place and its words; loose texts have problems of their own."""
    contents = [content for content in unread if content.kind is not UnreadKind.LOOSE]
    for content in contents[:MAX_TOLD]:
        message = told(content)
        place = word_place(content.place)
        yield Problem(
            Severity.WARNING, CODE, message, _REMEDY, NO_PATH, content.place, shown(content.text), place
        )
    if len(contents) > MAX_TOLD:
        message = f"审阅稿中还有 {len(contents) - MAX_TOLD} 处内容没有读取，没有逐一列出"
        yield Problem(Severity.WARNING, CODE, message, _REMEDY, NO_PATH, "", "", word_place("填写项以外"))


def told(content: UnreadContent) -> str:
    """What is said of a content."""
    words = f"“{shown(content.text)}”" if content.text else ""
    return _MESSAGES.get(content.kind, f"审阅稿中的{content.kind}{{}}没有读取").format(words)


def unread_summary(unread: Iterable[UnreadContent]) -> list[Problem]:
    """One warning of all contents, for a report that lists them; none when there are none."""
    counts = Counter(content.kind for content in unread if content.kind is not UnreadKind.LOOSE)
    if not counts:
        return []
    words = "、".join(f"{kind} {count} 处" for kind, count in counts.items())
    message = f"审阅稿中有程序不能读入工作簿的内容：{words}"
    remedy = "请对照“未读取的内容”逐处核对，需要的内容请填入工作簿的相应单元格"
    return [Problem(Severity.WARNING, CODE, message, remedy, NO_PATH, "", "", word_place("未读取的内容"))]
