"""Every way, in the order of the table of results."""

from __future__ import annotations

from benchmarks.way import Way
from benchmarks.ways.chromium import CHROMIUM_WAYS
from benchmarks.ways.docxtpl import DOCXTPL_WAYS
from benchmarks.ways.libreoffice import LIBREOFFICE_WAYS
from benchmarks.ways.openpyxl import OPENPYXL_WAYS
from benchmarks.ways.ours_batch import BATCH_WAYS
from benchmarks.ways.ours_cold import COLD_WAYS
from benchmarks.ways.ours_warm import WARM_WAYS
from benchmarks.ways.typst import TYPST_WAYS
from benchmarks.ways.weasyprint import WEASYPRINT_WAYS

WAYS: tuple[Way, ...] = (
    *COLD_WAYS,
    *WARM_WAYS,
    *BATCH_WAYS,
    *LIBREOFFICE_WAYS,
    *DOCXTPL_WAYS,
    *WEASYPRINT_WAYS,
    *CHROMIUM_WAYS,
    *TYPST_WAYS,
    *OPENPYXL_WAYS,
)
