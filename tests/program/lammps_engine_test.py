#!/usr/bin/python3
"""Studies whose atoms LAMMPS moves, by one process and by two: the same answers, the same manners when something stops them."""

import json
import os
import re
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from setfl import write_setfl
from study_run import VITREOUS, without_figures

STUDY = """
title = "A small liquid"
alloy = {{ composition = "Cu50Zr50", atoms = 96, potential = "toy.eam.alloy" }}
engine = {engine}

[[stage]]
name = "melt"
kind = "hold"
temperature = "2000 K"
duration = "{melt}"

[[stage]]
name = "quench"
kind = "quench"
from = "melt"
schedule = [{{ to = "1500 K", rate = "{rate}" }}]

[[stage]]
name = "liquid"
kind = "hold"
from = "quench"
ensemble = "nvt"
temperature = "1500 K"
equilibrate = "{equilibrate}"
duration = "{duration}"
observe = ["msd"]

[[stage]]
name = "slab"
kind = "free_surface"
from = "liquid"
gap = "8 A"
duration = "{slab}"
thermostat = "velocity_rescaling"
observe = [{{ kind = "msd", layer = "2.5 A" }}]
"""

NATIVE = '{ timestep = "4 fs", precision = "double" }'
LAMMPS = '{ kind = "lammps", timestep = "4 fs" }'

BRANCHES = ("melt/r1", "quench/r1", "liquid/r1", "slab/r1")


