#!/usr/bin/python3
"""A run that was stopped, in whatever way, goes on to the same bits as one that never was."""

import random
import signal
import tempfile
import time
import unittest
from pathlib import Path

from study_run import physics, run, run_until, write_study

KILLS = 24


class StoppedRuns(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.scratch.name)
        cls.study = write_study(cls.folder)
        begin = time.monotonic()
        done = run(cls.study, cls.folder / "whole")
        cls.seconds = time.monotonic() - begin
        assert done.returncode == 0, done.stderr
        cls.whole = physics(cls.folder / "whole")

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def assert_same_bits(self, out: Path):
        done = run(self.study, out)
        self.assertEqual(done.returncode, 0, done.stderr)
        ours = physics(out)
        self.assertEqual(sorted(ours), sorted(self.whole))
        for name, content in self.whole.items():
            self.assertEqual(ours[name], content, name)
        return done

    def test_killed_at_random_moments_has_the_same_bits(self):
        moments = random.Random(96)
        kills = runs = 0
        while kills < KILLS:
            out = self.folder / f"killed{runs}"
            runs += 1
            while run_until(self.study, out, self.seconds * moments.uniform(0.1, 0.4), signal.SIGKILL):
                kills += 1
            self.assert_same_bits(out)

    def test_branches_stop_when_their_runner_is_killed(self):
        out = self.folder / "orphaned"
        self.assertIsNotNone(run_until(self.study, out, 0.3 * self.seconds, signal.SIGKILL, whole_group=False))
        self.assert_same_bits(out)

    def test_told_to_stop_says_how_to_resume(self):
        for sign in (signal.SIGINT, signal.SIGTERM):
            out = self.folder / sign.name
            stopped = run_until(self.study, out, 0.3 * self.seconds, sign)
            self.assertEqual(stopped.returncode, 128 + sign)
            self.assertIn(f"vitreous run {self.study} --out {out}", stopped.messages)
            self.assert_same_bits(out)

    def test_passes_over_a_damaged_checkpoint_and_names_it(self):
        out = self.folder / "damaged"
        newest = None
        while newest is None:
            self.assertIsNotNone(run_until(self.study, out, 0.3 * self.seconds, signal.SIGKILL))
            for previous in out.rglob("checkpoint.previous.h5"):
                if (previous.parent / "final.extxyz").exists():
                    continue
                newest = previous.parent / "checkpoint.h5"
        content = bytearray(newest.read_bytes())
        content[len(content) // 2] ^= 0xFF
        newest.write_bytes(content)
        done = self.assert_same_bits_but_warnings(out)
        self.assertIn(str(newest), done.stderr)

    def assert_same_bits_but_warnings(self, out: Path):
        done = run(self.study, out)
        self.assertEqual(done.returncode, 0, done.stderr)
        ours = physics(out)
        for name, content in self.whole.items():
            if name != "results.json":
                self.assertEqual(ours[name], content, name)
        return done


if __name__ == "__main__":
    unittest.main(verbosity=2)
