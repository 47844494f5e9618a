"""Write the sample workbooks from the sample JSON files, which are the ones edited by hand.

The JSON is put into its canonical form on the way. Run it after the workbook template has changed:

    python scripts/build_samples.py
"""

from __future__ import annotations

from pathlib import Path

from zhengti_zip.base.files import write_atomically
from zhengti_zip.grid.examine import examine
from zhengti_zip.submission.jsonform import read_json
from zhengti_zip.workbook.write.writer import filled_workbook

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def main() -> None:
    """Write every ``samples/*.json`` as a workbook beside it."""
    for file in sorted(SAMPLES.glob("*.json")):
        source = read_json(file)
        problems = examine(source).problems
        for problem in problems:
            print(f"{file.name}: {problem.severity.value} {problem.code} {problem.place} {problem.message}")
        write_atomically(file, source.submission.to_json().encode("utf-8"))
        write_atomically(file.with_suffix(".xlsx"), filled_workbook(source.form, source.submission))
        total, grade = examine(source).evaluation.total, examine(source).evaluation.grade
        print(f"{file.stem}: {total} {grade.name if grade else '-'}")


if __name__ == "__main__":
    main()
