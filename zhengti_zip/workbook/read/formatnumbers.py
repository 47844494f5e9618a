"""Numbers as a number format shows them: placeholders, fractions, powers of ten and General."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from zhengti_zip.workbook.read.chinesenumerals import digit_by_digit, spelled
from zhengti_zip.workbook.read.formatcode import FormatSection, Piece, Pieces

GENERAL_WIDTH = 11
"""Characters General shows at most, the point counted and the sign not."""

MANTISSA_DIGITS = 6
"""Significant digits General shows with a power of ten."""

EXACT = Context(prec=2000, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Holds every number a workbook can hold without rounding, scaled by as many percent signs as a code can have."""

_BLANK = {"0": "0", "#": "", "?": " "}


@dataclass(frozen=True, slots=True)
class Scaling:
    """What a section multiplies by before it shows the digits.

    Attributes:
        percents: signs that multiply by 100 each.
        thousands: commas behind the digits that divide by 1000 each.
    """

    percents: int
    thousands: int

    @property
    def power(self) -> int:
        """The power of ten that the number is multiplied by."""
        return 2 * self.percents - 3 * self.thousands


def scaling(pieces: Pieces) -> Scaling:
    """How a section scales: its percent signs, and its commas with no digit of the same part behind them."""
    kinds = [kind for kind, _ in pieces]
    percents = kinds.count(Piece.PERCENT)
    thousands = sum(1 for place in range(len(kinds)) if _is_scaling(kinds, place))
    return Scaling(percents, thousands)


def _is_scaling(kinds: Sequence[Piece], place: int) -> bool:
    """Whether the comma at a place scales: behind a digit, and followed by no digit before the point."""
    if kinds[place] is not Piece.COMMA or Piece.DIGIT not in kinds[:place]:
        return False
    rest = kinds[place:]
    if Piece.POINT in rest:
        rest = rest[: rest.index(Piece.POINT)]
    return Piece.DIGIT not in rest


def shown_number(number: Decimal, section: FormatSection) -> str:
    """A number that is not negative, as a section without dates shows it; its sign is the caller's."""
    pieces = section.pieces
    number = number.scaleb(scaling(pieces).power, EXACT)
    if section.has(Piece.GENERAL):
        return "".join(
            _general(number, section.numerals) if kind is Piece.GENERAL else _literal(kind, text)
            for kind, text in pieces
        )
    if section.has(Piece.EXPONENT):
        text = _scientific(number, pieces)
    elif slash := _fraction_slash(pieces):
        text = _as_fraction(number, pieces, slash)
    else:
        text = _fixed(number, pieces)
    return digit_by_digit(text, section.numerals) if section.numerals else text


def general(number: Decimal) -> str:
    """A number as the format General shows it in a column wide enough: 11 characters at most."""
    sign, number = ("-" if number < 0 else ""), abs(number)
    plain = _stripped(number)
    whole = plain.partition(".")[0]
    if len(whole) <= GENERAL_WIDTH and len(plain) > GENERAL_WIDTH and number.adjusted() >= -4:
        plain = _stripped(_rounded(number, max(0, GENERAL_WIDTH - 1 - len(whole))))
    if len(plain) <= GENERAL_WIDTH:
        return sign + plain
    mantissa = number.scaleb(-number.adjusted(), EXACT)
    mantissa, exponent = _rounded(mantissa, MANTISSA_DIGITS - 1), number.adjusted()
    if mantissa >= 10:
        mantissa, exponent = mantissa / 10, exponent + 1
    return f"{sign}{_stripped(mantissa)}E{exponent:+03d}"


def _general(number: Decimal, numerals: int) -> str:
    text = general(number)
    if not numerals or "E" in text:
        return text
    whole, point, rest = text.partition(".")
    return spelled(int(whole), numerals) + point + digit_by_digit(rest, numerals)


