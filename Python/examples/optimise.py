"""Topology optimisation in twenty lines: optimality criteria on the term's gradient."""

import gcgan
import numpy as np

problem = gcgan.Problem.parse("""gcgan: problem/1
grid: {columns: 60, rows: 30}
solids: [{youngs-modulus: 1, poissons-ratio: 0.3}]
supports: [{region: {edge: left}, axes: [x, y]}]
load-cases: [{loads: [{region: {point: [60, 15]}, force: [0, -1]}]}]
filter: {radius: 1.5}
terms: [{measure: compliance}]
""")
volume, density = 0.4, np.full(problem.shape, 0.4)
for iteration in range(40):
    result = problem.evaluate(density)
    low, high = 0.0, 1e9
    while high - low > 1e-6 * (high + low):
        middle = (low + high) / 2
        moved = density * np.sqrt(np.maximum(0, -result.gradient) / middle)
        moved = np.clip(moved, np.maximum(0, density - 0.2), np.minimum(1, density + 0.2))
        low, high = (middle, high) if moved.mean() > volume else (low, middle)
    density = moved
print(f"compliance {result.total:.2f} at a volume of {density.mean():.3f}")
