"""Defined names of a workbook: of inputs, of live results and of the numbers read in inputs."""

from __future__ import annotations

from zhengti_zip.submission.paths import InputPath

NAME_PREFIX = "zt_"
RESULT_PREFIX = "zt_result_"
"""Names of live results: for eyes and tests; the reader never looks at them."""

COMPLETION_NAME = "zt_indicators_completion"
"""The 完成率 column; the rule kind that averages it asks for it by this name."""

OWN_COUNTING, OWN_COMPUTED = "indicators.counting", "indicators.computed"
"""Live results: the columns of the scores of entered rows, those that count and those worked out."""

FORM_NAME, VERSION_NAME = "zt_form", "zt_version"

GENERAL_NAME = "zt_result_general"
"""A cell of the number format General: office programs call this format by different letters."""


def name_of(path: InputPath) -> str:
    """The defined name of a single input or of a table column (:attr:`InputPath.of_every_row`)."""
    return NAME_PREFIX + path.replace(".", "_")


def result_name(name: str) -> str:
    """The defined name of a live result, e.g. ``counting.spending_rate`` or ``total``."""
    return RESULT_PREFIX + name.replace(".", "_")


def read_name(path: InputPath) -> str:
    """The defined name of the number that the program reads in an input, or in a table column."""
    return result_name(f"read.{path}")
