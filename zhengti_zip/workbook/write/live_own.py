"""The live columns of entered rows that are scored: 完成率, the score worked out, the score that counts, 检查."""

from __future__ import annotations

from zhengti_zip.base.coordinates import letters
from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.degrees import Degree
from zhengti_zip.form.rules import Rule
from zhengti_zip.form.rules.attainment import Attainment
from zhengti_zip.form.rules.indicator import QUALITATIVE
from zhengti_zip.form.shared_points import SharedPoints
from zhengti_zip.submission.paths import INDICATORS, InputPath
from zhengti_zip.workbook import excel
from zhengti_zip.workbook.areas import TableArea
from zhengti_zip.workbook.defined_names import name_of, read_name
from zhengti_zip.workbook.excel import Finding
from zhengti_zip.workbook.plan import WorkbookPlan
from zhengti_zip.workbook.write.cell_names import NO_CELL, in_force, names_of
from zhengti_zip.workbook.write.live_reasons import reason_due
from zhengti_zip.workbook.write.live_switched import Found

UNKNOWN_TYPE = "类型？"
"""Shown instead of a 完成率 whose row cannot be assigned to a group; no score is shown then."""

FITS, DIFFERS, NOTHING = "相符", "不符", "未填"


class OwnRow:
    """The formulas of one entered row.

    Args:
        row: its row in the sheet.
    """

    def __init__(self, plan: WorkbookPlan, area: TableArea, row: int) -> None:
        self.plan, self.area = plan, area
        self.cells = {c.part.id: f"{letters(c.column)}{row}" for c in area.columns}
        read = {part: f"{letters(column)}{row}" for part, column in area.read_columns.items()}
        self.read = read
        self.name = names_of(plan, {**self.cells, **read})
        assert area.computed_column and area.counting_column, "only rows that are scored"
        self.computed = f"{letters(area.computed_column)}{row}"
        self.counting = f"{letters(area.counting_column)}{row}"
        first, last = area.inputs
        self.empty = excel.blank_row(f"{first}{row}:{last}{row}")

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The dated versions of their rule."""
        assert self.plan.form.own is not None
        return self.plan.form.own.rules

    def _known(self) -> str:
        """Whether its type is one of the list."""
        if "type" not in self.cells:
            return "TRUE"
        return excel.one_of(self.cells["type"], self.plan.form.indicator_types)

    def completion_formula(self) -> str:
        """完成率 as the engine works it out; "" while the row is incomplete."""

        def of(rule: Rule) -> str:
            return rule.completion_formula(self.name) if isinstance(rule, Attainment) else NO_CELL

        value = in_force(self.plan, self.rules, of)
        if "type" in self.cells:
            value = f'IF({self._known()},{value},IF({self.empty},"","{UNKNOWN_TYPE}"))'
        return f'=IFERROR({value},"")'

    def computed_formula(self) -> str:
        """The score by the rule; "" where there is none."""
        value = in_force(
            self.plan, self.rules, lambda rule: rule.formula(self.plan.form.full_score, self.name)
        )
        return f'=IFERROR(IF({self._known()},{value},""),"")'

    def counting_formula(self) -> str:
        """The score that counts: what was entered, else what was worked out."""
        worked_out = f'IF(ISNUMBER({self.computed}),IF({self.computed}>=0,{self.computed},""),"")'
        if "score" not in self.cells:
            return f'=IFERROR({worked_out},"")'
        read, weight = self.read["score"], self.read["weight"]
        fits = f"AND({self._known()},ISNUMBER({weight}),{read}>=0,{read}<={weight})"
        typed = f'IF(ISNUMBER({read}),IF({fits},ROUND({read},2),""),"")'
        return f'=IFERROR(IF({excel.blank(self.cells["score"])},{worked_out},{typed}),"")'

    def findings(self) -> Found:
        """What is wrong with the row."""
        found = Found()
        for column in self.area.columns:
            found.errors += self._entered(column.part)
        found.errors += self._measured()
        if {"degree", "degree_percent"} <= self.cells.keys():
            found.errors += self._qualitative()
        if "score" in self.cells:
            found.errors += self._score()
            differs = f"AND(ISNUMBER({self.read['score']}),ISNUMBER({self.computed}),"
            found.warnings.append((f"{differs}N({self.counting})<>N({self.computed}))", "与计算不同"))
        found.errors += self._reasons()
        return found

    def _entered(self, part: Input) -> list[Finding]:
        """What is wrong with one value by its kind, and that a required one is missing."""
        cell = self.cells[part.id]
        found = [(excel.blank(cell), f"缺{part.label}")] if part.required else []
        if part.options:
            unknown = f"AND({excel.filled(cell)},NOT({excel.one_of(cell, part.options)}))"
            found.append((unknown, f"{part.label}请从列表选择"))
        elif part.id in self.read:
            unreadable = f"AND({excel.filled(cell)},NOT(ISNUMBER({self.read[part.id]})))"
            found.append((unreadable, f"{part.label}{excel.NUMBER_WANTED}"))
            if part.id == "weight":
                found.append((excel.below(self.read[part.id], "0"), f"{part.label}不能为负数"))
        elif part.kind is ValueKind.DATE:
            found.append((f"AND({excel.filled(cell)},NOT({excel.is_day(cell)}))", f"{part.label}请填年月日"))
        return found

    def _measured(self) -> list[Finding]:
        """A target and an actual value for a direction that measures."""
        if "direction" not in self.cells:
            return []
        direction = self.cells["direction"]
        applies = f'AND({excel.filled(direction)},{direction}<>"{QUALITATIVE}")'
        rules = [rule for rule in self.rules if isinstance(rule, Attainment)]
        targets = [part for part in (rules[-1].target if rules else ()) if part in self.cells]
        found = []
        if targets:
            blank = ",".join(excel.blank(self.cells[part]) for part in targets)
            found.append((f"AND({applies},{blank})", f"缺{self.area.part(targets[-1]).label}"))
        if "actual" in self.cells and not self.area.part("actual").required:
            blank = excel.blank(self.cells["actual"])
            found.append((f"AND({applies},{blank})", f"缺{self.area.part('actual').label}"))
        return found

    def _qualitative(self) -> list[Finding]:
        """A degree, and a percentage within it, for 定性."""
        if "direction" not in self.cells:
            return []
        degree, percent = self.cells["degree"], self.read["degree_percent"]
        applies = f'{self.cells["direction"]}="{QUALITATIVE}"'
        degrees = self.plan.form.degrees
        known = excel.one_of(degree, [item.name for item in degrees])
        within = "OR(" + ",".join(_within(degree, f"N({percent})", item) for item in degrees) + ")"
        needed = applies
        full = [rule for rule in self.rules if isinstance(rule, Attainment) and rule.text_is_full]
        if full:  # the best degree says it all
            needed = f'AND({applies},{degree}<>"{degrees[0].name}")'
        found = [
            (f"AND({applies},{excel.blank(degree)})", f"缺{self.area.part('degree').label}"),
            (
                f"AND({needed},{excel.blank(self.cells['degree_percent'])})",
                f"缺{self.area.part('degree_percent').label}",
            ),
            (f"AND({applies},{known},ISNUMBER({percent}),NOT({within}))", "完成率与达成程度不符"),
        ]
        if "target_text" in self.cells:
            blank = excel.blank(self.cells["target_text"])
            found.insert(0, (f"AND({applies},{blank})", f"缺{self.area.part('target_text').label}"))
        return found

    def _score(self) -> list[Finding]:
        read, weight = self.read["score"], self.read["weight"]
        return [
            (f"AND(ISNUMBER({weight}),{excel.above(read, weight)})", "超过分值"),
            (excel.below(read, "0"), "低于0分"),
        ]

    def _reasons(self) -> list[Finding]:
        """A reason where one is due, and measures where points were lost."""
        weight = self.read["weight"]
        lost = f"AND(ISNUMBER({self.counting}),N({self.counting})<N({weight}))"
        found = []
        if "reason" in self.cells and not self.area.part("reason").required:
            due = in_force(self.plan, self.rules, lambda rule: reason_due(rule, self.name, lost))
            silent = excel.no_words(self.cells["reason"])
            found.append((f"AND(ISNUMBER({self.counting}),{due},{silent})", f"缺{self._label('reason')}"))
        if "improvement" in self.cells and not self.area.part("improvement").required:
            silent = excel.no_words(self.cells["improvement"])
            found.append((f"AND({lost},{silent})", f"缺{self._label('improvement')}"))
        return found

    def _label(self, part: str) -> str:
        return self.area.part(part).label


def _within(degree: str, percent: str, item: Degree) -> str:
    upper = f"{percent}<={plain(item.high)}" if item.high == 100 else f"{percent}<{plain(item.high)}"
    return f'AND({degree}="{item.name}",{percent}>={plain(item.low)},{upper})'


def shared_sum(plan: WorkbookPlan, share: SharedPoints) -> str:
    """The points entered under some levels; "" while there are none."""
    weights = read_name(InputPath.column(INDICATORS, "weight"))
    if not plan.form.asks_type:
        return f'=IF(COUNT({weights})=0,"",ROUND(SUM({weights}),6))'
    types = name_of(InputPath.column(INDICATORS, "type"))
    mask = "(" + "+".join(f"({types}={excel.literal(word)})" for word in share.types) + ")"
    rows = f"SUMPRODUCT({mask}*ISNUMBER({weights}))"
    return f'=IF({rows}=0,"",ROUND(SUMPRODUCT(--({mask}>0),{weights}),6))'


def shared_state(share: SharedPoints, cell: str) -> str:
    """Whether the points entered are those there should be."""
    right = f'IF(ROUND(N({cell})-{plain(share.points)},6)=0,"{FITS}","{DIFFERS}")'
    return f'=IF(ISNUMBER({cell}),{right},"{NOTHING}")'


def share_name(number: int) -> str:
    """The live result that says whether some shared points are given out."""
    return f"shares.{number}"
