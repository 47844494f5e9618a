"""What a rule takes into account: a datum of its own, or a value that is entered elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PrivateAttr, StringConstraints

from zhengti_zip.form.base import Input, Part, ValueKind
from zhengti_zip.form.mistakes import Mistake

ValuePath = Annotated[str, StringConstraints(pattern=r"^[a-z]+([.][a-z][a-z0-9_]{0,39}){1,2}$")]
"""The path of a value, e.g. ``funds.total.spent``."""


class Use(Part):
    """A value that is entered or worked out elsewhere, so that nobody types it twice.

    What it is called, its unit and its kind are those of the input at that path. The definition that
    owns the rule tells them to it with :meth:`bind` as soon as it is loaded.

    Attributes:
        path: written ``use``; where the value comes from, e.g. ``funds.total.spent``.
        label: another name for it in the words of this rule; "" for the input's own.
    """

    path: ValuePath = Field(alias="use")
    label: Annotated[str, StringConstraints(max_length=200)] = ""
    _source: Input | None = PrivateAttr(default=None)

    @property
    def id(self) -> str:
        """Its key among the answers: the path."""
        return self.path

    @property
    def source(self) -> Input:
        """The input at the path under the name this rule gives it; an unbound one is a number."""
        item = self._source or Input(id="unknown", label=self.path, kind=ValueKind.NUMBER)
        return item.model_copy(update={"label": self.label}) if self.label else item

    @property
    def kind(self) -> ValueKind:
        """What may be entered at the path."""
        return self.source.kind

    def bind(self, inputs: Mapping[str, Input]) -> None:
        """Take label, unit and kind from the input at the path; there may be none."""
        self._source = inputs.get(self.path)

    def mistakes(self) -> list[Mistake]:
        """That the form has no such value."""
        if self._source is not None:
            return []
        remedy = "改为表中已有的路径，例如 fields.…、budget.…、funds.….…、data.…；派生值只能用和、差"
        return [Mistake("use", f"没有 {self.path} 这个值", remedy)]


def _pick(value: Any) -> Any:
    """Turn a mapping into the model it is meant as, so that errors name keys of that model only."""
    if not isinstance(value, dict):
        return value
    return Use.model_validate(value) if "use" in value else Input.model_validate(value)


Operand = Annotated[Input | Use, BeforeValidator(_pick)]
"""A datum of the rule's own, or ``{use: PATH}``."""


def item_of(operand: Input | Use) -> Input:
    """Label, unit and kind of an operand."""
    return operand.source if isinstance(operand, Use) else operand
