"""``batch --replies``: what goes back to departments, reminders of the missing, and what people edited stays."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook, load_workbook
from openxml_audit import FileFormat, OpenXmlValidator

from tests.batch.offices import office, tree, workbook, write, write_faulty
from tests.cli.calling import Outcome, call
from zhengti_zip.batch.duplicates import CODE
from zhengti_zip.batch.replies.letters import return_notice_text
from zhengti_zip.batch.replies.notices import MAX_POINTS, ReplySettings, nobodys, notice_of, returned
from zhengti_zip.batch.replies.writing import replies
from zhengti_zip.batch.result import ListedProblem, Result, Status
from zhengti_zip.word.letter import letter_docx

ROSTER = "单位名称\n虚构市第1局\n虚构市第2局\n虚构市第8局\n虚构市第9局\n虚构市/第10局\n"


def failed(name: str, *problems: ListedProblem, department: str = "虚构市第1局", **more: object) -> Result:
    return Result(name, Status.FAILED, "haizhu-2022", department, problems=problems, **more)  # type: ignore[arg-type]


def problem(message: str, **more: str) -> ListedProblem:
    return ListedProblem("error", more.pop("code", "required"), message, **more)


def text_of(*results: Result) -> str:
    [found] = returned(results)
    return return_notice_text(notice_of(found, {"haizhu-2022": "2022年度自评表"}, ReplySettings()))


def test_a_notice_names_every_cell_and_what_to_do() -> None:
    result = failed(
        "街道/甲.xlsx",
        problem("“总预算”没有填写", place="部门预算!B5", label="总预算", remedy="没有此项预算的填 0"),
        problem("不是数值", place="指标自评!E7", label="自评得分", value="九分"),
        ListedProblem("warning", "year", "年度与表不符", "请核对"),
        ListedProblem("notice", "read_as", "读作 0"),
        outputs=("街道/甲-标注.xlsx",),
        unlisted={"error": 3},
    )
    assert text_of(result) == (
        "虚构市第1局：\n"
        "\n"
        "　　贵单位报送的“2022年度自评表”（甲.xlsx）经检查，需要修改，现予退回。需要改正的内容如下：\n"
        "\n"
        "　　1. 部门预算!B5：“总预算”没有填写。没有此项预算的填 0。\n"
        "　　2. 指标自评!E7“自评得分”（填写的是“九分”）：不是数值。\n"
        "　　另有 3 处没有在这里列出，见标注副本。\n"
        "　　【请一并核对，确实无误的可以不改】\n"
        "　　1. 整个文件：年度与表不符。请核对。\n"
        "\n"
        "　　请改正后重新报送。\n"
        "　　随附：甲-标注.xlsx，其中用批注标出了每一处，可以直接在上面改正。\n"
        "\n"
        "（发文单位）\n"
        "　　　　年　　月　　日\n"
    )


def test_a_department_is_not_blamed_for_the_machine() -> None:
    ours = failed("甲.xlsx", problem("处理超过 60 秒", code="timed_out"))
    passed = Result("乙.xlsx", Status.DONE, problems=(ListedProblem("warning", "year", "年度"),))
    assert returned([ours, passed]) == []


def test_what_a_stranger_typed_cannot_change_the_shape_of_a_letter() -> None:
    odd = problem("x\n\n虚构市财政局\n2023年1月1日", label="a\n\nb", value="{{ notice }}\n\n<b>")
    text = text_of(failed("甲.xlsx", odd, department="甲局：\n\n　　假的\n\n乙"))
    lines = text.split("\n\n")
    assert lines[0] == "甲局： 假的 乙："
    assert "“a b”（填写的是“{{ notice }} <b>”）：x\n　　　 \n　　　 虚构市财政局" in text
    words = [paragraph.text for paragraph in docx.Document(BytesIO(letter_docx("退回通知", text))).paragraphs]
    assert words[-2:] == ["（发文单位）", "年　　月　　日"]


@pytest.mark.parametrize(("count", "more"), [(MAX_POINTS, ""), (MAX_POINTS + 1, "另有 1 处没有在这里列出")])
def test_very_many_problems_are_counted(count: int, more: str) -> None:
    text = text_of(failed("甲.xlsx", *[problem(f"第{number}处") for number in range(count)]))
    assert f"　　{MAX_POINTS}. " in text and f"　　{MAX_POINTS + 1}. " not in text
    assert ("另有" in text) == bool(more) and more in text


def test_of_several_files_the_department_is_asked_which_counts() -> None:
    twice = problem("“虚构市第1局”有 2 份", code=CODE, remedy="移走其余文件后再运行")
    text = text_of(failed("a.xlsx", twice), failed("b.xlsx", twice, problem("没有填写", place="部门预算!B5")))
    assert "（a.xlsx、b.xlsx）经检查" in text
    assert "收到贵单位 2 份填报文件，不能确定以哪一份为准。请说明，并只报送这一份。" in text
    assert "　　【b.xlsx】\n　　1. 部门预算!B5：没有填写。" in text
    assert "再运行" not in text


def test_folders_are_apart_and_stay_inside() -> None:
    results = [
        failed("a.xlsx", problem("x"), department="../甲/局"),
        failed("b.xlsx", problem("x"), department="..\\甲/局"),
        failed("坏.xlsx", problem("x"), department=""),
    ]
    paths = replies(returned(results), [], ["A局", "a局"], {}, ReplySettings(), lambda path: None)
    folders = {path.rpartition("/")[0] for path in paths}
    assert folders == {"退回/_甲_局", "退回/_甲_局（2）", "退回/坏", "催报"}
    assert [path for path in paths if path.startswith("催报")] == [
        "催报/A局.txt",
        "催报/A局.docx",
        "催报/a局（2）.txt",
        "催报/a局（2）.docx",
    ]


def test_a_file_of_nobody_is_listed_and_no_letter_addressed_to_nobody() -> None:
    nothing = failed(
        "街道/电话表.xlsx", problem("不是填报工作簿", remedy="请用本程序生成的工作簿"), department=""
    )
    results = [
        replace(nothing, form=""),
        replace(nothing, form="", name="b.xlsx", problems=(problem("文件已损坏"),)),
        replace(nothing, name="没有写部门.xlsx"),  # a form: its annotated copy can go back
        replace(nothing, form="", name="医院.xlsx", department="甲医院"),  # known by the roster
        replace(nothing, form="", name="慢.xlsx", problems=(problem("处理超过 60 秒", code="timed_out"),)),
    ]
    made = replies(returned(results), nobodys(results), [], {}, ReplySettings(), lambda path: None)
    assert {path.rpartition("/")[0] for path in made} == {"退回", "退回/没有写部门", "退回/甲医院"}
    assert made["退回/看不出部门的文件.txt"].decode("utf-8-sig").split("\n\n")[1] == (
        "1. b.xlsx：文件已损坏。\n2. 街道/电话表.xlsx：不是填报工作簿。请用本程序生成的工作簿。\n"
    )


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch with a list after one run: one department sound, one with an error, one twice, two missing."""
    folder = tmp_path_factory.mktemp("replies")
    inputs = folder / "填报"
    write(inputs / "退回", 1)  # a folder called like that of the letters
    (inputs / "二局.xlsx").write_bytes(workbook(2, faulty=True))
    write_faulty(inputs, 8)
    (inputs / "电话表.xlsx").write_bytes(phone_list())
    (inputs / "局0008改.json").write_text(json.dumps(office(8), ensure_ascii=False), encoding="utf-8")
    (folder / "名单.csv").write_text(ROSTER, encoding="utf-8")
    outcome = run(folder)
    assert outcome.code == 5
    assert "退回通知 2 份，在“退回”；催报通知 2 份，在“催报”" in outcome.err
    assert "1 个文件看不出是哪个部门报来的，没有通知，见“退回/看不出部门的文件.txt”" in outcome.err
    return folder


