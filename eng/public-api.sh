#!/usr/bin/env bash
# Writes what each shipped assembly offers into src/*/PublicAPI.Unshipped.txt, as far as PublicAPI.Shipped.txt does not hold it. Read the diff.
# On a release the lines of Unshipped move to Shipped; a line of Shipped that is gone is then an error that has to be decided on.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet restore -v q
for project in ${*:-src/*/*.csproj}; do
  folder=$(dirname "$project")
  [ -f "$folder/PublicAPI.Shipped.txt" ] || echo '#nullable enable' > "$folder/PublicAPI.Shipped.txt"
  echo '#nullable enable' > "$folder/PublicAPI.Unshipped.txt"
  dotnet format analyzers "$project" --diagnostics RS0016 --include-generated --no-restore
  { echo '#nullable enable'; grep -v '^#nullable' "$folder/PublicAPI.Unshipped.txt" | LC_ALL=C sort -u || true; } > "$folder/PublicAPI.sorted"
  mv "$folder/PublicAPI.sorted" "$folder/PublicAPI.Unshipped.txt"
done
