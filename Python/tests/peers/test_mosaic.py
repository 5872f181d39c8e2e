"""The Tesseract gives the reference rows that mosaic-bench 0.2.0 ships (structural forward_agreement), and a gradient that differences confirm."""

import os
import unittest

import numpy as np
from tesseract_core import Tesseract

from support import ROOT

# mosaic-bench 0.2.0, mosaic/benchmarks/problems/structural_mesh/references: densities at
# 8 x 2 x 4 cells; and cells along x, beside 2 x 4, at a density of 0.5.
BY_DENSITY = {0.2: 0.0556488, 0.4: 0.0077059567, 0.5: 0.003975325, 0.7: 0.0014560857, 0.9: 0.00068615656}
BY_MESH = {4: 0.0036651825, 6: 0.0038867774, 8: 0.003975325, 12: 0.004044013, 16: 0.0040695816}


def cantilever(nx: int, rho: float) -> dict:
    """2 x 1 x 1, held at x = 0, a force of 1 down on the face at x = 2."""
    ny, nz = 2, 4
    z, y, x = np.meshgrid(*[np.linspace(0, length, n + 1) for length, n in ((1, nz), (1, ny), (2, nx))], indexing="ij")
    points = np.stack([x.ravel(), y.ravel(), z.ravel()], axis=1).astype(np.float32)
    node = np.arange(len(points)).reshape(nz + 1, ny + 1, nx + 1)
    low, high = node[:-1], node[1:]
    cells = np.stack(
        [face[:, j : j + ny, i : i + nx].ravel() for face in (low, high) for j, i in ((0, 0), (0, 1), (1, 1), (1, 0))], axis=1)
    return {
        "rho": np.full(len(cells), rho, np.float32), "points": points, "cells": cells.astype(np.int32),
        "held": (points[:, 0] < 1e-6).astype(np.int32), "loaded": (points[:, 0] > 2 - 1e-6).astype(np.int32),
        "traction": np.array([0, 0, -1], np.float32),
    }


class Mosaic(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tesseract = Tesseract.from_tesseract_api(os.path.join(ROOT, "Python", "examples", "tesseract", "tesseract_api.py"))

    def test_reference_rows(self):
        rows = [(8, rho, value) for rho, value in BY_DENSITY.items()] + [(nx, 0.5, value) for nx, value in BY_MESH.items()]
        for nx, rho, value in rows:
            found = float(self.tesseract.apply(cantilever(nx, rho))["compliance"])
            self.assertLess(abs(found / value - 1), 1e-6, (nx, rho))

    def test_gradient(self):
        inputs = cantilever(4, 0.5)
        random = np.random.default_rng(0)
        inputs["rho"] = random.uniform(0.3, 1, len(inputs["rho"])).astype(np.float32)
        gradient = self.tesseract.vector_jacobian_product(inputs, ["rho"], ["compliance"], {"compliance": np.float64(1)})["rho"]
        direction, step = random.standard_normal(len(gradient)), 1e-3
        values = []
        for sign in (1, -1):
            moved = dict(inputs, rho=(inputs["rho"] + sign * step * direction).astype(np.float32))
            values.append(float(self.tesseract.apply(moved)["compliance"]))
        self.assertAlmostEqual((values[0] - values[1]) / (2 * step) / (gradient @ direction), 1, 3)


if __name__ == "__main__":
    unittest.main()
