"""Dates, times and durations as a number format shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from zhengti_zip.workbook.read.chinesenumerals import digit_by_digit, spelled
from zhengti_zip.workbook.read.formatcode import FormatSection, Piece, Pieces

EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
FALSE_LEAP_DAY = 60
"""Excel's calendar has a 29 February 1900; earlier days are off by one."""

LAST_DAY = {False: 2958465, True: 2957003}
"""The serial number of 9999-12-31, by whether days count from 1904."""

MILLISECONDS = 3
"""Decimal places of a second, as far as Excel shows them."""

OUT_OF_RANGE = "########"
"""What Excel shows for a number that is no date."""

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
_CHINESE_WEEKDAYS = "日一二三四五六"

Moment = datetime | date | time | timedelta


def serial_of(moment: Moment, *, is_1904: bool) -> Fraction:
    """The number of days that a workbook stores for a date, a time or a duration."""
    if isinstance(moment, timedelta):
        return Fraction(moment // timedelta(microseconds=1), 86400 * 10**6)
    if isinstance(moment, time):
        return _part_of_day(moment)
    day = moment.date() if isinstance(moment, datetime) else moment
    days = (day - (EPOCH_1904 if is_1904 else EPOCH_1900)).days
    if not is_1904 and days <= FALSE_LEAP_DAY:
        days -= 1
    return days + (_part_of_day(moment.time()) if isinstance(moment, datetime) else Fraction(0))


def _part_of_day(moment: time) -> Fraction:
    seconds = (moment.hour * 60 + moment.minute) * 60 + moment.second
    return Fraction(seconds * 10**6 + moment.microsecond, 86400 * 10**6)


@dataclass(frozen=True, slots=True)
class _Clock:
    """A serial number taken apart; ``fraction`` is of a second, in units of the last digit shown."""

    year: int
    month: int
    day: int
    weekday: int
    seconds: int
    fraction: int


def shown_moment(serial: Decimal | Fraction, section: FormatSection, *, is_1904: bool) -> str:
    """A number of days as a date section shows it; ``########`` when there is no such day."""
    pieces = _with_minutes(section.pieces)
    places = _places(pieces) if _shows_time(pieces) else MILLISECONDS
    unit = 10**places
    ticks = _rounded(Fraction(serial) * 86400 * unit)
    day = ticks // (86400 * unit)
    if ticks < 0 or day > LAST_DAY[is_1904]:
        return OUT_OF_RANGE
    seconds, fraction = divmod(ticks - day * 86400 * unit, unit)
    year, month, day_of_month = _calendar(day, is_1904)
    weekday = (day + (5 if is_1904 else 6)) % 7
    clock = _Clock(year, month, day_of_month, weekday, seconds, fraction)
    return _Writer(section, pieces, clock, day * 86400 + seconds, places).text()


def _rounded(value: Fraction) -> int:
    return int((value + Fraction(1, 2)) // 1)


def _calendar(day: int, is_1904: bool) -> tuple[int, int, int]:
    if is_1904:
        found = EPOCH_1904 + timedelta(days=day)
    elif day == 0:
        return 1900, 1, 0
    elif day == FALSE_LEAP_DAY:
        return 1900, 2, 29
    else:
        found = EPOCH_1900 + timedelta(days=day + (day < FALSE_LEAP_DAY))
    return found.year, found.month, found.day


def _with_minutes(pieces: Pieces) -> list[tuple[Piece, str]]:
    """The pieces with ``m`` made ``n`` where it means minutes: after hours or before seconds."""
    found = list(pieces)
    clock = [i for i, (kind, _) in enumerate(found) if kind in (Piece.DATE, Piece.ELAPSED)]
    for before, place, after in zip([None, *clock], clock, [*clock[1:], None], strict=False):
        kind, text = found[place]
        if kind is Piece.DATE and text in ("m", "mm"):
            follows_hours = before is not None and found[before][1][0] == "h"
            precedes_seconds = after is not None and found[after][1][0] == "s"
            if follows_hours or precedes_seconds:
                found[place] = kind, text.replace("m", "n")
    return found


def _shows_time(pieces: Sequence[tuple[Piece, str]]) -> bool:
    """Whether hours, minutes or seconds are shown, which are rounded to the last one shown; days are not."""
    return any(
        kind in (Piece.ELAPSED, Piece.HALF_DAY) or (kind is Piece.DATE and text[0] in "hns")
        for kind, text in pieces
    )


def _places(pieces: Sequence[tuple[Piece, str]]) -> int:
    """How many digits of a second are shown: zeros directly behind a point."""
    found = 0
    for place, (kind, _) in enumerate(pieces):
        if kind is Piece.POINT:
            count = 0
            while place + 1 + count < len(pieces) and pieces[place + 1 + count] == (Piece.DIGIT, "0"):
                count += 1
            found = max(found, count)
    return min(found, MILLISECONDS)


class _Writer:
    """Writes one moment, piece by piece."""

    def __init__(
        self,
        section: FormatSection,
        pieces: Sequence[tuple[Piece, str]],
        clock: _Clock,
        seconds: int,
        places: int,
    ) -> None:
        self._section, self._pieces, self._clock = section, pieces, clock
        self._all_seconds, self._places = seconds, places
        self._is_half_day = any(kind is Piece.HALF_DAY for kind, _ in pieces)

    def text(self) -> str:
        """The moment as shown."""
        found = []
        for place, (kind, text) in enumerate(self._pieces):
            match kind:
                case Piece.DATE:
                    found.append(self._date(text))
                case Piece.ELAPSED:
                    size = {"h": 3600, "m": 60, "s": 1}[text[0]]
                    found.append(self._number(self._all_seconds // size, len(text)))
                case Piece.HALF_DAY:
                    found.append(text.split("/")[self._clock.seconds >= 43200])
                case Piece.DIGIT:
                    found.append(self._fraction(place, text))
                case Piece.FILL:
                    pass
                case _:
                    found.append(text)
        return "".join(found)

    def _fraction(self, place: int, text: str) -> str:
        """A digit of the fraction of a second, or the digit itself where it stands alone."""
        start = place
        while start and self._pieces[start - 1][0] is Piece.DIGIT:
            start -= 1
        if start and self._pieces[start - 1][0] is Piece.POINT and place - start < self._places:
            return f"{self._clock.fraction:0{self._places}d}"[place - start]
        return text

    def _date(self, code: str) -> str:
        clock = self._clock
        hour = clock.seconds // 3600
        match code[0]:
            case "y" | "e":
                text = f"{clock.year % 100:02d}" if len(code) < 3 and code[0] == "y" else str(clock.year)
                return digit_by_digit(text, self._section.numerals) if self._section.numerals else text
            case "m" if len(code) > 2:
                name = _MONTHS[clock.month - 1]
                return name[: {3: 3, 5: 1}.get(len(code), len(name))]
            case "m":
                return self._number(clock.month, len(code))
            case "d" if len(code) > 2:
                name = _WEEKDAYS[clock.weekday]
                return name[:3] if len(code) == 3 else name
            case "d":
                return self._number(clock.day, len(code))
            case "a":
                return ("星期" if len(code) == 4 else "") + _CHINESE_WEEKDAYS[clock.weekday]
            case "h":
                return self._number((hour - 1) % 12 + 1 if self._is_half_day else hour, len(code))
            case "n":
                return self._number(clock.seconds // 60 % 60, len(code))
            case _:
                return self._number(clock.seconds % 60, len(code))

    def _number(self, number: int, width: int) -> str:
        style = self._section.numerals
        if not style:
            return f"{number:0{width}d}"
        text = spelled(number, style)
        return text.removeprefix("一") if 10 <= number < 20 else text
