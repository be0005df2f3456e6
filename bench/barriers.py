#!/usr/bin/python3
"""How long do the barriers of a thousand hops take, on one core and on all?"""

import argparse
import csv
import os
import subprocess
import tempfile
import time
from pathlib import Path

from measure import VITREOUS, print_table

MODEL = "kim:MO_600021860456_005"
STUDY = """
[alloy]
composition = "Cu50Zr50"
atoms = {atoms}
potential = "{model}"
[engine]
timestep = "2 fs"
[[stage]]
name = "melt"
kind = "hold"
temperature = "2000 K"
duration = "20 ps"
[[stage]]
name = "quench"
kind = "quench"
from = "melt"
schedule = [{{ to = "640 K", rate = "1e13 K/s" }}]
[[stage]]
name = "glass"
kind = "hold"
from = "quench"
ensemble = "nvt"
temperature = "640 K"
equilibrate = "20 ps"
duration = "{duration} ps"
save = {{ every = "5 ps", format = "extxyz" }}
"""

arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument("--atoms", type=int, default=4000)
arguments.add_argument("--paths", type=int, default=40, help="hops that are followed")
arguments.add_argument("--duration", type=float, default=50.0, help="ps of the glass in which they happen")
options = arguments.parse_args()


def analyze(trajectory: Path, paths: int, cores: set[int]) -> tuple[float, list[str]]:
    """Seconds, and how each path ended."""
    with tempfile.TemporaryDirectory() as out:
        begin = time.monotonic()
        subprocess.run([VITREOUS, "analyze", trajectory, "--potential", MODEL, "--out", out,
                        "--observe", f"hops(barriers={paths}, temperature=640 K)"],
                       check=True, capture_output=True, preexec_fn=lambda: os.sched_setaffinity(0, cores))
        seconds = time.monotonic() - begin
        rows = list(csv.DictReader((Path(out) / "hops.csv").open()))
    return seconds, [row["path"] for row in rows if row["path"] != "not_followed"]


with tempfile.TemporaryDirectory() as folder:
    study = Path(folder) / "glass.toml"
    study.write_text(STUDY.format(atoms=options.atoms, model=MODEL, duration=options.duration))
    subprocess.run([VITREOUS, "run", study, "--out", Path(folder) / "run"], check=True, capture_output=True)
    trajectory = Path(folder) / "run/glass/r1/trajectory.extxyz"
    all_cores = os.sched_getaffinity(0)
    rows = []
    for cores in ({min(all_cores)}, all_cores):
        minima, _ = analyze(trajectory, 0, cores)
        whole, ends = analyze(trajectory, options.paths, cores)
        each = (whole - minima) / len(ends)
        told = ", ".join(f"{ends.count(end)} {end}" for end in dict.fromkeys(ends))
        rows.append([str(len(cores)), f"{each:.2f}", f"{1000 * each / 60:.1f}", told])
print_table(["cores", "s a path", "min for 1000", f"of {options.atoms} atoms"], rows)
