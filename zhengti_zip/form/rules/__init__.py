"""The scoring rule kinds: a closed set of small types, one file each.

A rule kind is a subclass of :class:`~zhengti_zip.form.rules.rule.Rule` in a module of this package.
The modules are found by listing the package, so a further kind is a further file and nothing else.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from zhengti_zip.form.rules.answers import Answers, path_of
from zhengti_zip.form.rules.formulas import CellName
from zhengti_zip.form.rules.operand import Operand, Use
from zhengti_zip.form.rules.outcome import Computed, Evidence, Gain, NotComputed, Outcome
from zhengti_zip.form.rules.rule import Rule, RuleSpec, rule_kinds

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = [
    "Answers",
    "CellName",
    "Computed",
    "Evidence",
    "Gain",
    "NotComputed",
    "Operand",
    "Outcome",
    "Rule",
    "RuleSpec",
    "Use",
    "path_of",
    "rule_kinds",
]
