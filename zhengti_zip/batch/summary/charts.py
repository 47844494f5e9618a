"""Excel charts of the summary; Excel redraws them when their cells change."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)

from zhengti_zip.batch.summary.sheet import SummarySheet
from zhengti_zip.workbook.write import style

INK, FILL, GRID = "33414E", "4A7EBB", "D9DEE3"
COLOURS = (FILL, "C0504D", "70A845", "8064A2", "E08A2E", "2C9FB3", "7F6A55", "A63D8F")
AXIS_SIZE, TITLE_SIZE = 9, 13


def columns(
    sheet: SummarySheet, title: str, cells: tuple[str, str], size: tuple[int, float], gap: int = 60
) -> BarChart:
    """Vertical columns.

    Args:
        title: what is counted.
        cells: the cells of the labels and of the values, e.g. ``("A5:A8", "C5:C8")``.
        size: width and height in cm.
        gap: space between columns in % of their width.
    """
    return _bars(sheet, title, cells, size, gap, lying=False)


def bars(sheet: SummarySheet, title: str, cells: tuple[str, str], size: tuple[int, float]) -> BarChart:
    """Horizontal bars, the first at the top; arguments as of :func:`columns`."""
    return _bars(sheet, title, cells, size, 35, lying=True)


def _bars(
    sheet: SummarySheet, title: str, cells: tuple[str, str], size: tuple[int, float], gap: int, *, lying: bool
) -> BarChart:
    labels, values = (Reference(range_string=_absolute(sheet, area)) for area in cells)
    series = SeriesFactory(values, title=None)
    series.cat = AxDataSource(strRef=StrRef(f=str(labels)))
    series.tx = SeriesLabel(v=title)
    series.graphicalProperties = GraphicalProperties(solidFill=FILL)
    series.dLbls = _value_labels()
    chart = BarChart(barDir="bar" if lying else "col", gapWidth=gap, varyColors=False)
    chart.series.append(series)
    chart.title, chart.legend, chart.style = _title(title), None, None
    chart.width, chart.height = size
    _axes(chart, lying=lying)
    return chart


def _absolute(sheet: SummarySheet, area: str) -> str:
    first, _, last = area.partition(":")
    ends = [
        f"${''.join(filter(str.isalpha, end))}${''.join(filter(str.isdigit, end))}" for end in (first, last)
    ]
    return f"'{sheet.title}'!{':'.join(ends)}"


def _axes(chart: BarChart, *, lying: bool) -> None:
    names, values = chart.x_axis, chart.y_axis
    names.delete = False  # otherwise newer versions of Excel draw no axis
    names.txPr, names.title = _small(AXIS_SIZE), None
    names.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=GRID))
    # Every bar has its value beside it. An axis would show fractions of departments.
    values.delete, values.majorGridlines, values.title = True, None, None
    values.scaling.min = 0
    if lying:
        names.scaling.orientation = "maxMin"
        chart.layout = Layout(manualLayout=ManualLayout(layoutTarget="inner", x=0.36, y=0.08, w=0.57, h=0.9))


def _value_labels() -> DataLabelList:
    labels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    labels.showPercent, labels.txPr = False, _small(AXIS_SIZE)
    return labels


def _characters(size: int, *, bold: bool = False) -> CharacterProperties:
    face = Font(typeface=style.FACE)
    return CharacterProperties(sz=size * 100, b=bold, solidFill=INK, latin=face, ea=face)


def _small(size: int) -> RichText:
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=_characters(size)), endParaRPr=_characters(size))
    return RichText(bodyPr=RichTextProperties(), p=[paragraph])


def _title(text: str) -> Title:
    properties = _characters(TITLE_SIZE, bold=True)
    run = RegularTextRun(t=text, rPr=properties)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=properties), r=[run])
    return Title(tx=Text(rich=RichText(bodyPr=RichTextProperties(), p=[paragraph])), overlay=False)


def lines(
    sheet: SummarySheet,
    title: str,
    labels: str,
    rows: Sequence[tuple[str, str]],
    size: tuple[int, float],
    number_format: str,
) -> LineChart:
    """Lines over the years, one a row of cells.

    Args:
        title: what is shown.
        labels: the cells of the years, e.g. ``C4:E4``.
        rows: name and cells of each line.
        size: width and height in cm.
        number_format: of the axis and of the values beside the points.
    """
    chart = LineChart(varyColors=False)
    for place, (name, cells) in enumerate(rows):
        series = SeriesFactory(Reference(range_string=_absolute(sheet, cells)), title=None)
        series.cat = AxDataSource(strRef=StrRef(f=_absolute(sheet, labels)))
        series.tx = SeriesLabel(v=name)
        colour = COLOURS[place % len(COLOURS)]
        series.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=colour, w=25400))
        series.marker = Marker(symbol="circle", size=6, spPr=GraphicalProperties(solidFill=colour))
        series.smooth = False
        if len(rows) == 1:
            series.dLbls = _value_labels()
            series.dLbls.numFmt, series.dLbls.dLblPos = number_format, "t"
        chart.series.append(series)
    chart.title, chart.style = _title(title), None
    chart.legend = Legend(legendPos="b") if len(rows) > 1 else None
    chart.width, chart.height = size
    names, values = chart.x_axis, chart.y_axis
    names.delete = values.delete = False
    names.txPr = values.txPr = _small(AXIS_SIZE)
    names.title = values.title = None
    values.number_format = number_format
    values.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=GRID)))
    return chart
