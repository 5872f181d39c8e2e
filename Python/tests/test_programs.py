"""The library gives the bits of the programs."""

import json
import os
import unittest

import gcgan
import numpy as np

from support import BRACKET, ROOT, file, folder, program


class Programs(unittest.TestCase):
    def test_values_and_gradients_are_those_of_gradient_to_the_last_bit(self):
        density = np.random.default_rng(1).uniform(0.1, 1, (12, 16))
        with folder() as at:
            problem = file(at, "bracket.yml", BRACKET)
            np.save(os.path.join(at, "design.npy"), density)
            run = program("gcgan-solve", "gradient", "--problem", problem, "--density", os.path.join(at, "design.npy"), "-o", at)
            self.assertEqual(run.returncode, 0, run.stderr)
            with open(os.path.join(at, "term.json")) as stream:
                term = json.load(stream)
            gradient = np.load(os.path.join(at, "gradient.npy"))
            result = gcgan.Problem.load(problem).evaluate(density)
        self.assertEqual(result.total, term["total"])
        self.assertEqual(list(result.values), [entry["value"] for entry in term["terms"]])
        self.assertTrue(np.array_equal(result.gradient, gradient))

    def test_an_optimisation_ends_with_the_density_of_the_program(self):
        with folder() as at:
            problem = file(at, "bracket.yml", BRACKET)
            run = program("gcgan-solve", "optimise", "--problem", problem, "-o", at)
            self.assertEqual(run.returncode, 0, run.stderr)
            density = np.load(os.path.join(at, "bracket", "density.npy"))
            seen = []
            result = gcgan.Problem.load(problem).optimise(progress=lambda entry: seen.append(entry["number"]))
        self.assertTrue(np.array_equal(result.density, density))
        self.assertEqual(seen, list(range(1, 9)))
        self.assertIn("data:image/png", result._repr_html_())

    def test_a_deck_is_solved_as_the_program_does(self):
        deck = os.path.join(ROOT, "Examples", "bracket", "bracket.inp")
        with folder() as one, folder() as two:
            self.assertEqual(program("gcgan-solve", deck, "-o", one).returncode, 0)
            report = gcgan.solve(deck, two)
            for name in ("bracket.dat", "bracket.vtu"):
                with open(os.path.join(one, name), "rb") as a, open(os.path.join(two, name), "rb") as b:
                    self.assertEqual(a.read(), b.read(), name)
            with open(os.path.join(one, "bracket.json")) as stream:
                self.assertEqual(report["strainEnergy"], json.load(stream)["strainEnergy"])

    def test_a_validation_gives_the_record_of_the_program(self):
        parts = os.path.join(ROOT, "Validation", "parts", "A01-lame-cylinder")
        with folder() as at:
            run = program("gcgan-validate", parts, "--run", os.path.join(at, "run"))
            self.assertEqual(run.returncode, 0, run.stderr)
            with open(os.path.join(at, "run", "run.json")) as stream:
                expected = json.load(stream)
        record = gcgan.validate(parts)
        self.assertEqual(record["counts"], expected["counts"])
        for one, other in zip(record["parts"], expected["parts"]):
            self.assertEqual(one["quantities"], other["quantities"])


if __name__ == "__main__":
    unittest.main()
