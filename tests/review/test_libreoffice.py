"""Files edited and saved by LibreOffice, which drops tags and sometimes the controls."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.review.comment_edits import comment_on
from tests.review.generated import submission
from tests.review.office_xml import PRINTED, behind, below, box, run, with_part
from tests.review.test_generated import word_file
from tests.review.test_unread import outcome
from tests.review.wordlike import DEMO, HAIZHU, SAMPLES, built, parts_of
from tests.workbook.tools import convert, needs_libreoffice
from zhengti_zip import load_form, read, render_docx
from zhengti_zip.grid.examine import examine
from zhengti_zip.review.review import ReviewResult, review
from zhengti_zip.review.word_source import read_word_source
from zhengti_zip.submission.paths import InputPath

pytestmark = pytest.mark.slow

HELPER = Path(__file__).with_name("office_edit.py")
SYSTEM_PYTHON = Path("/usr/bin/python3")

TWENTY = {
    "虚构市示例区公园管理局": ("fields.department", "示例区公园中心"),
    "绿化养护面积不少于320万平方米": ("goals.0.goal", "绿化面积320万平方米"),
    "打通沿河步行道3.6公里": ("goals.1.goal", "打通步行道4公里"),
    "服务未成年人不少于6,000人次": ("goals.2.goal", "服务6,500人次😀"),
    "回收有效问卷3,000份": ("goals.0.completion", "回收问卷3,100份"),
    "总体进度86%": ("goals.1.completion", "总体进度87%"),
    "举办自然教育活动83场": ("goals.2.completion", "办活动85场"),
    "节水18.3%": ("goals.3.completion", "节水18.5%"),
    "组织全局绩效管理培训2次": ("goals.4.completion", "培训3次"),
    "迁改方案两次调整": ("goals.1.reason", "迁改方案多次调整"),
    "绿地养护单位成本": ("scores.output_indicators.reason", "养护成本"),
    "2023年6月底前建成": ("scores.output_indicators.improvement", "2023年5月底前建成"),
    "自评完成率95%": ("scores.benefit_indicators.reason", "自评完成率90%"),
    "启动退出程序": ("scores.benefit_indicators.improvement", "<w:t>启动</w:t>"),
    "当年未形成足够工程量": ("scores.spending_rate.reason", "工程量不足"),
    "10个百分点以上": ("scores.spending_rate.improvement", "8个百分点以上"),
    "1个应急抢险项目": ("scores.ex_ante_evaluation.reason", "2个应急抢险项目"),
    "入库后30日内": ("scores.ex_ante_evaluation.improvement", "入库后20日内"),
    "1笔差旅费附件不全": ("scores.finance_compliance.reason", "2笔差旅费附件不全"),
    "每季度自查": ("scores.finance_compliance.improvement", "每月自查"),
}
"""Old text: the input it is part of, and the new text. The first one is printed in the title as well."""


def has_uno() -> bool:
    if not SYSTEM_PYTHON.exists() or shutil.which("soffice") is None:
        return False
    done = subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return done.returncode == 0


needs_uno = pytest.mark.skipif(
    os.environ.get("CI") != "true" and not has_uno(), reason="python3-uno is not installed"
)


def changed_in_office(folder: Path, tracked: bool) -> Path:
    """The demo's file with the twenty texts replaced in LibreOffice."""
    before, after = folder / "原稿.docx", folder / "审阅.docx"
    before.write_bytes(built(DEMO))
    changes = json.dumps([[old, new] for old, (_, new) in TWENTY.items()])
    profile = (folder / "profile").absolute().as_uri()
    command = [SYSTEM_PYTHON, HELPER, before, after, changes, str(int(tracked)), profile]
    subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=180)
    return after


def wanted() -> dict[str, str]:
    """New text by path."""
    data: Any = read(DEMO).submission.model_dump()
    found = {}
    for old, (path, new) in TWENTY.items():
        value: Any = data
        for key in path.split("."):
            value = value[int(key)] if isinstance(value, tuple) else value[key]
        assert old in str(value)
        found[path] = str(value).replace(old, new)
    return found


def found_in(after: Path, accept: bool = True) -> ReviewResult:
    return review(after, DEMO, accept=accept)


