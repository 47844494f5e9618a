"""Fill the folder everything is measured in:  python -m benchmarks.make_stage FOLDER FORMS

A process of its own, because what the benchmark's own process has in memory is counted as its
children's (Linux carries the peak over into a new program).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.forms import OWN_FONT, grid_data, plain_html, source
from benchmarks.rivals.template import make_template, values
from benchmarks.stage import FONTS, KINDS, Stage
from zhengti_zip.grid.examine import examine
from zhengti_zip.submission.problems import InputRefused
from zhengti_zip.word.document import render_docx
from zhengti_zip.workbook.write.writer import filled_workbook

FONT_CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <match target="pattern">
    <test name="family" qual="any"><string>宋体</string></test>
    <edit name="family" mode="assign" binding="same"><string>Noto Serif SC</string></edit>
  </match>
</fontconfig>
"""


def make_stage(stage: Stage) -> None:
    """Write the forms of all departments in every notation.

    Raises:
        InputRefused: a form that was varied has errors.
    """
    for kind in KINDS:
        (stage.folder / kind).mkdir(parents=True, exist_ok=True)
    for number in range(stage.forms):
        _write_forms(stage, number)
    make_template(stage.file("docx", 0), stage.template)
    text = FONT_CONFIG.format(fonts=escape(str(FONTS)), cache=escape(str(stage.folder / "fontcache")))
    stage.font_config.write_text(text, encoding="utf-8")


def _write_forms(stage: Stage, number: int) -> None:
    read = source(number)
    examined = examine(read)
    if examined.has_errors:
        raise InputRefused("性能测试的样例有错误", examined.problems)
    table = examined.table
    docx = stage.file("docx", number)
    docx.write_bytes(render_docx(table, data=read.submission.to_json()))
    stage.file("xlsx", number).write_bytes(filled_workbook(read.form, read.submission))
    stage.file("html", number).write_text(plain_html(table), encoding="utf-8")
    # Chromium is a quarter quicker with the TrueType font, and would embed the other as pictures.
    stage.file("web", number).write_text(plain_html(table, OWN_FONT), encoding="utf-8")
    stage.file("grid", number).write_text(grid_data(table), encoding="utf-8")
    filling = json.dumps(values(docx), ensure_ascii=False)
    stage.file("values", number).write_text(filling, encoding="utf-8")


if __name__ == "__main__":
    make_stage(Stage(Path(sys.argv[1]), int(sys.argv[2])))
