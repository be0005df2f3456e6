#!/usr/bin/python3
"""Do the fast forces and the reference make the same glass? A melt-quench of Cu50Zr50 with each, from starts of their own:
volume and enthalpy of the glass, g(r) and the liquid's D must agree within their errors.

    validation/melt_quench_validation.py build/vitreous
"""

import csv
import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

STUDY = """
title = "A melt-quench with {precision} forces"
alloy = {{ composition = "Cu50Zr50", atoms = 500, potential = "kim:MO_600021860456_005" }}
engine = {{ timestep = "2 fs", seed = {seed}, precision = "{precision}" }}

[[stage]]
name = "melt"
kind = "hold"
replicas = {replicas}
temperature = "2000 K"
duration = "10 ps"

[[stage]]
name = "quench"
kind = "quench"
from = "melt"
schedule = [{{ to = "300 K", rate = "1e14 K/s" }}]

[[stage]]
name = "glass"
kind = "hold"
from = "quench"
temperature = "300 K"
equilibrate = "5 ps"
duration = "20 ps"
observe = ["thermo", "rdf"]

[[stage]]
name = "liquid"
kind = "hold"
from = "quench"
ensemble = "nvt"
temperature = "1500 K"
equilibrate = "5 ps"
duration = "40 ps"
observe = ["msd", "rdf"]
"""

REPLICAS = 6
ALLOWED = 3.0  # standard errors; some ten quantities are compared


def run(vitreous: str, folder: Path, precision: str, seed: int) -> Path:
    study = folder / f"{precision}.toml"
    study.write_text(STUDY.format(precision=precision, seed=seed, replicas=REPLICAS))
    out = folder / precision
    subprocess.run([vitreous, "run", str(study), "--out", str(out)], check=True, stdout=subprocess.DEVNULL)
    return out


def quantities(out: Path) -> dict[str, tuple[float, float]]:
    found = {}
    for quantity in json.loads((out / "results.json").read_text())["quantities"]:
        if quantity.get("value") is not None:
            found[quantity["name"]] = (quantity["value"], quantity["standard_error"])
    return found


def curve(out: Path, stage: str) -> dict[float, tuple[float, float]]:
    """g(r) of all atoms: the mean over replicas with its standard error."""
    values: dict[float, list[float]] = {}
    with open(out / stage / "rdf.csv", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            if row["pair"] == "all":
                values.setdefault(float(row["r_angstrom"]), []).append(float(row["g"]))

    def summary(v: list[float]) -> tuple[float, float]:
        mean = sum(v) / len(v)
        return mean, math.sqrt(sum((x - mean) ** 2 for x in v) / (len(v) - 1) / len(v))

    return {r: summary(v) for r, v in values.items() if len(v) == REPLICAS}


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        fast = run(sys.argv[1], Path(scratch), "auto", 11)
        reference = run(sys.argv[1], Path(scratch), "double", 12)
        ours, theirs = quantities(fast), quantities(reference)
        failed = False
        print("| quantity | fast | reference | difference, standard errors |\n|---|---|---|---|")
        for name in ("glass.V", "glass.H", "liquid.D", "liquid.D.Cu", "liquid.D.Zr"):
            (a, ea), (b, eb) = ours[name], theirs[name]
            off = (a - b) / math.hypot(ea, eb)
            failed |= abs(off) > ALLOWED
            print(f"| {name} | {a:.6g} +- {ea:.2g} | {b:.6g} +- {eb:.2g} | {off:+.1f} |")
        for stage in ("glass", "liquid"):
            a, b = curve(fast, stage), curve(reference, stage)
            pulls = [(a[r][0] - b[r][0]) / math.hypot(a[r][1], b[r][1]) for r in a if r in b and a[r][1] > 0 and b[r][1] > 0]
            # A pull of two means of six is Student's t with ten degrees of freedom: its square has mean 10/8.
            square = sum(p * p for p in pulls) / len(pulls)
            failed |= square > 2.5
            print(f"| {stage}: g(r), {len(pulls)} bins | | | root mean square {math.sqrt(square):.2f}, 1.12 expected |")
        return int(failed)


if __name__ == "__main__":
    sys.exit(main())
