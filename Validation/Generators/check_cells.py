#!/usr/bin/env python3
"""Cells of a periodic material, here and by CalculiX: one of negative and one of zero expansion out of two solids that grow.

    check_cells.py PROGRAMS FOLDER [--size 32x32] [--seed 1] [--count 32]

PROGRAMS is the folder of gcgan-dataset and gcgan-solve. A data set of the family 'microstructure' is made in FOLDER, and the first design of either kind whose
expansion keeps its limit is written as decks of pixels with periodic *EQUATIONs, free to grow and under an even tension. The strains that ccx finds are
the expansion and the compliance that 'gcgan-solve gradient' says, to 1e-5 of the largest. Exit 1 where they are not.

The decks are bricks in plane strain with the constants for which that is plane stress: E' = E (1 + 2ν)/(1 + ν)², ν' = ν/(1 + ν), α' = α (1 + ν)/(1 + 2ν).
Void is left out: here it is 1e-9 of the solid.
"""
import argparse
import json
import pathlib
import struct
import subprocess
import sys

import numpy as np

TOLERANCE = 1e-5


def tensors(path):
    """The tensors of a safetensors file by name."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    types = {"U8": np.uint8, "F64": np.float64, "I64": np.int64}
    return {
        name: np.frombuffer(data, types[entry["dtype"]], offset=8 + length + entry["data_offsets"][0],
                            count=int(np.prod(entry["shape"]))).reshape(entry["shape"])
        for name, entry in header.items() if name != "__metadata__"
    }


def deck(design, solids):
    """A layer of unit bricks on the solid pixels, periodic, with two steps: a temperature rise of 1, an even tension of 1."""
    image = design[::-1]  # row 0 at the bottom
    rows, columns = image.shape
    number = lambda i, j, k: 1 + i + (columns + 1) * (j + (rows + 1) * k)
    cells = {1: [], 2: []}
    used = set()
    for j, i in zip(*np.nonzero(image)):
        corners = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)]
        used.update(corners)
        cells[int(image[j, i])].append([number(*c, k) for k in (0, 1) for c in corners])
    right, top = 2 * (columns + 1) * (rows + 1) + 1, 2 * (columns + 1) * (rows + 1) + 2
    lines = ["*HEADING", "the cell of a periodic material", "*NODE, NSET=NALL"]
    for i, j in sorted(used):
        lines += [f"{number(i, j, k)}, {i}, {j}, {k}" for k in (0, 1)]
    lines += [f"{right}, {columns}, -1, 0", f"{top}, -1, {rows}, 0"]
    element = 1
    for index, members in cells.items():
        if not members:
            continue
        lines.append(f"*ELEMENT, TYPE=C3D8, ELSET=SOLID{index}")
        for nodes in members:
            lines.append(f"{element}, " + ", ".join(map(str, nodes)))
            element += 1
        solid = solids[index - 1]
        modulus, ratio, expansion = solid["youngsModulus"], solid["poissonsRatio"], solid["expansion"]
        lines += [
            f"*MATERIAL, NAME=SOLID{index}", "*ELASTIC",
            f"{modulus * (1 + 2 * ratio) / (1 + ratio) ** 2!r}, {ratio / (1 + ratio)!r}",
            "*EXPANSION", f"{expansion * (1 + ratio) / (1 + 2 * ratio):.12e}",
            f"*SOLID SECTION, ELSET=SOLID{index}, MATERIAL=SOLID{index}",
        ]
    # One point of the material may lie on two sides, or in four corners, of the cell.
    base = {}
    for i, j in sorted(used):
        place = (i % columns, j % rows)
        if place not in base:
            base[place] = (i, j)
            continue
        first = base[place]
        for k in (0, 1):
            for axis in (1, 2):
                terms = [(number(i, j, k), 1), (number(*first, k), -1)]
                terms += [(right, -1)] if i != first[0] else []
                terms += [(top, -1)] if j != first[1] else []
                lines += ["*EQUATION", str(len(terms)),
                          ", ".join(f"{node}, {axis}, {factor}" for node, factor in terms)]
    pin = min(used)
    lines += ["*BOUNDARY", "NALL, 3, 3", f"{right}, 2, 3", f"{top}, 3, 3"]
    lines += [f"{number(*pin, k)}, 1, 2" for k in (0, 1)]
    lines += ["*INITIAL CONDITIONS, TYPE=TEMPERATURE", "NALL, 0", "*NSET, NSET=ENDS", f"{right}, {top}"]
    printed = ["*NODE PRINT, NSET=ENDS", "U", "*END STEP"]
    lines += ["*STEP", "*STATIC", "*TEMPERATURE", "NALL, 1"] + printed
    lines += ["*STEP", "*STATIC", "*TEMPERATURE", "NALL, 0", "*CLOAD", f"{right}, 1, {rows}", f"{top}, 2, {columns}"]
    return "\n".join(lines + printed) + "\n"


def strains(folder, name, size):
    """The mean strains xx, yy of both steps."""
    run = subprocess.run(["ccx", "-i", name], cwd=folder, capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"ccx {name}: {run.stdout[-400:]}")
    values = [line.split() for line in (folder / f"{name}.dat").read_text().splitlines()
              if len(line.split()) == 4 and line.split()[0].isdigit()]
    rows = [[float(v) for v in line[1:]] for line in values]
    return [[rows[2 * step][0] / size[0], rows[2 * step + 1][1] / size[1]] for step in (0, 1)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("programs", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--size", default="32x32")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--count", default="32")
    options = parser.parse_args()
    folder = options.folder
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([options.programs / "gcgan-dataset", "microstructure", "--count", options.count, "--seed", options.seed,
                    "--size", options.size, "-o", folder / "data"], check=True)
    shard = tensors(next((folder / "data").glob("shard-*.safetensors")))
    tasks = [json.loads(line) for line in shard["problems"].tobytes().splitlines()]
    failed = False
    for kind in ("negative", "zero"):
        found = None
        for place, (design, task) in enumerate(zip(shard["design"], tasks)):
            if kind not in task["supportCase"].split():
                continue
            problem = task["problem"]
            name = f"{kind}-{place}"
            np.save(folder / f"{name}.npy", np.array([design > 0, design == 2], dtype=float))
            constants = "\n".join(
                f"  - {{index: {s['index']}, youngs-modulus: {s['youngsModulus']!r}, poissons-ratio: {s['poissonsRatio']!r}, "
                f"conductivity: {s['conductivity']!r}, expansion: {s['expansion']!r}}}" for s in problem["solids"])
            (folder / f"{name}.yml").write_text(
                f"gcgan: problem/1\ngrid: {{columns: {design.shape[1]}, rows: {design.shape[0]}}}\nsolids:\n{constants}\n"
                "terms:\n  - {measure: effective-expansion, row: 1, name: x}\n  - {measure: effective-expansion, row: 2, name: y}\n"
                "  - {measure: effective-compliance, direction: [1, 1, 0], name: softness}\n")
            subprocess.run([options.programs / "gcgan-solve", "gradient", "--problem", folder / f"{name}.yml", "--density",
                            folder / f"{name}.npy", "-o", folder / name], check=True, capture_output=True)
            terms = {t["name"]: t["value"] for t in json.loads((folder / name / "term.json").read_text())["terms"]}
            scale = max(abs(s["expansion"]) for s in problem["solids"])
            mean = (terms["x"] + terms["y"]) / 2
            if max(terms["x"], terms["y"]) < 0 if kind == "negative" else max(abs(terms["x"]), abs(terms["y"])) < 0.03 * scale:
                found = (name, design, problem["solids"], terms, scale, mean)
                break
        if not found:
            print(f"{kind}: no design of {len(tasks)} has it")
            failed = True
            continue
        name, design, solids, terms, scale, mean = found
        (folder / f"{name}.inp").write_text(deck(design, solids))
        free, pulled = strains(folder, name, design.shape[::-1])
        ends = [abs(free[0] - terms["x"]) / scale, abs(free[1] - terms["y"]) / scale,
                abs(sum(pulled) - terms["softness"]) / terms["softness"]]
        failed |= max(ends) > TOLERANCE
        print(f"{name}: solids grow by {[s['expansion'] for s in solids]}, the cell by {terms['x']:.6g} and {terms['y']:.6g}; "
              f"ccx {free[0]:.6g} and {free[1]:.6g}; compliance {terms['softness']:.6g}, ccx {sum(pulled):.6g}; "
              f"largest difference {max(ends):.1e} of the larger expansion or the compliance")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
