#!/usr/bin/python3
"""Studies from Python: run, resumed after Ctrl-C, read; what fails is raised in the program's words. Models answer as their commands do."""

import contextlib
import io
import json
import os
import signal
import sys
import tempfile
import threading
import time
import unittest
import unittest.mock
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "program"))
from study_run import without_figures, write_study  # noqa: E402

import vitreous as vt  # noqa: E402

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


class RunOfAStudy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.scratch.name)
        cls.figures = unittest.mock.patch.dict(os.environ, without_figures(cls.folder))
        cls.figures.start()
        cls.study = write_study(cls.folder)
        with contextlib.redirect_stderr(io.StringIO()) as cls.told:
            cls.run_ = vt.run(cls.study, out=cls.folder / "done")

    @classmethod
    def tearDownClass(cls):
        cls.figures.stop()
        cls.scratch.cleanup()

    def test_tells_its_progress_on_stderr(self):
        self.assertIn("next: open ", self.told.getvalue())

    def test_yields_what_its_folder_holds(self):
        self.assertTrue(self.run_.complete)
        opened = vt.open(self.folder / "done")
        self.assertEqual(opened.title, "A small liquid")
        held = {(q["name"], q["where"]): q for q in json.loads((self.folder / "done/results.json").read_text())["quantities"]}
        self.assertEqual(len(opened.quantities), len(held))
        T = opened.quantity("liquid.T", temperature="1500 K")
        self.assertEqual((T.value, T.standard_error), tuple(held["liquid.T", "temperature = 1500K"][key] for key in ("value", "standard_error")))
        self.assertEqual(opened["liquid.D", "temperature = 1500K"]["Cu"].name, "liquid.D.Cu")

    def test_tables_hold_all_branches(self):
        msd = self.run_.table("liquid", "msd")
        self.assertEqual(set(msd["temperature"]), {1500.0, 2000.0})
        self.assertEqual(msd.unit("msd"), "angstrom^2")
        self.assertEqual(len(msd.to_dataframe()), len(msd))
        with self.assertRaisesRegex(vt.InputError, "liquid/msd"):
            self.run_.table("liquid", "mds")

    def test_branches_are_found_by_their_axes_and_end_in_ase_atoms(self):
        branch = self.run_.branch("liquid", temperature="1.5e3 K")
        self.assertEqual(branch.id, "liquid/1500K-r1")
        atoms = branch.final
        self.assertEqual((len(atoms), all(atoms.pbc)), (96, True))
        self.assertLess(abs(atoms.get_temperature() - 1500.0), 500.0)  # of 96 atoms: 4 standard deviations
        with self.assertRaisesRegex(vt.InputError, "liquid/1500K-r1, liquid/2000K-r1"):
            self.run_.branch("liquid", temperature="700 K")
        with self.assertRaisesRegex(vt.InputError, "several branches"):
            self.run_.branch("liquid")

    def test_fits_take_its_tables(self):
        fit = vt.fit.arrhenius(self.run_.table("liquid", "diffusion"), state="glass")
        with self.assertRaisesRegex(vt.Refused, "0 usable points"):
            fit.Q.value

    def test_is_stopped_by_ctrl_c_with_its_checkpoints_and_goes_on(self):
        out = self.folder / "stopped"
        longer = {"liquid.duration": "200 ps"}  # some seconds, where progress is told once a second

        def interrupt():
            begin = time.monotonic()
            while not list(out.glob("liquid/*/progress.json")) and time.monotonic() < begin + 60:
                time.sleep(0.02)
            os.kill(os.getpid(), signal.SIGINT)

        hand = threading.Thread(target=interrupt)
        hand.start()
        with self.assertRaises(KeyboardInterrupt):
            vt.run(self.study, out=out, set=longer, show=False)
        hand.join()
        self.assertTrue(list(out.glob("liquid/*/checkpoint.h5")))
        self.assertFalse(vt.open(out).complete)
        self.assertTrue(vt.run(self.study, out=out, set=longer, show=False).complete)

    def test_a_study_at_fault_is_told_in_the_words_of_the_program(self):
        with self.assertRaises(vt.InputError) as raised:
            vt.run(self.study, set={"liquid.duraton": "6 ps"}, out=self.folder / "none", show=False)
        self.assertIn("duraton", str(raised.exception))
        self.assertIn("duration", raised.exception.tries[0])

    def test_a_folder_without_results_is_no_run(self):
        with self.assertRaisesRegex(vt.InputError, "results.json"):
            vt.open(self.folder)


class Models(unittest.TestCase):
    def test_answer_as_their_commands_do(self):
        sizes = vt.nanomold.critical_size(parameters=EXAMPLES / "liu2023/ni-bmg.toml", temperature=["287 C", "317 C"])
        self.assertAlmostEqual(sizes.quantity("d_c", temperature="287 C").to("nm").value, 100.7, delta=0.05)
        with self.assertRaisesRegex(KeyError, "several have this name"):
            sizes["d_c"]

    def test_of_nucleation_are_those_of_their_formula(self):
        told = vt.nucleation.critical_nucleus(temperature="700 K", melting="1208 K", volume="17.35 A^3", heat="12 kJ/mol", sigma="0.1 J/m^2")
        drive = 12e3 * (1208 - 700) / 1208 / (17.35e-30 * 6.02214076e23)  # J/m^3, linear in the undercooling
        self.assertAlmostEqual(told["linear.r_star"].to("m").value, 2 * 0.1 / drive, delta=1e-14)

    def test_write_their_tables_where_a_folder_is_asked_for(self):
        with tempfile.TemporaryDirectory() as folder:
            lengths = vt.nanomold.length(parameters=EXAMPLES / "liu2023/ni-bmg.toml", diameter=["20 nm", "120 nm"], out=Path(folder) / "length")
            self.assertTrue(lengths.tables)
            for table in lengths.tables.values():
                self.assertTrue(np.isfinite(table[table.columns[-1]]).all() if table[table.columns[-1]].dtype == float else len(table))

    def test_tell_what_they_lack(self):
        with self.assertRaises(vt.InputError):
            vt.nucleation.critical_nucleus(temperature="700 K", show=False)


if __name__ == "__main__":
    unittest.main()
