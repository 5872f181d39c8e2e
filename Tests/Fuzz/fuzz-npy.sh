#!/bin/sh
# Fuzzes the reader of NumPy arrays with the compiler's own fuzzer.
#
# Usage: Tests/Fuzz/fuzz-npy.sh [SECONDS] [WORKING FOLDER]
# Begins from arrays of every type and version. A crash, a leak past 2 GiB or a run over ten seconds stops
# it with the input written to the working folder; keep that as a test.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
seconds=${1:-600}
folder=${2:-"$root/.build/fuzz-npy"}
mkdir -p "$folder/corpus"
python3 - "$folder/corpus" <<'PYTHON'
import sys, numpy
for version in [(1, 0), (2, 0), (3, 0)]:
    for kind in ["<f8", ">f8", "<f4", ">f4", "|u1", "|b1"]:
        for shape in [(), (3,), (2, 3), (2, 0), (2, 2, 2)]:
            for order in "CF":
                name = f"{sys.argv[1]}/{version[0]}{kind[1:]}{'<>|'.index(kind[0])}{len(shape)}{order}.npy"
                with open(name, "wb") as file:
                    array = numpy.asarray(numpy.ones(shape), dtype=kind, order=order)
                    numpy.lib.format.write_array(file, array, version)
PYTHON
# The reader needs nothing of Meshing but its faults and files, so they are one module here.
mkdir -p "$folder/sources"
for file in "$root"/Sources/ArrayFiles/NumericArray*.swift "$root"/Sources/ArrayFiles/Npy*.swift; do
  sed -E '/^(public|internal) import Meshing$/d' "$file" >"$folder/sources/$(basename "$file")"
done
swiftc -O -g -sanitize=fuzzer,address -parse-as-library -module-name ArrayFiles -swift-version 6 \
  -enable-upcoming-feature MemberImportVisibility -enable-upcoming-feature InternalImportsByDefault \
  "$folder"/sources/*.swift "$root"/Sources/Meshing/AtomicFile.swift \
  "$root"/Sources/Meshing/FileFault.swift "$root"/Sources/Meshing/InputFault.swift \
  "$root/Tests/Fuzz/FuzzNpy.swift" -o "$folder/fuzz-npy"
cd "$folder"
exec ./fuzz-npy -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
  -dict="$root/Tests/Fuzz/npy.dict" -print_final_stats=1 corpus
