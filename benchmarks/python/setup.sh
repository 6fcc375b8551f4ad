#!/usr/bin/env bash
# Prepares the virtual environments of the peers, beside this file. Needs Python 3.11 and about 11 GB: PyPI has torch
# for Linux only with CUDA, and importing it needs the libraries of that. All runs are on the CPU.
#   setup.sh               all of them
#   setup.sh durability    Optuna alone, with its database drivers, for the benchmark of that name; 150 MB
set -euo pipefail
cd "$(dirname "$0")"
prepare() {
    python3 -m venv "$1"
    "$1/bin/pip" install --quiet --no-cache-dir --requirement "$2"
    "$1/bin/python" "${@:3}"
}
prepare .venv-durability requirements-durability.txt durability.py versions
if [ "${1:-}" = durability ]; then
    exit
fi
prepare .venv requirements.txt peer.py --list
# HEBO needs NumPy 1; without it the other peers are still measured.
prepare .venv-hebo requirements-hebo.txt peer.py --list || echo "HEBO is left out" >&2
