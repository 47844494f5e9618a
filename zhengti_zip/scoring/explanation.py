"""Explanation: the full working of every score, and what would have won lost points back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.naming import document_title
from zhengti_zip.form.rules import Answers, Evidence, Gain, NotComputed
from zhengti_zip.scoring.evaluation import Evaluation, RowResult, answers_for, answers_of, evaluate, year_of
from zhengti_zip.submission.rows import row_title
from zhengti_zip.submission.source import Source


@dataclass(frozen=True, slots=True)
class ExplainedRow:
    """One scored row with its working.

    Attributes:
        number: its place on the form, from 1.
        result: the scored row.
        gains: what would have won points back, most points first.
    """

    number: int
    result: RowResult
    gains: tuple[Gain, ...]

    @property
    def data(self) -> tuple[Evidence, ...]:
        """The data that went into the computed score."""
        return getattr(self.result.outcome, "used", ())

    @property
    def rule_text(self) -> str:
        """The rule in words; how the entered rows are measured is said once, by :attr:`Explanation.method`."""
        rule, weight = self.result.rule, self.result.weight
        return rule.describe(weight) if self.result.context.is_entered else rule.in_full(weight)

    @property
    def lost(self) -> Decimal:
        """Points short of the weight; 0 where there is no valid score."""
        score = self.result.score
        return self.result.weight - score if score is not None and self.result.is_valid else Decimal(0)

    @property
    def notes(self) -> str:
        """How each datum was used, where the rule says so and the working does not, one datum a line."""
        if self.result.context.is_entered:
            return ""
        return "\n".join(item.text for item in self.data if item.note)

    @property
    def working(self) -> str:
        """How the counting score came about, or why there is none."""
        return self.result.working or self._why_none()

    def _why_none(self) -> str:
        outcome = self.result.outcome
        if isinstance(outcome, NotComputed) and outcome.wrong:
            return "；".join(words for _, words in outcome.wrong)
        return "未填写自评分，也没有足够的数据" if self.result.score is None else ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The working of a whole form.

    Attributes:
        department, year: whose it is.
        form_name: of which form.
        title: title of the 评分底稿.
        full_score: points of the whole form.
        evaluation: the scores.
        rows: in printed order.
        derived: each value worked out from what was entered: its name, how, and the value.
    """

    department: str
    year: int
    form_name: str
    title: str
    full_score: Decimal
    evaluation: Evaluation
    rows: tuple[ExplainedRow, ...]
    derived: tuple[tuple[str, ...], ...] = ()

    @property
    def method(self) -> str:
        """How the completion of every entered row is found; "" without such rows."""
        entered = (row.result.rule for row in self.rows if row.result.context.is_entered)
        return next((rule.method() for rule in entered), "")

    @property
    def losses(self) -> list[ExplainedRow]:
        """The rows that lost points, most points first."""
        return sorted((row for row in self.rows if row.lost > 0), key=lambda row: -row.lost)


def explain(source: Source, evaluation: Evaluation | None = None) -> Explanation:
    """Work out the explanation of a source's scores."""
    scored = evaluation or evaluate(source.form, source.submission)
    answers = answers_of(source.form, source.submission)
    return Explanation(
        department=source.submission.field_text(source.form.roles.department),
        year=year_of(source.form, source.submission),
        form_name=source.form.name,
        title=document_title(source.form, "评分底稿"),
        full_score=source.form.full_score,
        evaluation=scored,
        rows=tuple(
            ExplainedRow(number, result, _gains(result, answers))
            for number, result in enumerate(scored.rows, start=1)
        ),
        derived=tuple(_derived(source, scored)),
    )


def _derived(source: Source, evaluation: Evaluation) -> Iterator[tuple[str, ...]]:
    labels = {path: item.label for path, item in source.form.values.items()}
    labels |= {item.path: item.label for item in source.form.derived}
    for item in source.form.derived:
        names = [labels.get(path, path) for path in item.operands]
        how = {
            "divide": " ÷ ".join(names),
            "add": " ＋ ".join(names),
            "subtract": " － ".join(names),
            "change": f"（{names[0]} － {names[-1]}）÷ {names[-1]}",
        }[item.operation]
        yield item.label, how, item.text(evaluation.derived.get(item.path))


