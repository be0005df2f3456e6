"""A run's folder made of closed forms, for the tests of the report: Arrhenius D, MSD = A + 6 D t, and so on."""

import csv
import json
import math
from pathlib import Path

BOLTZMANN = 8.617333262145179e-05
TEMPERATURES = [2000, 1600, 1200, 1000]
Q, LN_D0 = 0.43, -16.4
UPPER_BOUND = 1e-10  # m^2/s, at 800 K


def diffusivity(temperature: float) -> float:
    return math.exp(LN_D0 - Q / (BOLTZMANN * temperature))


def write_table(path: Path, header: list[str], rows: list[list]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header] + rows)


def make(folder: Path) -> Path:
    times = [10 ** (-2 + 0.1 * k) for k in range(36)]
    write_table(folder / "liquid/msd.csv", ["temperature_K", "replica", "species", "time_ps", "msd_angstrom2", "msd_angstrom2_se"],
                [[t, 1, "all", x, 0.3 + 6 * diffusivity(t) * 1e8 * x, 0.01] for t in TEMPERATURES for x in times])
    write_table(folder / "liquid/diffusion.csv",
                ["temperature_K", "species", "D_m2_per_s", "D_m2_per_s_se", "D_dof", "D_upper_bound_m2_per_s", "state", "remark"],
                [[t, "all", diffusivity(t), 0.03 * diffusivity(t), 12, "", "equilibrium" if t > 1000 else "glass", ""] for t in TEMPERATURES]
                + [[800, "all", "", "", "", UPPER_BOUND, "upper_bound", "it stays in its cage"], [700, "all", "", "", "", "", "refused", "too short"]])
    write_table(folder / "liquid/rdf.csv", ["temperature_K", "replica", "pair", "r_angstrom", "g", "g_se"],
                [[t, 1, "all", 0.1 * k, 1 + math.exp(-((0.1 * k - 2.7) ** 2) / 0.1), 0.01] for t in TEMPERATURES for k in range(100)])

    def parameter(name, value, error, unit, paper, paper_error, state=""):
        return {"name": f"liquid.{name}", "value": value, "standard_error": error, "unit": unit, "status": "ok", "reason": "", "law": "arrhenius",
                "of": ["liquid.D"], "where": None, "state": state, "pull": (value - paper) / math.hypot(error, paper_error),
                "reference": {"value": paper, "standard_error": paper_error, "unit": unit, "source": "a paper <Table 1>"}}

    quantities = [parameter("Q", Q, 0.008, "eV", 0.432, 0.007), parameter("ln_D0", LN_D0, 0.07, "1", -16.36, 0.06),
                  {"name": "glass.Q", "value": None, "standard_error": None, "unit": "eV", "status": "refused",
                   "reason": "2 usable points, 3 needed", "law": "arrhenius", "of": ["glass.D"], "where": None, "state": "", "reference": None, "pull": None}]
    quantities.append({"name": "surface.D", "value": 1e-9, "standard_error": 1e-10, "unit": "m^2/s", "status": "ok", "reason": "",
                       "where": None, "state": "equilibrium", "reference": None, "pull": None,
                       "how": {"layer": "458.4 atoms in the outer 2.5 A of both faces"}})
    write_table(folder / "surface/msd.csv", ["replica", "species", "time_ps", "msd_angstrom2", "msd_angstrom2_se"],
                [[1, "all", x, 0.3 + 0.4 * x, 0.01] for x in times])
    folder.joinpath("results.json").write_text(json.dumps({"schema": "vitreous-results/1", "complete": True, "title": "A test & a title", "quantities": quantities,
                                                          "trust": [{"branch": "liquid/1000K-r1", "state": "glass", "duration_ps": 40.0, "duration_over_tau_alpha": 3.0,
                                                                     "warnings": "shorter than 10 tau_alpha"}]}))
    folder.joinpath("provenance.json").write_text(json.dumps({"version": "0.1.0", "seed": 7}))
    return folder
