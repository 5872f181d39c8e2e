"""Runs CalculiX on the decks of Validation/parts and compares what it computes with the references.

    python3 Validation/Generators/check_with_ccx.py [ID ...] [--all] [--keep DIR]

Prints one line per quantity and model: result, reference, error, and whether it is within the
tolerance. The exit code is 1 where a stated model is outside. `--all` lists every model; without it
a quantity that is inside at its stated models takes one line. Displacements and temperatures come
from the .dat file (seven digits), stresses from the averaged nodal values of the .frd file (six).
"""

import argparse
import math
import pathlib
import subprocess
import sys
import tempfile

from make_parts import PARTS, all_parts

# What CalculiX itself adds, relative: six printed digits, and for nodal stresses its extrapolation
# from the points of a hexahedron, whose coefficients have four digits and add up to 0.99996.
PRINTED = {"stress": 5e-5}


def read_frd(path):
    """[step] -> {"DISP" | "STRESS" | "NDTEMP": {node: values}}"""
    steps, block, current = {}, None, None
    for row in path.read_text().splitlines():
        if row.startswith("  100C"):
            step = int(float(row[12:24]) + 0.5)
            current = steps.setdefault(step, {})
        elif row.startswith(" -4"):
            block = current.setdefault(row[5:11].strip(), {})
        elif row.startswith(" -3"):
            block = None
        elif row.startswith(" -1") and block is not None:
            block[int(row[3:13])] = [float(row[i:i + 12]) for i in range(13, len(row.rstrip()), 12)]
    return steps


def read_dat(path):
    """[step] -> {"displacements" | "temperatures": {node: values}}"""
    steps, block = {}, None
    for row in path.read_text().splitlines():
        words = row.split()
        if "for set" in row and "time" in row:
            step = int(float(words[-1]) + 0.5)
            block = steps.setdefault(step, {}).setdefault(words[0], {})
            if not words[0].startswith(("displacements", "temperatures")):
                block = None
        elif words and block is not None:
            block[int(words[0])] = [float(w) for w in words[1:]]
    return steps


def principal(s):
    """Principal stresses of (xx, yy, zz, xy, yz, zx), largest first."""
    a, b, c, d, e, f = s
    mean = (a + b + c) / 3
    p = math.sqrt(((a - mean) ** 2 + (b - mean) ** 2 + (c - mean) ** 2
                   + 2 * (d * d + e * e + f * f)) / 6)
    if p == 0:
        return [mean] * 3
    a, b, c, d, e, f = ((a - mean) / p, (b - mean) / p, (c - mean) / p, d / p, e / p, f / p)
    half = (a * (b * c - e * e) - d * (d * c - e * f) + f * (d * e - b * f)) / 2
    angle = math.acos(max(-1, min(1, half))) / 3
    first, last = mean + 2 * p * math.cos(angle), mean + 2 * p * math.cos(angle + 2 * math.pi / 3)
    return [first, 3 * mean - first - last, last]


def component(kind, name, values):
    if kind == "temperature":
        return values[0]
    if kind == "displacement":
        return math.hypot(*values[:3]) if name == "magnitude" else values["xyz".index(name)]
    if name == "von-mises":
        a, b, c, d, e, f = values
        return math.sqrt(((a - b) ** 2 + (b - c) ** 2 + (c - a) ** 2) / 2
                         + 3 * (d * d + e * e + f * f))
    if name.endswith("principal"):
        return principal(values)[["max", "mid", "min"].index(name.split("-")[0])]
    return values[["xx", "yy", "zz", "xy", "yz", "xz"].index(name)]


def scale(part, quantity):
    """What a value of the quantity's unit is in the deck's own units."""
    if quantity.unit == "MPa" and part.units["length"] == "m":
        return 1e6
    return 1.0                        # all others are written in the decks' own units


def off_line(places, values):
    """The root mean square of what the best-fit line over places leaves of values."""
    n = len(places)
    middle, mean = sum(places) / n, sum(values) / n
    slope = (sum((x - middle) * (v - mean) for x, v in zip(places, values))
             / sum((x - middle) ** 2 for x in places))
    return math.sqrt(sum((v - mean - slope * (x - middle)) ** 2 for x, v in zip(places, values)) / n)


