#!/usr/bin/python3
"""A finished study that is edited runs only what the edit asks for, and goes on with what is done."""

import json
import shutil
import tempfile
import unittest
from pathlib import Path

from study_run import physics, run, write_study

LONGER = ("--set", 'liquid.duration="6 ps"')
OBSERVED = ("--set", 'liquid.observe=["msd", "non_gaussian", "rdf"]')


def log(out: Path, branch: str) -> dict:
    return json.loads((out / branch / "branch.json").read_text())


class EditedStudies(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.scratch.name)
        cls.study = write_study(cls.folder)
        done = run(cls.study, cls.folder / "done", figures=True)
        assert done.returncode == 0, done.stderr
        assert (cls.folder / "done" / "report.html").exists()

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def finished(self, name: str) -> Path:
        """A finished run of the study before it is edited."""
        return Path(shutil.copytree(self.folder / "done", self.folder / name))

    def run_well(self, out: Path, *more: str):
        done = run(self.study, out, *more)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_longer_duration_is_continued_as_if_it_had_been_asked_for_at_first(self):
        grown, fresh = self.finished("grown"), self.folder / "fresh"
        melt = (grown / "melt/r1/checkpoint.h5").stat().st_mtime_ns
        begun = log(grown, "liquid/1500K-r1")["seconds"]
        self.run_well(grown, *LONGER)
        self.run_well(fresh, *LONGER)
        self.assertEqual((grown / "melt/r1/checkpoint.h5").stat().st_mtime_ns, melt)
        self.assertGreater(log(grown, "liquid/1500K-r1")["seconds"], begun)
        ours, theirs = physics(grown), physics(fresh)
        self.assertEqual(sorted(ours), sorted(theirs))
        for name in ours:
            if name.endswith((".extxyz", ".data", ".dump")):
                self.assertEqual(ours[name], theirs[name], name)
        for name in ("liquid/msd.csv", "liquid/thermo.csv"):
            self.assertEqual(len(ours[name].splitlines()), len(theirs[name].splitlines()), name)
        # Short lags have the same origins; those beyond the third of the first duration have fewer.
        self.assertEqual(ours["liquid/msd.csv"].splitlines()[:30], theirs["liquid/msd.csv"].splitlines()[:30])

    def test_new_observers_watch_the_saved_trajectory(self):
        out = self.finished("observed")
        before = physics(out)
        self.run_well(out, *OBSERVED)
        after = physics(out)
        for name in before:
            if name != "results.json":
                self.assertEqual(before[name], after[name], name)
        self.assertEqual(len(log(out, "liquid/1500K-r1")["replayed"]), 2)
        rows = (out / "liquid/non_gaussian.csv").read_text().splitlines()
        self.assertGreater(len(rows), 20)
        self.assertGreater(len((out / "liquid/rdf.csv").read_text().splitlines()), 100)
        # Once more with a longer duration: both kinds of observer see all of it.
        self.run_well(out, *OBSERVED, *LONGER)
        self.assertEqual(len(log(out, "liquid/1500K-r1")["replayed"]), 2)
        longer = (out / "liquid/non_gaussian.csv").read_text().splitlines()
        self.assertGreater(len(longer), len(rows))

    def test_what_cannot_be_seen_afterwards_is_refused_with_its_branches(self):
        out = self.finished("refused")
        before = physics(out)
        refused = run(self.study, out, "--set", 'liquid.observe=["msd", "viscosity"]')
        self.assertEqual(refused.returncode, 2)
        for words in ("liquid/1500K-r1", "liquid/2000K-r1", "viscosity needs energies", "--rerun"):
            self.assertIn(words, refused.stderr)
        self.assertEqual(physics(out), before)


if __name__ == "__main__":
    unittest.main(verbosity=2)
