"""Content controls: one for every value in the Word file, with the label and the path of its input."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from zhengti_zip.grid.table import Prompt
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.word.content import Control, RunGroup, WordRun, runs
from zhengti_zip.word.styles import PLACEHOLDER

MAX_TAG = 64
"""Most characters that Word allows in a tag and in a title."""

TABLE_TAG, TABLE_LABEL = "zhengti.table", "自评表"
"""Tag and label of the groups, which lock everything outside the controls in them."""

COMPUTED_MARK = "（自动计算）"
HINT, CHOICE_HINT = "填写", "选择"

_KEPT, _DIGITS = 43, 20


def tag_of(path: InputPath) -> str:
    """The tag of an input: its path; if Word does not allow its length, the start of it and a digest."""
    if len(path) <= MAX_TAG:
        return path
    return f"{path[:_KEPT]}~{sha256(path.encode('utf-8')).hexdigest()[:_DIGITS]}"


class Controls:
    """Makes the controls of one file, numbered from 1.

    Args:
        prompts: labels and choices of the inputs, by path.
        unlocked: make no groups and no locks, so that everything can be edited.
    """

    def __init__(self, prompts: Mapping[InputPath, Prompt], unlocked: bool = False) -> None:
        self._prompts, self._unlocked = prompts, unlocked
        self._count = 0

    def inline(self, path: InputPath, content: tuple[WordRun, ...], is_changed: bool = False) -> RunGroup:
        """The content of an input in its control; without content, a hint.

        Args:
            path: the input.
            content: its runs; empty if nothing is entered.
            is_changed: whether there are tracked changes, which LibreOffice keeps in rich text only.
        """
        prompt = self._prompts.get(path)
        if prompt and prompt.choices:
            kind, hint = "dropDownList", CHOICE_HINT
        else:
            # LibreOffice 7.4 saves a plain-text control with letters in it several times.
            is_plain = prompt and not prompt.is_text and not is_changed
            kind, hint = "text" if is_plain else "richText", HINT
        shown = content or runs(hint, PLACEHOLDER)
        return RunGroup(shown, self._control(path, kind, has_hint=not content))

    def box(self, path: InputPath, is_ticked: bool, content: tuple[WordRun, ...]) -> RunGroup:
        """A check box; its content is the run with the box."""
        return RunGroup(content, self._control(path, "checkbox", is_ticked=is_ticked))

    def group(self) -> Control | None:
        """A group in which only the controls can be edited; None if nothing is locked.

        Its first block must be an empty paragraph: LibreOffice 7.4 saves the first text of a group four
        times.
        """
        if self._unlocked:
            return None
        return Control(self._number(), TABLE_TAG, TABLE_LABEL, "sdtContentLocked", "group")

    def _control(
        self, path: InputPath, kind: str, is_ticked: bool = False, has_hint: bool = False
    ) -> Control:
        prompt = self._prompts.get(path) or Prompt(path)
        mark = COMPUTED_MARK if prompt.is_computed else ""
        label = prompt.label[: MAX_TAG - len(mark)] + mark
        lock = "sdtContentLocked" if prompt.is_computed else "sdtLocked"
        choices = prompt.choices if kind == "dropDownList" else ()
        return Control(
            self._number(),
            tag_of(path),
            label,
            "" if self._unlocked else lock,
            kind,
            choices,
            is_ticked,
            has_hint,
        )

    def _number(self) -> int:
        self._count += 1
        return self._count