class Answer:
    """What CalculiX computed for one deck."""

    def __init__(self, folder, deck):
        self.deck = deck
        self.frd, self.dat = read_frd(folder / "job.frd"), read_dat(folder / "job.dat")

    def values(self, kind, step):
        blocks = {"stress": "STRESS", "displacement": "DISP", "temperature": "NDTEMP"}
        printed = {"displacement": "displacements", "temperature": "temperatures"}
        found = dict(self.frd[step][blocks[kind]])
        for key, block in self.dat.get(step, {}).items():
            if kind in printed and key.startswith(printed[kind]):
                found.update(block)
        return found

    def read(self, quantity):
        kind, _, name = quantity.read.partition(" ")
        values = self.values(kind, quantity.step or max(self.frd))

        def at(place):
            if place in ("max", "min", "max-magnitude"):
                results = [component(kind, name, v) for v in values.values()]
                return {"max": max, "min": min}.get(place, lambda r: max(r, key=abs))(results)
            if "warp-over" in place:
                nodes = self.deck.node_sets[place["warp-over"]]
                return off_line([self.deck.mesh.points[n - 1][0] for n in nodes],
                                [component(kind, name, values[n]) for n in nodes])
            if "set" in place:
                nodes = self.deck.node_sets[place["set"]]
            else:
                nodes = [self.deck.mesh.node_at(*(float(w.split()[0])
                                                  for w in place["point"].split(",")))]
            return sum(component(kind, name, values[n]) for n in nodes) / len(nodes)
        result = at(quantity.at)
        if quantity.minus:
            other = at({"set": quantity.minus})
            digits = 5e-7 * max(abs(result), abs(other))
            result -= other
            if abs(result - quantity.number) <= digits:
                return quantity.number            # the same figure to the printed digits
        if quantity.over:
            result /= float(quantity.over.split()[0])
        return result


def solve(part, model, folder):
    deck = part.build(model)
    stored = (PARTS / part.folder / model.deck).read_text()
    if stored != deck.text():
        sys.exit(f"{part.folder}/{model.deck} is not what the generator writes")
    (folder / "job.inp").write_text(stored)
    run = subprocess.run(["ccx", "job"], cwd=folder, capture_output=True, text=True, timeout=300)
    if run.returncode or "*ERROR" in run.stdout:
        print(run.stdout[-1500:], file=sys.stderr)
        sys.exit(f"ccx failed on {part.folder}/{model.deck}")
    for row in run.stdout.splitlines():
        if "*WARNING" in row and "was created" not in row:
            print(f"  {model.name}: {row.strip()}", file=sys.stderr)
    return Answer(folder, deck)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ids", nargs="*")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    outside = 0
    for part in all_parts():
        if options.ids and part.id not in options.ids and part.folder not in options.ids:
            continue
        answers = {}
        for model in part.models:
            with tempfile.TemporaryDirectory() as scratch:
                folder = pathlib.Path(scratch)
                if options.keep:
                    folder = options.keep / part.folder / model.deck[:-4]
                    folder.mkdir(parents=True, exist_ok=True)
                answers[model.name] = solve(part, model, folder)
        print(f"\n{part.folder}")
        for q in part.quantities:
            print(f"  {q.name}: {q.value} ± {q.tolerance}")
            for model in part.models_of(q):
                result = answers[model.name].read(q) / scale(part, q)
                error = result - q.number
                allowed = q.allowed() + PRINTED.get(q.read.split()[0], 6e-6) * abs(q.number)
                inside = abs(error) <= allowed
                if model.stated and not inside:
                    outside += 1
                if options.all or model.stated or not inside:
                    relative = f"{100 * error / q.number:+9.4f} %" if q.number else " " * 11
                    mark = ("stated " if model.stated else "       ") + ("" if inside else "OUTSIDE")
                    print(f"    {model.name:24s} {result:14.7g} {relative}  {mark}")
    print(f"\n{outside} stated results outside their tolerance")
    return 1 if outside else 0


if __name__ == "__main__":
    sys.exit(main())
