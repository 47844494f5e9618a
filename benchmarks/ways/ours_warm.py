"""Our library in a process that has done the work before."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.stage import Stage
from benchmarks.way import WarmWay, Work


class Pdf(WarmWay):
    """Lines, pages, repeated labels, PDF/A-3a with tags and three attachments."""

    name, title = "pdf", "PDF/A-3a with repeated labels and attachments"

    def start(self, stage: Stage) -> Callable[[int], Work]:
        from dataclasses import replace

        from benchmarks.forms import source
        from zhengti_zip import examine, render_pdf
        from zhengti_zip.base.originals import Original
        from zhengti_zip.printing.build import attachments

        workbook = stage.file("xlsx", 0)
        original = Original(workbook.name, workbook.read_bytes())

        def make(number: int) -> Work:
            read = replace(source(number), original=original)
            examined = examine(read)
            kept = attachments(examined)
            return lambda: render_pdf(examined.table, attachments=kept)

        return make


class Pages(WarmWay):
    """Line and page breaks alone, as PDF and DOCX share them: the part no engine does for us."""

    name, title = "pages", "lines and pages alone, no engine"

    def start(self, stage: Stage) -> Callable[[int], Work]:
        from benchmarks.forms import table
        from zhengti_zip.grid.pagination import paginate

        def make(number: int) -> Work:
            form = table(number)
            return lambda: paginate(form)

        return make


class Docx(WarmWay):
    """The Word file with its content controls and the data inside, written to disk."""

    name, title = "docx", "DOCX, saved"

    def start(self, stage: Stage) -> Callable[[int], Work]:
        from benchmarks.forms import source
        from zhengti_zip import examine, render_docx

        folder = stage.out(self.name)
        folder.mkdir(parents=True, exist_ok=True)

        def make(number: int) -> Work:
            read = source(number)
            form = examine(read).table
            kept = read.submission.to_json()
            return lambda: (folder / "form.docx").write_bytes(render_docx(form, data=kept))

        return make


class Read(WarmWay):
    """From a workbook to what was entered, with every place."""

    name, title = "read", "workbook → Submission"

    def start(self, stage: Stage) -> Callable[[int], Work]:
        from zhengti_zip import read

        return lambda number: lambda: read(stage.file("xlsx", number)).submission


WARM_WAYS = (Pdf(), Pages(), Docx(), Read())
