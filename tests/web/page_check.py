"""What every page must have so that it can be used without a mouse, without scripts, and by ear."""

from __future__ import annotations

import re
from html.parser import HTMLParser

CONTROLS = ("input", "select", "textarea")


class PageCheck(HTMLParser):
    """Reads a page and collects what is wrong with its structure in ``faults``."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.headings: list[int] = []
        self._labelled: set[str] = set()
        self._ids: list[str] = []
        self._controls: list[dict[str, str | None]] = []
        self._inside_label = 0
        self.feed(page)
        self._conclude(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        values = dict(attrs)
        if "id" in values:
            self._ids.append(values["id"] or "")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "label":
            self._inside_label += 1
            self._labelled.add(values.get("for") or "")
        if tag in CONTROLS and values.get("type") != "hidden":
            self._controls.append(values | ({"labelled": "1"} if self._inside_label else {}))
        if tag == "img" and "alt" not in values:
            self.faults.append(f"no alt: {values}")
        if "style" in values or tag == "style" or any(name.startswith("on") for name in values):
            self.faults.append(f"inline style or script: {tag} {values}")
        if tag == "script" and "src" not in values:
            self.faults.append("inline script")
        if tag == "form" and values.get("method") == "post" and not values.get("action"):
            self.faults.append(f"form without action: {values}")

    def handle_endtag(self, tag: str) -> None:
        """A label ends."""
        if tag == "label":
            self._inside_label -= 1

    def _conclude(self, page: str) -> None:
        if '<html lang="zh-CN">' not in page or "<title>" not in page or 'href="#main"' not in page:
            self.faults.append("no language, title or skip link")
        if self.headings.count(1) != 1 or self.headings[0] != 1:
            self.faults.append(f"headings: {self.headings}")
        for level, following in zip(self.headings, self.headings[1:], strict=False):
            if following > level + 1:
                self.faults.append(f"h{following} after h{level}")
        for control in self._controls:
            if control.get("id") not in self._labelled and not {
                "labelled",
                "aria-label",
                "aria-labelledby",
            } & set(control):
                self.faults.append(f"no label: {control}")
        doubled = {name for name in self._ids if self._ids.count(name) > 1}
        if doubled:
            self.faults.append(f"ids twice: {sorted(doubled)}")
        targets = set(re.findall(r'(?:href="#|aria-labelledby="|aria-describedby="|for=")([^"]+)"', page))
        if lost := targets - set(self._ids):
            self.faults.append(f"leads nowhere: {sorted(lost)}")


def faults_of(page: str) -> list[str]:
    """What is wrong with the structure of a page."""
    return PageCheck(page).faults
