"""How much a warm render costs beside one plain WeasyPrint pass over the same form, in one interleaved run.

    python benchmarks/warm_pdf.py [--runs 15] [--json FILE]

"Ours" goes from the FormTable to a PDF/A-3a with three attachments: lines, pages, repeated labels and
the engine's pass. "Plain" is ``HTML(...).write_pdf()`` of the same form with rows left to the engine: one
table, merged cells, no repeated labels, texts not broken beforehand, the same fonts. Each run uses
another text, so that nothing is remembered. Ratios of medians are the result; times depend on the machine.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path

from zhengti_zip import lay_out, read, render_pdf
from zhengti_zip.building import attachments
from zhengti_zip.files import write_atomically
from zhengti_zip.originals import Attachment
from zhengti_zip.render.engine import render_html
from zhengti_zip.render.pagination import paginate
from zhengti_zip.table import Cell, FormTable, Paragraph

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "haizhu-2022.xlsx"
STYLE = """
@page { size: A4; margin: 15mm }
html { font: 6.5pt/1.3 "Noto Serif SC", "Zhengti Symbols" }
table { width: 100%; border-collapse: collapse; table-layout: fixed }
td { border: 0.5pt solid; padding: 2pt }
"""


def another(table: FormTable, number: int) -> FormTable:
    """The form with every entered text slightly different."""

    def text(cell: Cell) -> tuple[Paragraph, ...]:
        return tuple(
            replace(p, text=p.text + str(number) if len(p.text) > 20 else p.text) for p in cell.paragraphs
        )

    return replace(table, cells=tuple(replace(cell, paragraphs=text(cell)) for cell in table.cells))


def plain_html(table: FormTable) -> str:
    """The form as one table, everything left to the engine."""
    rows: list[list[str]] = [[] for _ in table.rows]
    for cell in table.cells:
        content = "<br>".join(escape(paragraph.text) for paragraph in cell.paragraphs)
        rows[cell.row].append(f'<td rowspan="{cell.row_span}" colspan="{cell.column_span}">{content}</td>')
    body = "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows)
    return (
        f'<html lang="zh-CN"><style>{STYLE}</style><h1>{"<br>".join(table.title)}</h1><table>{body}</table>'
    )


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time, which other programs on the machine disturb less than the clock."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(runs: int) -> dict[str, float]:
    """Median milliseconds of each way, the first round left out."""
    source = read(SAMPLE)
    evaluation = source.evaluate()
    table = lay_out(source.form, source.submission, evaluation)
    kept: list[Attachment] = attachments(source, evaluation)
    times: dict[str, list[float]] = {"ours": [], "plain": [], "pages only": []}
    for number in range(runs + 1):
        form = another(table, number)
        ways: dict[str, Callable[[], object]] = {
            "ours": lambda form=form: render_pdf(form, attachments=kept),  # type: ignore[misc]
            "plain": lambda form=form: render_html(plain_html(form)),  # type: ignore[misc]
            "pages only": lambda form=form: paginate(form),  # type: ignore[misc]
        }
        for name, work in ways.items():
            spent = timed(work)
            if number:
                times[name].append(spent * 1000)
    return {name: statistics.median(spent) for name, spent in times.items()}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Warm PDF against plain WeasyPrint.")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    medians = measure(arguments.runs)
    for name, milliseconds in medians.items():
        print(f"{name:12} {milliseconds:8.1f} ms   {milliseconds / medians['plain']:.2f} of plain")
    if arguments.json:
        write_atomically(arguments.json, (json.dumps(medians, indent=2) + "\n").encode())


if __name__ == "__main__":
    main()
