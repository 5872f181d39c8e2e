#!/usr/bin/env python3
"""Scores the shipped model on held-out problems and writes Docs/Results.md.

    make_results.py BIN MODEL EVAL OUT [MODEL-WITHOUT-PHYSICS]

BIN has the built programs, EVAL gets (or has) the held-out problems: 500 each of L1, L2 and random ones, drawn from another seed
than the training set, in a folder for each commit, whose versions differ by round-off. Every figure of the page comes from gcgan-score.
A model trained by the same config without physics, where there is one, is set beside the shipped one.
"""
import json
import os
import re
import subprocess
import sys

COUNT, SEED = 500, 2
SETS = [
    ("L1", "held as in training", "L1", ["--distribution", "catalogue", "--split", "L1"]),
    ("L2", "held as never in training", "L2", ["--distribution", "catalogue", "--split", "L2"]),
    ("random", "any supports and loads", "validation", ["--distribution", "random", "--split", "validation"]),
]
RUNS = [
    ("network", 0, []),
    ("network, the best of 8", 0, ["--best-of", "8"]),
    ("network", 5, []),
    ("solver alone", 5, ["--without-network"]),
]


def score(binaries, model, data, split, refine=0, extra=()):
    run = subprocess.run(
        [f"{binaries}/gcgan-score", model, "--data", data, "--split", split, "--count", str(COUNT), "--refine", str(refine), *extra],
        check=True, capture_output=True, text=True)
    return json.loads(run.stdout)


def card(model):
    """What a model says of itself."""
    with open(model, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    return json.loads(header["__metadata__"]["card"])


def percent(value):
    return "∞" if value is None else f"{100 * value:.2f}"


def main():
    binaries, model, folder, out = sys.argv[1:5]
    without = sys.argv[5] if len(sys.argv) > 5 else None
    shipped = card(model)
    if without and card(without)["samples"] < 0.99 * shipped["samples"]:
        sys.exit(f"{without} has seen {card(without)['samples']} designs and {model} {shipped['samples']}: finish its run first (gcgan-train --resume), or delete it")
    version = subprocess.run([f"{binaries}/gcgan-dataset", "--version"], check=True, capture_output=True, text=True).stdout
    commit = re.search(r"^commit (\w{1,12})", version, re.MULTILINE)[1]
    rows = []
    for name, what, split, options in SETS:
        data = os.path.join(folder, commit, name)
        subprocess.run(
            [f"{binaries}/gcgan-dataset", "part", "--count", str(COUNT), "--seed", str(SEED), "--size", "64x64", "--quiet",
             *options, "-o", data], check=True)
        for who, refine, extra in RUNS:
            rows.append((name, what, who, refine, score(binaries, model, data, split, refine, extra)))
        if without:
            rows.append((name, what, "network trained without physics", 0, score(binaries, without, data, split)))
    lines = [
        "# Results",
        "",
        "Written by `make results`; do not edit.",
        "",
        f"The shipped model (`{model}`): {shipped['step']} updates, {shipped['samples']} designs seen, "
        f"{shipped['size']['columns']}×{shipped['size']['rows']}, accumulation rule `{shipped['config']['accumulation']['rule']}`, "
        f"physics share {shipped['config']['physics']['share']} from update {shipped['config']['physics']['start']} on. "
        f"{COUNT} held-out problems each, one drawing per problem unless it says otherwise (*the best of 8* is the stiffest of eight finished drawings, by a solve each: of the problem, the mean over its mirrored and turned images, and six of these), nothing dropped. Errors in per cent. The error is C / C_ref − 1, "
        "C = *f*·*u* after cutting at a half with void of 1e-9; the reference took 80 iterations, "
        "one solve each. *Raw* is the drawing cut at a half; *finished* has the volume met, loads joined and the body held without a solve "
        "(decision 0011). A failure is an error of 100 % or more, or a load that nothing carries.",
        "",
        "## The strict way",
        "",
        "| problems | who | refined | solves | median | 75 % | 90 % | failures | floating | volume |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, what, who, refine, figures in rows:
        for state in ("raw", "finished"):
            if who == "network trained without physics" or who == "solver alone" and state == "raw":
                continue
            f = figures[state]
            lines.append(
                f"| {name}: {what} | {who}, {state} | {refine} | {figures['solvesPerDesign']:.4g} | {percent(f['medianComplianceError'])} | "
                f"{percent(f['quantile75'])} | {percent(f['quantile90'])} | {percent(f['failureShare'])} | "
                f"{percent(f['floatingShare'])} | {percent(f['meanVolumeError'])} |")
    lines += [
        "",
        "## The published way",
        "",
        "Void of 1e-3, two bodies that meet in a corner are one.",
        "",
        "| problems | who | refined | median | mean | floating |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, what, who, refine, figures in rows:
        for state in ("raw", "finished"):
            if who == "network trained without physics" or who == "solver alone" and state == "raw":
                continue
            f = figures[state]
            lines.append(
                f"| {name} | {who}, {state} | {refine} | {percent(f['publishedMedianComplianceError'])} | "
                f"{percent(f['publishedMeanComplianceError'])} | {percent(f['publishedFloatingShare'])} |")
    lines += [
        "",
        "## Sign-off without a solve",
        "",
        "What is said, without a solve, of whether the solver signs a raw drawing off (error up to 10 %, volume within 2 %, nothing floating): volume, joints and bodies are checked, and the network guesses whether what passes is stiff enough; a chance of a half counts as yes. *Checks alone* takes all that passes for stiff enough.",
        "",
        "| problems | signed off | F1 | checks alone |",
        "| --- | --- | --- | --- |",
    ]
    for name, _, who, refine, figures in rows:
        if who == "network" and refine == 0:
            f1 = figures["signOffF1"]
            checks = figures["checksF1"]
            shown = " | ".join("none" if value is None else f"{value:.3f}" for value in (f1, checks))
            lines.append(f"| {name} | {percent(figures['signedOffShare'])} | {shown} |")
    if without:
        lines += [
            "",
            "## Physics in the loss, on and off",
            "",
            "The shipped config, and the same with a physics share of 0: as many designs seen, no refinement. *Limits broken*: not signed off as above.",
            "",
            "| problems | trained | raw, limits broken | raw, failures | raw, floating | raw, volume | finished, median | finished, failures |",
            "| --- | --- | --- | --- | --- | --- | --- | --- |",
        ]
        for name, _, who, refine, figures in rows:
            if who in ("network", "network trained without physics") and refine == 0:
                raw, finished = figures["raw"], figures["finished"]
                lines.append(
                    f"| {name} | {'with physics' if who == 'network' else 'without'} | {percent(1 - figures['signedOffShare'])} | "
                    f"{percent(raw['failureShare'])} | {percent(raw['floatingShare'])} | {percent(raw['meanVolumeError'])} | "
                    f"{percent(finished['medianComplianceError'])} | {percent(finished['failureShare'])} |")
    lines += ["", "What physics, the accumulation rule and the scales each do: [Ablation.md](Ablation.md).", ""]
    with open(out, "w") as file:
        file.write("\n".join(lines))


main()
