"""What the kinds that look at the completion of performance indicators have in common."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from zhengti_zip.form.base import Input
from zhengti_zip.form.degrees import DEFAULT_DEGREES, Degree, degree_mistakes
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.rules.indicator import EqualMeans
from zhengti_zip.form.rules.rule import Rule


class IndicatorRule(Rule):
    """A score from how far performance indicators were completed.

    Both parameters say how the sheet is filled in, so all such rules of a form have the same.

    Attributes:
        equal: what the direction ``=`` asks for.
        degrees: what a 定性 indicator picks from, best first.
    """

    equal: EqualMeans = EqualMeans.REACHED
    degrees: Annotated[tuple[Degree, ...], Field(min_length=1)] = DEFAULT_DEGREES

    def inputs(self) -> tuple[Input, ...]:
        return ()

    def mistakes(self, weight: Decimal) -> list[Mistake]:
        return [mistake.under("degrees") for mistake in degree_mistakes(self.degrees)]
