"""What a clerk types is understood or refused with a stable code: form is forgiven, meaning is not."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import is_chinese
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.submission.values import EMPTY, Parsed, Raw, Value, ValueProblem, clean_text, parse, shown

TEXT = Input(id="text", label="部门名称", max_length=10)
AMOUNT = Input(id="amount", label="总预算", kind=ValueKind.AMOUNT, unit="万元")
COUNT = Input(id="count", label="合同数", kind=ValueKind.COUNT, unit="份")
NUMBER = Input(id="number", label="目标值", kind=ValueKind.NUMBER, unit="%")
POINTS = Input(id="points", label="自评分", kind=ValueKind.POINTS, unit="分")
YEAR = Input(id="year", label="年度", kind=ValueKind.YEAR)
ANSWER = Input(id="answer", label="按时公开", kind=ValueKind.YES_NO)
TYPE = Input(
    id="type", label="指标类型", kind=ValueKind.CHOICE, choices=("产出-数量", "产出-质量", "满意度", "≥", "=")
)
EVERY_KIND = (TEXT, AMOUNT, COUNT, NUMBER, POINTS, YEAR, ANSWER, TYPE)
NUMBERS = (AMOUNT, COUNT, NUMBER, POINTS)


def refused(item: Input, raw: Raw) -> str:
    """The code a value is refused with; message and remedy must be there, in Chinese."""
    with pytest.raises(ValueProblem) as caught:
        parse(item, raw)
    assert is_chinese(caught.value.message)
    assert is_chinese(caught.value.remedy)
    return caught.value.code


@pytest.mark.parametrize("item", EVERY_KIND, ids=lambda item: str(item.kind))
@pytest.mark.parametrize("raw", [None, "", " ", "　", "\n", " \t　\xa0 ", "\ufeff", "\u200b"], ids=repr)
def test_nothing_entered_is_no_value(item: Input, raw: Raw) -> None:
    assert parse(item, raw) == EMPTY


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("1297.59", id="普通"),
        pytest.param("1,297.59", id="千分位"),
        pytest.param("１２９７．５９", id="全角"),
        pytest.param("１，２９７．５９", id="全角千分位"),
        pytest.param(" 1 297.59 ", id="空格"),
        pytest.param("　1297.59\xa0", id="全角空格"),
        pytest.param("1297.59\n", id="换行"),
        pytest.param("1297.59万元", id="万元"),
        pytest.param("1,297.59 万元", id="空格万元"),
        pytest.param("1297.59万", id="万"),
        pytest.param("¥1,297.59", id="货币符号"),
        pytest.param("￥1297.59", id="全角货币符号"),
        pytest.param("+1297.59", id="正号"),
        pytest.param("1297.590", id="末尾的零"),
        pytest.param(1297.59, id="工作簿数值"),
        pytest.param(1155.12 + 142.47, id="工作簿浮点误差"),
        pytest.param(Decimal("1297.59"), id="JSON数值"),
    ],
)
def test_an_amount_in_many_writings(raw: Raw) -> None:
    assert parse(AMOUNT, raw) == Parsed(Decimal("1297.59"))


def test_float_noise_is_real() -> None:
    assert 0.1 + 0.2 != 0.3
    assert parse(AMOUNT, 0.1 + 0.2) == Parsed(Decimal("0.3"))
    assert str(parse(AMOUNT, 1155.12 + 142.47).value) == "1297.59"


@pytest.mark.parametrize(
    ("raw", "amount"),
    [
        ("12975900元", "1297.59"),
        ("12,975,900 元", "1297.59"),
        ("１２９７５９００元", "1297.59"),
        ("1元", "0.0001"),
        ("0元", "0"),
        ("1.5亿元", "15000"),
        ("1.5亿", "15000"),
        ("12975.9千元", "1297.59"),
    ],
)
def test_another_unit_is_converted_and_said(raw: str, amount: str) -> None:
    parsed = parse(AMOUNT, raw)
    assert parsed.value == Decimal(amount)
    assert str(parsed.value) == amount
    assert is_chinese(parsed.notice)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("12,97.59", id="错位的千分位"),
        pytest.param("1,2975", id="四位一组"),
        pytest.param("1234,567", id="首组四位"),
        pytest.param(",297", id="逗号开头"),
        pytest.param("1,,297", id="两个逗号"),
        pytest.param("1.297.59", id="两个小数点"),
        pytest.param("约1297", id="文字加数字"),
        pytest.param("1297左右", id="数字加文字"),
        pytest.param("一千", id="中文数字"),
        pytest.param(".", id="小数点"),
        pytest.param("万元", id="只有单位"),
        pytest.param("1297美元", id="别的货币"),
        pytest.param("1297.59%", id="百分号"),
        pytest.param("1e3", id="科学记数"),
        pytest.param("1/3", id="分数"),
        pytest.param("=1+1", id="公式文字"),
        pytest.param("NaN", id="NaN文字"),
        pytest.param(float("nan"), id="NaN"),
        pytest.param(float("inf"), id="无穷"),
        pytest.param(float("-inf"), id="负无穷"),
        pytest.param(Decimal("NaN"), id="JSON的NaN"),
        pytest.param(Decimal("Infinity"), id="JSON的无穷"),
        pytest.param(True, id="TRUE"),
        pytest.param(False, id="FALSE"),
        pytest.param(date(2022, 12, 31), id="日期"),
        pytest.param(datetime(2022, 12, 31, 8, 30), id="日期时间"),
        pytest.param(time(8, 30), id="时间"),
    ],
)
def test_no_amount(raw: Raw) -> None:
    assert refused(AMOUNT, raw) == "not_a_number"


@pytest.mark.parametrize("item", NUMBERS, ids=lambda item: str(item.kind))
@pytest.mark.parametrize("raw", [True, False, float("nan"), date(2022, 1, 1), "是", "12,97"], ids=repr)
def test_no_number_of_any_kind(item: Input, raw: Raw) -> None:
    assert refused(item, raw) == "not_a_number"


@pytest.mark.parametrize("item", (AMOUNT, COUNT), ids=lambda item: str(item.kind))
@pytest.mark.parametrize("raw", ["-1", "－1", "−1", -1, -1.0, Decimal(-1)], ids=repr)
def test_negative(item: Input, raw: Raw) -> None:
    assert refused(item, raw) == "negative"


@pytest.mark.parametrize("raw", ["-0", "-0.00", -0.0, 0, "0", "０"], ids=repr)
def test_zero_is_not_negative(raw: Raw) -> None:
    parsed = parse(AMOUNT, raw)
    assert str(parsed.value) == "0"


@pytest.mark.parametrize(("raw", "value"), [("-5.2%", "-5.2"), ("95％", "95"), ("95", "95"), (-0.5, "-0.5")])
def test_a_target_may_be_negative_and_carry_its_unit(raw: Raw, value: str) -> None:
    assert str(parse(NUMBER, raw).value) == value


@pytest.mark.parametrize(
    ("raw", "value"), [("9", "9"), ("9分", "9"), ("９．５ 分", "9.5"), (9.0, "9"), ("-1", "-1"), (0.5, "0.5")]
)
def test_points_keep_their_sign_for_the_check_that_knows_the_weight(raw: Raw, value: str) -> None:
    assert str(parse(POINTS, raw).value) == value


@pytest.mark.parametrize("item", NUMBERS, ids=lambda item: str(item.kind))
def test_the_largest_number_taken(item: Input) -> None:
    assert parse(item, "999,999,999,999").value == 999999999999
    assert refused(item, "1,000,000,000,000") == "number_too_large"
    assert refused(item, 10**12) == "number_too_large"
    assert refused(item, 1e300) == "number_too_large"
    assert refused(item, "9" * 100_000) in ("number_too_large", "too_many_digits")


@pytest.mark.parametrize("item", NUMBERS, ids=lambda item: str(item.kind))
def test_a_number_from_json_beyond_any_reckoning(item: Input) -> None:
    assert refused(item, Decimal("1e999999999")) == "number_too_large"


@pytest.mark.parametrize("item", (AMOUNT, NUMBER, POINTS), ids=lambda item: str(item.kind))
def test_the_most_digits_taken(item: Input) -> None:
    assert str(parse(item, "123456789.123456").value) == "123456789.123456"
    assert str(parse(item, "123456789.1234560000").value) == "123456789.123456"
    assert refused(item, "123456789.1234567") == "too_many_digits"
    assert refused(item, Decimal("0.1234567890123456")) == "too_many_digits"


def test_digits_beyond_the_28th_count_too() -> None:
    assert refused(AMOUNT, "1.00000000000000000000000000000001") == "too_many_digits"


def test_the_largest_amount_in_another_unit() -> None:
    assert refused(AMOUNT, "100000000亿元") == "number_too_large"
    assert parse(AMOUNT, "1000000000000元").value == 100_000_000


def test_a_number_too_small_to_mean_anything() -> None:
    assert refused(AMOUNT, Decimal("1e-99999"))


@pytest.mark.parametrize(
    ("raw", "count"),
    [("7", 7), ("７份", 7), ("7 份", 7), ("7个", 7), (7.0, 7), ("7.00", 7), ("1,200", 1200), (0, 0)],
)
def test_whole_counts(raw: Raw, count: int) -> None:
    value = parse(COUNT, raw).value
    assert value == count
    assert isinstance(value, int)


@pytest.mark.parametrize("raw", ["7.5", 7.5, Decimal("0.1"), "0.5份"], ids=repr)
def test_no_whole_count(raw: Raw) -> None:
    assert refused(COUNT, raw) == "not_whole"


@pytest.mark.parametrize(
    ("raw", "notice"),
    [
        ("2022", False),
        ("２０２２", False),
        ("2022年", False),
        ("2022 年度", False),
        (2022, False),
        (2022.0, False),
        (Decimal("2022.0"), False),
        (date(2022, 12, 31), True),
        (datetime(2022, 1, 1, 0, 0), True),
    ],
    ids=repr,
)
def test_a_year(raw: Raw, notice: bool) -> None:
    parsed = parse(YEAR, raw)
    assert parsed.value == 2022
    assert isinstance(parsed.value, int)
    assert bool(parsed.notice) is notice


@pytest.mark.parametrize(("raw", "value"), [("2000", 2000), ("2099", 2099)])
def test_first_and_last_year(raw: str, value: int) -> None:
    assert parse(YEAR, raw).value == value


@pytest.mark.parametrize("raw", ["1999", "2100", "0000", date(1999, 12, 31)], ids=repr)
def test_a_year_out_of_range(raw: Raw) -> None:
    assert refused(YEAR, raw) == "year_out_of_range"


@pytest.mark.parametrize(
    "raw", ["22", "二〇二二", "2022-12", "20222", "今年", "年度", True, 2022.5, -2022], ids=repr
)
def test_no_year(raw: Raw) -> None:
    assert refused(YEAR, raw) == "not_a_year"


@pytest.mark.parametrize(
    ("raw", "choice"),
    [
        ("产出-数量", "产出-数量"),
        ("产出－数量", "产出-数量"),
        (" 产出 - 数量", "产出-数量"),
        ("满意度\n", "满意度"),
        ("＝", "="),
    ],
)
def test_a_choice_in_any_width(raw: str, choice: str) -> None:
    assert parse(TYPE, raw) == Parsed(choice)


def test_a_near_miss_is_suggested_and_a_far_one_is_not() -> None:
    assert refused(TYPE, "产出数量") == refused(TYPE, "成本") == "not_a_choice"
    with pytest.raises(ValueProblem, match="产出-数量"):
        parse(TYPE, "产出数量")
    with pytest.raises(ValueProblem) as far:
        parse(TYPE, "经费")
    assert not any(choice in far.value.message for choice in TYPE.choices)
    assert all(choice in far.value.remedy for choice in TYPE.choices)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("是", ["是", " 是 ", "√", "✓", "✔", "☑", "y", "Y", "Ｙ", "yes", "Yes", "TRUE", "true", True, "对"]),
        ("否", ["否", "×", "✗", "✘", "n", "No", "FALSE", False]),
        ("不适用", ["不适用", "不 适用", "N/A", "n/a", "NA", "无此项"]),
    ],
)
def test_yes_no_and_not_applicable(answer: str, words: list[Raw]) -> None:
    assert {parse(ANSWER, word).value for word in words} == {answer}


@pytest.mark.parametrize("raw", ["也许", "是否", "1", 1, 0, "无"], ids=repr)
def test_no_answer(raw: Raw) -> None:
    assert refused(ANSWER, raw) == "not_a_choice"


@pytest.mark.parametrize("item", EVERY_KIND, ids=lambda item: str(item.kind))
@pytest.mark.parametrize(
    "raw", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!"]
)
def test_an_error_cell_is_no_value(item: Input, raw: str) -> None:
    assert refused(item, raw) == "error_value"


@pytest.mark.parametrize("raw", ["#1 教学楼", "# 备注", "1#楼", "#A座办公楼", "#PPP项目"])
def test_a_number_sign_alone_is_no_error_cell(raw: str) -> None:
    assert parse(TEXT, raw).value == raw


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param("  海珠区教育局　", "海珠区教育局", id="首尾空白"),
        pytest.param("（1）甲\r\n（2）乙", "（1）甲\n（2）乙", id="Windows换行"),
        pytest.param("甲\r乙\u2028丙", "甲\n乙\n丙", id="别的换行"),
        pytest.param("甲\t乙\xa0丙", "甲 乙 丙", id="制表符和不间断空格"),
        pytest.param("甲\x0b乙\x0c丙", "甲\n乙\n丙", id="竖制表符和换页符"),
        pytest.param("编号_x0041_", "编号_x0041_", id="转义只在工作簿里有"),
        pytest.param(True, "TRUE", id="逻辑值"),
        pytest.param("file_x.doc", "file_x.doc", id="下划线"),
        pytest.param("甲  \n\n  乙", "甲\n\n  乙", id="行尾空白"),
        pytest.param("ＡＢ１", "ＡＢ１", id="全角不改"),
        pytest.param(2022, "2022", id="整数"),
        pytest.param(12.5, "12.5", id="小数"),
        pytest.param(1e9, "1000000000", id="大数"),
        pytest.param(date(2022, 12, 31), "2022-12-31", id="日期"),
        pytest.param(datetime(2022, 12, 31), "2022-12-31", id="零点"),
        pytest.param(datetime(2022, 12, 31, 8, 30), "2022-12-31 08:30:00", id="日期时间"),
    ],
)
def test_text_keeps_its_words(raw: Raw, text: str) -> None:
    item = TEXT.model_copy(update={"max_length": None})
    assert parse(item, raw) == Parsed(text)


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1b", "\x7f", "\ud800", "\ufffe"], ids=ascii)
def test_control_characters_are_refused(char: str) -> None:
    assert refused(TEXT, f"甲{char}乙") == "illegal_character"


def test_the_longest_text_taken() -> None:
    assert parse(TEXT, "字" * 10).value == "字" * 10
    assert refused(TEXT, "字" * 11) == "text_too_long"
    long = TEXT.model_copy(update={"max_length": None})
    assert parse(long, "字" * 32767).value == "字" * 32767
    assert refused(long, "字" * 32768) == "text_too_long"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (None, ""),
        (True, "TRUE"),
        (1155.12 + 142.47, "1297.59"),
        (1e15, "1000000000000000"),
        (" 甲\n乙 ", "甲 乙"),
        ("字" * 60, "字" * 60),
        ("字" * 61, "字" * 59 + "…"),
    ],
)
def test_what_was_found_is_shown_as_typed(raw: Raw, text: str) -> None:
    assert shown(raw) == text


SANE_TEXT = st.text(st.characters(exclude_characters="\ufeff"), max_size=40)


@given(SANE_TEXT)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


def test_cleaning_twice_is_cleaning_once_with_a_byte_order_mark_at_the_end() -> None:
    assert clean_text(clean_text("甲\u2003\ufeff")) == clean_text("甲\u2003\ufeff")


@given(st.decimals(0, 999_999_999, places=2))
def test_an_amount_comes_back_however_it_is_grouped(amount: Decimal) -> None:
    wide = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
    for text in (f"{amount}", f"{amount:,}", f"{amount:,}万元", f"{amount:,}".translate(wide)):
        assert parse(AMOUNT, text).value == amount
    assert parse(AMOUNT, float(amount)).value == amount


ANY_RAW: st.SearchStrategy[Raw] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=30),
    st.dates(),
    st.times(),
    st.datetimes(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.decimals(-(10**15), 10**15, places=4),
)


@given(st.sampled_from(EVERY_KIND), ANY_RAW)
def test_every_value_is_taken_or_refused_in_chinese(item: Input, raw: Raw) -> None:
    try:
        value: Value | None = parse(item, raw).value
    except ValueProblem as problem:
        assert problem.code.isidentifier()
        assert is_chinese(problem.message)
        assert is_chinese(problem.remedy)
        return
    if isinstance(value, str) and item.options:
        assert value in item.options
    if isinstance(value, Decimal | int):
        assert abs(Decimal(value)) < 10**12
        assert item in (NUMBER, POINTS) or Decimal(value) >= 0


@pytest.mark.parametrize("mark", ["\u202e", "\u202b", "\u2067", "\u200f"], ids=ascii)
def test_marks_that_turn_a_text_round_are_taken_out_and_told(mark: str) -> None:
    named = f"U+{ord(mark):04X}"
    text, number = parse(TEXT, f"{mark}甲乙"), parse(AMOUNT, f"{mark}12345")
    assert (text.value, number.value) == ("甲乙", Decimal(12345))
    assert named in text.notice and named in number.notice
