#!/usr/bin/python3
"""Runs of LAMMPS become studies, its logs are read as data, and studies become scripts that LAMMPS runs."""

import json
import math
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from setfl import write_setfl
from study_run import VITREOUS, without_figures

DOC = (Path(__file__).resolve().parents[2] / "docs" / "from-lammps.md").read_text()

MELT_QUENCH = """units metal
atom_style atomic
variable T0 equal 2000
variable Tend equal 400
variable pot string toy.eam.alloy
lattice fcc 3.9
region box block 0 3 0 3 0 3
create_box 2 box
create_atoms 1 box
set group all type/fraction 2 0.5 4711
pair_style eam/alloy
pair_coeff * * ${pot} &
  Cu Zr
timestep 0.004
thermo 10
thermo_style custom step temp press vol pe enthalpy
velocity all create ${T0} 12345 mom yes
fix 1 all npt temp ${T0} ${T0} $(25*dt) iso 0 0 1.0
run 250
variable k loop 2
label loop
fix 1 all npt temp $(v_T0-(v_k-1)*800) $(v_T0-v_k*800) 0.1 iso 0 0 1.0
run 1000
next k
jump SELF loop
fix 2 all ave/time 10 10 100 c_thermo_temp
compute m all msd
dump d all custom 25 prod.dump id type xu yu zu
unfix 1
fix 1 all nvt temp ${Tend} ${Tend} 0.1
run 500
"""

STUDY = """
alloy = { composition = "Cu50Zr50", atoms = 108, potential = "toy.eam.alloy" }
engine = { timestep = "4 fs", seed = 3, precision = "double" }

[[stage]]
name = "melt"
kind = "hold"
temperature = "2000 K"
equilibrate = "2 ps"
duration = "12 ps"
observe = ["thermo"]

[[stage]]
name = "quench"
kind = "quench"
from = "melt"
schedule = [{ to = "1600 K", rate = "400 K/(1 ps)" }, { to = "1400 K", rate = "200 K/(1 ps)", step = "100 K" }]

[[stage]]
name = "liquid"
kind = "hold"
from = "quench"
ensemble = "nvt"
temperature = ["1800 K", "1400 K"]
equilibrate = "6 ps"
duration = "8 ps"
observe = ["thermo", "msd"]
save = { every = "0.4 ps", format = "dump" }

[[stage]]
name = "slab"
kind = "free_surface"
from = "liquid"
gap = "8 A"
duration = "1 ps"
"""


def lmp(script: str, folder: Path) -> None:
    subprocess.run(["lmp", "-in", script, "-screen", "none"], cwd=folder, check=True, capture_output=True, timeout=120,
                   env=os.environ | {"OMP_NUM_THREADS": "1"})


def vitreous(folder: Path, *words: str, status: int = 0) -> subprocess.CompletedProcess:
    done = subprocess.run([VITREOUS, *words], cwd=folder, capture_output=True, text=True, timeout=300, env=without_figures(folder))
    assert done.returncode == status, done.stderr
    return done


