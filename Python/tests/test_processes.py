"""Threads, forks, exits and memory."""

import os
import resource
import subprocess
import sys
import threading
import unittest

import gcgan
import numpy as np

from support import BRACKET

CALLS = int(os.environ.get("GCGAN_CALLS", "300"))


class Processes(unittest.TestCase):
    def setUp(self):
        self.problem = gcgan.Problem.parse(BRACKET)
        self.designs = np.random.default_rng(2).uniform(0.2, 1, (8, 3, 12, 16))
        self.expected = [self.problem.evaluate(batch).gradient for batch in self.designs]

    def test_eight_threads_get_the_bits_of_one(self):
        answers = [None] * 8

        def work(place):
            for _ in range(5):
                answers[place] = self.problem.evaluate(self.designs[place]).gradient

        threads = [threading.Thread(target=work, args=(place,)) for place in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for answer, expected in zip(answers, self.expected):
            self.assertTrue(np.array_equal(answer, expected))

    def test_submitted_batches_come_back(self):
        futures = [self.problem.submit(batch) for batch in self.designs]
        for future, expected in zip(futures, self.expected):
            self.assertTrue(np.array_equal(future.result().gradient, expected))

    def test_arrays_are_read_and_written_by_their_strides(self):
        for layout in (np.asfortranarray, lambda a: a.astype(np.float32), lambda a: np.flip(np.flip(a, 1).copy(), 1)):
            batch = layout(self.designs[0])
            result = self.problem.evaluate(batch)
            exact = self.problem.evaluate(np.ascontiguousarray(batch, dtype=float))
            self.assertTrue(np.array_equal(result.gradient, exact.gradient.astype(batch.dtype)))

    def test_a_forked_child_evaluates(self):
        child = os.fork()
        if child == 0:
            same = np.array_equal(self.problem.evaluate(self.designs[0]).gradient, self.expected[0])
            os._exit(0 if same else 1)
        self.assertEqual(os.waitpid(child, 0)[1], 0)

    def test_a_problem_may_be_closed_while_it_is_in_use(self):
        for _ in range(20):
            problem = gcgan.Problem.parse(BRACKET)
            future = problem.submit(self.designs[0])
            problem.close()
            try:
                self.assertTrue(np.array_equal(future.result().gradient, self.expected[0]))
            except gcgan.ArgumentError as error:  # closed before the call began
                self.assertIn("released", str(error))

    def test_an_interpreter_that_ends_with_a_solve_running_ends_well(self):
        code = (
            "import sys, threading, numpy, gcgan; from support import BRACKET; p = gcgan.Problem.parse(BRACKET)\n"
            "d = numpy.full((64, 12, 16), 0.5)\n"
            "threading.Thread(target=lambda: [p.evaluate(d) for _ in range(200)], daemon=True).start()\n"
            "p.submit(d)\n"
        )
        for _ in range(3):
            run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=os.path.dirname(__file__))
            self.assertEqual((run.returncode, run.stderr), (0, ""))

    def test_many_calls_take_no_more_memory(self):
        batch = self.designs[0]
        for _ in range(50):
            self.problem.evaluate(batch, term_gradients=True)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for _ in range(CALLS):
            self.problem.evaluate(batch, term_gradients=True)
        growth = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        self.assertLess(growth, 4096, "KiB")


if __name__ == "__main__":
    unittest.main()
