"""The hashes in locks/ belong to the versions of constraints.txt."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.cli.calling import ROOT


def pins(file: str) -> dict[str, str]:
    found = re.findall(r"^([\w.-]+)==([^\s;\\]+)", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version.strip() for name, version in found}


@pytest.mark.parametrize("extra", ["run", "dev", "bench"])
def test_every_lock_has_the_versions_of_the_constraints_with_hashes(extra: str) -> None:
    locked, constraints = pins(f"locks/{extra}.txt"), pins("constraints.txt")
    assert {
        name: version for name, version in locked.items() if constraints.get(name, version) != version
    } == {}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    if extra != "run":
        wanted += project["project"]["optional-dependencies"][extra]
    names = {re.sub(r"[-_.]+", "-", re.split(r"[<>=\[]", item)[0]).lower() for item in wanted}
    assert names - set(locked) == set(), "bash scripts/lock.sh has not been run"
    text = (ROOT / "locks" / f"{extra}.txt").read_text(encoding="utf-8")
    assert text.count("--hash=sha256:") >= len(locked)
    assert "://" not in text
