#!/usr/bin/env python3
"""Runs ccx on every deck (or those named) in a temporary folder and reports what looks wrong.

usage: run-ccx.py [-o FOLDER] [deck.inp ...]     (-o keeps each deck's .dat and log there)
Reported: exit code, *ERROR, *WARNING, missing or empty .dat, NaN, blocks whose rows are all zero.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def check(deck, keep):
    name = os.path.basename(deck)[:-4]
    with tempfile.TemporaryDirectory() as folder:
        for f in os.listdir(HERE):
            if f.endswith((".inp", ".inc")):
                shutil.copy(os.path.join(HERE, f), folder)
        env = dict(os.environ, OMP_NUM_THREADS="1")
        start = time.time()
        run = subprocess.run(["ccx", name], cwd=folder, env=env, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, text=True, timeout=120)
        seconds = time.time() - start
        dat = os.path.join(folder, name + ".dat")
        text = open(dat).read() if os.path.exists(dat) else ""
        if keep:
            open(os.path.join(keep, name + ".dat"), "w").write(text)
            open(os.path.join(keep, name + ".log"), "w").write(run.stdout)
    notes = []
    if run.returncode:
        notes.append("exit code %d" % run.returncode)
    for word in ("ERROR", "WARNING"):
        for m in re.findall(r"\*%s[^\n]*(?:\n[^\n*]*){0,2}" % word, run.stdout):
            notes.append(" ".join(m.split())[:150])
    if "nan" in text.lower():
        notes.append("NaN in .dat")
    blocks = re.split(r"\n\n(?= [a-z])", text)
    empty = zero = 0
    for block in blocks:
        head, _, body = block.strip("\n").partition("\n")
        rows = [r for r in body.split("\n") if r.strip()]
        if not head.strip():
            continue
        values = [float(v) for r in rows for v in re.findall(r"-?\d\.\d{6}E[+-]\d+", r)]
        if not rows:
            empty += 1
        elif not any(abs(v) > 1e-12 for v in values):
            zero += 1
    print("%-34s %5.2f s %4d blocks, %d empty, %d zero %s"
          % (name, seconds, len(blocks), empty, zero, "" if text else "NO .dat"))
    for n in sorted(set(notes)):
        print("      " + n)
    return bool(text) and not any("ERROR" in n or "exit" in n or "NaN" in n for n in notes)


def main():
    args = sys.argv[1:]
    keep = None
    if args[:1] == ["-o"]:
        keep, args = args[1], args[2:]
        os.makedirs(keep, exist_ok=True)
    decks = args or sorted(f for f in os.listdir(HERE) if f.endswith(".inp"))
    good = [check(d, keep) for d in decks]
    print("%d of %d run" % (sum(good), len(good)))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
