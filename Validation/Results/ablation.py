#!/usr/bin/env python3
"""Trains small networks with one thing changed at a time, and tells what it does to held-out designs.

    ablation.py BIN FOLDER OUT

BIN has the built programs, FOLDER gets (or has) data and runs, OUT is the page. Every run sees as many designs, three seeds each; whatever is
finished in FOLDER is kept and the page is written after every row, so that an interrupted call goes on. Twenty minutes on two cores.
"""
import json
import os
import statistics
import subprocess
import sys

SIZE, TRAINING, HELD_OUT, DESIGNS, SEEDS = "32x32", 2048, 200, 8000, [1, 2, 3]
# The shipped config's numbers, on networks of half the width.
BASE = {
    "accumulation": "{rule: gate, count: 2, largest: 4, variance-threshold: 4}",
    "physics": "{share: 2, start: 0, ramp: 100}",
    "discriminators": "{width: 16, scales: 3}",
    "micro-batch": "16",
    "learning-rates": "{generator: 0.001, discriminators: 0.0001, sign-off: 0.0004}",
}
CHANGES = [
    ("all: physics, gate, three scales", {}),
    ("physics off", {"physics": "{share: 0}"}),
    ("N = 2", {"accumulation": "{rule: fixed, count: 2}"}),
    ("N = 4", {"accumulation": "{rule: fixed, count: 4}"}),
    ("N by the noise scale", {"accumulation": "{rule: noise-scale, count: 2, largest: 4}"}),
    ("one scale", {"discriminators": "{width: 16, scales: 1}"}),
    # Fixed before they were run. Updates of 8 designs in place of the 32 of N = 2, the decay of Adam's second moments held in designs:
    # 0.99^(8/32), arXiv 2507.07101.
    ("updates of 8 designs, their second decay held in designs", {
        "accumulation": "{rule: fixed, count: 1}", "micro-batch": "8",
        "learning-rates": f"{{generator: 0.001, discriminators: 0.0001, sign-off: 0.0004, second-decay: {0.99 ** (8 / 32):.6f}}}"}),
    # Updates grow from 16 to 64 designs over the first three tenths of the run, arXiv 2505.23971.
    ("N from 1 to 4", {"accumulation": "{rule: warm-up, count: 1, largest: 4}"}),
]
FIGURES = [
    ("median error, %", lambda s: 100 * s["finished"]["medianComplianceError"]),
    ("failures, %", lambda s: 100 * s["finished"]["failureShare"]),
    ("raw failures, %", lambda s: 100 * s["raw"]["failureShare"]),
    ("raw floating, %", lambda s: 100 * s["raw"]["floatingShare"]),
    ("raw, limits broken, %", lambda s: 100 * (1 - s["signedOffShare"])),
]


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def config(seed, change):
    lines = [
        "gcgan: training/1", "data: ../data", f"seed: {seed}", "steps: 100000", f"designs: {DESIGNS}",
        "generator: {width: 16, blocks: 1}", "sign-off-width: 8", "average-decay: 0.99",
        "losses: {reconstruction: 1, adversarial: 0.02, disentanglement: 1, sign-off: 1, penalty: 2, penalty-interval: 4}",
        "checkpoint-interval: 100000",
    ]
    return "\n".join(lines + [f"{key}: {value}" for key, value in {**BASE, **change}.items()]) + "\n"


def main():
    binaries, folder, out = sys.argv[1:4]
    dataset = [f"{binaries}/gcgan-dataset", "part", "--distribution", "catalogue", "--size", SIZE, "--quiet"]
    run(*dataset, "--count", str(TRAINING), "--seed", "1", "-o", f"{folder}/data")
    for split in ("L1", "L2"):
        run(*dataset, "--count", str(HELD_OUT), "--seed", "2", "--split", split, "-o", f"{folder}/{split}")
    rows = []
    for number, (name, change) in enumerate(CHANGES):
        scores, steps, designs = {"L1": [], "L2": []}, [], []
        for seed in SEEDS:
            place = f"{folder}/run-{number}-{seed}"
            os.makedirs(folder, exist_ok=True)
            path = f"{folder}/configs/{number}-{seed}.yml"
            os.makedirs(os.path.dirname(path), exist_ok=True)
            text = config(seed, change)
            with open(path, "w") as file:
                file.write(text)
            resume = ["--resume"] if os.path.exists(f"{place}/checkpoint.safetensors") else []
            run(f"{binaries}/gcgan-train", path, "-o", place, "--quiet", *resume)
            with open(f"{place}/log.jsonl") as file:
                log = [json.loads(line) for line in file]
            steps.append(len(log))
            designs.append(log[-1]["samples"])
            for split in scores:
                scores[split].append(json.loads(run(
                    f"{binaries}/gcgan-score", place, "--data", f"{folder}/{split}", "--split", split, "--count", str(HELD_OUT))))
            print(name, seed, steps[-1], "updates", flush=True)
        rows.append((name, steps, designs, scores))
        write(out, rows)


def write(out, rows):
    lines = [
        "# One thing changed at a time", "", "Written by `make ablation`; do not edit.", "",
        f"Networks of half the shipped width at {SIZE}, {TRAINING} designs of training data, {DESIGNS} designs seen in every run whatever the size "
        f"of its updates, seeds {', '.join(map(str, SEEDS))}; mean and, after ±, standard deviation over the seeds, on {HELD_OUT} held-out problems each, no "
        "refinement, one solve per design. *Limits broken*: error above 10 %, volume off by more than 2 %, or anything afloat.", "",
    ]
    for split in ("L1", "L2"):
        lines += [
            f"## {split}", "", "| run | updates | designs | " + " | ".join(name for name, _ in FIGURES) + " |",
            "| --- |" + " --- |" * (2 + len(FIGURES)),
        ]
        for name, steps, designs, scores in rows:
            cells = []
            for _, figure in FIGURES:
                values = [figure(score) for score in scores[split]]
                cells.append(f"{statistics.mean(values):.1f} ± {statistics.stdev(values):.1f}")
            lines.append(
                f"| {name} | {statistics.mean(steps):.0f} | {statistics.mean(designs):.0f} | "
                + " | ".join(cells) + " |")
        lines.append("")
    with open(out, "w") as file:
        file.write("\n".join(lines[:-1]) + "\n")


main()
