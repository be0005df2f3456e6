#!/usr/bin/python3
"""What `make install` installs stands on its own: program, package and extension, each finding the others."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

BUILD = os.environ["VITREOUS_BUILD"]


class Installation(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.prefix = Path(cls.scratch.name) / "usr"
        subprocess.run(["cmake", "--install", BUILD, "--prefix", str(cls.prefix)], check=True, stdout=subprocess.DEVNULL)
        cls.program = cls.prefix / "bin" / "vitreous"
        cls.package = cls.prefix / "share" / "vitreous" / "python"
        cls.environment = {key: value for key, value in os.environ.items() if not key.startswith(("VITREOUS", "PYTHONPATH"))}

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def told(self, *words: str, **environment: str) -> str:
        return subprocess.run(words, check=True, capture_output=True, text=True, env=self.environment | environment, cwd=self.scratch.name).stdout

    def test_the_program_runs(self):
        self.assertRegex(self.told(str(self.program), "--version"), r"^vitreous \d+\.\d+\.\d+")

    def test_the_package_finds_its_extension_and_the_program(self):
        code = "import vitreous as vt; print(vt._core.__file__, vt.MSD(max_time='1 ps'), vt.open.__module__); from vitreous import program; print(program.program())"
        extension, *rest, program = self.told("/usr/bin/python3", "-c", "import vitreous._core; " + code, PYTHONPATH=str(self.package)).split()
        self.assertEqual(Path(extension).parent, self.package / "vitreous")
        self.assertEqual(program, str(self.program))

    def test_the_program_draws_with_the_package_beside_it(self):
        (self.package / "vitreous" / "plot_fit.py").write_text("import pathlib, sys\npathlib.Path(sys.argv[1], 'drawn').touch()\n")
        table = Path(self.scratch.name) / "D.csv"
        table.write_text("T_K,D_m2_per_s\n1000,1e-9\n1200,3e-9\n1400,7e-9\n")
        self.told(str(self.program), "fit", "arrhenius", str(table), "--out", "fit")
        self.assertTrue((Path(self.scratch.name) / "fit" / "drawn").exists())

    def test_the_program_finds_the_module_that_drives_lammps(self):
        (Path(self.scratch.name) / "tiny.toml").write_text(
            'alloy = { composition = "Cu50Zr50", atoms = 64, potential = "kim:MO_600021860456_005" }\n'
            'engine = { kind = "lammps", timestep = "2 fs", seed = 1 }\n'
            '[[stage]]\nname = "melt"\nkind = "hold"\ntemperature = "2000 K"\nequilibrate = "0.1 ps"\nduration = "0.1 ps"\n')
        self.told(str(self.program), "run", "tiny.toml", "--out", "tiny")
        record = json.loads((Path(self.scratch.name) / "tiny" / "melt" / "r1" / "branch.json").read_text())
        self.assertTrue(record["engine"].startswith("lammps"))

    def test_python_of_the_prefix_finds_the_package(self):
        folder, = self.prefix.glob("lib/python3*/dist-packages")
        code = f"import site, importlib.util; site.addsitedir({str(folder)!r}); print(importlib.util.find_spec('vitreous').origin)"
        self.assertEqual(Path(self.told(sys.executable, "-c", code).strip()).resolve(), (self.package / "vitreous" / "__init__.py").resolve())


if __name__ == "__main__":
    unittest.main()
