"""The term in JAX, from PyPI (`make python-peers`)."""

import unittest

import gcgan
import jax
import jax.numpy as jnp
import numpy as np
from gcgan.jax import manufacturability
from jax.test_util import check_grads

from support import BRACKET

jax.config.update("jax_enable_x64", True)


class Jax(unittest.TestCase):
    def setUp(self):
        self.problem = gcgan.Problem.parse(BRACKET)
        self.designs = jnp.asarray(np.random.default_rng(0).uniform(0.2, 0.9, (2,) + self.problem.shape))

    def test_gradients_are_those_of_differences(self):
        for terms in (None, ["stress", "compliance"]):
            check_grads(
                lambda x: manufacturability(x, self.problem, terms), (self.designs,), 1, ["rev"], eps=1e-6, rtol=1e-4)

    def test_compiled_values_are_the_bits_of_numpy_s(self):
        values = jax.jit(lambda x: manufacturability(x, self.problem))(self.designs)
        self.assertTrue(np.array_equal(values, self.problem.evaluate(np.asarray(self.designs)).total))

    def test_what_is_wrong_is_said(self):
        with self.assertRaisesRegex(gcgan.ArgumentError, "no term 'stres'"):
            manufacturability(self.designs, self.problem, ["stres"])
        with self.assertRaisesRegex(gcgan.ArgumentError, "shape"):
            manufacturability(self.designs[:, 1:], self.problem)
        with self.assertRaisesRegex(Exception, "design 0: nan at row 0, column 0"):
            manufacturability(self.designs.at[0, 0, 0].set(jnp.nan), self.problem).block_until_ready()


if __name__ == "__main__":
    unittest.main()