def phone_list() -> bytes:
    """A workbook that is no form at all."""
    book, stream = Workbook(), BytesIO()
    assert book.active is not None
    book.active["A1"] = "联系电话"
    book.save(stream)
    return stream.getvalue()


def run(folder: Path) -> Outcome:
    return call(
        *("batch", folder / "填报", "-o", folder / "输出", "--pdf", "--roster", folder / "名单.csv"),
        *("--replies", "--due", "2023年3月31日", "--sender", "虚构市财政局"),
    )


@pytest.mark.slow
def test_the_files_of_a_batch_with_replies(done: Path) -> None:
    found = tree(done / "输出")
    letters = {path for path in found if path.startswith(("退回/", "催报/"))}
    assert letters == {
        "退回/虚构市第2局/二局-标注.xlsx",
        "退回/看不出部门的文件.txt",
        *(f"退回/虚构市第{number}局/退回通知{ending}" for number in (2, 8) for ending in (".txt", ".docx")),
        *(
            f"催报/{name}{ending}"
            for name in ("虚构市第9局", "虚构市_第10局")
            for ending in (".txt", ".docx")
        ),
    }
    assert "_退回/局0001.pdf" in found
    sheet = load_workbook(done / "输出" / "汇总表.xlsx")["收到的文件"]
    arrived = {row[1]: row[2] for row in sheet.iter_rows(values_only=True)}
    assert arrived["电话表.xlsx"] == "失败"
    assert "1. 电话表.xlsx：" in found["退回/看不出部门的文件.txt"].decode("utf-8-sig")
    assert found["退回/虚构市第2局/二局-标注.xlsx"] == found["二局-标注.xlsx"]
    text = found["催报/虚构市第9局.txt"].decode("utf-8-sig")
    assert text.startswith("虚构市第9局：\n\n　　2022年度部门整体支出绩效自评表")
    assert "的报送截止日期是2023年3月31日。贵单位目前的状态是“未报”：" in text
    assert text.endswith("虚构市财政局\n　　　　年　　月　　日\n")


