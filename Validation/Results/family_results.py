#!/usr/bin/env python3
"""Scores models on held-out problems of their families and writes a section for each into a page.

    family_results.py BIN EVAL PAGE COUNT MODEL[=FAMILY.yml] ...

BIN has the built programs. EVAL gets (or has) the held-out problems, COUNT of each split, drawn from another seed than training sets, in a folder for each commit, whose
versions differ by round-off. A model of a family that is a file is given with that file. What stands in PAGE from the line `## By family` on is written anew. Every
figure comes from gcgan-score; nothing is dropped.
"""
import json
import math
import os
import re
import subprocess
import sys

SEED = 2
HEADING = "## By family"
SPLITS = {"L1": "held as in training", "L2": "held as never in training"}
# Problems and drawings of each that say how much drawings differ.
VARIED, SEEDS = 40, 16
# Iterations of the optimiser alone: one solve each, and one more.
LONG = 79


def card(model):
    """What a model says of itself."""
    with open(model, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    return json.loads(header["__metadata__"]["card"])


def dataset(binaries, family, size, split, count, folder):
    """The folder of the held-out problems; None where the family holds nothing back for the split."""
    run = subprocess.run(
        [f"{binaries}/gcgan-dataset", family, "--count", str(count), "--seed", str(SEED), "--size", size, "--split", split, "--quiet", "-o", folder],
        capture_output=True, text=True)
    if run.returncode == 0:
        return folder
    if split == "L2":
        return None
    sys.exit(f"gcgan-dataset {family}: {run.stderr.strip()}")


def score(binaries, model, data, split, count, refine, extra=()):
    run = subprocess.run(
        [f"{binaries}/gcgan-score", model, "--data", data, "--split", split, "--count", str(count), "--refine", str(refine), "--quiet", *extra],
        capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"gcgan-score {model}: {run.stderr.strip()}")
    return json.loads(run.stdout)


def percent(value):
    return "∞" if value is None else f"{100 * value:.2f}"


def number(value):
    return "∞" if value is None else f"{value:.3g}"


def runs(binaries, model, data, split, count):
    """Who, and what gcgan-score says."""
    one = score(binaries, model, data, split, count, 0)
    varied = score(binaries, model, data, split, min(VARIED, count), 0, ["--seeds", str(SEEDS)])
    one["variety"] = varied["meanPairwiseIoU"]
    yield "network", one
    yield "network, the best of 8", score(binaries, model, data, split, count, 0, ["--best-of", "8"])
    refined = score(binaries, model, data, split, count, 5)
    yield "network, five steps", refined
    # The optimiser begins with the uniform design: k steps are k + 1 solves.
    equal = max(1, math.ceil(refined["solvesPerDesign"]) - 1)
    yield f"optimiser alone, {equal + 1} solves", score(binaries, model, data, split, count, equal, ["--without-network"])
    yield f"optimiser alone, {LONG + 1} solves", score(binaries, model, data, split, count, LONG, ["--without-network"])


def section(binaries, model, family, folder, count):
    of = card(model)
    size = f"{of['size']['columns']}x{of['size']['rows']}"
    lines = [
        f"### {of['family']}, {size}", "",
        f"`{os.path.basename(model)}`: {of['step']} updates, {of['samples']} designs seen.", "",
    ]
    for split, what in SPLITS.items():
        data = dataset(binaries, family or of["family"], size, split, count, os.path.join(folder, of["family"], size, split))
        if data is None:
            lines += [f"{split}: the family holds nothing back.", ""]
            continue
        results = list(runs(binaries, model, data, split, count))
        error = f"median{results[0][1]['objective'][:1].upper()}{results[0][1]['objective'][1:]}Error"
        limits = list(results[0][1]["finished"]["limitsBroken"])
        lines += [
            f"**{split}**, {what}: {results[0][1]['problems']} problems. Shares and errors of `{results[0][1]['objective']}` in per cent, finished designs.", "",
            "| who | median | 25 % | 75 % | 90 % | any limit broken | " + "".join(f"{name} | " for name in limits)
            + "floating | volume missed | failures | variety | accepted | solves per accepted | seconds per accepted |",
            "| --- " * (13 + len(limits)) + "|",
        ]
        for who, figures in results:
            f = figures["finished"]
            broken = "".join(f"{percent(f['limitsBroken'][name]['share'])} | " for name in limits)
            lines.append(
                f"| {who} | {percent(f[error])} | {percent(f['quantile25'])} | {percent(f['quantile75'])} | {percent(f['quantile90'])} | {percent(f['limitsBrokenShare'])} | {broken}"
                f"{percent(f['floatingShare'])} | {percent(f['volumeMissedShare'])} | {percent(f['failureShare'])} | {percent(figures['variety']) if 'variety' in figures else ''} | "
                f"{percent(figures['acceptedShare'])} | {number(figures['solvesPerAcceptedDesign'])} | {number(figures['secondsPerAcceptedDesign'])} |")
        lines.append("")
    return lines


def main():
    if len(sys.argv) < 6:
        sys.exit(__doc__)
    binaries, folder, page, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    version = subprocess.run([f"{binaries}/gcgan-dataset", "--version"], check=True, capture_output=True, text=True).stdout
    commit = re.search(r"^commit (\S{1,12})", version, re.MULTILINE)[1]
    lines = [
        HEADING, "",
        "Held-out problems of each family, one drawing per problem unless it says otherwise, nothing dropped. The error is the objective over the reference's, less 1; a failure is an error of 100 % or more, or "
        "a load that nothing carries. A *limit broken* is one of the problem's own, by its bound, of the design as it would be made. *Accepted* is signed off by the solver: limits kept "
        "(without one on the objective at most a tenth more of it), volume within 2 %, nothing floating, loads joined. Solves are one for each design evaluated; seconds are those of drawing and "
        "refining on this machine. The optimiser alone begins with the uniform design. *Variety* is the mean over all pairs of "
        f"{SEEDS} finished drawings of one problem of their intersection over their union, of {VARIED} problems: 100 where they are all alike.", "",
    ]
    for argument in sys.argv[5:]:
        model, _, family = argument.partition("=")
        lines += section(binaries, model, family or None, os.path.join(folder, commit), count)
    with open(page) as file:
        before = file.read().split(HEADING + "\n")[0].rstrip("\n")
    temporary = page + ".new"
    with open(temporary, "w") as file:
        file.write(before + "\n\n" + "\n".join(lines).rstrip("\n") + "\n")
    os.replace(temporary, page)


main()
