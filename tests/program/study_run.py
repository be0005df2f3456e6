"""A small study and the ways to run it, for tests of the whole program."""

import os
import signal
import subprocess
from pathlib import Path

from setfl import write_setfl

VITREOUS = os.environ["VITREOUS"]

STUDY = """
title = "A small liquid"
alloy = { composition = "Cu50Zr50", atoms = 96, potential = "toy.eam.alloy" }
engine = { timestep = "4 fs", seed = 20, precision = "double" }   # starts sooner: no tables to fit

[[stage]]
name = "melt"
kind = "hold"
temperature = "2000 K"
duration = "1 ps"

[[stage]]
name = "quench"
kind = "quench"
from = "melt"
schedule = [{ to = "1200 K", rate = "4e14 K/s" }]

[[stage]]
name = "liquid"
kind = "hold"
from = "quench"
ensemble = "nvt"
temperature = ["2000 K", "1500 K"]
equilibrate = "1 ps"
duration = "4 ps"
observe = ["msd", { kind = "cage_jumps", window = "0.6 ps", u2 = "0.01 A^2" }]
save = { every = "0.1 ps", format = "dump" }
"""


SLAB = """
[[stage]]
name = "slab"
kind = "free_surface"
from = "liquid"
gap = "8 A"
equilibrate = "0.4 ps"
duration = "1.6 ps"
observe = [{ kind = "msd", layer = "2.5 A" }, { kind = "hops", every = "0.4 ps", distance = "1 A", barriers = 8, layer = "2.5 A" }]
"""


def without_figures(folder: Path) -> dict[str, str]:
    """An environment where nothing is drawn after a run: that takes longer than the small study itself."""
    stand_in = folder / "no_figures" / "vitreous"
    stand_in.mkdir(parents=True, exist_ok=True)
    (stand_in / "report.py").touch()
    return os.environ | {"VITREOUS_PYTHON_PATH": str(stand_in.parent)}


def write_study(folder: Path, more: str = "") -> Path:
    write_setfl(folder / "toy.eam.alloy")
    path = folder / "small.toml"
    path.write_text(STUDY + more)
    return path


def command(study: Path, out: Path, *more: str) -> list[str]:
    return [VITREOUS, "run", str(study), "--out", str(out), "--checkpoint-every", "0.1 s", *more]


def run(study: Path, out: Path, *more: str, figures: bool = False) -> subprocess.CompletedProcess:
    """Runs to the end."""
    environment = os.environ if figures else without_figures(study.parent)
    return subprocess.run(command(study, out, *more), capture_output=True, text=True, timeout=300, env=environment)


def run_until(study: Path, out: Path, seconds: float, sign: int, whole_group: bool = True) -> subprocess.Popen | None:
    """Runs, and signals after `seconds`: the runner and its branches, or the runner alone. None where it was done before."""
    process = subprocess.Popen(command(study, out), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
                               env=without_figures(study.parent))
    try:
        process.communicate(timeout=seconds)
        return None
    except subprocess.TimeoutExpired:
        (os.killpg if whole_group else os.kill)(process.pid, sign)
        process.output, process.messages = process.communicate(timeout=60)
        return process


def physics(out: Path) -> dict[str, bytes]:
    """Every file of a run that physics alone decides."""
    kept = [path for path in sorted(out.rglob("*")) if path.suffix in (".csv", ".extxyz", ".data", ".dump") and "figures" not in path.parts]
    return {str(path.relative_to(out)): path.read_bytes() for path in [*kept, out / "results.json"]}
