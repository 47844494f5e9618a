"""Fictional departments for the tests of batches."""

from __future__ import annotations

import json
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from zhengti_zip.batch.journal import NAME
from zhengti_zip.submission.jsonform import from_data

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "haizhu-2022.json"


def office(number: int) -> dict[str, Any]:
    """The data of a sound form; name, one score and one reason depend on ``number``."""
    data: dict[str, Any] = json.loads(SAMPLE.read_text(encoding="utf-8"))
    data["fields"]["department"] = f"虚构市第{number}局"
    row = data["scores"]["spending_rate"]
    row["score"] = str(Decimal(row["score"]) - Decimal(number % 7) / 10)
    row["reason"] = f"第{number}局有项目延期（虚构）。"
    row["improvement"] = "加快支付进度。"
    return data


def write(folder: Path, number: int, name: str = "") -> Path:
    """A department's data as a JSON file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / (name or f"局{number:04}.json")
    file.write_text(json.dumps(office(number), ensure_ascii=False), encoding="utf-8")
    return file


def write_faulty(folder: Path, number: int, name: str = "") -> Path:
    """The same without its total budget, which is one error."""
    file = write(folder, number, name)
    data = json.loads(file.read_text(encoding="utf-8"))
    del data["budget"]["total"]
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return file


def workbook(number: int, *, faulty: bool = False) -> bytes:
    """The same as a workbook."""
    from zhengti_zip.form.loader import load_form
    from zhengti_zip.workbook.write.filling import Filling
    from zhengti_zip.workbook.write.writer import written

    data = office(number)
    if faulty:
        del data["budget"]["total"]
    form = load_form(data["form"])
    return written(Filling(form, from_data(data, form).submission))


def saved_at(number: int, reason: str, time: str) -> bytes:
    """A department's workbook with another reason, as Excel saved it at a time."""
    from zhengti_zip.form.loader import load_form
    from zhengti_zip.workbook.write.filling import Filling
    from zhengti_zip.workbook.write.writer import written

    data = office(number)
    data["scores"]["spending_rate"]["reason"] = reason
    form = load_form(data["form"])
    content = written(Filling(form, from_data(data, form).submission))
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                said = f'<t:modified xmlns:t="http://purl.org/dc/terms/">{time}</t:modified>'
                part = part.replace(b"</cp:core", f"{said}</cp:core".encode())
            new.writestr(name, part)
    return stream.getvalue()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path, without the journal and what SQLite keeps beside it."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.startswith(NAME)
    }
