#!/bin/sh
# Fuzzes the deck reader with the compiler's own libFuzzer and AddressSanitizer.
#
#   Tests/Fuzz/fuzz-deck.sh [seconds] [corpus folder]
#
# Builds into .build-fuzz; starts from the decks of Tests/Fuzz/Decks; findings are written beside the corpus.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-600}
corpus=${2:-.build-fuzz/corpus-deck}
swift build -c release --scratch-path .build-fuzz --target DeckLanguage \
  -Xswiftc -sanitize=fuzzer,address -Xswiftc -parse-as-library
products=.build-fuzz/release
swiftc -O -use-ld=lld -sanitize=fuzzer,address -parse-as-library -swift-version 6 \
  -I "$products/Modules" $(for door in Sources/C*/; do printf -- '-I %s ' "$door"; done) \
  Tests/Fuzz/FuzzDeck.swift \
  $(find "$products/" -maxdepth 2 -name '*.o' -path '*.build/*') \
  -o "$products/fuzz-deck"
mkdir -p "$corpus"
export SWIFT_BACKTRACE=enable=no  # its reader of memory upsets AddressSanitizer
exec "$products/fuzz-deck" "$corpus" Tests/Fuzz/Decks \
  -max_total_time="$seconds" -max_len=8192 -timeout=10 -rss_limit_mb=2048 \
  -dict=Tests/Fuzz/deck.dict -artifact_prefix="$corpus-"
