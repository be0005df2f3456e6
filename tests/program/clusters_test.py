#!/usr/bin/python3
"""The workflows that `vitreous export` writes run as they stand: under Snakemake, and under a stand-in for Slurm that keeps its rules."""

import json
import os
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from study_run import VITREOUS, command, physics, run, without_figures, write_study

# Runs each job when it is submitted, after those it depends on; the first time that a job is of the branch named by STOPPED, its
# shell is sent SIGUSR1 as soon as the branch runs, as before a time limit, and the job runs again where it asked to be requeued.
SBATCH = """#!/usr/bin/python3
import json, os, signal, subprocess, sys, time
from pathlib import Path

state = Path(os.environ["FAKE_SLURM"])
jobs = json.loads(state.read_text()) if state.exists() else []
options = [word for word in sys.argv[1:] if word.startswith("--")]
script = next(word for word in sys.argv[1:] if not word.startswith("--"))
words = sys.argv[sys.argv.index(script) + 1:]
after = [word.split(":")[1:] for word in options if word.startswith("--dependency=afterok:")]
assert all(jobs[int(number) - 1]["status"] == 0 for number in sum(after, [])), "a job runs before what it depends on"
number = len(jobs) + 1
environment = os.environ | {"SLURM_JOB_ID": str(number), "SLURM_CPUS_PER_TASK": "1"}
requeued = state.with_suffix(f".requeue{number}")
signals = [line.split("@")[0].split(":")[-1] for line in Path(script).read_text().splitlines() if line.startswith("#SBATCH --signal=B:")]
runs = 0
while runs == 0 or requeued.exists():
    requeued.unlink(missing_ok=True)
    job = subprocess.Popen(["bash", script, *words], env=environment, stdout=subprocess.DEVNULL)
    if words == [os.environ.get("STOPPED")] and runs == 0:
        while not Path("small", words[0], "branch.json").exists():
            time.sleep(0.01)
        job.send_signal(getattr(signal, "SIG" + signals[0]))
    status = job.wait()
    runs += 1
jobs.append({"words": words, "options": options, "status": status, "runs": runs})
state.write_text(json.dumps(jobs))
print(f"{number};here")
sys.exit(status)
"""
SCONTROL = """#!/bin/sh
[ "$1" = requeue ] && touch "${FAKE_SLURM%.json}.requeue$2"
"""


class Workflows(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.scratch.name)
        cls.study = write_study(cls.folder)
        cls.choice = ["--set", "melt.replicas=2", "--set", 'quench.schedule=[{ to = "1200 K", rate = "5e14 K/s" }]']
        plain = run(cls.study, cls.folder / "plain", *cls.choice)
        assert plain.returncode == 0, plain.stderr
        cls.expected = physics(cls.folder / "plain")

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def export(self, scheduler: str, *words: str) -> Path:
        out = self.folder / scheduler
        subprocess.run([VITREOUS, "export", scheduler, str(self.study), *self.choice, "--out", str(out), "--cost", "2 us", *words],
                       check=True, capture_output=True, cwd=self.folder)
        return out

    def environment(self, **more: str) -> dict[str, str]:
        return without_figures(self.folder) | {"VITREOUS": VITREOUS} | more

    def test_snakemake_runs_the_study_on_two_cores(self):
        out = self.export("snakemake")
        snakemake = ["snakemake", "--cores", "2", "--quiet"]
        done = subprocess.run(snakemake, cwd=out, env=self.environment(), capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(physics(out / "small"), self.expected)
        self.assertTrue((out / "done" / "liquid" / "1500K-r2").exists())

    def test_slurm_runs_children_behind_their_parents_and_goes_on_after_a_time_limit(self):
        out = self.export("slurm", "--cores", "1")
        (self.folder / "bin").mkdir(exist_ok=True)
        for name, text in (("sbatch", SBATCH), ("scontrol", SCONTROL)):
            (self.folder / "bin" / name).write_text(text)
            (self.folder / "bin" / name).chmod(0o755)
        state = self.folder / "slurm.json"
        environment = self.environment(FAKE_SLURM=str(state), STOPPED="liquid/2000K-r1",
                                       PATH=f"{self.folder / 'bin'}:{os.environ['PATH']}")
        done = subprocess.run([str(out / "submit.sh"), "--partition=short"], env=environment, capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(physics(out / "small"), self.expected)
        jobs = {(job["words"] or ["report"])[0]: job for job in json.loads(state.read_text())}
        self.assertEqual(len(jobs), 9)
        self.assertEqual(jobs["liquid/2000K-r1"]["runs"], 2)
        self.assertTrue(all("--partition=short" in job["options"] for job in jobs.values()))
        report = next(word for word in jobs["report"]["options"] if word.startswith("--dependency="))
        self.assertEqual(report.count(":"), 4)  # the four that nothing starts from

    def test_overwrites_its_own_files_and_no_others(self):
        out = self.export("snakemake")
        self.export("snakemake")
        (out / "Snakefile").write_text("rule mine: pass\n")
        refused = subprocess.run([VITREOUS, "export", "snakemake", str(self.study), "--out", str(out), "--cost", "2 us"],
                                 capture_output=True, text=True)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("Snakefile: is there already", refused.stderr)
        self.assertEqual((out / "Snakefile").read_text(), "rule mine: pass\n")
        (out / "Snakefile").unlink()


class SharedFolder(unittest.TestCase):
    """Several processes beside each other, without a runner above them."""

    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.folder = Path(self.scratch.name)
        self.study = write_study(self.folder)
        self.environment = without_figures(self.folder)

    def tearDown(self):
        self.scratch.cleanup()

    def start(self, branch: str, *words: str) -> subprocess.Popen:
        words = ("--set", "melt.replicas=4", "--branch", branch, *words)
        return subprocess.Popen(command(self.study, self.folder / "run", *words), stderr=subprocess.PIPE, text=True, env=self.environment)

    def test_branches_that_begin_at_one_moment_in_a_new_folder_all_run(self):
        processes = [self.start(f"melt/r{k}") for k in (1, 2, 3, 4)]
        for process in processes:
            messages = process.communicate(timeout=60)[1]
            self.assertEqual(process.returncode, 0, messages)
        told = subprocess.run([VITREOUS, "status", "run", "--json"], cwd=self.folder, capture_output=True, text=True, check=True)
        states = {row["branch"]: row["state"] for row in json.loads(told.stdout)["branches"]}
        self.assertEqual([states[f"melt/r{k}"] for k in (1, 2, 3, 4)], ["done"] * 4)
        self.assertEqual(states["quench/r1"], "waiting")

    def test_a_branch_that_another_process_runs_is_left_to_it(self):
        first = self.start("melt/r1", "--set", "melt.duration=400 ps")
        record = self.folder / "run" / "melt" / "r1" / "branch.json"
        while not record.exists():
            time.sleep(0.01)
        second = self.start("melt/r1", "--set", "melt.duration=400 ps")
        self.assertIn("is being run by another process", second.communicate(timeout=60)[1])
        self.assertEqual(second.returncode, 75)
        first.send_signal(signal.SIGUSR1)
        first.communicate(timeout=10)
        self.assertEqual(first.returncode, 143)
        self.assertTrue((record.parent / "checkpoint.h5").exists())


if __name__ == "__main__":
    unittest.main()
