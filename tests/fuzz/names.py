"""Names of files inside an archive, or in a folder, that have led programs astray."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ELSEWHERE = Path("/zhengti-fuzz-elsewhere")
"""Where an absolute name would lead; nothing may ever be there."""

NAMES = (
    "../甲.json",
    "../../../../../甲.json",
    "街道/../../../甲.json",
    f"{ELSEWHERE}/甲.json",
    f"/..{ELSEWHERE}/甲.json",
    f"//{ELSEWHERE}/甲.json",
    "C:\\甲.json",
    "C:甲.json",
    "c:/甲/乙.json",
    "\\\\server\\share\\甲.json",
    "\\\\?\\C:\\甲.json",
    "..\\..\\甲.json",
    "file:///甲.json",
    "CON.json",
    "nul.json",
    "aux/aux.json",
    "COM1 .x/甲.json",
    "LPT¹.json",
    "clock$.json",
    "甲.json:流.json",
    "a" * 300 + ".json",
    "甲" * 200 + ".json",
    "甲/" * 200 + "乙.json",
    ("长" * 80 + "/") * 9 + "乙.json",
    "甲." + "j" * 300 + ".json",
    ".json",
    "..json",
    "...json",
    "甲.json.",
    "甲 .json",
    " /甲.json",
    " .json",
    "~甲.json",
    "-o.json",
    "甲\0.json",
    "甲.xlsx\0.json",
    "甲\n乙.json",
    "\x1b[31m甲.json",
    "\u202enosj.甲.json",
    "\ufeff甲.json",
    "汇总表.json",
    "汇总报告.json",
    "汇总表/甲.json",
    "汇总表.xlsx/甲.json",
    "汇总报告.PDF/甲.json",
    "汇总表-haizhu-2022.xlsx/街道/甲.json",
    "汇总报告-未识别.pdf/甲.json",
    "_汇总表.xlsx/甲.json",
    ".zhengti-batch.sqlite-journal/甲.json",
    "\ufffd\ufffd.json",
    ".zhengti-batch.sqlite/甲.json",
    "甲.zhengti-x.tmp/甲.json",
    "=1+1.json",
    "[red]甲[/].json",
    "%s{0}{{甲}}.json",
    '<甲>"|?*.json',
    "甲&#0;]]>.json",
    "👨‍👩‍👧‍👦.json",
    "e" + "\u0301" * 60 + ".json",
    "\U0010ffff.json",
    "甲.json/乙.json",
    "甲.pdf.json",
    "甲-标注.xlsx.json",
    "甲.JSON",
    "甲.et",
)
PAIRS = (
    ("甲.json", "甲.JSON"),
    ("甲.json", "./甲.json", "甲/../甲.json", "//甲.json"),
    ("甲.json", "甲.xls", "甲.xlsx"),
    ("甲.json", "甲.json.json", "甲.json.xlsx"),
    ("\u00e9.json", "e\u0301.json", "\u00c9.json"),
    ("甲.json", "甲 .json", "甲\u200b.json", "甲..json"),
    ("ＡＢ.json", "AB.json", "ab.json"),
    ("a" * 250 + "1.json", "a" * 250 + "2.json"),
    ("甲/乙.json", "甲\\乙.json", "甲/乙.json"),
    ("甲.json", "甲（2）.json", "甲.json"),
    ("街/甲.json", "街./甲.json", "街 /甲.json"),
    ("甲.json", "甲.pdf/乙.json"),
    ("甲.json", "甲.DOCX/乙.json", "甲.json.pdf/乙.json", "甲.json-标注.xlsx/丙/乙.json"),
    ("\u00e9.json", "e\u0301.pdf/乙.json", "\u00c9.Docx/乙.json"),
    ("汇总表.xlsx/甲.json", "_汇总表.xlsx/甲.json", "汇总表.XLSX/甲.json"),
    ("\ufffd.json", "_.json", "?.json"),
)
"""Names that become one, or the same on some system."""

NO_TEXT = ("\udcff\udcd5", os.fsdecode("城管局".encode("gbk"))) if sys.platform.startswith("linux") else ()
"""Bytes that are no text, as Python has them; only Linux takes them for names."""

FILE_NAMES = ("部门", "部门", "汇总表.xlsx", "汇总报告-haizhu-2022.pdf", "好.pdf", "好.DOCX", *NO_TEXT)
"""What a file, or the folder it lies in, may be called without its suffix; a good one beside it is called 好."""
