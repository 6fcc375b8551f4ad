#!/usr/bin/env bash
# Prepares the virtual environment of the peers: benchmarks/python/.venv. Needs Python 3.11 or later.
set -euo pipefail
cd "$(dirname "$0")"
python3 -m venv .venv
.venv/bin/pip install --quiet --requirement requirements.txt
.venv/bin/python versions.py
.venv/bin/python problems.py