@needs_libreoffice
@needs_uno
@pytest.mark.parametrize("tracked", [False, True])
def test_twenty_texts_edited_in_libreoffice_are_found(tmp_path: Path, tracked: bool) -> None:
    after = changed_in_office(tmp_path, tracked)
    found = found_in(after)
    assert {change.path: change.after for change in found.merged.changes} == wanted()
    assert found.merged.problems == []
    assert all(bool(change.date) == tracked for change in found.merged.changes)
    if tracked:
        rejected = found_in(after, accept=False)
        assert (rejected.merged.changes, rejected.merged.problems) == ([], [])


@needs_libreoffice
def test_a_file_saved_by_libreoffice_once_or_twice_has_no_change(tmp_path: Path) -> None:
    known = {}
    for sample in (DEMO, HAIZHU):
        file = tmp_path / f"{sample.stem}.docx"
        file.write_bytes(built(sample))
        known[file.name] = read(sample).submission
    form = load_form("haizhu-2022")
    for seed in range(8):
        file = tmp_path / f"{seed}.docx"
        file.write_bytes(word_file(form, submission(form, seed)))
        known[file.name] = submission(form, seed)
    source = read(SAMPLES / "project-national.json")
    draft = render_docx(examine(source).table, draft=True, data=source.submission.to_json())
    (tmp_path / "草稿.docx").write_bytes(draft)
    known["草稿.docx"] = source.submission
    files = sorted(tmp_path.glob("*.docx"))
    once = convert(files, tmp_path / "once", "docx")
    twice = convert(once, tmp_path / "twice", "docx")
    for file in (*once, *twice):
        found = read_word_source(file.read_bytes(), file.name)
        assert (file, found.reading_problems) == (file, [])
        assert found.submission == known[file.name]


@needs_libreoffice
def test_comments_keep_their_inputs_after_libreoffice_saved_the_file(tmp_path: Path) -> None:
    said = {
        "goals.2.goal": [("甲", "第三条目标")],
        "goals.1.completion": [("甲", "第二条完成情况"), ("乙", "已核对")],
        "budget.basic": [("乙", "基本支出")],
        "scores.spending_rate.reason": [("乙", "支出率原因")],
    }
    file = tmp_path / "批注.docx"
    file.write_bytes(comment_on(parts_of(built(DEMO)), said))
    [saved] = convert([file], tmp_path / "out", "docx")
    found = found_in(saved)
    assert found.merged.changes == [] and found.merged.problems == []
    known = read(DEMO)
    assert {(remark.remark.author, remark.remark.text): remark.place for remark in found.merged.remarks} == {
        remark: known.places[InputPath(path)] for path, remarks in said.items() for remark in remarks
    }


ANCHOR = """<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2"
behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="column"><wp:posOffset>100</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="paragraph"><wp:posOffset>100</wp:posOffset></wp:positionV>
<wp:extent cx="1800000" cy="500000"/><wp:wrapNone/><wp:docPr id="77" name="文本框 1"/><a:graphic>
<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="500000"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{}</wps:txbx><wps:bodyPr/></wps:wsp>
</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"""
"""A text box with all that LibreOffice needs to show it."""


@needs_libreoffice
def test_what_is_not_read_is_told_also_after_libreoffice_saved_the_file(tmp_path: Path) -> None:
    raised = run("10") + run("3", '<w:vertAlign w:val="superscript"/>') + run("吨")
    marked = (
        run("旧", "<w:strike/>") + run("存疑", "<w:vanish/>") + run("要核实", '<w:highlight w:val="yellow"/>')
    )
    content = behind(raised + marked + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    content = below(f"<w:p>{ANCHOR.format(box('请附决算表')).replace(chr(10), ' ')}</w:p>", content)
    note = f'<w:footnotes><w:footnote w:id="2"><w:p>{run("见决算表")}</w:p></w:footnote></w:footnotes>'
    file = tmp_path / "审阅.docx"
    file.write_bytes(with_part(content, "footnotes.xml", "footnotes", note))
    [saved] = convert([file], tmp_path / "out", "docx")
    listed = [
        ("删除线", "旧"),
        ("隐藏文字", "存疑"),
        ("突出显示", "要核实"),
        ("脚注", "见决算表"),
        ("文本框", "请附决算表"),
    ]
    for seen in (file, saved):
        value, told = outcome(seen.read_bytes())
        assert value == f"{PRINTED}10³吨要核实"
        assert [(kind, words) for kind, _, words in told] == listed
