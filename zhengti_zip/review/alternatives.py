"""Alternative contents in a Word file (``mc:AlternateContent``): the branch that a present program shows."""

from __future__ import annotations

from collections.abc import Iterator

from zhengti_zip.review.wordfile import Element

COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"

_UNDERSTOOD = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
"""Beginnings of the namespaces Word knows. A branch that needs another is for one program alone, e.g. WPS."""


def children_of(parent: Element) -> Iterator[Element]:
    """The child elements, with one branch of alternatives in the place of all."""
    for child in parent.iterchildren(tag="{*}*"):
        if child.tag == f"{{{COMPATIBILITY}}}AlternateContent":
            branch = _branch(child)
            if branch is not None:
                yield from children_of(branch)
        else:
            yield child


def _branch(element: Element) -> Element | None:
    """The first branch whose namespaces are understood, else the fallback, else the first branch."""
    choices = element.findall(f"{{{COMPATIBILITY}}}Choice")
    for choice in choices:
        needed = (choice.nsmap.get(prefix) or "" for prefix in choice.get("Requires", "").split())
        if all(name.startswith(_UNDERSTOOD) for name in needed):
            return choice
    fallback = element.find(f"{{{COMPATIBILITY}}}Fallback")
    return fallback if fallback is not None else next(iter(choices), None)