@pytest.mark.slow
def test_the_word_file_says_the_same_and_is_valid(done: Path, tmp_path: Path) -> None:
    found = tree(done / "输出")
    content = found["退回/虚构市第2局/退回通知.docx"]
    paragraphs = [paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs]
    lines = found["退回/虚构市第2局/退回通知.txt"].decode("utf-8-sig").splitlines()
    assert paragraphs == ["退回通知", *(line.strip("　 ") for line in lines if line.strip())]
    file = tmp_path / "退回通知.docx"
    file.write_bytes(content)
    outcome = OpenXmlValidator(FileFormat.MICROSOFT_365, max_errors=0).validate(file)
    assert [error.description for error in outcome.errors] == []


@pytest.mark.slow
def test_an_edited_letter_stays_and_an_outdated_one_goes(done: Path) -> None:
    edited, output = "退回/虚构市第2局/退回通知.txt", done / "输出"
    before = tree(output)
    again = run(done)
    assert {path: content for path, content in tree(output).items() if "汇总" not in path} == {
        path: content for path, content in before.items() if "汇总" not in path
    }
    assert "有人改动过" not in again.err
    (output / edited).write_text("请电话联系（虚构）", encoding="utf-8")
    again = run(done)
    assert f"有 1 份通知在生成后有人改动过，没有覆盖：{edited}" in again.err
    (done / "填报" / "局0008.json").unlink()  # the corrected one is left
    (done / "填报" / "二局.xlsx").write_bytes(workbook(2))
    (done / "填报" / "电话表.xlsx").unlink()
    last = run(done)
    assert last.code == 0
    assert "有人改动过，未删除" in last.err and edited in last.err
    assert {path for path in tree(output) if path.startswith("退回/")} == {edited}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--due", "2023-03-31"), "--due 须与 --replies 连用"),
        (("--sender", "局"), "--sender 须与 --replies 连用"),
        (("--replies", "--due", "2023-02-29"), "--due 的内容不对：2023-02-29"),
        (("--replies", "--due", "下周"), "例如 2023-03-31"),
    ],
)
def test_options_that_do_not_fit(tmp_path: Path, options: tuple[str, ...], words: str) -> None:
    outcome = call("batch", tmp_path, "-o", tmp_path / "输出", *options)
    assert outcome.code == 2
    assert words in outcome.err
