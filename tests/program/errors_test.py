#!/usr/bin/python3
"""What is wrong is said once and clearly, with the right exit status, and nothing is lost or half-written."""

import json
import resource
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from setfl import setfl_text, write_setfl
from study_run import VITREOUS, physics, without_figures

BAD_INPUT, FAILED = 2, 1

STUDY = """\
title = "A small liquid"
alloy = { composition = "Cu50Zr50", atoms = 96, potential = "toy.eam.alloy" }
engine = { timestep = "2 fs", seed = 20, precision = "double" }

[[stage]]
name = "melt"
kind = "hold"
temperature = "2000 K"
duration = "1 ps"

[[stage]]
name = "liquid"
kind = "hold"
from = "melt"
ensemble = "nvt"
temperature = "1500 K"
equilibrate = "1 ps"
duration = "4 ps"
observe = ["msd"]
save = { every = "0.1 ps", format = "dump" }
"""

DUMP = "".join(
    f"ITEM: TIMESTEP\n{100 * k}\nITEM: NUMBER OF ATOMS\n2\nITEM: BOX BOUNDS pp pp pp\n0 9\n0 9\n0 9\n"
    f"ITEM: ATOMS id type xu yu zu\n1 1 {0.1 * k} 0 0\n2 2 4 {0.2 * k} 0\n"
    for k in range(64)
)


