#!/usr/bin/env bash
# `cdk synth` twice: no validation error in strict mode, and the same bytes both times.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for run in 1 2; do
  npx cdk synth --quiet --output "$folder/$run"
done
diff -r -x manifest.json -x tree.json -x validation-report.json "$folder/1" "$folder/2"
diff -r "$folder/1/manifest.json" "$folder/2/manifest.json"
echo "cdk synth: twice the same bytes"
