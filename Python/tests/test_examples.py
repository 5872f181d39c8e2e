"""The examples run, and do what they say."""

import os
import re
import subprocess
import sys
import unittest

import gcgan

from support import ROOT


def example(name, *arguments):
    return subprocess.run(
        [sys.executable, os.path.join(ROOT, "Python", "examples", name), *arguments], capture_output=True, text=True)


class Examples(unittest.TestCase):
    def test_twenty_lines_find_a_stiff_cantilever(self):
        run = example("optimise.py")
        self.assertEqual(run.returncode, 0, run.stderr)
        compliance, volume = map(float, re.search(r"compliance ([\d.]+) at a volume of ([\d.]+)", run.stdout).groups())
        with open(os.path.join(ROOT, "Python", "examples", "optimise.py")) as stream:
            text = stream.read().split('"""')[3]
        reference = gcgan.Problem.parse(text + "optimisation: {method: oc, volume-fraction: 0.4, iteration-limit: 40}\n").optimise()
        self.assertLess(abs(compliance / reference.history[-1]["objective"] - 1), 0.01)
        self.assertAlmostEqual(volume, 0.4, 2)

    def test_the_term_makes_the_gan_s_drawings_stiffer(self):
        last = []
        for weight in ("0", "1"):
            run = example("dcgan.py", "60", weight)
            self.assertEqual(run.returncode, 0, run.stderr)
            last.append(float(re.findall(r"softness (-?[\d.]+)", run.stdout)[-1]))
        self.assertLess(last[1], last[0] - 0.1)


if __name__ == "__main__":
    unittest.main()
