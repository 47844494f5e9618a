#!/usr/bin/env bash
# Write locks/*.txt anew: the versions of constraints.txt with the hashes of their files for every platform.
#
#   bash scripts/lock.sh
#
# Needs uv (https://docs.astral.sh/uv/). Run it after every change of constraints.txt or of the dependencies in
# pyproject.toml. scripts/setup.sh installs nothing whose hash is not in these files.

set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

BUILD="$(mktemp)"
trap 'rm -f -- "$BUILD"' EXIT
# What builds the package itself: setup.sh does not let pip fetch it unchecked.
python3 - >"$BUILD" <<'PYTHON_CODE'
import tomllib

with open("pyproject.toml", "rb") as file:
    print("\n".join(tomllib.load(file)["build-system"]["requires"]))
PYTHON_CODE

mkdir -p locks
for extra in run dev bench; do
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header --no-annotate -c constraints.txt \
        $([[ "$extra" == run ]] || printf -- '--extra %s' "$extra") \
        pyproject.toml "$BUILD" -o "locks/$extra.txt"
done
