"""Reads lines "here|there JSON" of gcgan-bench, in pairs, and prints the time here over the time there of every workload.

Ends with 1 where a median is above 1.03: three per cent is what a change may cost.
"""
import json
import statistics
import sys

ALLOWED = 1.03

times = {}
for line in sys.stdin:
    side, text = line.split(" ", 1)
    for measurement in json.loads(text):
        times.setdefault(measurement["name"], {"here": [], "there": []})[side].append(measurement["value"])

slower = []
for name, sides in times.items():
    ratios = [here / there for here, there in zip(sides["here"], sides["there"], strict=True)]
    median = statistics.median(ratios)
    print(f"{name}: {median:.3f} ({min(ratios):.3f} … {max(ratios):.3f}, {len(ratios)} pairs)")
    if median > ALLOWED:
        slower.append(name)
if slower:
    sys.exit(f"slower by more than {ALLOWED - 1:.0%}: {', '.join(slower)}")