class Lammps(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        write_setfl(self.folder / "toy.eam.alloy")
        self.environment = without_figures(self.folder) | {
            "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1", "OMPI_MCA_mpi_yield_when_idle": "1"}

    def write(self, engine: str, duration: str = "0.12 ps", melt: str = "0.04 ps", rate: str = "1e16 K/s", equilibrate: str = "0.08 ps",
              slab: str = "0.04 ps") -> str:
        """As short as can be: on busy cores two processes wait long for each other at every step."""
        text = STUDY.format(engine=engine, duration=duration, melt=melt, rate=rate, equilibrate=equilibrate, slab=slab)
        (self.folder / "small.toml").write_text(text)
        return "small.toml"

    def words(self, study: str, out: str, processes: int, *more: str) -> list[str]:
        launcher = ["mpirun", "--oversubscribe", "-np", str(processes)] if processes > 1 else []
        return [*launcher, VITREOUS, "run", study, "--out", out, "--checkpoint-every", "0.1 s", *more]

    def start(self, study: str, out: str, processes: int = 1, *more: str) -> subprocess.Popen:
        return subprocess.Popen(self.words(study, out, processes, *more), cwd=self.folder, env=self.environment, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)

    def run_study(self, study: str, out: str, processes: int = 1, *more: str, **environment: str) -> subprocess.CompletedProcess:
        return subprocess.run(self.words(study, out, processes, *more), cwd=self.folder, env=self.environment | environment, text=True,
                              capture_output=True, timeout=300)

    def record(self, out: str, branch: str) -> dict:
        return json.loads((self.folder / out / branch / "branch.json").read_text())

    def quantities(self, out: str) -> dict[str, tuple[float, float]]:
        results = json.loads((self.folder / out / "results.json").read_text())
        self.assertTrue(results["complete"])
        return {q["name"]: (q["value"], q["standard_error"]) for q in results["quantities"] if q["value"] is not None}

    def await_steps(self, process: subprocess.Popen, out: str, branch: str):
        """Until the branch has left a checkpoint."""
        for _ in range(600):
            if (self.folder / out / branch / "checkpoint.h5").exists():
                return
            self.assertIsNone(process.poll(), process.stderr.read() if process.poll() is not None else "")
            time.sleep(0.05)
        self.fail("it never came so far")


class BothEngines(Lammps):
    def test_a_study_yields_the_same_on_both_engines(self):
        found = {}
        for engine in (NATIVE, LAMMPS):
            study = self.write(engine, melt="1 ps", rate="4e14 K/s", equilibrate="2 ps", duration="24 ps", slab="4 ps")
            out = re.search(r"native|lammps", engine + "native").group()
            done = self.run_study(study, out)
            self.assertEqual(done.returncode, 0, done.stderr)
            found[out] = self.quantities(out)
        ours, theirs = found["native"], found["lammps"]
        compared = [name for name in ours if name in theirs and ours[name][1] and theirs[name][1]]
        for wanted in ("liquid.T", "liquid.E", "liquid.P", "liquid.D"):
            self.assertIn(wanted, compared)
        for name in compared:
            (a, error_a), (b, error_b) = ours[name], theirs[name]
            self.assertLess(abs(a - b), 5.0 * (error_a**2 + error_b**2) ** 0.5, name)
        for branch in BRANCHES:
            self.assertRegex(self.record("lammps", branch)["engine"], r"^lammps \(.*\); forces eam/fs; 1 process$")
        self.assertIn("LAMMPS", (self.folder / "lammps" / "methods.md").read_text())
        self.assertIn("lammps", json.loads((self.folder / "lammps" / "provenance.json").read_text())["engine"])

    def test_the_other_engine_is_a_change(self):
        self.assertEqual(self.run_study(self.write(LAMMPS), "out").returncode, 0)
        refused = self.run_study(self.write(NATIVE), "out")
        self.assertEqual(refused.returncode, 2)
        self.assertIn("engine.kind", refused.stderr)

    def test_a_pair_style_of_the_users_own(self):
        engine = '{ kind = "lammps", timestep = "4 fs", pair_style = "eam/alloy", pair_coeff = "* * toy.eam.alloy Cu Zr", arguments = "-sf opt" }'
        done = self.run_study(self.write(engine), "out")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("forces eam/alloy; 1 process, -sf opt", self.record("out", "slab/r1")["engine"])


class StoppedRuns(Lammps):
    def stop_and_go_on(self, processes: int, stop):
        study = self.write(LAMMPS, duration="2 ns")
        process = self.start(study, "out", processes)
        self.await_steps(process, "out", "liquid/r1")
        stop(process)
        _, messages = process.communicate(timeout=120)
        self.assertNotIn("error:", messages)
        self.assertEqual(self.record("out", "liquid/r1")["state"], "running")
        shorter = self.run_study(study, "out", processes, "--stop-after", "0.3 s")
        self.assertIn(shorter.returncode, (130, 0), shorter.stderr)
        return process, messages

    def test_a_signal_leaves_a_checkpoint_and_the_run_goes_on(self):
        process, messages = self.stop_and_go_on(1, lambda p: os.kill(p.pid, signal.SIGTERM))
        self.assertEqual(process.returncode, 143, messages)
        self.assertIn("nothing is lost", messages)


class TwoProcesses(Lammps):
    def test_two_processes_run_a_study_together(self):
        done = self.run_study(self.write(LAMMPS), "out", 2)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr.count("next:"), 1)
        for branch in BRANCHES:
            record = self.record("out", branch)
            self.assertEqual(record["state"], "done")
            self.assertIn("2 processes", record["engine"])
        # and one goes on with what two have done
        self.assertEqual(self.run_study(self.write(LAMMPS, duration="0.2 ps"), "out", 1, "--rerun").returncode, 0)
        self.assertIn("1 process", self.record("out", "liquid/r1")["engine"])

    def children(self, process: subprocess.Popen) -> list[int]:
        """Of mpirun, the first process first."""
        ranked = []
        for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
            variables = Path(f"/proc/{child}/environ").read_bytes().split(b"\0")
            rank = [v.split(b"=")[1] for v in variables if v.startswith(b"OMPI_COMM_WORLD_RANK=")]
            if rank:
                ranked.append((int(rank[0]), int(child)))
        return [child for _, child in sorted(ranked)]

    def test_a_signal_to_any_process_stops_all_with_a_checkpoint(self):
        study = self.write(LAMMPS, duration="2 ns")
        process = self.start(study, "out", 2)
        self.await_steps(process, "out", "liquid/r1")
        os.kill(self.children(process)[1], signal.SIGUSR1)
        _, messages = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 143, messages)
        self.assertEqual(messages.count("nothing is lost"), 1)
        self.assertEqual(messages.count("error:"), 0)

    def test_a_process_that_dies_ends_all(self):
        process = self.start(self.write(LAMMPS, duration="2 ns"), "out", 2)
        self.await_steps(process, "out", "liquid/r1")
        os.kill(self.children(process)[1], signal.SIGKILL)
        process.communicate(timeout=120)
        self.assertNotEqual(process.returncode, 0)

    def refuse(self, engine: str, *said: str):
        done = self.run_study(self.write(engine), "out", 2)
        self.assertNotEqual(done.returncode, 0)
        self.assertEqual(done.stderr.count("error:"), 1, done.stderr)
        for words in said:
            self.assertIn(words, done.stderr)

    def test_a_mistake_that_all_meet_is_told_once(self):
        self.refuse(LAMMPS.replace("}", ', commands = ["pair_stile eam"] }'), 'at the command "pair_stile eam"', "melt/r1 failed")

    def test_a_mistake_that_one_meets_ends_all(self):
        coefficients = ', pair_style = "eam/alloy", pair_coeff = "* * none.eam Cu Zr" }'
        self.refuse(LAMMPS.replace("}", coefficients), "error: process 1 of 2: LAMMPS: ", "none.eam")

    def test_our_own_engine_has_no_use_for_them(self):
        self.refuse(NATIVE, "2 processes were started together", "vitreous run without mpirun")

    def test_a_study_with_a_mistake_lets_all_go(self):
        self.refuse('{ kind = "lammps", precision = "double" }', "means nothing to engine lammps")


class NoModule(Lammps):
    def refuse(self, processes: int):
        done = self.run_study(self.write(LAMMPS), "out", processes, VITREOUS_LAMMPS_MODULE="/nowhere/vitreous_lammps.so")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr.count("error:"), 1, done.stderr)
        self.assertIn('engine "lammps" needs the module vitreous_lammps.so, which is not here', done.stderr)
        self.assertIn("liblammps-dev", done.stderr)

    def test_is_told_by_one_process(self):
        self.refuse(1)

    def test_is_told_once_by_two(self):
        self.refuse(2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