def configuration(*rows: str) -> str:
    """Extended XYZ in a box of 9 A."""
    head = 'Lattice="9 0 0 0 9 0 0 0 9" Properties=species:S:1:pos:R:3 pbc="T T T"'
    return "\n".join([str(len(rows)), head, *rows]) + "\n"


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class Mistakes(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        write_setfl(self.folder / "toy.eam.alloy")

    def write(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text)
        return name

    def vitreous(self, *words: str, **options) -> subprocess.CompletedProcess:
        """In the scratch folder, so that messages hold names as they were given."""
        return subprocess.run([VITREOUS, *words], cwd=self.folder, text=True, timeout=300,
                              **({"capture_output": True} | options))

    def assert_refused(self, done: subprocess.CompletedProcess, status: int, *said: str):
        """One message, holding all that is `said`."""
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertEqual(done.stderr.count("error:"), 1, done.stderr)
        for words in said:
            self.assertIn(words, done.stderr)
        self.assertNotIn("defect of vitreous", done.stderr)


class Studies(Mistakes):
    """None of them leaves an output folder."""

    def refuse(self, old: str, new: str, *said: str):
        self.assertIn(old, STUDY)
        study = self.write("bad.toml", STUDY.replace(old, new))
        done = self.vitreous("run", study, "--out", "out")
        self.assert_refused(done, BAD_INPUT, *said)
        self.assertEqual(done.stdout, "")
        self.assertFalse((self.folder / "out").exists())

    def test_an_unknown_key(self):
        self.refuse('duration = "1 ps"', 'durration = "1 ps"', 'error: bad.toml:9: melt.durration: hold has no key "durration"',
                    "\n  9 | durration =", "\n  try: duration\n")

    def test_a_wrong_unit(self):
        self.refuse('"2000 K"', '"2000 eV"', 'error: bad.toml:8: melt.temperature: "2000 eV" is an energy, not a temperature')

    def test_a_bare_number(self):
        self.refuse('duration = "4 ps"', "duration = 4", "error: bad.toml:18: liquid.duration:")

    def test_a_negative_temperature(self):
        self.refuse('"1500 K"', '"-1500 K"', "error: bad.toml:16: liquid.temperature: must be above zero")

    def test_an_element_that_the_potential_lacks(self):
        self.refuse("Cu50Zr50", "Cu50Al50", "error: bad.toml:2: alloy.composition: the potential toy.eam.alloy does not describe Al",
                    "it describes Cu, Zr")

    def test_a_truncated_setfl_file(self):
        text = setfl_text()
        self.write("cut.eam.alloy", text[: len(text) // 2])
        self.refuse("toy.eam.alloy", "cut.eam.alloy", "error: bad.toml:2: alloy.potential:", "cut.eam.alloy:", "the file ends here, after")

    def test_a_potential_that_is_not_there(self):
        self.refuse("toy.eam.alloy", "none.eam.alloy", 'error: bad.toml:2: alloy.potential: no potential file "none.eam.alloy"')

    def test_a_study_that_is_no_toml(self):
        self.refuse('title = "A small liquid"', 'title = "A small liquid', "error: bad.toml:1:", "the file is not TOML")


class Configurations(Mistakes):
    """Neither do they overwrite what an earlier evaluation wrote."""

    def refuse(self, text: str, *said: str, potential: str = "toy.eam.alloy"):
        for name in ("forces.extxyz", "forces.json"):
            self.write(name, "of an earlier evaluation\n")
        before = files_below(self.folder)
        done = self.vitreous("evaluate", self.write("bad.xyz", text), "--potential", potential, "--out", "forces.extxyz")
        self.assert_refused(done, BAD_INPUT, *said)
        after = files_below(self.folder)
        del after["bad.xyz"]
        self.assertEqual(after, before)

    def test_a_position_that_is_no_number(self):
        self.refuse(configuration("Cu 0 0 0", "Zr 4 nan 0"), "error: bad.xyz:4: not a finite number", "\n  4 | Zr 4 nan 0")

    def test_two_atoms_at_the_same_place(self):
        self.refuse(configuration("Cu 0 0 0", "Zr 4 1 0", "Cu 4 1 0"), "error: bad.xyz: atoms 2 and 3 are at the same place")

    def test_an_atom_at_the_place_of_an_image(self):
        self.refuse(configuration("Cu 0 0 0", "Zr 4 1 0", "Cu 0 9 0"), "error: bad.xyz: atoms 1 and 3 are at the same place")

    def test_an_element_that_the_potential_lacks(self):
        self.refuse(configuration("Cu 0 0 0", "Al 4 1 0"), 'error: bad.xyz: the potential toy.eam.alloy has no element "Al"')

    def test_a_truncated_setfl_file(self):
        text = setfl_text()
        self.write("cut.eam.alloy", text[: len(text) // 2])
        self.refuse(configuration("Cu 0 0 0", "Zr 4 1 0"), "error: cut.eam.alloy:", "the file ends here, after", potential="cut.eam.alloy")

    def test_standard_output_on_a_full_disk(self):
        good = self.write("good.xyz", configuration("Cu 0 0 0", "Zr 4 1 0"))
        with open("/dev/full", "w") as full:
            done = self.vitreous("evaluate", good, "--potential", "toy.eam.alloy", "--out", "forces.extxyz",
                                 capture_output=False, stdout=full, stderr=subprocess.PIPE)
        self.assert_refused(done, FAILED, "error: standard output: No space left on device")


class Trajectories(Mistakes):
    def analyze(self, name: str) -> subprocess.CompletedProcess:
        return self.vitreous("analyze", name, "--observe", "msd", "--timestep", "1fs", "--species", "Cu,Zr", "--out", "analysis")

    def test_a_truncated_dump_is_used_as_far_as_it_is_whole(self):
        done = self.analyze(self.write("cut.dump", DUMP[:-15]))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("warning: cut.dump: it ends within the frame that starts at line", done.stderr)
        whole = self.write("whole.dump", DUMP[: DUMP.rindex("ITEM: TIMESTEP")])
        cut = (self.folder / "analysis" / "msd.csv").read_bytes()
        self.assertEqual(self.analyze(whole).returncode, 0)
        self.assertEqual((self.folder / "analysis" / "msd.csv").read_bytes(), cut)

    def test_a_dump_without_a_whole_frame(self):
        done = self.analyze(self.write("cut.dump", DUMP[:100]))
        self.assert_refused(done, BAD_INPUT, "error: cut.dump: holds no whole frame")
        self.assertFalse((self.folder / "analysis").exists())

    def test_positions_that_are_no_numbers(self):
        done = self.analyze(self.write("nan.dump", DUMP.replace("1 1 0.2 0 0", "1 1 nan 0 0")))
        self.assert_refused(done, BAD_INPUT, "error: nan.dump:")
        self.assertFalse((self.folder / "analysis").exists())


class Runs(Mistakes):
    def run_study(self, study: str, out: str, **options) -> subprocess.CompletedProcess:
        environment = without_figures(self.folder)
        return self.vitreous("run", study, "--out", out, "--checkpoint-every", "0.1 s", **({"env": environment} | options))

    def test_the_output_folder_of_another_study(self):
        self.assertEqual(self.run_study(self.write("first.toml", STUDY), "out").returncode, 0)
        before = files_below(self.folder / "out")
        other = self.write("other.toml", STUDY.replace("Cu50Zr50", "Cu64Zr36"))
        done = self.run_study(other, "out")
        self.assert_refused(done, BAD_INPUT, "out")
        self.assertEqual(files_below(self.folder / "out"), before)

    def test_forces_that_are_no_numbers(self):
        # Tables that overflow where atoms come very close, as they do when it is hot.
        self.write("wild.eam.alloy", setfl_text(overflow_below=1.75))
        study = STUDY.replace("toy.eam.alloy", "wild.eam.alloy").replace("1500 K", "60000 K").replace("0.1 ps", "10 fs")
        done = self.run_study(self.write("wild.toml", study), "out", env=None)
        self.assert_refused(done, FAILED, "liquid/r1 failed:", "is not a finite number, at step ")
        results = json.loads((self.folder / "out" / "results.json").read_text(), parse_constant=self.fail)
        self.assertFalse(results["complete"])
        self.assertIn("melt.T", [quantity["name"] for quantity in results["quantities"]])
        self.assertNotIn(b"nan", (self.folder / "out" / "liquid" / "r1" / "trajectory.dump").read_bytes())

    def test_a_timestep_that_is_too_long(self):
        done = self.run_study(self.write("long.toml", STUDY.replace("2 fs", "50 fs")), "out")
        self.assert_refused(done, FAILED, "melt/r1 failed:", "in one step, at step ", "shorter timestep\n")

    def test_a_full_disk_loses_nothing(self):
        study = self.write("small.toml", STUDY)
        self.assertEqual(self.run_study(study, "whole").returncode, 0)
        whole = physics(self.folder / "whole")
        for how in (self.on_a_small_disk, self.with_small_files):
            with self.subTest(how.__name__):
                out = how.__name__
                done = how(study, out)
                if done is None:
                    print(f"SKIPPED: {how.__name__}: not permitted here")
                    continue
                self.assertEqual(done.returncode, FAILED, done.stderr)
                self.assertIn("nothing was lost", done.stderr)
                resumed = self.run_study(study, out)
                self.assertEqual(resumed.returncode, 0, resumed.stderr)
                self.assertEqual(physics(self.folder / out), whole)

    def on_a_small_disk(self, study: str, out: str) -> subprocess.CompletedProcess | None:
        """Runs on a file system of 200 kB of its own, then copies what is there."""
        if shutil.which("unshare") is None or subprocess.run(["unshare", "-Urm", "true"], capture_output=True).returncode != 0:
            return None
        (self.folder / "small").mkdir()
        script = 'mount -t tmpfs -o size=200k none small || exit 99; "$@"; status=$?; cp -a small/out "$0"; exit $status'
        words = [VITREOUS, "run", study, "--out", "small/out", "--checkpoint-every", "0.1 s"]
        done = subprocess.run(["unshare", "-Urm", "sh", "-c", script, out, *words], cwd=self.folder, capture_output=True,
                              text=True, timeout=300, env=without_figures(self.folder))
        return None if done.returncode == 99 else done

    def with_small_files(self, study: str, out: str) -> subprocess.CompletedProcess:
        """Runs where no file may grow beyond 60 kB: a checkpoint may, the trajectory not."""
        return self.run_study(study, out, restore_signals=False,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60000, 60000)))


if __name__ == "__main__":
    unittest.main(verbosity=2)
