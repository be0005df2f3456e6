#!/usr/bin/python3
"""The code of README and of the pages on Python runs as it stands there, and prints what stands below it."""

import contextlib
import gzip
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import unittest.mock
import warnings
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import numpy as np  # noqa: E402

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "program")]
from make_run_folder import make  # noqa: E402
from study_run import without_figures, write_study  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", flags=re.DOTALL | re.MULTILINE)


def write_walk(folder: Path) -> None:
    """prod.dump.gz: 60 atoms that step at random every 0.2 ps, D = 0.04 A^2/ps of Cu and half of that of Zr; the log tells time and elements."""
    random = np.random.default_rng(4)
    step = np.sqrt(2 * 0.2 * np.where(np.arange(60) < 30, 0.04, 0.02))[:, None]
    positions = 20.0 * random.random((60, 3)) + np.cumsum(step * random.standard_normal((801, 60, 3)), axis=0)
    with gzip.open(folder / "prod.dump.gz", "wt", compresslevel=1) as file:
        for k, frame in enumerate(positions):
            file.write(f"ITEM: TIMESTEP\n{100 * k}\nITEM: NUMBER OF ATOMS\n60\nITEM: BOX BOUNDS pp pp pp\n" + "0 20\n" * 3 + "ITEM: ATOMS id type xu yu zu\n")
            file.write("".join(f"{i + 1} {1 + i // 30} {x:.5f} {y:.5f} {z:.5f}\n" for i, (x, y, z) in enumerate(frame)))
    (folder / "log.lammps").write_text("units metal\npair_style eam/fs\npair_coeff * * CuZr.eam.fs Cu Zr\ntimestep 0.002\nrun 80000\n")


class Pages(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        self.folder = Path(self.scratch.name)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.folder)
        path = f"{Path(os.environ['VITREOUS']).parent}:{os.environ['PATH']}"
        no_figures = without_figures(self.folder)
        for figures in ("plot_nanomold.py", "plot_relaxation.py"):
            Path(no_figures["VITREOUS_PYTHON_PATH"], "vitreous", figures).touch()
        environment = unittest.mock.patch.dict(os.environ, no_figures | {"PATH": path})
        environment.start()
        self.addCleanup(environment.stop)

    def run_page(self, page: str) -> int:
        """Runs its blocks in order, in one namespace; returns how many ran."""
        names: dict = {"__name__": page}
        printed, count = "", 0
        for kind, code in BLOCK.findall((ROOT / page).read_text()):
            if kind == "python":
                with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()), warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    exec(compile(code, page, "exec"), names)
                printed = out.getvalue()
            elif kind == "sh":
                printed = subprocess.run(["bash", "-euc", code], check=True, capture_output=True, text=True).stdout
            elif kind == "text":
                self.assertEqual(printed, code, page)
            count += kind in ("python", "sh")
        return count

    def test_readme(self):
        write_walk(self.folder)
        from ase.build import bulk

        (bulk("Cu", cubic=True) * (2, 2, 2)).write("glass.extxyz")
        self.assertEqual(self.run_page("README.md"), 2)

    def test_python(self):
        write_walk(self.folder)
        write_study(self.folder).rename("study.toml")
        self.assertGreater(self.run_page("docs/python.md"), 9)

    def test_diffusion(self):
        make(self.folder / "bulk-laptop")
        self.assertGreater(self.run_page("docs/python/annamareddy2021.md"), 3)

    def test_nanomolding(self):
        shutil.copytree(ROOT / "examples/liu2023", self.folder, dirs_exist_ok=True)
        self.assertGreater(self.run_page("docs/python/liu2023.md"), 3)

    def test_relaxation(self):
        shutil.copytree(ROOT / "examples/chang2022/experiments", self.folder, dirs_exist_ok=True)
        self.assertGreater(self.run_page("docs/python/chang2022.md"), 3)

    def test_order_and_nucleation(self):
        self.assertEqual(self.run_page("docs/python/ultrastable-zrcu.md"), 3)


if __name__ == "__main__":
    unittest.main()
