"""Reading ``cases.yaml``: every mistake with its line, in words an official understands."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from zhengti_zip.base.numbers import plain, round_points
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.yamlfile import YamlRefused, YamlText, read_yaml
from zhengti_zip.formtools.case_names import input_names, row_names
from zhengti_zip.formtools.cases import NONE, Case
from zhengti_zip.submission.entry import RawEntry, assemble
from zhengti_zip.submission.inputs import indicator_parts
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import INDICATORS, InputPath
from zhengti_zip.submission.rows import rows_of
from zhengti_zip.submission.values import Raw

CASES_FILE = "cases.yaml"

NAME, NOTE, DATA = "名称", "说明", "填报数据"
SCORES, TOTAL, GRADE = "预期得分", "预期总分", "预期等级"
CASE_KEYS = (NAME, NOTE, DATA, SCORES, TOTAL, GRADE)

OWN_SCORES, OUTCOMES, REST = "自评分", "绩效指标", "其余指标"
DATA_KEYS = (OWN_SCORES, OUTCOMES, REST)
FULL_MARKS = "满分"

Named = TypeVar("Named", bound=str)


def read_cases(form: FormDefinition) -> tuple[list[Case], list[Mistake]]:
    """The cases of a form that can be understood, and the mistakes in the others."""
    file = form.folder / CASES_FILE
    if not file.exists():
        return [], []
    try:
        text = read_yaml(file)
    except OSError as error:
        return [], [_whole_file(f"无法读取：{error.strerror}", "检查文件的读取权限")]
    except YamlRefused as refused:
        return [], [replace(refused.mistake, file=CASES_FILE)]
    if not isinstance(text.data, list):
        remedy = f"每个案例以“- {NAME}: …”开头"
        return [], [_whole_file("文件应是案例的列表", remedy)]
    reader = _Reader(form, text)
    cases = [reader.case(number, item) for number, item in enumerate(text.data)]
    return [case for case in cases if case is not None], reader.mistakes


def _whole_file(message: str, remedy: str) -> Mistake:
    return Mistake("", message, remedy, file=CASES_FILE, line=1)


class _Reader:
    """Reads cases one by one and collects their mistakes."""

    def __init__(self, form: FormDefinition, text: YamlText) -> None:
        self.form, self.text = form, text
        self.mistakes: list[Mistake] = []
        self.names: set[str] = set()
        self.inputs = input_names(form)
        self.rows = row_names(form.rows)
        self.tables = {OUTCOMES, form.sheets.indicators} | ({form.own.title} if form.own else set())
        self.parts = {word: part for part in indicator_parts(form) for word in (part.id, part.label)}

    def case(self, number: int, item: Any) -> Case | None:
        """One case, or None when it has mistakes."""
        before, path = len(self.mistakes), str(number)
        if not isinstance(item, dict):
            self._mistake(path, "案例应由“键: 值”组成", f"写成“- {NAME}: …”，下面是其他各键")
            return None
        for key in item:
            if key not in CASE_KEYS:
                self._unknown(f"{path}.{key}", key, CASE_KEYS, "案例中没有“{}”这个键")
        name = str(item.get(NAME) or "")
        if not name or name in self.names:
            words = f"案例名称“{name}”重复" if name else "案例没有名称"
            self._mistake(f"{path}.{NAME}", words, f"写上不同的{NAME}，说明这个案例考察什么")
        self.names.add(name)
        raw, places = RawEntry(), dict[InputPath, str]()
        data = self._mapping(item, DATA, path)
        self._data(data, f"{path}.{DATA}", raw, places)
        if not {SCORES, TOTAL, GRADE} & item.keys():
            remedy = f"写上 {SCORES}、{TOTAL} 或 {GRADE}"
            self._mistake(path, "案例没有说预期什么", remedy)
        submission, problems = assemble(self.form, raw)
        for problem in problems:
            if problem.is_error:
                self._mistake(places.get(problem.path, path), problem.message, problem.remedy)
        scores = self._expected(item, path, submission)
        total, grade = self._total(item, path), self._grade(item, path)
        if len(self.mistakes) > before:
            return None
        line = self.text.line_of(path)
        return Case(name, line, submission, data.get(REST) == FULL_MARKS, scores, total, grade)

    def _data(self, data: Mapping[str, Any], path: str, raw: RawEntry, places: dict[InputPath, str]) -> None:
        for key, value in data.items():
            here = f"{path}.{key}"
            if key == OWN_SCORES:
                for name, score in self._mapping(data, key, path).items():
                    if row_id := self._row(name, f"{here}.{name}"):
                        self._put(raw, places, InputPath.score(row_id), score, f"{here}.{name}")
            elif key in self.tables:
                self._outcomes(value, here, raw, places)
            elif key == REST:
                if value != FULL_MARKS:
                    remedy = f"写“{REST}: {FULL_MARKS}”，或不写这一行"
                    self._mistake(here, f"“{REST}”只能是“{FULL_MARKS}”", remedy)
            elif target := self._named(key, here, self.inputs, "填报项目"):
                self._put(raw, places, target, value, here)

    def _put(
        self, raw: RawEntry, places: dict[InputPath, str], target: InputPath, value: Any, here: str
    ) -> None:
        if isinstance(value, dict | list):
            self._mistake(here, "这里应是一个数值或文字", "直接写在冒号后面")
        elif target in places:
            self._mistake(
                here, "同一项写了两次", f"留下一个；另一处在第 {self.text.line_of(places[target])} 行"
            )
        else:
            raw.singles[target], places[target] = value, here

    def _outcomes(self, rows: Any, path: str, raw: RawEntry, places: dict[InputPath, str]) -> None:
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self._mistake(path, f"“{OUTCOMES}”应是列表", "每项指标写成“- {指标类型: …, 目标方向: …}”")
            return
        collected = raw.tables.setdefault(INDICATORS, [])
        for number, row in enumerate(rows):
            values: dict[str, Raw] = {}
            collected.append(values)
            for key, value in row.items():
                here = f"{path}.{number}.{key}"
                if key not in self.parts:
                    labels = [word for word, part in self.parts.items() if word == part.label]
                    self._unknown(here, key, labels, "绩效指标中没有“{}”这一栏")
                elif isinstance(value, dict | list):
                    self._mistake(here, "这里应是一个数值或文字", "直接写在冒号后面")
                else:
                    values[self.parts[key].id] = value
                    places[InputPath.cell(INDICATORS, number, self.parts[key].id)] = here

    def _expected(
        self, item: Mapping[str, Any], path: str, submission: Submission
    ) -> dict[str, Decimal | None]:
        scores: dict[str, Decimal | None] = {}
        rows = rows_of(self.form, submission)
        names, weights = row_names(rows), {context.row.id: context.row.weight for context in rows}
        for name, value in self._mapping(item, SCORES, path).items():
            here = f"{path}.{SCORES}.{name}"
            row_id = self._named(name, here, names, "评分行")
            if value == NONE:
                score = None
            elif isinstance(value, int | Decimal) and not isinstance(value, bool):
                score = Decimal(value)
            else:
                self._mistake(here, f"“{value}”不是得分", f"写一个数，没有得分的写“{NONE}”")
                continue
            if (
                row_id
                and score is not None
                and not self._can_be(score, weights[row_id], "这一行的分值", here)
            ):
                continue
            if row_id in scores:
                self._mistake(here, "同一指标写了两次", "留下其中一个")
            elif row_id:
                scores[row_id] = score
        return scores

    def _total(self, item: Mapping[str, Any], path: str) -> str:
        value = item.get(TOTAL)
        if value is None:
            return ""
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            self._can_be(Decimal(value), self.form.full_score, "满分", f"{path}.{TOTAL}")
            return plain(Decimal(value))
        if value != NONE:
            self._mistake(f"{path}.{TOTAL}", f"“{value}”不是总分", f"写一个数，没有总分的写“{NONE}”")
        return str(value)

    def _can_be(self, score: Decimal, most: Decimal, what: str, here: str) -> bool:
        """Whether any data can give such a score."""
        if not 0 <= score <= most:
            words = f"预期 {plain(score)} 分，不在 0 到{what} {plain(most)} 之间，不可能得到"
            self._mistake(here, words, f"改为 0 到 {plain(most)} 的数")
            return False
        if score != round_points(score):
            words = f"预期 {plain(score)} 分，而得分只保留两位小数"
            self._mistake(here, words, f"按四舍五入写成 {plain(round_points(score))}")
            return False
        return True

    def _grade(self, item: Mapping[str, Any], path: str) -> str:
        value, known = str(item.get(GRADE) or ""), [band.name for band in self.form.grade.bands]
        if value and value not in (*known, NONE):
            self._unknown(f"{path}.{GRADE}", value, known, "没有“{}”这个等级")
        return value

    def _mapping(self, item: Mapping[str, Any], key: str, path: str) -> Mapping[str, Any]:
        value = item.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self._mistake(f"{path}.{key}", f"“{key}”应由“名称: 值”组成", "每项一行，比上一行多缩进")
            return {}
        return value

    def _row(self, name: str, path: str) -> str | None:
        return self._named(name, path, self.rows, "三级指标")

    def _named(self, name: str, path: str, known: Mapping[str, tuple[Named, ...]], what: str) -> Named | None:
        """The only thing a name can mean; None after a mistake."""
        meant = known.get(name, ())
        if len(meant) == 1:
            return meant[0]
        if meant:
            remedy = f"改写成其中之一：{'、'.join(meant)}"
            self._mistake(path, f"“{name}”指 {len(meant)} 个{what}，不能确定是哪一个", remedy)
        else:
            self._unknown(path, name, tuple(known), f"没有名为“{{}}”的{what}")
        return None

    def _unknown(self, path: str, name: str, known: Any, message: str) -> None:
        near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
        remedy = f"是否为“{near[0]}”？" if near else "检查写法；"
        self._mistake(path, message.format(name), f"{remedy}可用的有：{'、'.join(list(known)[:12])}等")

    def _mistake(self, path: str, message: str, remedy: str) -> None:
        self.mistakes.append(Mistake(path, message, remedy).located(CASES_FILE, self.text))
