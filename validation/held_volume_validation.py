#!/usr/bin/python3
"""Do liquids of one study that differ in their seed alone agree in pressure and enthalpy within their errors? Each holds a volume that it found itself.

    validation/held_volume_validation.py build/vitreous [SEEDS]
"""

import json
import math
import re
import subprocess
import sys
import tempfile
from pathlib import Path

STUDY = """
title = "Volumes that are held"
alloy = { composition = "Cu50Zr50", atoms = 400, potential = "kim:MO_600021860456_005" }
engine = { timestep = "2 fs", seed = 1 }

[[stage]]
name = "melt"
kind = "hold"
temperature = "2000 K"
duration = "5 ps"

[[stage]]
name = "liquid"
kind = "hold"
from = "melt"
ensemble = "nvt"
temperature = ["2000 K", "1500 K"]
equilibrate = "10 ps"
duration = "20 ps"
observe = ["thermo"]
"""

NAMES = ("liquid.P", "liquid.H")


def run(vitreous: str, folder: Path, seed: int) -> list[dict]:
    study = folder / "study.toml"
    study.write_text(STUDY)
    out = folder / f"seed-{seed}"
    subprocess.run([vitreous, "run", study, "--out", out, "--set", f"engine.seed={seed}"], check=True, capture_output=True)
    return [q for q in json.loads((out / "results.json").read_text())["quantities"] if q["name"] in NAMES]


def root_mean_square_pull(values: list[float], errors: list[float]) -> float:
    """About the mean of the values themselves, which takes one of them away."""
    n = len(values)
    mean = sum(values) / n
    return math.sqrt(sum(((v - mean) / e) ** 2 for v, e in zip(values, errors)) / (n - 1))


def main() -> int:
    vitreous, seeds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20
    found: dict[tuple, list] = {}
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(1, seeds + 1):
            for q in run(vitreous, Path(folder), seed):
                alone = float(re.search(r"alone the error is ([\d.e+-]+)", q["how"]["volume"])[1])
                found.setdefault((q["name"], q["where"]), []).append((q["value"], q["standard_error"], alone))
    failed = False
    print("| quantity | scatter | error | pulls, root mean square | at its volume alone |\n|---|---|---|---|---|")
    # Mean squares of n - 1 pulls scatter by sqrt(2/(n - 1)), of errors that are themselves known to a fifth: three of these.
    bound = 3.0 * math.sqrt(2.0 / (seeds - 1) + 0.04)
    for (name, where), rows in found.items():
        values, errors, alone = zip(*rows)
        mean = sum(values) / seeds
        scatter = math.sqrt(sum((v - mean) ** 2 for v in values) / (seeds - 1))
        pull, before = root_mean_square_pull(values, errors), root_mean_square_pull(values, alone)
        failed |= abs(pull**2 - 1.0) > bound
        error = math.sqrt(sum(e * e for e in errors) / seeds)
        print(f"| {name}, {where.split()[-1]} | {scatter:.3g} | {error:.3g} | {pull:.2f} | {before:.2f} |")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
