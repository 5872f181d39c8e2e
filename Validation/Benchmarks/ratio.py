"""Reads measurements, a JSON list after the other, and prints the ratio per design, round by round."""
import json
import statistics
import sys

decoder = json.JSONDecoder()
text = sys.stdin.read().strip()
measurements = []
while text:
    found, end = decoder.raw_decode(text)
    measurements += found
    text = text[end:].strip()
peer = [m["value"] for m in measurements if m["name"] == "torch-fem"]
own = [m["value"] / m["detail"]["designs"] for m in measurements if m["name"] != "torch-fem"]
for theirs, ours in zip(peer, own):
    print(f"torch-fem {theirs * 1e3:.1f} ms, gcgan {ours * 1e3:.3f} ms per design: {theirs / ours:.0f} times")
print(f"median: {statistics.median(t / o for t, o in zip(peer, own)):.0f} times faster per design")
