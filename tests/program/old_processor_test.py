#!/usr/bin/python3
"""The program on an emulated processor of 2008, which has neither AVX nor fused multiply-add."""

import json
import subprocess
import tempfile
import unittest
from pathlib import Path

from study_run import VITREOUS

OLD_PROCESSOR = ["qemu-x86_64", "-cpu", "Nehalem"]

STUDY = """
title = "A liquid on an old processor"
alloy = { composition = "Cu50Zr50", atoms = 400, potential = "kim:MO_600021860456_005" }
engine = { timestep = "2 fs", seed = 20 }

[[stage]]
name = "melt"
kind = "hold"
temperature = "2000 K"
duration = "0.04 ps"
"""


def branch(study: Path, out: Path, *more: str) -> list[str]:
    """One branch, which is run without another program being started: that one would not be emulated."""
    return [VITREOUS, "run", str(study), "--out", str(out), "--branch", "melt/r1", *more]


def call(command: list[str]) -> subprocess.CompletedProcess:
    return subprocess.run(command, capture_output=True, text=True, timeout=200)


def forces_of(out: Path) -> str:
    return json.loads((out / "melt/r1/branch.json").read_text())["engine"]


def positions(out: Path) -> list[float]:
    lines = (out / "melt/r1/final.extxyz").read_text().splitlines()[2:]
    return [float(word) for line in lines for word in line.split()[2:5]]


class OldProcessor(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.scratch.name)
        cls.study = cls.folder / "study.toml"
        cls.study.write_text(STUDY)
        cls.here, cls.old = cls.folder / "here", cls.folder / "old"
        for command in (branch(cls.study, cls.here), OLD_PROCESSOR + branch(cls.study, cls.old)):
            done = call(command)
            assert done.returncode == 0, done.stderr

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def energy(self, of: Path, emulator: list[str]) -> float:
        """eV per atom, by the double-precision reference."""
        out = self.folder / "forces.extxyz"
        done = call([*emulator, VITREOUS, "evaluate", str(of / "melt/r1/final.extxyz"),
                     "--potential", "kim:MO_600021860456_005", "--out", str(out), "--json"])
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["energy_eV_per_atom"]

    def test_takes_the_portable_kernel_and_says_why(self):
        self.assertIn("fast (portable", forces_of(self.old))
        self.assertIn("this processor has no AVX2", forces_of(self.old))

    def test_goes_where_any_processor_goes(self):
        for here, old in zip(positions(self.here), positions(self.old), strict=True):
            self.assertAlmostEqual(here, old, delta=1e-5)
        self.assertAlmostEqual(self.energy(self.here, []), self.energy(self.old, []), delta=1e-6)

    def test_evaluates_a_configuration_to_the_same_bits(self):
        self.assertEqual(self.energy(self.here, OLD_PROCESSOR), self.energy(self.here, []))

    def test_does_not_go_on_with_what_another_kernel_began(self):
        kernel = forces_of(self.here).split("fast (")[1].split(",")[0]
        if kernel == "portable":
            self.skipTest("this processor takes the same kernel")
        out = self.folder / "begun"
        longer = ("--set", 'melt.duration="1 ns"')
        begun = call(branch(self.study, out, *longer, "--stop-after", "0.1 s"))
        self.assertEqual(begun.returncode, 130, begun.stderr)
        refused = call(OLD_PROCESSOR + branch(self.study, out, *longer))
        self.assertEqual(refused.returncode, 2, refused.stderr)
        self.assertIn(f"was begun with forces fast ({kernel},", refused.stderr)
        self.assertIn("would go on with forces fast (portable,", refused.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
