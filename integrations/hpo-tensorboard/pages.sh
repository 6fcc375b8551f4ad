#!/usr/bin/env bash
# Starts TensorBoard and takes a picture of each of its pages with headless Chromium.
# Usage: integrations/hpo-tensorboard/pages.sh [FOLDER for the pictures [FOLDER with runs]]
# Without runs, a small study is run first. Needs Python 3.9 or newer with venv, curl and Chromium
# (Debian: python3 python3-venv curl chromium).
set -euo pipefail
module="$(cd "$(dirname "$0")" && pwd)"
pictures="$(realpath -m "${1:-$module/target/pages}")"
runs="$(realpath -m "${2:-$module/target/example-runs}")"
environment="$module/target/pages-environment"
mkdir -p "$pictures"

if [ $# -lt 2 ]; then
  rm -rf "$runs"
  "$module/../../mvnw" -q -B -ntp -f "$module/../../pom.xml" -Pexample -pl integrations/hpo-tensorboard -am \
    process-test-classes -Dexample.runs="$runs"
fi
# A folder with event files is a run.
wanted="$(find "$runs" -name '*tfevents*' -exec dirname {} + | sort -u | wc -l)"
[ "$wanted" -gt 0 ] || { echo "no event files in '$runs'" >&2; exit 1; }

"${HPO4J_PYTHON:-python3}" -m venv "$environment"
"$environment/bin/pip" install --quiet -r "$module/src/test/python/requirements.txt"
log="$(mktemp)"
"$environment/bin/tensorboard" --logdir "$runs" --port 0 --host localhost 2> "$log" &
server=$!
trap 'kill "$server"; rm -f "$log"' EXIT
until address="$(grep -o 'http://localhost:[0-9]*' "$log")"; do
  kill -0 "$server" || { cat "$log"; exit 1; }
  sleep 0.5
done
# A run is named once it is loaded.
loaded() { curl -s "$address/data/runs" | "$environment/bin/python" -c 'import json, sys; print(len(json.load(sys.stdin)))'; }
until [ "$(loaded)" = "$wanted" ]; do
  kill -0 "$server" || { cat "$log"; exit 1; }
  sleep 0.5
done

options=(--headless --disable-gpu --hide-scrollbars --window-size=1600,1000 --virtual-time-budget=20000)
[ "$(id -u)" != 0 ] || options+=(--no-sandbox)
for page in hparams histograms graphs timeseries images text; do
  "$(command -v chromium || command -v chromium-browser)" "${options[@]}" \
    --screenshot="$pictures/$page.png" "$address/#$page" 2> "$log"
  echo "$pictures/$page.png"
done
