"""Exit codes and the exceptions that carry them.

    ZhengtiError                 message + remedy, both in Chinese, and an exit code
    ├── InputError          (1)  a file that cannot be taken as input at all
    ├── InputRefused        (1)  a readable input whose problems forbid the work (submission.problems)
    ├── UsageProblem        (2)  the command was called wrongly
    ├── FormDefinitionError (2)  a form definition with mistakes, each with file, line and key path
    ├── EnvironmentProblem  (3)  this machine lacks something
    ├── RenderError         (3)  the typesetting engine complained
    └── OutputError         (4)  an output cannot be written

``diff`` returns 6 for the first two, because its code 1 means that two inputs differ.

A problem *inside* an input is not an exception: see :mod:`zhengti_zip.submission.problems`.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the process; part of the stable interface (docs/exit-codes.md)."""

    OK = 0
    INPUT_ERROR = 1
    DIFFERENT = 1  # the meaning of 1 for diff
    USAGE = 2
    ENVIRONMENT = 3
    OUTPUT = 4
    SOME_FAILED = 5
    NOT_COMPARED = 6
    INTERRUPTED = 130


class ZhengtiError(Exception):
    """Base of all exceptions this package raises for its users.

    Args:
        message: what is wrong: one Chinese sentence.
        remedy: what to do about it, in Chinese; may be empty.
    """

    exit_code = ExitCode.INPUT_ERROR

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class InputError(ZhengtiError):
    """The file as a whole cannot be read: missing, not a workbook, encrypted, of another form."""


class UsageProblem(ZhengtiError):
    """The call is wrong, e.g. an unknown form id."""

    exit_code = ExitCode.USAGE


class FormDefinitionError(ZhengtiError):
    """A form definition with mistakes; ``message`` lists each one with file, line and key path."""

    exit_code = ExitCode.USAGE


class EnvironmentProblem(ZhengtiError):
    """A library, font or resource of this machine is missing."""

    exit_code = ExitCode.ENVIRONMENT


class RenderError(ZhengtiError):
    """The typesetting engine logged a warning or an error; the file was not written."""

    exit_code = ExitCode.ENVIRONMENT


class OutputError(ZhengtiError):
    """An output cannot be written, or would overwrite a file of the user."""

    exit_code = ExitCode.OUTPUT
