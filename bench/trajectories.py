#!/usr/bin/python3
"""How fast is a LAMMPS dump read, against MDAnalysis and OVITO, and in how much memory?

The peers come from PyPI, in a virtual environment whose Python is given: --peers ENV/bin/python (pip install MDAnalysis
ovito). The file is made of frames that LAMMPS writes here, repeated until it is as large as asked for."""

import argparse
import os
import subprocess
import tempfile
from pathlib import Path
from statistics import median

from measure import VITREOUS, machine

LIQUID = """\
units metal
lattice fcc 4.5
region all block 0 16 0 16 0 16
create_box 2 all
create_atoms 1 box
set type 1 type/fraction 2 0.5 7
mass 1 63.546
mass 2 91.224
pair_style lj/cut 6.0
pair_coeff * * 0.1 2.8
velocity all create 1500 4928
fix 1 all nve
timestep 0.002
dump 1 all custom 20 real.dump id type x y z ix iy iz
run 200
"""

# Every position of every frame once, in the order of ids: what an analysis starts from.
MDANALYSIS = """\
import sys, warnings; warnings.simplefilter("ignore")
import MDAnalysis
total = 0.0
u = MDAnalysis.Universe(sys.argv[1], format="LAMMPSDUMP", topology_format="LAMMPSDUMP", lammps_coordinate_convention="unscaled")
for frame in u.trajectory:
    total += float(frame.positions[0, 0])
print(len(u.trajectory), total)
"""
OVITO = """\
import sys, warnings; warnings.simplefilter("ignore")
from ovito.io import import_file
pipeline = import_file(sys.argv[1], sort_particles=True)
total = 0.0
for k in range(pipeline.source.num_frames):
    total += float(pipeline.compute(k).particles.positions[0][0])
print(pipeline.source.num_frames, total)
"""


def make_dump(path: Path, size: float) -> None:
    """Frames of a liquid of 16384 atoms, steps counted on, until the file holds `size` bytes."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "in.liquid").write_text(LIQUID)
        subprocess.run(["lmp", "-in", "in.liquid"], cwd=folder, check=True, capture_output=True)
        head = b"ITEM: TIMESTEP\n"
        frames = [text.split(b"\n", 1)[1] for text in (Path(folder) / "real.dump").read_bytes().split(head)[1:]]
    with path.open("wb") as out:
        step = 0
        while out.tell() < size:
            for frame in frames:
                out.write(head + b"%d\n" % step + frame)
                step += 20


def cost(command: list[str]) -> tuple[float, float]:
    """Processor time in seconds, of one core, and the most memory in MB."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument("--size", type=float, default=2e9, help="bytes of the dump")
arguments.add_argument("--file", type=Path, default=Path(tempfile.gettempdir()) / "trajectories.dump")
arguments.add_argument("--peers", help="the Python of an environment with MDAnalysis and ovito")
arguments.add_argument("--turns", type=int, default=3)
options = arguments.parse_args()

if not options.file.exists():
    make_dump(options.file, options.size)
size = options.file.stat().st_size / 1e6
name = str(options.file)
cases = {"vitreous check": [VITREOUS, "check", name]}
if options.peers:
    cases["MDAnalysis"] = [options.peers, "-c", MDANALYSIS, name]
    cases["OVITO"] = [options.peers, "-c", OVITO, name]
found = {case: [] for case in cases}
for _ in range(options.turns):
    for case, command in cases.items():
        found[case].append(cost(command))
ours = median(seconds for seconds, _ in found["vitreous check"])
print(f"{machine()}\n{size:.0f} MB, processor time on one core, middle of {options.turns} turns")
print("| program | s | MB/s | times vitreous' | memory (MB) |\n|---|---|---|---|---|")
for case, costs in found.items():
    seconds, memory = median(c[0] for c in costs), max(c[1] for c in costs)
    print(f"| {case} | {seconds:.1f} | {size / seconds:.0f} | {seconds / ours:.1f} | {memory:.0f} |")
