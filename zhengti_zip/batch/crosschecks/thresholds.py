"""All thresholds of the checks across departments, each with its reason."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

LEAST_DEPARTMENTS = 8
"""Fewest departments that are compared. Among fewer, two equal texts are already a quarter and so may be a set phrase,
and a median of seven numbers says little about the eighth."""

SET_PHRASE_SHARE = Fraction(1, 4)
"""A clause that more than this share of the departments has is a set phrase: of the form, of a notice, of a model text.
In the same way a department that so many name is a usual partner, such as the finance bureau."""

TEXT_CHARACTERS = 30
"""Fewest own characters of a text that is compared, without punctuation and set phrases. Shorter ones (“项目因故延期，结转下年
继续实施”) two offices write without knowing of each other."""

SURE_CHARACTERS = 60
"""Own characters from which on two equal texts are no chance."""

NEAR_CHARACTERS = 40
"""Fewest own characters of a text that may be nearly equal to another: in a shorter one a few usual words make most of it."""

SHINGLE = 5
"""Characters of a piece of text. Chinese words have two to four, so five hold an order of words, not only a word."""

NEAR_SHARE = Fraction(7, 10)
"""Share of equal pieces from which on texts are nearly equal. A changed word takes six or seven pieces with it, so that a
text of 200 characters with eight changed words is still found; texts about one matter by different hands share below 40%."""

ALMOST_SHARE = Fraction(9, 10)
"""Share of equal pieces from which on only single words were changed."""

NAME_CHARACTERS = 4
"""Fewest characters of a department's name that is looked for in texts: “财政局” stands for any finance bureau."""

DEVIATIONS = 6
"""Distance from the median in robust standard deviations (1.4826 × MAD) from which on a number is an outlier. Normal
numbers pass 3.5 once in two thousand; amounts of offices have longer tails."""

OUTLIER_SHARE = Fraction(1, 10)
"""More outliers than this share of the departments (but one is always allowed) are a second group, such as the offices
with money from above, and no outliers."""

RATIO_SPREAD = Decimal("0.02")
"""Smallest standard deviation of a ratio that is reckoned with: where most departments have the same, MAD is 0."""

RATIO_DISTANCE = Decimal("0.2")
"""Least distance of an outlying ratio from the median: 20 percentage points. Less is no matter however equal the others are."""

AMOUNT_SPREAD = Decimal("0.15")
"""Smallest standard deviation of the logarithm (base 10) of an amount that is reckoned with."""

AMOUNT_FACTOR = Decimal(100)
"""Least factor between an outlying amount and the median. Offices of one district differ by a factor of ten or thirty;
元 entered for 万元 makes 10,000."""

GROWTH_FACTOR = Decimal(10)
"""Factor from one year to the next, up or down, from which on an amount is doubted. Programmes double or end; tenfold
budgets are slips of a unit or of a decimal point."""

GROWTH_LEAST = Decimal(100)
"""The larger of the two amounts has at least so many 万元: from 0.5 to 8 is no matter."""

UNIT_FACTORS = (Decimal(5000), Decimal(20000))
"""A factor in this range is the unit: 10,000 元 are 1 万元."""
