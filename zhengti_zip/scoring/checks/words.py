"""What entered texts say: whether something was left undone, whether the same."""

from __future__ import annotations

import re

from zhengti_zip.submission.raw import compact

_ELSEWHERE = re.compile(
    r"(?:同上|同前|如上|(?:详?见|参见|参照)(?:附件|附表|附后|备注|上|前文|说明)[^，。；]{0,6}|其他|其它|原因)"
)
"""Texts that point somewhere else instead of saying it; the form is read without its annexes."""

_UNDONE = re.compile(
    r"(?<!无)(?<!没有)(?<!不存在)(?:尚|还|仍|暂|均|都)?(?:未能|未|没有|没能)(?:全部|全面|全|按期|按时|如期|完全|及时)?"
    r"(?:完成|达成|达标|实现|达到)(?!率|的?(?:事项|情况|任务|项目|目标|问题)?(?:为零|为0|0))"
    r"|部分完成|基本未|尚未(?:开展|启动|实施)"
)
_SPACE_AND_MARKS = re.compile(r"[\s，。、；：,.;:！!？?“”‘’\"'（）()《》\-—_]+")


def points_elsewhere(text: str) -> bool:
    """Whether all a text does is to refer to another place."""
    return bool(_ELSEWHERE.fullmatch(_folded(text).strip("（）()。.，,")))


def tells_of_undone(text: str) -> bool:
    """Whether a completion says that something was not completed."""
    return bool(_UNDONE.search(text))


def same_key(text: str) -> str:
    """A text without white space and punctuation, to find entries that are the same."""
    return _SPACE_AND_MARKS.sub("", _folded(text))


def _folded(text: str) -> str:
    return compact(text).casefold()
