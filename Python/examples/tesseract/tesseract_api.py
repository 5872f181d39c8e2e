"""gcgan as a Tesseract: compliance of a density field on a mesh of hexahedra, with its vector-Jacobian product.

The interface that benchmarks of differentiable solvers call (Mosaic, arXiv 2606.27895): apply and vector_jacobian_product.
"""

import os
import sys
from typing import Any

import numpy as np
from pydantic import BaseModel, Field
from tesseract_core.runtime import Array, Differentiable, Float32, Float64, Int32, ShapeDType

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from hex_compliance import Solid, compliance, nodal_forces  # noqa: E402


class InputSchema(BaseModel):
    rho: Differentiable[Array[(None,), Float32]] = Field(description="Density of every cell within [0, 1].")
    points: Array[(None, 3), Float32] = Field(description="Nodes.")
    cells: Array[(None, 8), Int32] = Field(description="Nodes of every cell, from 0, in the order of Abaqus' C3D8.")
    held: Array[(None,), Int32] = Field(description="1 for nodes that do not move.")
    loaded: Array[(None,), Int32] = Field(description="1 for nodes whose outer faces carry the traction.")
    traction: Array[(3,), Float32] = Field(description="Force per area.")
    modulus: float = Field(default=70000.0, description="Young's modulus of the solid.")
    poisson: float = Field(default=0.3, description="Poisson's ratio.")
    least: float = Field(default=1e-3, description="Stiffness of void over that of the solid.")
    penalty: float = Field(default=3.0, description="The exponent of SIMP.")


class OutputSchema(BaseModel):
    compliance: Differentiable[Array[(), Float64]] = Field(description="f·u")


def _solve(inputs: InputSchema) -> Any:
    points, cells = np.asarray(inputs.points), np.asarray(inputs.cells)
    forces = nodal_forces(points, cells, np.asarray(inputs.loaded) > 0, np.asarray(inputs.traction, dtype=float))
    solid = Solid(inputs.modulus, inputs.poisson, inputs.least, inputs.penalty)
    return compliance(np.asarray(inputs.rho), points, cells, np.asarray(inputs.held) > 0, forces, solid)


def apply(inputs: InputSchema) -> OutputSchema:
    return OutputSchema(compliance=np.float64(_solve(inputs)[0]))


def vector_jacobian_product(inputs: InputSchema, vjp_inputs: set, vjp_outputs: set, cotangent_vector: dict) -> dict:
    gradient = _solve(inputs)[1] * float(cotangent_vector["compliance"])
    return {"rho": gradient.astype(np.float32)} if "rho" in vjp_inputs else {}


def abstract_eval(abstract_inputs: Any) -> dict:
    return {"compliance": ShapeDType(shape=(), dtype="float64")}
