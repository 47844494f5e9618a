"""One thing done wrong in the fictional form at a time, and what must be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.forms_support import FICTIONAL

TEXT = (FICTIONAL / "form.yaml").read_text(encoding="utf-8")
ROW = "indicators.{0}.groups.{1}.indicators.{2}.rows.{3}".format


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing done wrong.

    Attributes:
        name: for the test's id.
        old, new: the text that is there once, and what replaces it.
        path: the key path to be named.
        words: what the message says.
        remedy: what the remedy says.
        at: a piece of the line to be named, once in the spoilt text; ``¦`` may say where in it that is.
            The line of ``new``, or of the ``¦`` in it, by default.
    """

    name: str
    old: str
    new: str
    path: str
    words: str
    remedy: str = ""
    at: str = ""

    def write(self, folder: Path) -> int:
        """Put the spoilt definition into ``folder``; gives the line to be named."""
        assert TEXT.count(self.old) == 1, f"{self.old!r} stands {TEXT.count(self.old)} times"
        before, after = TEXT.split(self.old)
        text = before + self.new.replace("¦", "") + after
        (folder / "form.yaml").write_text(text, encoding="utf-8")
        if not self.at:
            return (before + self.new.partition("¦")[0] * ("¦" in self.new)).count("\n") + 1
        piece = self.at.replace("¦", "")
        assert text.count(piece) == 1, f"{piece!r} stands {text.count(piece)} times"
        return text[: text.index(piece) + max(self.at.find("¦"), 0)].count("\n") + 1


SHAPE = [
    Slip("多余的键", "max_length: 40", "max_lenght: 40", "fields.1.max_lenght", "没有这个键", "max_length"),
    Slip(
        "缺少键",
        "basis: 云上内控〔2028〕1号（虚构）第二条",
        "note: 无",
        ROW(1, 1, 0, 0) + ".rules.0.basis",
        "缺少",
        "basis",
        at="- kind: checklist",
    ),
    Slip(
        "文字是数",
        "source: 虚构的云上市",
        "source: 1.0\n¦source2: 虚构的云上市",
        "source",
        "1.0 不加引号是数",
        '写成 "1.0"',
        at="¦source: 1.0",
    ),
    Slip("文字是真假", "label: 在编人数", "label: true", "fields.3.label", "true 不加引号", '写成 "true"'),
    Slip(
        "文字是空的",
        "purpose: 本工作簿",
        "purpose:\n  # 本工作簿",
        "instructions.purpose",
        "是空的",
        "写上内容",
        at="  ¦purpose:",
    ),
    Slip(
        "文字是花括号",
        '"{agency} · {fiscal_year}年度 · {region}"',
        "{agency}",
        "title.1",
        "以“{”开头",
        '写成 "{agency}"',
    ),
    Slip("合并键", "{id: staff,", "{<<: 甲, id: staff,", "fields.3.<<", "没有这个键", "<< 合并"),
    Slip(
        "键中的冒号",
        "label: 在编人数, kind: count",
        "label: 在编人数, kind:count",
        "fields.3.kind:count",
        "没有这个键",
        "kind: …",
    ),
    Slip("应为数值", "step: 1.25", "step: 一分", ROW(1, 0, 0, 2) + ".rules.0.step", "应为数值", "写成数值"),
    Slip("应为整数", "version: 3", "version: 3.5", "version", "应为整数", "小数点"),
    Slip(
        "应为列表",
        "choices: [云东片区, 云西片区, 云南片区, 云北片区]",
        "choices: 云东片区",
        "fields.2.choices",
        "应为列表",
        "- ",
    ),
    Slip(
        "应为键值", "roles: {year: fiscal_year, department: agency}", "roles: 年", "roles", "键: 值", "缩进"
    ),
    Slip("编号写法", "id: fictional-2031", "id: Fictional 2031", "id", "编号", "小写字母"),
    Slip("id写法", "{id: staff,", "{id: 人数,", "fields.3.id", "id 的写法", "下划线"),
    Slip(
        "值的写法",
        "value: fields.mission",
        "value: mission",
        "layout.blocks.0.cells.duty.value",
        "值的写法",
        "fields.字段",
    ),
    Slip(
        "不在其列",
        "show: row.evidence",
        "show: row.proof",
        "layout.columns.6.show",
        "row.proof",
        "改为其中之一",
    ),
    Slip(
        "没有的块",
        "- kind: indicators",
        "- kind: table",
        "layout.blocks.3",
        "grid、indicators",
        "改为其中之一",
        at="- kind: table",
    ),
    Slip(
        "没有的评分方法",
        "- kind: manual",
        "- kind: by_hand",
        ROW(2, 0, 0, 0) + ".rules.0",
        "by_hand",
        "改为其中之一",
    ),
    Slip(
        "没有写评分方法",
        "- kind: manual\n                    basis",
        "- basis",
        ROW(2, 0, 0, 0) + ".rules.0",
        "缺少 kind",
        "改为其中之一",
    ),
    Slip(
        "评分方法是列表",
        "- kind: manual",
        "- kind: [manual]",
        ROW(2, 0, 0, 0) + ".rules.0",
        "没有评分方法",
        "改为其中之一",
    ),
    Slip("太大", "year: 2031\n", "year: 2131\n", "year", "应不大于 2100", "更小"),
    Slip("太小", "body_pt: 8,", "body_pt: 2,", "layout.type.body_pt", "应不小于 5", "更大"),
    Slip(
        "小数太多",
        "{below: 8, points: 4}",
        "{below: 8, points: 4.125}",
        ROW(1, 1, 1, 0) + ".rules.0.bands.2.points",
        "至多 2 位",
        "四舍五入",
    ),
    Slip(
        "缺少一项",
        "margin_mm: [12, 18, 16, 20]",
        "margin_mm: [12, 18, 16]",
        "layout.page.margin_mm.3",
        "缺少这一项",
        "补上",
    ),
    Slip("太少", "left: [opening, adjustment]", "left: []", "budget.sums.0.left", "至少要有 1 项", "补足"),
    Slip("坏的YAML", "full_score: 120", "full_score: [120", "", "YAML", "成对", at="units: true"),
    Slip(
        "键重复", "full_score: 120", "full_score: 120\n¦full_score: 120", "full_score", "重复", "留下其中一个"
    ),
]

