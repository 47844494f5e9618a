"""Ratios as text that is true as printed: ``=`` for an exact value, else ``≈`` and enough digits."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction

from zhengti_zip.base.numbers import plain, round_exactly

FEWEST_PLACES, MOST_PLACES = 2, 40
FULL = Fraction(1)


def written(ratio: Fraction, holds: Callable[[Fraction], bool] = lambda shown: True) -> str:
    """A ratio as a percentage after its sign: ``= 75.00%`` or ``≈ 75.548%``.

    Args:
        ratio: the exact ratio; 1 is 100 %.
        holds: whether what the reader is told of the ratio is true of the shown ratio as well. Digits
            are added until it is, and until a ratio near a whole percentage can be told from it.
    """
    text = ""
    for places in range(FEWEST_PLACES, MOST_PLACES):
        shown = _rounded(ratio * 100, places)
        exact = Fraction(shown)
        text = f"{shown:f}%" if places == FEWEST_PLACES else f"{plain(shown)}%"
        if exact == ratio * 100:
            return f"= {text}"
        if exact.denominator != 1 and holds(exact / 100):
            break
    return f"≈ {text}"


def times_weight(ratio: Fraction, weight: Decimal) -> tuple[Decimal, str]:
    """The score a ratio earns of a weight, and how: ``≈ 75.548%，× 10 分``.

    A ratio above 100 % counts as 100 %. The shown percentage times the weight rounds to the score;
    where no percentage with finitely many digits does so, the exact product is shown too.
    """
    points = min(ratio, FULL) * Fraction(weight)
    score = round_exactly(points)

    def gives_score(shown: Fraction) -> bool:
        return _score(shown, weight) == score and (shown > FULL) == (ratio > FULL)

    text, product = written(ratio, gives_score), ""
    if not gives_score(Fraction(Decimal(text[2:-1])) / 100):  # such as 3 × 5 ÷ 600, exactly half a cent
        text, product = written(ratio), f" = {plain(_rounded(points, 3))} 分"
    capped = "，按 100% 计" if ratio > FULL else ""
    return score, f"{text}{capped}，× {plain(weight)} 分{product}"


def _score(ratio: Fraction, weight: Decimal) -> Decimal:
    return round_exactly(min(ratio, FULL) * Fraction(weight))


def _rounded(value: Fraction, places: int) -> Decimal:
    """A fraction rounded half up to some decimals, whatever its size."""
    scaled = (abs(value) * 10**places + Fraction(1, 2)).__floor__()
    with localcontext() as context:
        context.prec = MOST_PLACES * 4
        number = Decimal(scaled).scaleb(-places)
        return -number if value < 0 else number
