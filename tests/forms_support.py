"""Every form that tests run over: those that ship, and four fictional ones.

    @EVERY_FORM
    def test_something(example: Example) -> None: ...

gives a complete submission of each. A test that is not about one form's words belongs on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest

from zhengti_zip import load_form, read
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.grid.examine import examine
from zhengti_zip.grid.table import FormTable
from zhengti_zip.submission.source import Source

ROOT = Path(__file__).resolve().parents[1]
FICTIONAL = ROOT / "tests" / "forms" / "fictional-2031"
HAIZHU = ROOT / "templates" / "haizhu-2022"
SHIPPED = tuple(sorted(file.parent for file in (ROOT / "templates").glob("*/form.yaml")))
LIST = ROOT / "tests" / "forms" / "list-2031"
"""Fictional: one list of entered rows without printed levels, the total in the head."""
AIMS = ROOT / "tests" / "forms" / "aims-2031"
"""Fictional: an indicator block for each of two goals, one text of reasons, no grade."""
ANNEX = ROOT / "tests" / "forms" / "annex-2031"
"""Fictional: a list of evidence on a page of its own, values in the signature line."""
FORM_FOLDERS = (*SHIPPED, LIST, AIMS, ANNEX, FICTIONAL)
EVERY_FOLDER = sorted(path.parent for path in ROOT.glob("t*/**/form.yaml"))
"""The folders of all shipped and all fictional forms."""


@dataclass(frozen=True)
class Example:
    """A form and one complete submission of it.

    Attributes:
        name: for the test's id.
        folder: the form's folder.
        file: the submission as JSON.
    """

    name: str
    folder: Path
    file: Path

    @cached_property
    def form(self) -> FormDefinition:
        """The form."""
        return load_form(self.folder)

    @cached_property
    def source(self) -> Source:
        """The submission as read."""
        return read(self.file, self.folder)

    @cached_property
    def table(self) -> FormTable:
        """The printed grid."""
        return examine(self.source).table


EXAMPLES = (
    Example("海珠-公开", HAIZHU, ROOT / "samples" / "haizhu-2022.json"),
    Example("海珠-示例", HAIZHU, ROOT / "samples" / "demo-2022.json"),
    Example("山前市", LIST, LIST / "sample.json"),
    Example("江南省", AIMS, AIMS / "sample.json"),
    *(
        Example(folder.name, folder, ROOT / "samples" / f"{folder.name}.json")
        for folder in SHIPPED
        if folder != HAIZHU
    ),
    Example("云上市", FICTIONAL, FICTIONAL / "sample.json"),
)

EVERY_FORM = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example.name))
"""Runs a test with each ``example``."""

EVERY_DEFINITION = pytest.mark.parametrize("folder", FORM_FOLDERS, ids=lambda folder: str(folder.name))
"""Runs a test with the ``folder`` of each form."""


@cache
def fictional() -> FormDefinition:
    """The fictional form."""
    return load_form(FICTIONAL)


def squeezed(text: str) -> str:
    """Text without any white space, as it is compared with what a PDF gives back."""
    return re.sub(r"\s+", "", text)
