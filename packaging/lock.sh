#!/bin/sh
# Rewrites the lock files from pyproject.toml: every version and every wheel's hash, for all systems.
# Needs uv (pip install uv). The locks name no index: pip takes the one it is set up with.
set -eu
cd "$(dirname "$0")/.."
compile() {
    uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
        --no-build --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet "$@"
}
compile --all-extras --group build --output-file locks/app.txt
compile --all-extras --group dev --constraints locks/app.txt --output-file locks/dev.txt
