"""应报名单: the departments of a roster file, with everything in it that was doubtful or not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from zhengti_zip.base.coordinates import cell_name
from zhengti_zip.base.errors import InputError
from zhengti_zip.base.excerpts import shortened
from zhengti_zip.batch.roster_sheets import RosterSheet, roster_sheets
from zhengti_zip.submission.problems import Place, Severity
from zhengti_zip.submission.raw import compact

MAX_DEPARTMENTS = 3000
"""A province has fewer departments than that."""

HEAD_ROWS = 30
"""Rows from the top in which the column heads are looked for."""

LONGEST = {"name": 200, "code": 60, "contact": 200}
"""Characters the database keeps."""

HEADS = {
    "name": (
        "单位名称",
        "部门名称",
        "预算单位名称",
        "预算部门名称",
        "填报单位",
        "填报部门",
        "单位",
        "部门",
        "名称",
    ),
    "code": ("代码", "单位代码", "部门代码", "预算单位代码", "预算代码", "单位编码", "部门编码", "编码"),
    "contact": ("联系人", "联系人姓名", "经办人", "填报人"),
    "phone": ("电话", "联系电话", "联系方式", "手机", "手机号", "手机号码", "电话号码", "办公电话"),
}
"""Column heads by what stands under them."""

TITLES = {"name": "单位名称", "code": "代码", "contact": "联系人", "phone": "电话"}
_NUMBERS = ("序号", "编号", "")
_NOTE = re.compile(r"(?:合计|总计|小计|共计)|(?:注|说明|备注|填表人|制表人|审核人|填表日期)[:：].*")
_MARKS = re.compile(r"[*＊:：]|[（(](?:必填|选填|全称)[）)]")


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One department.

    Attributes:
        name: 单位名称; never empty.
        code: 代码; "" when there is none.
        contact: 联系人 and 电话 in one text.
        place: the cell of its name.
    """

    name: str
    code: str = ""
    contact: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """Something in a roster that cannot be taken (error), or that was not taken (notice).

    Attributes:
        place: sheet and cell; "" for the whole file.
    """

    severity: Severity
    place: str
    message: str
    remedy: str


