"""Compliance of a design on any mesh of 8-node hexahedra, and its gradient by the densities: a deck, solved by gcgan.

Stiffness of a cell: E(rho) = E_min + (E_max - E_min) rho^p (SIMP). Compliance is C = f·u; with U_e the strain energy of a cell
dC/d rho_e = -E'(rho_e) / E(rho_e) · 2 U_e (Bendsøe and Sigmund, *Topology Optimization*, 2003, section 1.2): no adjoint solve.
"""

import os
import tempfile
from dataclasses import dataclass
from typing import Tuple

import gcgan
import numpy as np

# Corners of the faces of a hexahedron, in the order of Abaqus.
FACES = np.array([[0, 1, 2, 3], [4, 5, 6, 7], [0, 1, 5, 4], [1, 2, 6, 5], [2, 3, 7, 6], [3, 0, 4, 7]])


@dataclass
class Solid:
    """The solid, and how density makes it softer."""

    modulus: float = 70000.0
    poisson: float = 0.3
    least: float = 1e-3
    penalty: float = 3.0

    def stiffness(self, density: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
        """E and its derivative by the density."""
        low = self.least * self.modulus
        return (
            low + (self.modulus - low) * density**self.penalty,
            (self.modulus - low) * self.penalty * density ** (self.penalty - 1),
        )


def nodal_forces(points: np.ndarray, cells: np.ndarray, loaded: np.ndarray, traction: np.ndarray) -> np.ndarray:
    """Forces, `[points, 3]`, of a traction on the outer faces all of whose corners are loaded; 2 × 2 points of Gauss."""
    faces = cells[:, FACES].reshape(-1, 4)
    _, first, count = np.unique(np.sort(faces, axis=1), axis=0, return_index=True, return_counts=True)
    outer = faces[first[count == 1]]
    outer = outer[loaded[outer].all(axis=1)]
    forces = np.zeros_like(points, dtype=float)
    corners = points[outer].astype(float)
    for r in (-(3**-0.5), 3**-0.5):
        for s in (-(3**-0.5), 3**-0.5):
            shape = 0.25 * np.array([(1 - r) * (1 - s), (1 + r) * (1 - s), (1 + r) * (1 + s), (1 - r) * (1 + s)])
            along_r = 0.25 * np.array([s - 1, 1 - s, 1 + s, -1 - s])
            along_s = 0.25 * np.array([r - 1, -1 - r, 1 + r, 1 - r])
            area = np.linalg.norm(
                np.cross(np.einsum("k,fkx->fx", along_r, corners), np.einsum("k,fkx->fx", along_s, corners)), axis=1)
            for corner in range(4):
                np.add.at(forces, outer[:, corner], (shape[corner] * area)[:, None] * traction)
    return forces


def compliance(
    density: np.ndarray, points: np.ndarray, cells: np.ndarray, held: np.ndarray, forces: np.ndarray, solid: Solid = Solid()
) -> Tuple[float, np.ndarray]:
    """C = f·u and dC/d rho, `[cells]`; nodes where `held` is true do not move."""
    stiffness, slope = solid.stiffness(density.astype(float))
    lines = ["*NODE"]
    lines += [f"{n}, {x!r}, {y!r}, {z!r}" for n, (x, y, z) in enumerate(points.astype(float).tolist(), 1)]
    lines += ["*ELEMENT, TYPE=C3D8, ELSET=ALL"]
    lines += [f"{e}, " + ", ".join(str(n + 1) for n in cell) for e, cell in enumerate(cells.tolist(), 1)]
    for e, modulus in enumerate(stiffness.tolist(), 1):
        lines += [f"*ELSET, ELSET=E{e}", str(e), f"*MATERIAL, NAME=M{e}", "*ELASTIC", f"{modulus!r}, {solid.poisson!r}"]
        lines += [f"*SOLID SECTION, ELSET=E{e}, MATERIAL=M{e}"]
    lines += ["*NSET, NSET=HELD"] + [str(n + 1) for n in np.flatnonzero(held)]
    lines += ["*BOUNDARY", "HELD, 1, 3", "*STEP", "*STATIC", "*CLOAD"]
    lines += [f"{n + 1}, {axis + 1}, {forces[n, axis].item()!r}" for n, axis in zip(*np.nonzero(forces))]
    lines += ["*EL PRINT, ELSET=ALL", "ELSE", "*END STEP", ""]
    with tempfile.TemporaryDirectory() as folder:
        deck = os.path.join(folder, "design.inp")
        with open(deck, "w") as file:
            file.write("\n".join(lines))
        report = gcgan.solve(deck, folder)
        with open(os.path.join(folder, "design.dat")) as file:
            rows = [line.split() for line in file]
    energy = np.zeros(len(cells))
    for row in rows:
        if len(row) == 2 and row[0].isdigit():
            energy[int(row[0]) - 1] = float(row[1])
    # The report has all digits of the sum, the table seven of each cell.
    energy *= report["strainEnergy"] / energy.sum()
    return 2 * report["strainEnergy"], -slope / stiffness * 2 * energy