def _gains(result: RowResult, answers: Answers) -> tuple[Gain, ...]:
    if result.score is None or not result.is_valid:
        return ()
    return result.rule.gains(result.weight, answers_for(result.context, answers), result.score)


def loss_text(row: ExplainedRow) -> str:
    """What would have won back the points of a row, or why that cannot be said, in one sentence."""
    computed, counting = row.result.computed, row.result.score
    said = [gain.text for gain in row.gains]
    if computed is not None and counting is not None and computed > counting:
        said.insert(0, f"按数据计算可得 {plain(computed)} 分，高于{row.result.word}，请核对{row.result.word}")
    if said:
        return "；".join(said)
    if computed is None and not row.result.rule.uses():
        is_explained = row.result.entry.reason or row.result.entry.improvement
        return "本项由部门自评" + ("，失分见所填的原因和措施" if is_explained else "，没有按数据评分的规则")
    if computed is None:
        return "没有评分数据，无法推算；填写评分数据后可给出"
    return f"按评分数据已是满分，失分来自{row.result.word}"


WORKSHEET_HEADS = (
    "序号",
    "指标",
    "分值",
    "评分方法和规则",
    "数据",
    "计算过程",
    "计算得分",
    "自评分",
    "计入得分",
    "来源",
    "依据",
    "佐证材料",
)
LOSS_HEADS = ("指标", "分值", "得分", "失分", "怎样可以不失分")


def worksheet_row(row: ExplainedRow) -> tuple[str, ...]:
    """The cells of a row of the 评分底稿, in the order of ``WORKSHEET_HEADS``."""
    result = row.result
    return (
        str(row.number),
        row_title(result.context),
        plain(result.weight),
        f"{result.rule.title}：{row.rule_text}",
        "\n".join(item.text for item in row.data),
        row.working,
        _points(result.computed),
        _points(result.entry.score),
        _points(result.score),
        result.origin.label,
        result.rule.basis + (f"（{result.rule.since} 年起）" if result.rule.since else ""),
        result.entry.evidence,
    )


def loss_row(row: ExplainedRow) -> tuple[str, ...]:
    """The cells of a row of the 失分分析, in the order of ``LOSS_HEADS``."""
    result = row.result
    return (
        row_title(result.context),
        plain(result.weight),
        _points(result.score),
        plain(row.lost),
        loss_text(row),
    )


def summary(explanation: Explanation) -> str:
    """Total, grade, and what limited the total, in one line."""
    total, grade = explanation.evaluation.total, explanation.evaluation.grade
    if total is None:
        missing = sum(1 for row in explanation.rows if not row.result.is_valid)
        if missing:
            return f"还有 {missing} 项没有有效得分，暂无总分"
        weights = sum((row.result.weight for row in explanation.rows), Decimal(0))
        return f"各项分值合计 {plain(weights)} 分，应为 {plain(explanation.full_score)} 分，暂无总分"
    words = f"总分 {plain(total)}" + (f"，评价等级：{grade.name}" if grade else "")
    capped = explanation.evaluation.cap_applied
    return words + (f"（{capped}）" if capped else "")


def _points(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def terminal_row(row: ExplainedRow) -> tuple[str, ...]:
    """The cells of a row on the terminal, where there is less room than on paper."""
    result = row.result
    return (
        f"{row.number}. {row_title(result.context)}",
        plain(result.weight),
        _points(result.computed) or "—",
        _points(result.entry.score) or "—",
        _points(result.score) or "—",
        result.origin.label,
        "\n".join(filter(None, (row.working, row.notes))),
        f"{result.rule.title}：{row.rule_text}。依据：{result.rule.basis}",
    )
