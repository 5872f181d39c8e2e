"""What the tests share. GCGAN_PROGRAMS is the folder of gcgan's programs, which the library must agree with."""

import os
import subprocess
import tempfile

PROGRAMS = os.environ.get("GCGAN_PROGRAMS", "")
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

BRACKET = """gcgan: problem/1
title: A bracket
grid: {columns: 16, rows: 12}
solids: [{youngs-modulus: 70, poissons-ratio: 0.33, expansion: 2e-3}]
void: {stiffness-ratio: 1e-3}
supports: [{region: {edge: left}, axes: [x, y]}]
load-cases:
  - {name: tip, loads: [{region: {point: [16, 6]}, force: [0, -1]}]}
  - {name: top, weight: 0.5, loads: [{region: {edge: top}, force: [0, -0.5], sharing: uniform}]}
temperature-change: 5
filter: {radius: 1.5}
terms:
  - {measure: compliance}
  - {measure: stress, weight: 0.5, exponent: 6}
  - {measure: thermal-distortion, region: {edge: right}}
optimisation: {method: oc, volume-fraction: 0.5, iteration-limit: 8}
"""


def program(name: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Runs one of gcgan's programs."""
    return subprocess.run([os.path.join(PROGRAMS, name), *arguments], capture_output=True, text=True)


def file(folder: str, name: str, text: str) -> str:
    """Writes a file."""
    path = os.path.join(folder, name)
    with open(path, "w") as stream:
        stream.write(text)
    return path


def folder() -> "tempfile.TemporaryDirectory[str]":
    """A folder that goes with the test."""
    return tempfile.TemporaryDirectory()
