"""The term in PyTorch: its gradients, its types, its words."""

import unittest

import gcgan
import torch
from gcgan.torch import manufacturability
from torch.autograd import gradcheck

from support import BRACKET

# Every measure of structures; weights so that none hides another.
MEASURES = """gcgan: problem/1
grid: {columns: 6, rows: 5}
solids: [{youngs-modulus: 1, poissons-ratio: 0.3, conductivity: 2, expansion: 1e-2}]
void: {stiffness-ratio: 1e-2, conductivity-ratio: 1e-2}
supports: [{region: {edge: left}, axes: [x, y]}]
load-cases: [{loads: [{region: {point: [6, 2]}, force: [0.2, -1]}]}]
heat:
  sources: [{region: {point: [4, 3]}, power: 1}]
  sinks: [{region: {edge: left}, temperature: 0}]
filter: {radius: 1.5}
terms:
  - {measure: compliance}
  - {measure: stress}
  - {measure: thermal-stress}
  - {measure: displacement, region: {edge: right}, direction: [0, 1]}
  - {measure: displacement-norm, region: {edge: right}}
  - {measure: temperature}
  - {measure: thermal-distortion, region: {edge: right}}
  - {measure: warpage, side: top}
  - {measure: volume, target: 0.4}
  - {measure: minimum-size, radius: 1.5}
  - {measure: overhang}
  - {measure: connectivity}
"""

CELL = """gcgan: problem/1
grid: {columns: 6, rows: 6}
solids:
  - {index: 1, youngs-modulus: 1, poissons-ratio: 0.3, conductivity: 1, expansion: 1e-3}
  - {index: 2, youngs-modulus: 0.5, poissons-ratio: 0.35, conductivity: 3, expansion: 5e-3}
void: {stiffness-ratio: 1e-2, conductivity-ratio: 1e-2}
terms:
  - {measure: effective-stiffness, row: 1, column: 1}
  - {measure: effective-conductivity, row: 1, column: 1}
  - {measure: effective-expansion, row: 1}
"""


def designs(problem, batch=2, seed=3):
    generator = torch.Generator().manual_seed(seed)
    shape = (batch,) + problem.shape
    return (0.2 + 0.7 * torch.rand(shape, generator=generator, dtype=torch.double)).requires_grad_()


class Torch(unittest.TestCase):
    def test_gradcheck_of_every_term(self):
        for text in (MEASURES, CELL):
            problem = gcgan.Problem.parse(text)
            design = designs(problem)
            for term in problem.terms:
                self.assertTrue(gradcheck(lambda x: manufacturability(x, problem, terms=[term.name]), design), term.name)
            self.assertTrue(gradcheck(lambda x: manufacturability(x, problem), design))

    def test_gradcheck_by_materials_and_loads(self):
        problem = gcgan.Problem.parse(BRACKET.replace("columns: 16, rows: 12", "columns: 4, rows: 3").replace("[16, 6]", "[4, 1]"))
        parameters = torch.tensor(list(problem.parameters.values()), dtype=torch.double, requires_grad=True)
        for terms in (None, ["stress", "compliance"]):
            self.assertTrue(
                gradcheck(lambda x, y: manufacturability(x, problem, terms, y), (designs(problem), parameters), eps=1e-7, atol=1e-4)
            )

    def test_several_problems_in_a_batch(self):
        one = gcgan.Problem.parse(BRACKET)
        other = gcgan.Problem.parse(BRACKET.replace("force: [0, -1]", "force: [1, 0]"))
        design = designs(one)
        both = manufacturability(design, [one, other])
        self.assertEqual(both[0].item(), manufacturability(design[0], one).item())
        self.assertEqual(both[1].item(), manufacturability(design[1], other).item())

    def test_single_precision_and_a_channel_axis(self):
        problem = gcgan.Problem.parse(BRACKET)
        design = designs(problem).detach().float().unsqueeze(1).requires_grad_()
        values = manufacturability(design, problem)
        values.sum().backward()
        self.assertEqual((values.dtype, design.grad.dtype, design.grad.shape), (torch.float32, torch.float32, design.shape))

    def test_strided_designs_have_the_gradient_of_their_copies(self):
        problem = gcgan.Problem.parse(BRACKET)
        base = designs(problem).detach().transpose(1, 2).contiguous().transpose(1, 2).requires_grad_()
        copy = base.detach().contiguous().requires_grad_()
        manufacturability(base, problem).sum().backward()
        manufacturability(copy, problem).sum().backward()
        self.assertFalse(base.is_contiguous())
        self.assertTrue(torch.equal(base.grad, copy.grad))

    def test_what_is_wrong_is_said(self):
        problem = gcgan.Problem.parse(BRACKET)
        design = designs(problem)
        with self.assertRaisesRegex(gcgan.ArgumentError, "torch.int64"):
            manufacturability(torch.ones(12, 16, dtype=torch.int64), problem)
        with self.assertRaisesRegex(gcgan.ArgumentError, "no term 'stres'"):
            manufacturability(design, problem, ["stres"])
        with self.assertRaisesRegex(gcgan.ArgumentError, "meta"):
            manufacturability(torch.empty(12, 16, device="meta"), problem)
        with self.assertRaisesRegex(gcgan.ArgumentError, "2 × 12 × 15"):
            manufacturability(design[:, :, 1:], problem)
        with self.assertRaisesRegex(gcgan.EvaluationError, "design 1: nan"):
            bad = design.detach().clone()
            bad[1, 0, 0] = float("nan")
            manufacturability(bad, problem)

    def test_a_second_derivative_is_refused(self):
        problem = gcgan.Problem.parse(BRACKET)
        design = designs(problem)
        (gradient,) = torch.autograd.grad(manufacturability(design, problem).sum(), design, create_graph=True)
        with self.assertRaises(RuntimeError):
            gradient.sum().backward()

    def test_nothing_is_differentiated_where_nothing_asks_for_it(self):
        problem = gcgan.Problem.parse(BRACKET)
        self.assertFalse(manufacturability(designs(problem).detach(), problem).requires_grad)


if __name__ == "__main__":
    unittest.main()