CONTRADICTIONS = [
    Slip(
        "满分",
        "full_score: 120",
        "full_score: 100",
        "indicators",
        "合计 120",
        "full_score",
        at="\n¦indicators:",
    ),
    Slip(
        "二级合计",
        "name: 资金使用\n        weight: 15",
        "name: 资金使用\n        ¦weight: 16",
        "indicators.0.weight",
        "二级指标合计 56",
        "weight",
        at="weight: 55",
    ),
    Slip(
        "三级合计",
        "aspect: 竣工验收\n                weight: 3.5",
        "aspect: 竣工验收\n                weight: 3.25",
        "indicators.1.groups.0.weight",
        "三级指标合计 19.75",
        "weight",
        at="name: 项目与合同\n        ¦weight: 20",
    ),
    Slip("id重复", "{id: phone,", "{id: staff,", "fields.6.id", "重复", "没有用过的"),
    Slip(
        "小计id重复",
        "- {id: finance, label: 财政资金,",
        "- {id: finance, label: 甲, columns: [city_fund]}\n    ¦- {id: finance, label: 财政资金,",
        "budget.subtotals.1.id",
        "重复",
        "没有用过的",
    ),
    Slip(
        "要点id重复",
        "{id: rules_assets,",
        "{id: rules_budget,",
        ROW(1, 1, 0, 0) + ".rules.0.points.2.id",
        "重复",
        "不同的 id",
    ),
    Slip(
        "预算栏名为name",
        "{id: own_fund, label",
        "{id: name, label",
        "budget.columns.4.id",
        "单位明细",
        "换一个 id",
    ),
    Slip(
        "没有的字段",
        "department: agency}",
        "department: bureau}",
        "roles.department",
        "没有 id 为 bureau",
        "agency",
    ),
    Slip("标题引用", "{agency} ·", "{agent} ·", "title.1", "{agent}", "agency"),
    Slip("标题花括号", "{agency} ·", "{agency ·", "title.1", "不成对", "补上"),
    Slip("标题格式", "{agency} ·", "{agency:d} ·", "title.1", "只能写字段 id", "{agency}"),
    Slip("标题转换", "{agency} ·", "{agency!r} ·", "title.1", "只能写字段 id", "{agency}"),
    Slip(
        "金额单位",
        "label: 单位自筹, kind: amount, unit: 万元",
        "label: 单位自筹, kind: amount, unit: 元",
        "budget.columns.4.unit",
        "万元",
        "number",
    ),
    Slip(
        "数据金额单位",
        "label: 全年支付数, kind: amount, unit: 万元",
        "label: 全年支付数, kind: amount, unit: 亿元",
        ROW(0, 1, 0, 0) + ".rules.0.numerator.unit",
        "万元",
        "number",
    ),
    Slip("选项有逗号", "云东片区, 云西片区", '"云东,云西"', "fields.2.choices", "英文逗号", "改用中文"),
    Slip(
        "选项太长",
        "云东片区, 云西片区",
        ", ".join(f"云上市第{n}号片区" for n in range(30)),
        "fields.2.choices",
        "250",
        "缩短",
    ),
    Slip(
        "选项没有kind",
        "kind: choice\n",
        "¦kind: text\n",
        "fields.2.choices",
        "同时出现",
        "kind",
        at="    choices:",
    ),
    Slip(
        "指标类型有连字符", "口碑: []", "口-碑: []\n    口碑: []", "outcomes.groups.口-碑", "分隔", "其他字"
    ),
    Slip(
        "没有的指标类型",
        "groups: [影响, 口碑]",
        "groups: [影响, 满意度]",
        ROW(0, 0, 1, 0) + ".rules.0.groups",
        "满意度",
        "outcomes.groups",
    ),
    Slip(
        "等级次序",
        "{name: 优良, at_least: 96",
        "{name: 优良, at_least: 111",
        "grade.lines.0.1.at_least",
        "由高到低",
        "低于上一档",
    ),
    Slip(
        "等级有空档",
        "{name: 不合格, at_least: 0",
        "{name: 不合格, at_least: 1",
        "grade.lines.0.4.at_least",
        "从 0 分起",
        "at_least: 0",
    ),
    Slip(
        "合计没有的栏",
        "left: [opening, adjustment]",
        "left: [opening, addition]",
        "budget.sums.0.left.1",
        "addition",
        "adjustment",
    ),
    Slip(
        "分段次序",
        "{at_least: 92,",
        "{at_least: 98,",
        ROW(0, 1, 0, 0) + ".rules.0.bands.1",
        "由严到宽",
        "由大到小",
    ),
    Slip("扣分太多", "step: 1.25", "step: 3.75", ROW(1, 0, 0, 2) + ".rules.0.step", "不超过分值 3.5", "3.5"),
    Slip(
        "要点合计",
        "label: 资产管理制度已建立并执行, points: 3}",
        "label: 资产管理制度已建立并执行, points: 2}",
        ROW(1, 1, 0, 0) + ".rules.0.points",
        "合计 11.5",
        "weight",
        at="points:\n                      - {id: rules_budget",
    ),
    Slip(
        "期限多余",
        "label: 新立项项目数, kind: count, unit: 个}\n",
        "label: 新立项项目数, kind: count, unit: 个}\n                    ¦period: 3日\n",
        ROW(1, 0, 0, 0) + ".rules.0.period",
        "{period}",
        "标签",
    ),
    Slip(
        "版本次序",
        "since: 2030\n                    count",
        "count",
        ROW(1, 1, 2, 0) + ".rules.1.since",
        "由早到晚",
        "since",
        at="step: 0.5\n                    basis: 云上访〔2024〕2号（虚构）\n                  ¦- kind",
    ),
    Slip(
        "不是矩形",
        "[money, opening, adjustment, city, province, own]",
        "[money, opening, adjustment, city, province, money]",
        "layout.blocks.1.areas",
        "矩形",
        "连成",
        at="areas:\n        - [money",
    ),
    Slip(
        "少一格",
        "[preparer_head, preparer, phone_head, phone]",
        "[preparer_head, preparer, phone_head]",
        "layout.blocks.5.areas.0",
        "应为 4 格",
        "widths",
    ),
    Slip(
        "没有位置",
        "preparer_head: {text: 填报人}",
        "preparer_head: {text: 填报人}\n        ¦more: {text: 更多}",
        "layout.blocks.5.cells.more",
        "没有位置",
        "areas",
    ),
    Slip(
        "没有的值",
        "value: budget.own_fund",
        "value: budget.other",
        "layout.blocks.1.cells.own.value",
        "budget.other",
        "budget.own_fund",
    ),
    Slip(
        "表太宽",
        "chars: 15, show: indicator.explanation",
        "chars: 35, show: indicator.explanation",
        "layout.columns",
        "超过页边距",
        "chars",
        at="  columns:\n    - {head: 得分",
    ),
    Slip(
        "栏太窄",
        "{head: 类别分, chars: 3,",
        "{head: 类别分, chars: 0.5,",
        "layout.columns.4.chars",
        "一个字",
        "1 以上",
    ),
    Slip(
        "列会消失",
        "widths: [1, 2, 1, 2]",
        "widths: [1, 2, 0.0001, 2]",
        "layout.blocks.5.widths.2",
        "消失",
        "比例",
    ),
    Slip(
        "格子太窄",
        "widths: [1, 2, 1, 2]",
        "widths: [1, 20, 0.2, 20]",
        "layout.blocks.5.cells.phone_head",
        "一个字",
        "加宽",
        at="        phone_head: {",
    ),
]

