#!/usr/bin/env python3
"""Reads a data set on its own and checks what its reference designs promise.

    check_dataset.py DIR

Volume within one element, nothing afloat that is not joined to a support, a sink or a film by sides, every node where a force acts or heat
enters joined to one. Needs nothing but Python; exits 1 where a design breaks a promise.
"""
import json
import os
import sys


def tensors(path):
    """The arrays of a safetensors file as (shape, bytes), by name."""
    with open(path, "rb") as file:
        data = file.read()
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    return {
        name: (entry["shape"], data[start + entry["data_offsets"][0] : start + entry["data_offsets"][1]])
        for name, entry in header.items()
        if name != "__metadata__"
    }


def nodes(region, columns, rows):
    """The lattice nodes of a region."""
    ((kind, value),) = region.items()
    lattice = [(x, y) for x in range(columns + 1) for y in range(rows + 1)]
    on = {
        "left": lambda x, y: x == 0,
        "right": lambda x, y: x == columns,
        "bottom": lambda x, y: y == 0,
        "top": lambda x, y: y == rows,
    }
    if kind == "point":
        return {(round(value["at"][0]), round(value["at"][1]))}
    if kind == "points":
        return {(round(x), round(y)) for x, y in value["at"]}
    if kind == "box":
        low, high = value["lower"], value["upper"]
        return {(x, y) for x, y in lattice if low[0] <= x <= high[0] and low[1] <= y <= high[1]}
    if kind == "disc":
        (cx, cy), r = value["center"], value["radius"]
        return {(x, y) for x, y in lattice if (x - cx) ** 2 + (y - cy) ** 2 <= r * r + 1e-9}
    if kind == "edge":
        return {node for node in lattice if on[value["side"]](*node)}
    return {node for node in lattice if all(on[side](*node) for side in value["sides"])}


def elements(points, columns, rows):
    """The places in the image of the elements that touch nodes."""
    return {
        (rows - 1 - j) * columns + i
        for x, y in points
        for i in (x - 1, x)
        for j in (y - 1, y)
        if 0 <= i < columns and 0 <= j < rows
    }


def bodies(design, columns, rows):
    """The number of each solid element's body, joined by sides; -1 for void."""
    labels, count = [-1] * len(design), 0
    for start, solid in enumerate(design):
        if not solid or labels[start] >= 0:
            continue
        labels[start], stack = count, [start]
        while stack:
            at = stack.pop()
            row, column = divmod(at, columns)
            for inside, to in (
                (row > 0, at - columns), (row < rows - 1, at + columns), (column > 0, at - 1), (column < columns - 1, at + 1),
            ):
                if inside and design[to] and labels[to] < 0:
                    labels[to] = count
                    stack.append(to)
        count += 1
    return labels, count


def regions(problem):
    """Where a problem is held or cooled, and where it is loaded or heated."""
    stated = problem.get("problem", problem)
    loads = [load for case in stated.get("loadCases", [stated]) for load in case.get("loads", [])]
    heat = stated.get("heat") or {}
    held = stated["supports"] + heat.get("sinks", []) + heat.get("films", [])
    return [part["region"] for part in held], [part["region"] for part in loads + heat.get("sources", [])]


def main():
    folder = sys.argv[1]
    with open(os.path.join(folder, "manifest.json")) as file:
        manifest = json.load(file)
    total = floating = volume = unjoined = 0
    for shard in manifest["shards"]:
        arrays = tensors(os.path.join(folder, shard["file"]))
        (_, rows, columns), pixels = arrays["design"]
        size = rows * columns
        for place, line in enumerate(arrays["problems"][1].decode().splitlines()):
            problem, design = json.loads(line), pixels[place * size : (place + 1) * size]
            kept, acting = regions(problem)
            held_nodes = set().union(*(nodes(region, columns, rows) for region in kept))
            labels, count = bodies(design, columns, rows)
            held = {labels[e] for e in elements(held_nodes, columns, rows)} - {-1}
            loaded = set().union(*(nodes(region, columns, rows) for region in acting))
            total += 1
            floating += held != set(range(count))
            volume += abs(sum(design) - problem["volumeFraction"] * size) > 1
            unjoined += any(held.isdisjoint({labels[e] for e in elements({node}, columns, rows)}) for node in loaded)
    print(f"{total} designs: {floating} with floating solid, {volume} off by more than an element, {unjoined} with a load not joined")
    sys.exit(1 if floating + volume + unjoined else 0)


main()
