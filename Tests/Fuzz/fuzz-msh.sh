#!/bin/sh
# Fuzzes the Gmsh reader, and the mesh check on what it reads, with the compiler's own fuzzer.
#
# Usage: Tests/Fuzz/fuzz-msh.sh [SECONDS] [WORKING FOLDER]
# Begins from the meshes of the reader's tests. A crash, a leak past 2 GiB or a run over ten seconds stops
# it with the input written to the working folder; keep that as a test.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
seconds=${1:-600}
folder=${2:-"$root/.build/fuzz-msh"}
mkdir -p "$folder/corpus"
cp "$root"/Tests/MeshingTests/Resources/*.msh "$folder/corpus/"
swiftc -O -g -sanitize=fuzzer,address -parse-as-library -package-name gcgan -module-name Meshing \
  -swift-version 6 -enable-upcoming-feature MemberImportVisibility \
  -enable-upcoming-feature InternalImportsByDefault -I "$root/Sources/CZlib" \
  $(find "$root/Sources/Meshing" -name '*.swift') "$root/Tests/Fuzz/FuzzMsh.swift" \
  -o "$folder/fuzz-msh"
cd "$folder"
exec ./fuzz-msh -max_total_time="$seconds" -max_len=20000 -timeout=10 -rss_limit_mb=2048 \
  -dict="$root/Tests/Fuzz/msh.dict" -print_final_stats=1 corpus
