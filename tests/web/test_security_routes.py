"""Every route as every role, with things that belong to somebody else: nobody reads or changes what is not theirs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, cast

import pytest
from httpx import Response
from starlette.routing import Mount, Route

from tests.web.expected_access import EXPECTED
from tests.web.in_process import PASSWORD
from tests.web.office.support import ROSTER, workbook
from tests.web.walk import OWN, SECRET, Asking, World, build_desk, build_office
from zhengti_zip.web.app import make_app
from zhengti_zip.web.routes import ROUTERS
from zhengti_zip.web.work.kinds import KINDS

FORM = "haizhu-2022"
SAFE = ("GET", "HEAD")


def routes() -> list[str]:
    """All routes by method and address."""
    found: list[Any] = [route for router in ROUTERS for route in router.routes]
    return sorted(f"{method} {_address(route.path)}" for route in found for method in route.methods)


def _address(path: str) -> str:
    """The address as it stands in the table: what belongs to nobody has a name of its own."""
    return path.replace("/forms/{identity}", "/forms/{form}")


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, World]]:
    """An office and a desk, built once. No job does anything: the walk is about who may begin one."""
    kinds = cast(dict[str, Any], KINDS)
    with pytest.MonkeyPatch.context() as patch:
        for kind in list(kinds):
            patch.setitem(kinds, kind, lambda undertaking: None)
        yield build_office(tmp_path_factory.mktemp("office")), build_desk(tmp_path_factory.mktemp("desk"))


def test_every_route_has_its_line(worlds: tuple[World, World], tmp_path: Path) -> None:
    with worlds[1].awake(tmp_path / "desk") as asking:
        app = make_app(asking.server)
    others = [f"{method} {r.path}" for r in app.routes if isinstance(r, Route) for method in r.methods or ()]
    assert [route.path for route in app.routes if isinstance(route, Mount)] == ["/static"]
    # Whatever else the application answers comes from the list of routers.
    assert len(app.routes) - len(others) / 2 - 1 == len(ROUTERS)
    missing = {*routes(), *others} - EXPECTED.keys()
    assert not missing, "say in tests/web/expected_access.py who gets in"
    assert not EXPECTED.keys() - {*routes(), *others}, "these routes are gone"


@pytest.mark.parametrize("route", routes())
def test_who_gets_in(worlds: tuple[World, World], tmp_path: Path, route: str) -> None:
    if route not in EXPECTED:
        pytest.fail("say in tests/web/expected_access.py who gets in")
    for number, world in enumerate(worlds):
        for victim in world.things:
            for visit in _visits(world, victim, route):
                visit.make(tmp_path / f"{number}-{victim}")


class Visit:
    """All actors at one route with the things of one victim.

    Args:
        world: an office or a desk.
        victim: whose things they ask for.
        route: method and address.
    """

    def __init__(self, world: World, victim: str, route: str) -> None:
        self._world, self._victim, self._access = world, victim, EXPECTED[route]
        self._method, _, address = route.partition(" ")
        self._address = _filled(address, world, victim)
        passes = self._access.passes
        self._may = [actor for actor in world.actors if self._name(actor) in passes]
        if victim != "owner" and not self._access.is_open:  # of a colleague, that nobody else may see
            self._may = [victim]

    def make(self, folder: Path) -> None:
        """Ask as everybody, those first who must not get in."""
        with self._awake(folder / "refused") as asking:
            before = asking.snapshot()
            for actor in self._world.actors:
                if actor not in self._may:
                    self._is_refused(actor, self._ask(asking, actor))
                    assert asking.snapshot() == before, f"{actor} changed something"
            if self._method not in SAFE and self._may and not self._access.is_open:
                assert self._ask(asking, self._may[0], token=False).status_code == 403
                assert asking.snapshot() == before
            if self._method in SAFE:
                for actor in self._may:
                    self._is_answered(actor, self._ask(asking, actor))
        for actor in self._may[:1] if self._method not in SAFE else ():  # the others would find it done
            with self._awake(folder / actor) as asking:
                self._is_answered(actor, self._ask(asking, actor))

    def _name(self, actor: str) -> str:
        """The owner of a desk is a visitor, the one of an office a department."""
        return "owner of an office" if self._world.is_office and actor == "owner" else actor

    def _awake(self, folder: Path) -> AbstractContextManager[Asking]:
        folder.parent.mkdir(exist_ok=True)
        return self._world.awake(folder, self._access.state if self._world.is_office else "")

    def _ask(self, asking: Asking, actor: str, *, token: bool = True) -> Response:
        sent: dict[str, Any] = json.loads(
            json.dumps(dict(self._access.sent))
            .replace("{files}", self._world.things[self._victim]["files"])
            .replace("{documents}", self._world.things[self._victim]["documents"])
            .replace("{password}", PASSWORD)
        )
        if name := sent.get("files"):
            content = ROSTER.encode() if name.endswith(".csv") else workbook("虚构区财政局")
            sent["files"] = {"file": (name, content)}
        return asking.ask(actor, self._method, self._address, token=token, **sent)

    def _is_refused(self, actor: str, answer: Response) -> None:
        what = f"{actor}: {answer.status_code} {answer.headers.get('location')} {answer.text[:2000]}"
        if actor == "nobody":
            asks_to_log_in = answer.headers.get("location", "").startswith("/login?next=")
            assert (answer.status_code == 303 and asks_to_log_in) or answer.status_code in (401, 404), what
        elif self._world.actors[actor][0].is_bureau:  # sees what departments have, but may not change it
            assert answer.status_code in (403, 404), what
        elif self._address.startswith(
            ("/my", "/api/v1/my")
        ):  # is asked for a version of its own, and has none
            assert answer.status_code in (404, 409), what
        else:
            assert answer.status_code == 404, what
        assert SECRET not in answer.text, what

    def _is_answered(self, actor: str, answer: Response) -> None:
        what = f"{actor}: {answer.status_code} {answer.text[:3000]}"
        assert answer.status_code < 500, what
        if self._access.answer:
            assert answer.status_code == self._access.answer, what
        else:
            assert answer.status_code < 400 or self._access.is_open, what
        if actor not in (self._victim, "reader", "officer", "administrator", "colleague"):
            assert SECRET not in answer.text, what


def _visits(world: World, victim: str, route: str) -> list[Visit]:
    """A colleague's things count only where the address or the body names one."""
    names_thing = "{identity}" in route or "{files}" in json.dumps(dict(EXPECTED[route].sent))
    return [Visit(world, victim, route)] if victim == "owner" or names_thing else []


def _filled(address: str, world: World, victim: str) -> str:
    first = next((part for part in address.split("/") if part in OWN), "")
    names = {"number": "1", "kind": "pdf", "asked": "pass", "form": FORM, **world.names}
    if first:
        names["identity"] = world.things[victim][first]
    return address.format(**names)