REMARKS = [
    Slip(
        "没有正式名称",
        "name: 2031年度云上市市级部门履职绩效报告表（虚构）",
        "name: 云上（起草中）",
        "name",
        "名称仍是",
        "正式名称",
    ),
    Slip(
        "字段没有打印", "preparer: {value: fields.preparer}", "preparer: {}", "fields.5", "填报人", "layout"
    ),
    Slip(
        "预算栏没有用处",
        "    - {id: own_fund, label: 单位自筹",
        "    - {id: more, label: 其他收入, kind: amount, unit: 万元}\n    - {id: own_fund, label: 单位自筹",
        "budget.columns.4",
        "其他收入",
        "budget.more",
    ),
    Slip(
        "目标没有打印",
        "why: {value: goals.reason, align: left, empty: 全部完成}",
        "why: {}",
        "layout.blocks",
        "未能完成原因",
        "goals.reason",
    ),
    Slip(
        "总分没有打印",
        "total: {value: total.score, bold: true}",
        "total: {}",
        "layout.blocks",
        "总分",
        "total.score",
    ),
    Slip(
        "等级没有打印",
        "bands: {value: grade.bands, align: left}",
        "bands: {}",
        "layout.blocks",
        "评价等级",
        "grade.bands",
    ),
    Slip(
        "原因没有打印",
        "show: row.reason",
        "show: level1.weight",
        "layout.columns",
        "未达标原因",
        "row.reason",
    ),
    Slip(
        "指标类型不计分",
        "groups: [影响, 口碑]",
        "groups: [影响]",
        "outcomes.groups.口碑",
        "不计分",
        "completion",
    ),
    Slip(
        "规则都在以后",
        "                  - kind: manual\n",
        "                  - kind: manual\n                    since: 2040\n",
        ROW(2, 0, 0, 0) + ".rules.0.since",
        "2031 年以后",
        "since",
    ),
    Slip(
        "字段同名",
        "label: 填报人, max",
        "label: 报告部门, max",
        "fields.5.label",
        "有两项都叫“报告部门”",
        "换一个说法",
    ),
    Slip(
        "数据同名",
        "label: 已公开合同金额",
        "label: 全年支付数",
        ROW(1, 0, 1, 0) + ".rules",
        "有两项都叫“全年支付数”",
        "换一个说法",
    ),
    Slip("标签不清", "label: 群众评议满分", "label: X", ROW(2, 0, 1, 0) + ".rules", "说不清", "中文"),
    Slip("评分行同名", "aspect: 履约进度", "aspect: 立项论证", ROW(1, 0, 0, 1), "有两行评分都叫", "aspect"),
    Slip(
        "满分会折行",
        "{head: 满分, chars: 3,",
        "{head: 满分, chars: 1.5,",
        "layout.columns.1.chars",
        "12.5 会折成两行",
        "加大",
    ),
    Slip(
        "等级写错分数",
        "text: 卓越（110分以上）",
        "text: 卓越（105分以上）",
        "grade.lines.0.0.text",
        "写的是 105，而这一档从 110 分起",
        "at_least",
    ),
    Slip(
        "等级写错上限",
        "text: 合格（72至96分）",
        "text: 合格（72至98分）",
        "grade.lines.0.2.text",
        "不到 96 分",
        "at_least",
    ),
    Slip(
        "名称写错分值",
        "name: 资金使用\n",
        "name: 资金使用（14分）\n",
        "indicators.0.groups.1.name",
        "分值是 15 分",
        "资金使用（15分）",
    ),
    Slip(
        "指标写错分值",
        "name: 群众评议\n",
        "name: 群众评议（10 分）\n",
        "indicators.2.groups.0.indicators.1.name",
        "分值是 12 分",
        "改分值",
    ),
    Slip(
        "要点写错分值",
        "label: 资产管理制度已建立并执行, points: 3",
        "label: 资产管理制度已建立并执行（2分）, points: 3",
        ROW(1, 1, 0, 0) + ".rules.0.points.2.label",
        "分值是 3 分",
        "3分",
    ),
    Slip(
        "总分写错满分",
        "text: ← 总得分与满分　　评定等级 →",
        "text: 总得分（100分）",
        "layout.blocks.4.cells.total_head",
        "分值是 120 分",
        "120分",
    ),
    Slip(
        "名称中的年份",
        "name: 2031年度云上市",
        "name: 2030年度云上市",
        "name",
        "写的是 2030 年，而表的 year 是 2031",
        "2031年度云上市",
    ),
    Slip(
        "标题中的年份",
        "- 云上市市级部门履职绩效报告表（虚构）",
        "- 2030年云上市市级部门履职绩效报告表",
        "title.0",
        "写的是 2030 年",
        "{fiscal_year}年",
    ),
    Slip(
        "金额会折行",
        "opening: {value: budget.opening, scale: 1.1}",
        "opening: {value: budget.opening, scale: 3}",
        "layout.blocks.1.cells.opening",
        "1,000,000.00 会折成两行",
        "加宽",
    ),
    Slip(
        "总分会折行",
        "bold: true}\n        full:",
        "bold: true, scale: 1.5}\n        full:",
        "layout.blocks.4.cells.total",
        "120.55 会折成两行",
        "加宽",
    ),
]
