"""One cantilever of random stiffness by torch-fem: seconds for value and gradient, as a line of JSON.

Clamped at the left, loaded at the lower right corner; compliance plus the 8-norm of the von Mises stress, differentiated
by every element's modulus. The work of gcgan-bench's term workloads, which hold 32 such designs.
"""
import json
import sys
import time

import torch
from torchfem import Planar
from torchfem.materials import IsotropicElasticityPlaneStress
from torchfem.mesh import rect_quad

columns, rows = int(sys.argv[1]), int(sys.argv[2])
torch.set_default_dtype(torch.double)
torch.set_num_threads(2)
nodes, elements = rect_quad(columns + 1, rows + 1, float(columns), float(rows))
modulus = (0.1 + 0.9 * torch.rand(len(elements))).requires_grad_(True)


def seconds():
    material = IsotropicElasticityPlaneStress(E=modulus, nu=torch.full((len(elements),), 0.3))
    model = Planar(nodes, elements, material)
    model.constraints[nodes[:, 0] == 0, :] = True
    model.forces[(nodes[:, 0] == columns) & (nodes[:, 1] == 0), 1] = -1.0
    start = time.perf_counter()
    u, _, stress, _, _ = model.solve(differentiable_parameters=modulus)
    x, y, xy = stress[..., 0, 0], stress[..., 1, 1], stress[..., 0, 1]
    von_mises = torch.sqrt(x * x - x * y + y * y + 3 * xy * xy)
    loss = (u * model.forces).sum() + (von_mises**8).sum() ** (1 / 8)
    loss.backward()
    return time.perf_counter() - start


seconds()
times = sorted(seconds() for _ in range(5))
print(json.dumps([{"name": "torch-fem", "value": times[2], "min": times[0], "max": times[-1]}]))
