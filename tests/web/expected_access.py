"""Who gets in where: one line for each route. A route without a line fails the walk (test_security_routes.py).

The department ``owner`` handed in; ``colleague`` is an administrator. ``owner`` and ``other`` of a desk are its visitors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

BUREAU = frozenset({"reader", "officer", "administrator", "colleague"})
CHANGING = BUREAU - {"reader"}
ADMINISTRATORS = frozenset({"administrator", "colleague"})
DEPARTMENTS = frozenset({"owner of an office", "neighbour", "stranger"})
KNOWN = BUREAU | DEPARTMENTS | {"owner", "other"}
EVERYBODY = KNOWN | {"nobody"}
HAS_VERSION = frozenset({"owner of an office"})
OWNER = frozenset({"owner", "owner of an office"})


@dataclass(frozen=True)
class Access:
    """Who gets in.

    Attributes:
        passes: who gets an answer; everybody else is refused and changes nothing.
        state: of the owner's department, in which the request is possible.
        sent: the body, as of httpx.
        answer: what those who get in are told, when what the walk sends is refused for what it is.
        is_open: whether everybody may call it, with an answer that tells nothing and changes nobody's things but their own.
    """

    passes: frozenset[str]
    state: str = "handed_in"
    sent: Mapping[str, Any] = field(default_factory=dict)
    answer: int = 0
    is_open: bool = False


def form(passes: frozenset[str], state: str = "handed_in", **fields: str) -> Access:
    """A form of a page."""
    return Access(passes, state, {"data": fields})


def json(passes: frozenset[str], state: str = "handed_in", **values: Any) -> Access:
    """A call of a program."""
    return Access(passes, state, {"json": values})


def upload(passes: frozenset[str], state: str = "handed_in", name: str = "自评表.xlsx") -> Access:
    """A file that is sent; its bytes are put in by the walk."""
    return Access(passes, state, {"files": name})


SEEN, OPEN = Access(KNOWN), Access(EVERYBODY, is_open=True)
IN_BUREAU, TO_OWNER, SHOWN = Access(BUREAU), Access(OWNER), Access(OWNER | BUREAU)
NEW_PASSWORD = "another long password"
BOTH = {"before_id": "{files}", "after_id": "{files}"}
REVIEWED = {"document_id": "{documents}", "workbook_id": "{files}"}

EXPECTED: Mapping[str, Access] = {
    # for everybody
    "GET /": OPEN,
    "GET /help": OPEN,
    "GET /api": OPEN,
    "GET /api/openapi.json": OPEN,
    "HEAD /api/openapi.json": OPEN,
    "GET /login": OPEN,
    "POST /login": OPEN,
    "POST /logout": OPEN,
    "GET /d/{link}": OPEN,
    "POST /d/{link}": OPEN,
    "POST /api/v1/session": OPEN,
    "GET /api/v1/session": OPEN,
    "DELETE /api/v1/session": OPEN,
    # the desk
    "GET /desk": SEEN,
    "GET /forms": SEEN,
    "GET /forms/{form}/blank.xlsx": SEEN,
    "GET /forms/{form}/picture.png": SEEN,
    "POST /files": upload(KNOWN),
    "GET /files/{identity}": SHOWN,
    "GET /files/{identity}/pages/{number}.png": SHOWN,
    "GET /files/{identity}/download/{kind}": SHOWN,
    "POST /files/{identity}/remove": TO_OWNER,
    "GET /files/{identity}/cells": SHOWN,
    "POST /files/{identity}/cells": SHOWN,  # makes a copy of one's own
    "GET /jobs/{identity}/events": SHOWN,
    "GET /comparisons": SEEN,
    "POST /comparisons": form(OWNER | BUREAU, **BOTH),
    "GET /comparisons/{identity}": SHOWN,
    "GET /reviews": SEEN,
    "POST /reviews": form(OWNER | BUREAU, **REVIEWED),
    "GET /reviews/{identity}": SHOWN,
    "POST /reviews/{identity}/decisions": TO_OWNER,
    "POST /reviews/{identity}/force": Access(OWNER, answer=400),
    "GET /api/v1/files": SEEN,
    "POST /api/v1/files": upload(KNOWN),
    "GET /api/v1/files/{identity}": SHOWN,
    "GET /api/v1/files/{identity}/artifacts/{kind}": SHOWN,
    "DELETE /api/v1/files/{identity}": TO_OWNER,
    "POST /api/v1/files/{identity}/cells": Access(OWNER | BUREAU, sent={"json": {"cells": {}}}, answer=400),
    "GET /api/v1/jobs/{identity}": SHOWN,
    "GET /api/v1/jobs/{identity}/events": SHOWN,
    "POST /api/v1/comparisons": json(OWNER | BUREAU, **BOTH),
    "GET /api/v1/comparisons/{identity}": SHOWN,
    "POST /api/v1/reviews": json(OWNER | BUREAU, document_ids=["{documents}"], workbook_id="{files}"),
    "GET /api/v1/reviews/{identity}": SHOWN,
    "POST /api/v1/reviews/{identity}/decisions": json(OWNER, accept=[]),
    "GET /api/v1/forms": SEEN,
    "GET /api/v1/forms/{form}/blank.xlsx": SEEN,
    "GET /api/v1/forms/{form}/picture.png": SEEN,
    # people of the bureau
    "GET /password": IN_BUREAU,
    "POST /password": form(BUREAU, old="{password}", new=NEW_PASSWORD, again=NEW_PASSWORD),
    "GET /office/accounts": Access(ADMINISTRATORS),
    "POST /office/accounts": form(ADMINISTRATORS, name="新人", role="reader", password=NEW_PASSWORD),
    "POST /office/accounts/{account_id}/role": form(ADMINISTRATORS, role="reader"),
    "POST /office/accounts/{account_id}/password": form(ADMINISTRATORS, password=NEW_PASSWORD),
    "POST /office/accounts/{account_id}/disable": Access(ADMINISTRATORS),
    "POST /office/accounts/{account_id}/enable": Access(ADMINISTRATORS),
    "GET /api/v1/accounts": Access(ADMINISTRATORS),
    "POST /api/v1/accounts": json(ADMINISTRATORS, name="新人", role="reader", password=NEW_PASSWORD),
    "PATCH /api/v1/accounts/{account_id}": json(ADMINISTRATORS, role="reader"),
    "GET /office/log": IN_BUREAU,
    "GET /office/rounds/{round_id}/log": IN_BUREAU,
    "GET /api/v1/log": IN_BUREAU,
    # rounds
    "GET /office": IN_BUREAU,
    "POST /office/rounds": form(CHANGING, form="haizhu-2022", year="2024"),
    "GET /office/rounds/{round_id}": IN_BUREAU,
    "POST /office/rounds/{round_id}/due": form(CHANGING, due_on="2027-03-01"),
    "POST /office/rounds/{round_id}/open": Access(CHANGING),
    "POST /office/rounds/{round_id}/close": Access(CHANGING),
    "GET /office/rounds/{round_id}/roster": IN_BUREAU,
    "POST /office/rounds/{round_id}/roster": upload(CHANGING, name="名单.csv"),
    "POST /office/rounds/{round_id}/codes": form(CHANGING, which="all"),
    "GET /api/v1/rounds": IN_BUREAU,
    "POST /api/v1/rounds": json(CHANGING, form="haizhu-2022", year=2024),
    "GET /api/v1/rounds/{round_id}": IN_BUREAU,
    "PATCH /api/v1/rounds/{round_id}": json(CHANGING, due_on="2027-03-01"),
    "GET /api/v1/rounds/{round_id}/departments": IN_BUREAU,
    "POST /api/v1/rounds/{round_id}/roster": upload(CHANGING, name="名单.csv"),
    "POST /api/v1/rounds/{round_id}/codes": json(CHANGING),
    "GET /office/rounds/{round_id}/ranking": IN_BUREAU,
    "GET /office/rounds/{round_id}/ranking.xlsx": IN_BUREAU,
    "GET /office/rounds/{round_id}/self-scores": IN_BUREAU,
    "GET /office/rounds/{round_id}/texts": Access(CHANGING),
    "GET /office/rounds/{round_id}/warnings": IN_BUREAU,
    "GET /office/rounds/{round_id}/years": IN_BUREAU,
    "GET /api/v1/rounds/{round_id}/ranking": IN_BUREAU,
    "GET /api/v1/rounds/{round_id}/self-scores": IN_BUREAU,
    "GET /api/v1/rounds/{round_id}/texts": Access(CHANGING),
    "GET /api/v1/rounds/{round_id}/warnings": IN_BUREAU,
    "GET /api/v1/rounds/{round_id}/years": IN_BUREAU,
    "GET /api/v1/rounds/{round_id}/ranking.xlsx": IN_BUREAU,
    "POST /office/rounds/{round_id}/report": IN_BUREAU,
    "POST /api/v1/rounds/{round_id}/report": IN_BUREAU,
    "GET /office/rounds/{round_id}/archive": IN_BUREAU,
    "POST /office/rounds/{round_id}/archive": IN_BUREAU,
    "POST /api/v1/rounds/{round_id}/archive": IN_BUREAU,
    "GET /office/rounds/{round_id}/jobs/{job_id}": IN_BUREAU,
    "GET /office/rounds/{round_id}/jobs/{job_id}/file": IN_BUREAU,
    "GET /api/v1/rounds/{round_id}/jobs/{job_id}/file": IN_BUREAU,
    # one department, as the bureau sees it
    "GET /office/departments/{department_id}": IN_BUREAU,
    "GET /office/departments/{department_id}/confirm/{asked}": Access(CHANGING),
    "POST /office/departments/{department_id}/review": Access(CHANGING),
    "POST /office/departments/{department_id}/return": form(CHANGING, text="请补充说明"),
    "POST /office/departments/{department_id}/pass": Access(CHANGING),
    "POST /office/departments/{department_id}/reopen": Access(CHANGING, "passed"),
    "POST /office/departments/{department_id}/opinions": form(CHANGING, text="请补充说明"),
    "POST /office/departments/{department_id}/opinions/{opinion_id}/remove": Access(CHANGING),
    "POST /office/departments/{department_id}/scores": Access(CHANGING),
    "POST /office/departments/{department_id}/versions": upload(CHANGING, "draft"),
    "POST /office/departments/{department_id}/end-access": Access(CHANGING),
    "POST /office/departments/{department_id}/remove": Access(CHANGING, answer=409),  # it has a version
    "GET /office/departments/{department_id}/working-paper.xlsx": IN_BUREAU,
    "POST /office/departments/{department_id}/hand-in": form(CHANGING, "draft", number="1", confirm="1"),
    "GET /api/v1/departments/{department_id}/working-paper.xlsx": IN_BUREAU,
    "GET /api/v1/departments/{department_id}": IN_BUREAU,
    "DELETE /api/v1/departments/{department_id}": Access(CHANGING, answer=409),  # it has a version
    "POST /api/v1/departments/{department_id}/hand-in": json(CHANGING, "draft", number=1, confirm=True),
    "POST /api/v1/departments/{department_id}/end-access": Access(CHANGING),
    "GET /api/v1/departments/{department_id}/scores": IN_BUREAU,
    "PUT /api/v1/departments/{department_id}/scores": Access(CHANGING, sent={"json": []}),
    "POST /api/v1/departments/{department_id}/opinions": json(CHANGING, text="请补充说明"),
    "DELETE /api/v1/departments/{department_id}/opinions/{opinion_id}": Access(CHANGING),
    "POST /api/v1/departments/{department_id}/review": Access(CHANGING),
    "POST /api/v1/departments/{department_id}/return": json(CHANGING, text="请补充说明"),
    "POST /api/v1/departments/{department_id}/pass": Access(CHANGING),
    "POST /api/v1/departments/{department_id}/reopen": Access(CHANGING, "passed"),
    "POST /api/v1/departments/{department_id}/versions": upload(CHANGING, "draft"),
    # a department by itself
    "GET /my": Access(DEPARTMENTS),
    "GET /my/workbook.xlsx": Access(DEPARTMENTS),
    "POST /my/versions": upload(DEPARTMENTS, "draft"),
    "GET /my/hand-in": Access(DEPARTMENTS, "draft"),
    "POST /my/hand-in": form(HAS_VERSION, "draft", number="1", confirm="1"),
    "POST /my/code": Access(DEPARTMENTS),
    "GET /my/versions/{number}/cells": Access(HAS_VERSION, "draft"),
    "POST /my/versions/{number}/cells": Access(HAS_VERSION, "draft"),
    "GET /api/v1/my": Access(DEPARTMENTS),
    "GET /api/v1/my/workbook": Access(DEPARTMENTS),
    "POST /api/v1/my/versions": upload(DEPARTMENTS, "draft"),
    "POST /api/v1/my/versions/{number}/cells": Access(
        HAS_VERSION, "draft", {"json": {"cells": {}}}, answer=400
    ),
    "POST /api/v1/my/hand-in": json(HAS_VERSION, "draft", number=1, confirm=True),
    "POST /api/v1/my/code": Access(DEPARTMENTS),
}
"""By method and address; ``{files}`` in a body stands for the victim's file."""
