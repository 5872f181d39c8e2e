"""torch.compile leaves the term alone: PyTorch from PyPI (`make python-peers`), since Debian's has no compiler."""

import unittest

import gcgan
import torch
from gcgan.torch import manufacturability

from support import BRACKET


class Compile(unittest.TestCase):
    def test_a_compiled_loss_has_the_gradient_of_the_plain_one(self):
        problem = gcgan.Problem.parse(BRACKET)

        def loss(x):
            return manufacturability(torch.sigmoid(3 * x), problem).log().sum()

        gradients = []
        for function in (loss, torch.compile(loss, backend="eager")):
            logits = torch.linspace(-1, 1, 192).reshape(1, 12, 16).requires_grad_()
            function(logits).backward()
            gradients.append(logits.grad)
        self.assertTrue(torch.equal(*gradients))


if __name__ == "__main__":
    unittest.main()
