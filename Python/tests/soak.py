"""soak.py GCGAN-BENCH: ten thousand calls without growth of memory, and the time of a batch from NumPy and PyTorch beside gcgan-bench's.

The batch is that of gcgan-bench term-64x64-b32: 32 designs of 64 x 64, compliance and the p-norm of the stress, value and gradient.
Rounds alternate; the figures are medians.
"""

import json
import resource
import statistics
import subprocess
import sys
import time

import gcgan
import numpy as np

TEXT = """gcgan: problem/1
grid: {columns: 64, rows: 64}
solids: [{youngs-modulus: 1, poissons-ratio: 0.3, expansion: 1e-3}]
supports: [{region: {edge: left}, axes: [x, y]}]
load-cases: [{loads: [{region: {corner: [right, bottom]}, force: [0, -1]}]}]
interpolation: {penalty: 1}
terms: [{measure: compliance}, {measure: stress}]
"""


def main():
    problem = gcgan.Problem.parse(TEXT)
    designs = np.random.default_rng(0).uniform(0.1, 1, (32, 64, 64))
    ways = {"NumPy": lambda: problem.evaluate(designs)}
    try:
        import torch
        from gcgan.torch import manufacturability

        tensor = torch.from_numpy(designs.astype(np.float32)).requires_grad_()

        def step():
            tensor.grad = None
            manufacturability(tensor, problem).sum().backward()

        ways[f"PyTorch {torch.__version__}"] = step
    except ImportError:
        print("PyTorch is not installed: its figure is left out")
    times = {name: [] for name in ways}
    bench = []
    for _ in range(5):
        run = subprocess.run([sys.argv[1], "term-64x64-b32", "--json", "-"], capture_output=True, text=True, check=True)
        bench.append(json.loads(run.stdout)[0]["value"])
        for name, way in ways.items():
            way()
            rounds = []
            for _ in range(15):
                begin = time.perf_counter()
                way()
                rounds.append(time.perf_counter() - begin)
            times[name].append(statistics.median(rounds))
    base = statistics.median(bench)
    print(f"gcgan-bench term-64x64-b32: {1e3 * base:.1f} ms")
    for name, seconds in times.items():
        ratio = statistics.median(s / b for s, b in zip(seconds, bench))
        print(f"{name}: {1e3 * statistics.median(seconds):.1f} ms, {ratio:.3f} of it")
    small = gcgan.Problem.parse(TEXT.replace("64", "16"))
    batch = designs[:, :16, :16].copy()
    for _ in range(200):
        small.evaluate(batch)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(10_000):
        small.evaluate(batch)
    print(f"growth of memory in 10,000 calls: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before} KiB")


main()