def block_mean(values: list[float]) -> tuple[float, float]:
    """Mean and standard error from ten blocks, the first fifth left out."""
    values = values[len(values) // 5:]
    size = len(values) // 10
    means = [sum(values[k * size:(k + 1) * size]) / size for k in range(10)]
    mean = sum(means) / 10
    return mean, math.sqrt(sum((m - mean) ** 2 for m in means) / 90)


class Scratch(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(scratch.cleanup)
        cls.folder = Path(scratch.name)
        write_setfl(cls.folder / "toy.eam.alloy")


class FromARun(Scratch):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.folder / "in.melt").write_text(MELT_QUENCH)
        lmp("in.melt", cls.folder)

    def test_its_log_becomes_a_sound_study(self):
        said = vitreous(self.folder, "new", "--from-lammps", "log.lammps", "--out", "study.toml")
        study = (self.folder / "study.toml").read_text()
        # The loop is unrolled: two ramps of one quench. 52 of 108 atoms were drawn to be zirconium, or so.
        self.assertRegex(study, r'composition = "Cu\d+Zr\d+"\natoms = 108\n')
        self.assertIn('schedule = [{ to = "1200 K", rate = "800 K/(4 ps)" }, { to = "400 K", rate = "800 K/(4 ps)" }]', study)
        self.assertIn('duration = "1 ps"\nobserve = ["thermo"]\n', study)
        self.assertIn('save = { every = "0.1 ps", format = "dump" }', study)
        self.assertIn("not read: fix 2 all ave/time", said.stderr)
        self.assertEqual(len(re.findall("^#   line", study, re.MULTILINE)), 1)
        self.assertIn("study.toml: sound", vitreous(self.folder, "check", "study.toml").stdout)

    def test_a_script_is_read_as_far_as_its_variables_have_values(self):
        said = vitreous(self.folder, "new", "--from-lammps", "in.melt", "--out", "script.toml")
        self.assertIn("jump SELF loop: loops are not followed", said.stderr)
        self.assertIn('schedule = [{ to = "1200 K", rate = "800 K/(4 ps)" }]', (self.folder / "script.toml").read_text())
        vitreous(self.folder, "check", "script.toml")

    def test_its_log_is_a_table(self):
        self.assertIn("log.lammps: sound", vitreous(self.folder, "check", "log.lammps").stdout)
        table = json.loads(vitreous(self.folder, "show", "log.lammps", "--json").stdout)
        columns = {c["name"]: c for c in table["columns"]}
        self.assertEqual(columns["Press"]["unit"], "bar")
        # 0 to 2750 every 10 steps, without what the next run tells again.
        self.assertEqual(columns["Step"]["values"], [float(10 * k) for k in range(276)])
        self.assertEqual(columns["run"]["values"][-1], 4.0)

    def test_its_log_is_observed_run_by_run(self):
        analyzed = vitreous(self.folder, "analyze", "log.lammps", "--observe", "thermo", "--json")
        quantities = {q["name"]: q for q in json.loads(analyzed.stdout)["quantities"]}
        self.assertEqual(quantities["run_2.T"]["status"], "refused")  # a ramp has no mean
        hold = quantities["run_4.T"]
        self.assertLess(abs(hold["value"] - 400), 6 * hold["standard_error"])
        self.assertEqual(quantities["run_4.V"]["standard_error"], 0.0)  # nvt
        rows = (self.folder / "log.lammps-analysis" / "thermo.csv").read_text().splitlines()
        self.assertEqual(rows[0], "run,time_ps,T_K,P_GPa,E_eV_per_atom,H_eV_per_atom,V_angstrom3_per_atom")
        refused = vitreous(self.folder, "analyze", "log.lammps", "--observe", "msd", "--out", "no", status=2)
        self.assertIn("msd looks at atoms, and a log holds none", refused.stderr)

    def test_its_quench_has_a_glass_transition(self):
        fit = vitreous(self.folder, "fit", "glass_transition", "log.lammps", "--where", "run=2..3", "--json", "--glass-from", "450 K", "--glass-to",
                       "750 K", "--liquid-from", "1000 K", "--liquid-to", "1800 K")
        Tg = next(q for q in json.loads(fit.stdout)["quantities"] if q["name"] == "Tg")
        self.assertIn("LAMMPS log of 4 runs", fit.stderr)
        self.assertIn("averaged over intervals of about 10 K", fit.stderr)
        self.assertIn(Tg["status"], ("ok", "refused"))
        self.assertRegex(fit.stderr, r"column 'Volume': Volume, angstrom\^3, \d+ numbers, with standard errors")


class ToScripts(Scratch):
    """The same study by our engine and, as scripts, by LAMMPS."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.folder / "small.toml").write_text(STUDY)
        said = vitreous(cls.folder, "export", "lammps", "small.toml", "--out", "scripts")
        cls.scripts = [line.strip() for line in said.stdout.splitlines()[1:]]
        subprocess.run(["sh", "scripts/run.sh"], cwd=cls.folder, check=True, capture_output=True, timeout=300)
        vitreous(cls.folder, "run", "small.toml", "--out", "ours", "--jobs", "1")
        cls.quantities = json.loads((cls.folder / "ours" / "results.json").read_text())["quantities"]

    def column(self, script: str, name: str, run: int) -> list[float]:
        table = json.loads(vitreous(self.folder, "show", f"scripts/{script}.log", "--json").stdout)
        columns = {c["name"]: c["values"] for c in table["columns"]}
        return [value for value, number in zip(columns[name], columns["run"]) if number == run]

    def ours(self, name: str, where: str = "") -> tuple[float, float]:
        q = next(q for q in self.quantities if q["name"] == name and where in (q["where"] or ""))
        return q["value"], q["standard_error"]

    def assert_agree(self, a: tuple[float, float], b: tuple[float, float]):
        """Within four standard errors of the difference: by chance once in sixteen thousand times; the seeds are fixed."""
        self.assertLess(abs(a[0] - b[0]), 4 * math.hypot(a[1], b[1]), f"{a} and {b}")

    def test_there_is_one_a_branch_parents_first(self):
        self.assertEqual(self.scripts, ["melt-r1.in", "quench-r1.in", "liquid-1800K-r1.in", "liquid-1400K-r1.in", "slab-1800K-r1.in", "slab-1400K-r1.in"])

    def test_they_start_with_the_same_atoms(self):
        evaluated = vitreous(self.folder, "evaluate", "scripts/melt-r1-start.data", "--potential", "toy.eam.alloy", "--out", "start.extxyz", "--json")
        self.assertAlmostEqual(self.column("melt-r1", "PotEng", 1)[0], json.loads(evaluated.stdout)["energy_eV"], places=4)

    def test_the_melt_has_the_same_volume_temperature_and_enthalpy(self):
        atoms = 108
        volume = block_mean(self.column("melt-r1", "Volume", 2))
        self.assert_agree((volume[0] / atoms, volume[1] / atoms), self.ours("melt.V"))
        self.assert_agree(block_mean(self.column("melt-r1", "Temp", 2)), self.ours("melt.T"))
        enthalpy = block_mean(self.column("melt-r1", "Enthalpy", 2))
        self.assert_agree((enthalpy[0] / atoms, enthalpy[1] / atoms), self.ours("melt.H"))

    def test_nvt_runs_in_the_mean_box_of_the_second_half(self):
        for T in (1800, 1400):
            breathing = self.column(f"liquid-{T}K-r1", "Volume", 2)
            kept = self.column(f"liquid-{T}K-r1", "Volume", 3)
            self.assertAlmostEqual(min(kept), max(kept), places=6)
            self.assertLess(abs(kept[0] / (sum(breathing) / len(breathing)) - 1), 0.01)
            self.assert_agree(block_mean(self.column(f"liquid-{T}K-r1", "Temp", 3)), self.ours("liquid.T", f"{T}K"))

    def test_a_ramp_ends_where_it_should_and_is_left_on_the_way(self):
        steps = self.column("quench-r1", "Step", 1)
        self.assertEqual(steps[0], 0)
        # 400 K/ps for 1 ps, then two plateaus of 0.5 ps: 500 steps.
        text = (self.folder / "scripts" / "quench-r1.in").read_text()
        self.assertEqual(sum(int(n) for n in re.findall(r"^run (\d+)", text, re.MULTILINE)), 500)
        self.assertLess(text.index("write_data quench-r1-at-1800K.data"), text.index("write_data quench-r1-at-1400K.data"))

    def test_the_slab_lies_between_two_gaps(self):
        closed, opened = (self.box_edge(f"scripts/{name}-1400K-r1.data", "z") for name in ("liquid", "slab"))
        self.assertAlmostEqual(opened - closed, 16.0, places=6)

    def box_edge(self, file: str, axis: str) -> float:
        found = re.search(rf"^(\S+) (\S+) {axis}lo {axis}hi$", (self.folder / file).read_text(), re.MULTILINE)
        return float(found[2]) - float(found[1])

    def test_their_dumps_are_analyzed_as_they_say(self):
        text = (self.folder / "scripts" / "liquid-1800K-r1.in").read_text()
        command = re.search(r"^# next: vitreous (analyze .*)$", text, re.MULTILINE)[1].replace("'", "").split()
        self.assertIn("msd", vitreous(self.folder / "scripts", *command).stdout)

    def test_they_are_written_into_a_new_folder_alone(self):
        self.assertIn("is there already", vitreous(self.folder, "export", "lammps", "small.toml", "--out", "scripts", status=2).stderr)


class SamePath(Scratch):
    """Without thermostat the script follows the same path as our engine."""

    STUDY = """
alloy = { composition = "Cu50Zr50", atoms = 108, potential = "toy.eam.alloy" }
engine = { timestep = "2 fs", seed = 3, precision = "double" }
[[stage]]
name = "melt"
kind = "hold"
ensemble = "nve"
volume = "inherit"
temperature = "2000 K"
duration = "0.2 ps"
"""

    def test_for_a_hundred_steps(self):
        (self.folder / "nve.toml").write_text(self.STUDY)
        vitreous(self.folder, "export", "lammps", "nve.toml", "--out", "scripts")
        lmp("melt-r1.in", self.folder / "scripts")
        vitreous(self.folder, "run", "nve.toml", "--out", "ours")
        edge, theirs = self.atoms("scripts/melt-r1.data")
        _, ours = self.atoms("ours/melt/r1/final.data")
        self.assertEqual(len(ours), 108)
        for atom, position in ours.items():
            for a, b in zip(position, theirs[atom]):
                self.assertLess(abs((a - b + edge / 2) % edge - edge / 2), 1e-6)  # A

    def atoms(self, file: str) -> tuple[float, dict[int, list[float]]]:
        text = (self.folder / file).read_text()
        low, high = re.search(r"^(\S+) (\S+) xlo xhi$", text, re.MULTILINE).groups()
        rows = re.search(r"^Atoms.*\n\n((?:.+\n)+)", text, re.MULTILINE)[1].splitlines()
        return float(high) - float(low), {int(r.split()[0]): [float(x) for x in r.split()[2:5]] for r in rows}


class Documentation(Scratch):
    """Every pair of docs/from-lammps.md."""

    PREAMBLE = """units metal
lattice fcc 3.9
region box block 0 5 0 5 0 5
create_box 2 box
create_atoms 1 box
set group all type/ratio 2 0.5 1
pair_style eam/fs
pair_coeff * * CuZr.eam.fs Cu Zr
"""
    RUN = "fix 1 all npt temp 900 900 0.1 iso 0 0 1.0\nrun 1000\n"

    def test_every_pair_is_what_the_program_makes(self):
        write_setfl(self.folder / "CuZr.eam.fs", eam_fs())
        pairs = re.findall(r"```lammps\n(.*?)```\n```toml\n(.*?)```", DOC, re.DOTALL)
        self.assertEqual(len(pairs), 12)
        for k, (commands, lines) in enumerate(pairs):
            with self.subTest(commands):
                own_atoms = "create_atoms" in commands
                script = ("units metal\n" if own_atoms else self.PREAMBLE) + ("velocity all create 900 1\n" if "velocity" not in commands else "")
                (self.folder / "in").write_text(script + commands + ("" if "run " in commands else self.RUN))
                study = f"study{k}.toml"
                vitreous(self.folder, "new", "--from-lammps", "in", "--out", study)
                written = (self.folder / study).read_text().splitlines()
                for line in lines.splitlines():
                    self.assertIn(line, written)
                vitreous(self.folder, "check", study)


def eam_fs() -> str:
    """The toy potential with a density for each pair: eam/fs."""
    from setfl import VALUES, setfl_text

    lines = setfl_text().splitlines()
    head, body = lines[:5], lines[5:]
    out, at = head, 0
    for _ in range(2):
        element = body[at:at + 1 + 2 * VALUES]
        out += element + element[1 + VALUES:]
        at += 1 + 2 * VALUES
    return "\n".join(out + body[at:]) + "\n"


if __name__ == "__main__":
    unittest.main()