def _rounded(number: Decimal, places: int) -> Decimal:
    """Rounded half away from zero to some decimal places."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, EXACT)


def _stripped(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _literal(kind: Piece, text: str) -> str:
    """What a piece shows that takes no part of the number."""
    return "" if kind in (Piece.COMMA, Piece.FILL) else text


def _fixed(number: Decimal, pieces: Pieces) -> str:
    """Digits in their placeholders, the literals between them left where they are."""
    kinds = [kind for kind, _ in pieces]
    point = kinds.index(Piece.POINT) if Piece.POINT in kinds else len(pieces)
    whole, rest = pieces[:point], pieces[point:]
    if Piece.DIGIT not in kinds:
        return "".join(_literal(kind, text) for kind, text in pieces)
    places = sum(1 for kind, _ in rest if kind is Piece.DIGIT)
    units, _, decimals = format(_rounded(number, places), "f").partition(".")
    return _whole(units, whole) + _decimals(decimals, rest)


def _whole(units: str, pieces: Pieces) -> str:
    """The digits before the point, filled in from the right; the first placeholder takes those left over."""
    digits = units.lstrip("0")
    slots = [place for place, (kind, _) in enumerate(pieces) if kind is Piece.DIGIT]
    is_grouped = any(
        kind is Piece.COMMA and slots and slots[0] < place < slots[-1]
        for place, (kind, _) in enumerate(pieces)
    )
    found: list[str] = []
    count = 0
    for place in reversed(range(len(pieces))):
        kind, text = pieces[place]
        if kind is not Piece.DIGIT:
            found.append(_literal(kind, text))
            continue
        is_first = place == slots[0]
        digit, digits = (digits[-1:], digits[:-1])
        taken = [digit or _BLANK[text]]
        if is_first:
            taken += reversed(digits)
        for char in taken:
            if is_grouped and char.strip() and count and count % 3 == 0:
                found.append(",")
            found.append(char)
            count += bool(char)
    if not slots and units.strip("0"):
        found.insert(0, units)  # a code such as ".00" shows 12.5 as 12.50
    return "".join(reversed(found))


def _decimals(digits: str, pieces: Pieces) -> str:
    """The point and what is behind it; zeros at the end show as their placeholders say."""
    needed = len(digits.rstrip("0"))
    found, count, point_shown = [], 0, False
    for kind, text in pieces:
        if kind is Piece.DIGIT:
            found.append(digits[count] if count < needed else _BLANK[text])
            count += 1
        elif kind is Piece.POINT and point_shown:
            found.append(text)
        else:
            point_shown = point_shown or kind is Piece.POINT
            found.append(_literal(kind, text))
    return "".join(found)


def _scientific(number: Decimal, pieces: Pieces) -> str:
    """Digits and a power of ten; several placeholders before the point make it a multiple of their number."""
    kinds = [kind for kind, _ in pieces]
    mark = kinds.index(Piece.EXPONENT)
    mantissa, behind = pieces[:mark], pieces[mark + 1 :]
    end = kinds[:mark].index(Piece.POINT) if Piece.POINT in kinds[:mark] else mark
    step = max(1, kinds[:end].count(Piece.DIGIT))
    places = kinds[end:mark].count(Piece.DIGIT)
    exponent = 0
    if number:
        exponent = number.adjusted() // step * step
        if _rounded(number.scaleb(-exponent, EXACT), places) >= Decimal(1).scaleb(step):
            exponent += step
    digits = sum(1 for kind, _ in behind if kind is Piece.DIGIT)
    shown = str(abs(exponent)).zfill(digits)
    sign = "-" if exponent < 0 else "+" if pieces[mark][1].endswith("+") else ""
    tail = "".join(_literal(kind, text) for kind, text in behind if kind is not Piece.DIGIT)
    return f"{_fixed(number.scaleb(-exponent, EXACT), mantissa)}E{sign}{shown}{tail}"


def _fraction_slash(pieces: Pieces) -> int:
    """Where the line of a fraction is, 0 when there is none: placeholders before it, a denominator behind."""
    for place, (kind, _) in enumerate(pieces[:-1]):
        if kind is Piece.SLASH and place and pieces[place - 1][0] is Piece.DIGIT:
            after, text = pieces[place + 1]
            if after is Piece.DIGIT or (after is Piece.LITERAL and text.isdecimal() and text.isascii()):
                return place
    return 0


def _as_fraction(number: Decimal, pieces: Pieces, slash: int) -> str:
    """A whole number and a fraction, the nearest with a denominator that fits."""
    start, end = slash, slash + 1
    while start and pieces[start - 1][0] is Piece.DIGIT:
        start -= 1
    while end < len(pieces) and (pieces[end][0] is Piece.DIGIT or pieces[end][1].isdecimal()):
        end += 1
    width, wanted = slash - start, "".join(text for _, text in pieces[slash + 1 : end])
    exact = Fraction(number)
    before = pieces[:start]
    has_whole = any(kind is Piece.DIGIT for kind, _ in before)
    whole = int(exact) if has_whole else 0
    rest = exact - whole
    if any(char in "123456789" for char in wanted):
        denominator = int(wanted.translate(str.maketrans("?#", "00"))) or 1
        numerator = int((rest * denominator + Fraction(1, 2)) // 1)
    else:
        nearest = rest.limit_denominator(10 ** len(wanted) - 1)
        numerator, denominator = nearest.numerator, nearest.denominator
    if has_whole and numerator == denominator:
        whole, numerator = whole + 1, 0
    tail = "".join(_literal(kind, text) for kind, text in pieces[end:])
    if has_whole and numerator == 0:
        shape = before if whole else (*((k, "0" if k is Piece.DIGIT else t) for k, t in before),)
        return _whole(str(whole), shape) + " " * (width + 1 + len(wanted)) + tail
    fraction = f"{str(numerator).rjust(width)}/{str(denominator).ljust(len(wanted))}"
    return _whole(str(whole), before) + fraction + tail
