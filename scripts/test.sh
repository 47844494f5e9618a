#!/usr/bin/env bash
# Every check of the project:  bash scripts/test.sh [--quick] [PYTEST ARGUMENTS]
#
# --quick leaves out the tests marked slow (they start other programs, many processes or long searches).
# It is for work in between and takes under two minutes on two cores; what is handed in passes all.
#
# Sets the project up with its dev extra, installs the programs that some tests call, then runs ruff,
# mypy and pytest and stops at the first that fails. Works from any folder. With CI=true a program
# that cannot be installed is a failure; otherwise the tests that need it are skipped.

set -euo pipefail

# shellcheck source=scripts/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

# LibreOffice's own Python bridge, with which a test edits a Word file as a person would.
has_uno() { /usr/bin/python3 -c 'import uno' 2>/dev/null; }

# What Playwright's own Node.js, which drives the browser, is linked with.
has_atomic() { "$PYTHON" -c 'import ctypes; ctypes.CDLL("libatomic.so.1")' 2>/dev/null; }

has_postgresql() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }

has_dejavu() { [[ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ]]; }

missing_programs() {
    has_office sc || echo libreoffice-calc
    has_office sw || echo libreoffice-writer
    command -v pdftotext >/dev/null && command -v pdftoppm >/dev/null || echo poppler-utils
    command -v qpdf >/dev/null || echo qpdf
    command -v faketime >/dev/null || echo faketime
    command -v chromium >/dev/null || echo chromium
    has_atomic || echo libatomic1
    has_postgresql || echo postgresql
    has_dejavu || echo fonts-dejavu-core
    has_uno || echo python3-uno
}

# check COMMAND...: run a module of the virtual environment as one step.
check() {
    step "$*"
    "$VENV/bin/python" -m "$@"
}

SELECTED=() GIVEN=()
for argument in "$@"; do
    if [[ "$argument" == --quick ]]; then SELECTED=(-m "not slow"); else GIVEN+=("$argument"); fi
done
set -- ${GIVEN[@]+"${GIVEN[@]}"}

setup_project dev
install_programs "tests that need these packages are skipped"

# pytest's arguments may be paths, which a person gives from where they are; the checks want the root.
if [[ "$PWD" != "$ROOT" ]] && (($#)); then note "paths among the arguments count from $ROOT"; fi
cd -- "$ROOT"

check ruff check
check ruff format --check
check mypy zhengti_zip tests scripts benchmarks
step "lint-imports"
"$VENV/bin/lint-imports"
check pytest -n auto ${SELECTED[@]+"${SELECTED[@]}"} "$@"
# The PDF once more through the public interface of WeasyPrint alone (zhengti_zip/pdf/fast/__init__.py).
if (($# + ${#SELECTED[@]} == 0)); then ZHENGTI_PLAIN_PDF=1 check pytest -n auto tests/pdf; fi

if ((${#SELECTED[@]})); then step "all quick checks passed"; else step "all checks passed"; fi