@dataclass(slots=True)
class Roster:
    """What a roster file says."""

    entries: list[RosterEntry] = field(default_factory=list)
    problems: list[RosterProblem] = field(default_factory=list)

    @property
    def errors(self) -> list[RosterProblem]:
        """What must be mended before it can be imported."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    def tell(self, severity: Severity, place: str, message: str, remedy: str) -> None:
        """Add a problem."""
        self.problems.append(RosterProblem(severity, place, message, remedy))


def read_roster(content: bytes, name: str) -> Roster:
    """Read a roster, .xlsx or .csv, whose columns have heads such as 单位名称, 代码, 联系人, 电话 in any order.

    Rows above the heads are titles. Problems are collected; none stops the reading.

    Args:
        name: the file name, for messages.

    Raises:
        InputError: the file cannot be read, has no column of names, or far too many rows.
    """
    sheets = roster_sheets(content, name)
    for sheet in sheets:
        heads = _head_row(sheet)
        if heads:
            roster = Roster()
            _tell_other_sheets(roster, sheet, sheets)
            _read(roster, sheet, heads)
            return roster
    raise InputError(
        f"{shortened(name)} 的前 {HEAD_ROWS} 行中没有“单位名称”或“部门名称”这一列",
        "请在名单上方加一行表头：单位名称、代码、联系人、电话（顺序不限，后三列可以没有）",
    )


def same_name(name: str) -> str:
    """A name by which two spellings of a department are told to be one: no blanks, no full-width forms."""
    return compact(name).casefold()


def _head_row(sheet: RosterSheet) -> int:
    """The first row with a head for names; 0 without."""
    rows = sorted({row for row, _ in sheet.texts if row <= HEAD_ROWS})
    return next((row for row in rows if "name" in _kinds(sheet, row).values()), 0)


def _kinds(sheet: RosterSheet, row: int) -> dict[int, str]:
    """What stands under each head of a row, by column; "" for heads not known."""
    found = {}
    for column, text in sorted((column, text) for (at, column), text in sheet.texts.items() if at == row):
        head = _MARKS.sub("", compact(text))
        found[column] = next((kind for kind, words in HEADS.items() if head in words), "")
    return found


def _columns(roster: Roster, sheet: RosterSheet, row: int) -> dict[str, int]:
    """The column of each kind; a second one of the same kind is told."""
    columns: dict[str, int] = {}
    unknown = []
    for column, kind in _kinds(sheet, row).items():
        text = shortened(sheet.texts[row, column])
        if kind and kind not in columns:
            columns[kind] = column
        elif kind:
            first = sheet.texts[row, columns[kind]]
            severity = Severity.ERROR if kind in ("name", "code") else Severity.NOTICE
            words = f"“{first}”和“{text}”两列都像是{TITLES[kind]}，只读了前一列"
            roster.tell(severity, _place(sheet, row, column), words, "请只保留一列，或改掉另一列的表头")
        elif compact(text) not in _NUMBERS:
            unknown.append(text)
    if unknown:
        words = f"没有读取的列：{'、'.join(unknown[:20])}"
        roster.tell(Severity.NOTICE, _place(sheet, row, 1), words, "名单只用单位名称、代码、联系人、电话")
    return columns


def _read(roster: Roster, sheet: RosterSheet, head: int) -> None:
    columns = _columns(roster, sheet, head)
    used = set(columns.values())
    rows = sorted({row for row, column in (*sheet.texts, *sheet.unread) if row > head and column in used})
    if len(rows) > MAX_DEPARTMENTS:
        raise InputError(
            f"名单有 {len(rows)} 行，超过 {MAX_DEPARTMENTS} 行，不像是一次填报的名单",
            "请核对文件；确需更多的，请分几次填报工作导入",
        )
    for row in rows:
        if entry := _entry(roster, sheet, row, columns):
            roster.entries.append(entry)
    _tell_repeated(roster)
    if not roster.entries and not roster.errors:
        roster.tell(
            Severity.ERROR, _place(sheet, head, columns["name"]), "表头下面没有单位", "请填写名单后重试"
        )


def _entry(roster: Roster, sheet: RosterSheet, row: int, columns: dict[str, int]) -> RosterEntry | None:
    """The department of a row; None for a row that is none, which is told."""
    place = _place(sheet, row, columns["name"])
    is_whole = True
    texts = {}
    for kind, column in columns.items():
        texts[kind] = sheet.texts.get((row, column), "")
        if why := sheet.unread.get((row, column)):
            remedy = "请在单元格中直接填写文字后重试"
            roster.tell(Severity.ERROR, _place(sheet, row, column), why, remedy)
            is_whole = False
    first = next((texts[kind] for kind in ("name", "code", "contact", "phone") if texts.get(kind)), "")
    if _NOTE.fullmatch(compact(first)):
        roster.tell(Severity.NOTICE, place, f"“{shortened(first)}”这一行不是单位，没有导入", "")
        return None
    if (row, columns["name"]) in sheet.struck:
        words = f"“{shortened(texts['name'])}”带删除线，没有导入"
        roster.tell(Severity.NOTICE, place, words, "需要导入的，请去掉删除线")
        return None
    if not is_whole:
        return None
    contact = " ".join(filter(None, (texts.get("contact", ""), texts.get("phone", ""))))
    entry = RosterEntry(texts["name"], texts.get("code", ""), contact, place)
    return entry if _is_sound(roster, entry) else None


def _is_sound(roster: Roster, entry: RosterEntry) -> bool:
    if not entry.name:
        words = "这一行没有单位名称"
        roster.tell(Severity.ERROR, entry.place, words, "请补上名称；合并了单元格的，请取消合并后逐行填写")
        return False
    for kind, most in LONGEST.items():
        text = getattr(entry, kind)
        if len(text) > most:
            words = f"{TITLES[kind]}有 {len(text)} 个字，超过 {most} 个字"
            roster.tell(Severity.ERROR, entry.place, words, "请精简后重试")
            return False
    return True


def _tell_repeated(roster: Roster) -> None:
    for kind, key in (("name", same_name), ("code", compact)):
        seen: dict[str, RosterEntry] = {}
        for entry in roster.entries:
            text = getattr(entry, kind)
            first = seen.setdefault(key(text), entry) if text else entry
            if first is not entry:
                words = f"{TITLES[kind]}“{shortened(text)}”与 {first.place} 重复"
                roster.tell(Severity.ERROR, entry.place, words, "请删去重复的一行，或改正后重试")


def _tell_other_sheets(roster: Roster, read: RosterSheet, sheets: list[RosterSheet]) -> None:
    for sheet in _with_content(sheets):
        if sheet is not read:
            words = f"只读了工作表“{read.title}”，没有读工作表“{sheet.title}”"
            roster.tell(Severity.NOTICE, "", words, "名单分在几张工作表的，请合到一张表上")


def _with_content(sheets: list[RosterSheet]) -> Iterator[RosterSheet]:
    return (sheet for sheet in sheets if sheet.texts)


def _place(sheet: RosterSheet, row: int, column: int) -> str:
    return str(Place(sheet.title or None, cell_name(row, column)))
