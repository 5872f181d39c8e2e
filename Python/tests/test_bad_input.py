"""What is wrong is said, with the words of the programs; nothing crashes."""

import os
import unittest

import gcgan
import numpy as np

from support import BRACKET, file, folder, program


class BadInput(unittest.TestCase):
    def setUp(self):
        self.problem = gcgan.Problem.parse(BRACKET)
        self.density = np.full((2, 12, 16), 0.5)

    def error(self, kind, *arguments, **options):
        with self.assertRaises(kind) as caught:
            self.problem.evaluate(*arguments, **options)
        return str(caught.exception)

    def test_another_shape(self):
        self.assertIn("2 × 12 × 15", self.error(gcgan.ArgumentError, self.density[:, :, :15]))

    def test_another_type(self):
        self.assertIn("int64", self.error(ValueError, np.ones((12, 16), int)))
        self.assertIn("complex128", self.error(ValueError, np.ones((12, 16), complex)))

    def test_nan_names_its_place_and_leaves_the_others(self):
        self.density[1, 3, 4] = np.nan
        self.assertEqual("design 1: nan at row 3, column 4 is not within 0…1", self.error(gcgan.EvaluationError, self.density))

    def test_densities_outside_0_to_1(self):
        self.density[0, 0, 1] = 1.5
        self.assertIn("1.5 at row 0, column 1", self.error(gcgan.EvaluationError, self.density))

    def test_an_empty_batch_has_empty_results(self):
        result = self.problem.evaluate(np.empty((0, 12, 16)))
        self.assertEqual((result.total.shape, result.gradient.shape), ((0,), (0, 12, 16)))

    def test_slopes_of_another_shape(self):
        self.assertIn("'slopes'", self.error(ValueError, self.density, slopes=np.ones(3)))

    def test_a_closed_problem(self):
        self.problem.close()
        self.problem.close()
        self.assertIn("released", self.error(gcgan.ArgumentError, self.density))

    def test_a_parameter_that_the_problem_does_not_have(self):
        with self.assertRaisesRegex(gcgan.ArgumentError, "no parameter 'solids.2.youngs-modulus'"):
            self.problem.with_parameters({"solids.2.youngs-modulus": 1})
        with self.assertRaisesRegex(gcgan.ArgumentError, "there are 1 values"):
            self.problem.with_parameters([1.0])
        with self.assertRaisesRegex(gcgan.InputError, "youngsModulus|youngs-modulus"):
            self.problem.with_parameters({"solids.1.youngs-modulus": -1})

    def test_a_text_that_is_wrong_is_said_as_the_program_says_it(self):
        text = BRACKET.replace("columns: 16", "columns: x").replace("compliance", "complience")
        with folder() as at:
            path = file(at, "bracket.yml", text)
            np.save(os.path.join(at, "d.npy"), self.density[0])
            run = program("gcgan-solve", "gradient", "--problem", path, "--density", os.path.join(at, "d.npy"))
            with self.assertRaises(gcgan.InputError) as caught:
                gcgan.Problem.load(path)
        self.assertEqual(run.returncode, 65)
        for line in str(caught.exception).splitlines():
            self.assertIn(line, run.stderr)

    def test_files_that_are_not_there(self):
        for call in (gcgan.Problem.load, gcgan.solve, gcgan.validate):
            with self.assertRaisesRegex(gcgan.InputError, "nowhere"):
                call("/nowhere/x.yml")

    def test_an_optimisation_without_a_word_about_it(self):
        problem = gcgan.Problem.parse(BRACKET.split("optimisation:")[0])
        with self.assertRaisesRegex(gcgan.ArgumentError, "add 'optimisation"):
            problem.optimise()

    def test_progress_ends_a_run(self):
        with self.assertRaises(gcgan.Stopped):
            self.problem.optimise(progress=lambda entry: entry["number"] < 3)

        def interrupt(entry):
            raise KeyboardInterrupt

        with self.assertRaises(KeyboardInterrupt):
            self.problem.optimise(progress=interrupt)


if __name__ == "__main__":
    unittest.main()
