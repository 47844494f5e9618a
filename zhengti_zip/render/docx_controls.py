"""Content controls: the entered values of the Word file, each with its label and its input path."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from zhengti_zip.paths import InputPath
from zhengti_zip.render.docx_styles import PLACEHOLDER
from zhengti_zip.render.docx_xml import quoted, run
from zhengti_zip.table import Prompt

MAX_TAG = 64
"""Characters Word allows in a tag and in a title."""

TABLE_TAG, TABLE_LABEL = "zhengti.table", "自评表"
"""Tag and label of the groups that lock what is not an input."""

COMPUTED_MARK = "（自动计算）"
HINT, CHOICE_HINT = "填写", "选择"
BOX_FONT = "Segoe UI Symbol"
"""Font of a check box that is toggled in Word; 宋体 has no boxes."""

_KEPT, _DIGITS = 43, 20
_RICH = "<w:richText/>"


def tag_of(path: InputPath) -> str:
    """The tag of an input: its path; a path longer than Word allows is cut and told apart by a digest."""
    if len(path) <= MAX_TAG:
        return path
    return f"{path[:_KEPT]}~{sha256(path.encode('utf-8')).hexdigest()[:_DIGITS]}"


class Controls:
    """Writes the controls of one file, each with a number of its own.

    Args:
        prompts: what to say about the inputs, by path.
        unlocked: let everything be edited: no groups, no locks.
    """

    def __init__(self, prompts: Mapping[InputPath, Prompt], unlocked: bool = False) -> None:
        self._prompts, self._unlocked = prompts, unlocked
        self._kinds = {path: _kind(prompt) for path, prompt in prompts.items()}
        self._count = 0

    def inline(self, path: InputPath, content: str, is_changed: bool = False) -> str:
        """A control within a paragraph; its content is runs, "" when nothing was entered.

        With ``is_changed`` the runs hold tracked changes, which LibreOffice keeps in rich text only.
        """
        prompt = self._prompt(path)
        kind = _RICH if is_changed and not prompt.choices else self._kinds.get(path, _RICH)
        if not content:
            kind = "<w:showingPlcHdr/>" + kind
            content = run(CHOICE_HINT if prompt.choices else HINT, PLACEHOLDER)
        return self._control(path, prompt, kind, content)

    def box(self, path: InputPath, is_ticked: bool, content: str) -> str:
        """A check box; its content is the run with the box."""
        states = (("checkedState", "2611"), ("uncheckedState", "2610"))
        shapes = "".join(f'<w14:{name} w14:val="{code}" w14:font="{BOX_FONT}"/>' for name, code in states)
        kind = f'<w14:checkbox><w14:checked w14:val="{is_ticked:d}"/>{shapes}</w14:checkbox>'
        return self._control(path, self._prompt(path), kind, content)

    def group(self, content: str) -> str:
        """Blocks of which only the controls inside can be edited.

        The first block must be an empty paragraph: LibreOffice 7.4 writes the first text of a group four
        times over.
        """
        if self._unlocked:
            return content
        return self._sdt(TABLE_TAG, TABLE_LABEL, "sdtContentLocked", "<w:group/>", content)

    def _prompt(self, path: InputPath) -> Prompt:
        return self._prompts.get(path) or Prompt(path)

    def _control(self, path: InputPath, prompt: Prompt, kind: str, content: str) -> str:
        mark = COMPUTED_MARK if prompt.is_computed else ""
        label = prompt.label[: MAX_TAG - len(mark)] + mark
        lock = "sdtContentLocked" if prompt.is_computed else "sdtLocked"
        return self._sdt(tag_of(path), label, lock, kind, content)

    def _sdt(self, tag: str, label: str, lock: str, kind: str, content: str) -> str:
        self._count += 1
        locked = "" if self._unlocked else f'<w:lock w:val="{lock}"/>'
        return (
            f"<w:sdt><w:sdtPr><w:alias w:val={quoted(label)}/><w:tag w:val={quoted(tag)}/>"
            f'<w:id w:val="{self._count}"/>{locked}{kind}</w:sdtPr>'
            f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )


def _kind(prompt: Prompt) -> str:
    """The element that says what may be put into a control within a paragraph."""
    if prompt.choices:
        names = [quoted(choice) for choice in prompt.choices]
        items = "".join(f"<w:listItem w:displayText={name} w:value={name}/>" for name in names)
        return f"<w:dropDownList>{items}</w:dropDownList>"
    # Plain text with letters in it is written several times over by LibreOffice 7.4.
    return _RICH if prompt.is_text else "<w:text/>"
