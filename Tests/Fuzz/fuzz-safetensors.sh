#!/bin/sh
# Fuzzes the reader of safetensors with the compiler's own fuzzer.
#
# Usage: Tests/Fuzz/fuzz-safetensors.sh [SECONDS] [WORKING FOLDER]
# Begins from small files of every type. A header that is read must come back the same when it is written and read again. A
# crash, a leak past 2 GiB or a run over ten seconds stops it with the input written to the working folder; keep that as a test.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
seconds=${1:-600}
folder=${2:-"$root/.build/fuzz-safetensors"}
mkdir -p "$folder/corpus"
python3 - "$folder/corpus" <<'PYTHON'
import json, struct, sys
sizes = {"F64": 8, "F32": 4, "I64": 8, "I32": 4, "U8": 1}
for kind, size in sizes.items():
    for metadata in [{}, {"a": "1"}]:
        header = {"__metadata__": metadata} if metadata else {}
        end = 0
        for name, shape in [("a", []), ("b", [2, 3]), ("c", [0])]:
            count = 1
            for length in shape:
                count *= length
            header[name] = {"dtype": kind, "shape": shape, "data_offsets": [end, end + count * size]}
            end += count * size
        text = json.dumps(header).encode()
        with open(f"{sys.argv[1]}/{kind}{len(metadata)}.safetensors", "wb") as file:
            file.write(struct.pack("<Q", len(text)) + text + bytes(end))
PYTHON
# The reader needs nothing of Meshing but its faults, so they are one module here.
mkdir -p "$folder/sources"
for file in "$root"/Sources/ArrayFiles/NumericArray.swift "$root"/Sources/ArrayFiles/Safetensors*.swift; do
  case $file in *File.swift | *Writer.swift) continue ;; esac
  sed -E '/^(public|internal) import Meshing$/d' "$file" >"$folder/sources/$(basename "$file")"
done
swiftc -O -g -sanitize=fuzzer,address -parse-as-library -module-name ArrayFiles -swift-version 6 \
  -enable-upcoming-feature MemberImportVisibility -enable-upcoming-feature InternalImportsByDefault \
  "$folder"/sources/*.swift "$root"/Sources/Meshing/InputFault.swift \
  "$root/Tests/Fuzz/FuzzSafetensors.swift" -o "$folder/fuzz-safetensors"
cd "$folder"
exec ./fuzz-safetensors -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
  -dict="$root/Tests/Fuzz/safetensors.dict" -print_final_stats=1 corpus
