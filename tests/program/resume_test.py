#!/usr/bin/python3
"""A run that was stopped, in whatever way, goes on to the same bits as one that never was."""

import random
import signal
import tempfile
import time
import unittest
from pathlib import Path

from study_run import SLAB, physics, run, run_until, write_study

KILLS = 16


class StoppedRuns(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.scratch.name)
        cls.study = write_study(cls.folder, SLAB)
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
            before = kills
            later = 1.0  # each time, so that a run ends where it takes long to start
            while run_until(self.study, out, self.seconds * later * moments.uniform(0.1, 0.4), signal.SIGKILL):
                kills += 1
                later *= 1.05
            self.assert_same_bits(out)
            if kills == before:
                self.seconds *= 0.7  # the machine was busier when the time was taken

    def stopped_midway(self, name: str, sign: int, whole_group: bool = True):
        """A run that was signalled before its end, sooner where the machine has become faster since the time was taken."""
        for part in (0.3, 0.2, 0.1, 0.05):
            out = self.folder / f"{name}{part}"
            if stopped := run_until(self.study, out, part * self.seconds, sign, whole_group):
                return out, stopped
        self.fail("every run was done before it was signalled")

    def test_branches_stop_when_their_runner_is_killed(self):
        out, _ = self.stopped_midway("orphaned", signal.SIGKILL, whole_group=False)
        self.assert_same_bits(out)

    def test_told_to_stop_says_how_to_resume(self):
        for sign in (signal.SIGINT, signal.SIGTERM):
            out, stopped = self.stopped_midway(sign.name, sign)
            self.assertEqual(stopped.returncode, 128 + sign)
            self.assertIn(f"vitreous run {self.study} --out {out}", stopped.messages)
            self.assert_same_bits(out)

    def test_passes_over_a_damaged_checkpoint_and_names_it(self):
        branch = ("--set", 'melt.duration="20 ps"', "--branch", "melt/r1")
        whole, damaged = self.folder / "sound", self.folder / "damaged"
        self.assertEqual(run(self.study, whole, *branch).returncode, 0)
        self.assertEqual(run(self.study, damaged, *branch, "--stop-after", "0.2 s").returncode, 130)
        newest = damaged / "melt/r1/checkpoint.h5"
        content = bytearray(newest.read_bytes())
        content[len(content) // 2] ^= 0xFF
        newest.write_bytes(content)
        self.assertEqual(run(self.study, damaged, *branch).returncode, 0)
        self.assertIn(str(newest), (damaged / "melt/r1/branch.json").read_text())
        self.assertEqual((damaged / "melt/r1/final.extxyz").read_bytes(), (whole / "melt/r1/final.extxyz").read_bytes())


if __name__ == "__main__":
    unittest.main(verbosity=2)
