#!/usr/bin/env bash
# From a fresh checkout to the pages in a browser:  bash scripts/serve.sh [OPTION...]
#
# Sets the program up if need be and serves the pages for this machine until Ctrl+C. The options are
# those of `zhengti-zip serve`, e.g. --port 8080; see docs/office.md for a server of a bureau.

set -euo pipefail

# shellcheck source=scripts/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

setup_project

step "zhengti-zip serve $*"
exec "$VENV/bin/zhengti-zip" serve "$@"
