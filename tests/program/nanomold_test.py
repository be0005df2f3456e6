#!/usr/bin/python3
"""The commands that examples/liu2023/README.md prints run as they stand, and make the figures that it names."""

import json
import os
import re
import shlex
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

VITREOUS = os.environ["VITREOUS"]
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "liu2023"
README = (EXAMPLE / "README.md").read_text()


class PublishedExample(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.scratch.name)
        for file in ("ni-bmg.toml", "lengths.csv"):
            shutil.copy(EXAMPLE / file, cls.folder)
        cls.commands = re.findall(r"^    vitreous (nanomold .*)$", README, flags=re.MULTILINE)
        for command in cls.commands:
            subprocess.run([VITREOUS, *shlex.split(command)], cwd=cls.folder, check=True, capture_output=True)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def value(self, file: str, name: str, where: str) -> float:
        quantities = json.loads((self.folder / file).read_text())["quantities"]
        return next(q["value"] for q in quantities if q["name"] == name and (q["where"] or "") == where)

    def test_every_verb_is_printed(self):
        self.assertEqual(sorted(command.split()[1] for command in self.commands),
                         ["composition", "critical-size", "fit", "length", "map", "transitions"])

    def test_makes_the_figures_that_it_names(self):
        named = re.findall(r"`([\w-]+/\w+)\.svg`", README)
        self.assertGreater(len(named), 7)
        for figure in named:
            for suffix in ("svg", "png"):
                self.assertGreater((self.folder / f"{figure}.{suffix}").stat().st_size, 5000, figure)

    def test_tells_the_numbers_that_it_prints(self):
        for C, nm in ((317, 20.3), (307, 32.0), (297, 54.3), (287, 100.7), (267, 85.0)):
            self.assertAlmostEqual(self.value("critical-size/results.json", "d_c", f"temperature = {C} C"), nm, delta=0.05)
        for C, nm in ((317, 19), (307, 31), (297, 62), (287, 97), (267, 85)):
            self.assertAlmostEqual(self.value("fit/results.json", "d_c", f"temperature = {C} C"), nm, delta=0.05)
        self.assertAlmostEqual(self.value("fit/results.json", "interface.Q", ""), 1.59, delta=0.005)
        self.assertAlmostEqual(self.value("map/results.json", "T_of_d_c", "d_c = 10 nm"), 100.3, delta=0.05)
        self.assertAlmostEqual(self.value("transitions/results.json", "T_interface", "time = 36000 s"), 254.0, delta=0.05)
        self.assertAlmostEqual(self.value("composition/results.json", "ratio", ""), 2.04, delta=0.005)

    def test_what_was_fitted_draws_with_its_errors(self):
        words = [VITREOUS, "nanomold", "transitions", "--parameters", "fitted.toml", "--out", "again"]
        subprocess.run(words, cwd=self.folder, check=True, capture_output=True)
        self.assertGreater((self.folder / "again" / "relaxation_times.png").stat().st_size, 5000)


if __name__ == "__main__":
    unittest.main()
