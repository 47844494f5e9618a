"""The scoring rule kinds: a closed set of small types, one file each.

A rule kind is a subclass of :class:`~zhengti_zip.form.rules.rule.Rule` in a module of this package.
The modules are found by listing the package, so a further kind is a further file and nothing else.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from zhengti_zip.form.rules.rule import (
    Answers,
    Computed,
    Evidence,
    Gain,
    NotComputed,
    Outcome,
    Rule,
    RuleSpec,
    rule_kinds,
)

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = [
    "Answers",
    "Computed",
    "Evidence",
    "Gain",
    "NotComputed",
    "Outcome",
    "Rule",
    "RuleSpec",
    "rule_kinds",
]
