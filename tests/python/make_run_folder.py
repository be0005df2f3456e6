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


def arrhenius(q: float, ln: float, temperature: float) -> float:
    return math.exp(ln - q / (BOLTZMANN * temperature))


LAYER = "97.1 atoms in the outer 2.5 A of both faces, at both ends of a displacement; along the surface"
WINDOWED = "96.4 atoms in the outer 2.5 A of both faces by their mean position in the windows before and behind a jump; along the surface"
JUMP_TEMPERATURES = [700, 680, 660, 640]
PUBLISHED_TG, LAYER_TG = 700.0, 610.0
WINDOW_Q1 = {50: 1.3, 100: 1.29, 200: 1.28, 400: 1.2}  # eV


def jump_quantities() -> list[dict]:
    """Of a bulk glass and a slab's layer: D, Gamma, l_squared, D_jumps, D of two species, tau_alpha and their fits."""
    quantities = []

    def add(name, value, unit, where, state="glass", **more):
        quantities.append({"name": name, "value": value, "standard_error": 0.05 * abs(value or 0.0), "unit": unit, "status": "ok", "reason": "",
                           "where": where, "state": state, "reference": None, "pull": None} | more)

    for stage, how, rate, length, label in (("glass", {}, 1.28, 0.12, ""), ("glass_slab", {"layer": LAYER}, 0.7, 0.23, "cage_jumps_2.")):
        of_windows = {"layer": WINDOWED} if how else {}
        for t in JUMP_TEMPERATURES:
            where = f"temperature = {t}K"
            gamma, l2 = arrhenius(rate, 18.1 if rate > 1 else 11.4, t), arrhenius(length, 4.1 if rate > 1 else 6.4, t)
            D = gamma * l2 / 6 * 1e-11
            for name, value, unit in (("D", D, "m^2/s"), ("D.Cu", 1.2 * D, "m^2/s"), ("D.Zr", 0.8 * D, "m^2/s"), ("tau_alpha", 1e-9 / D, "ps")):
                add(f"{stage}.{name}", value, unit, where, how=how)
            add(f"{stage}.alpha_2_max", 1.0, "1", where, how=how | {"origins": "every 8 steps"})
            for name, value, unit in (("Gamma", gamma, "1/ns"), ("l_squared", l2, "angstrom^2"), ("D_jumps", 0.9 * D, "m^2/s")):
                add(f"{stage}.{label}{name}", value, unit, where, how=of_windows | {"u2": "0.14 A^2 (variance): the MSD is 0.28 A^2"})
        ln_rate, ln_length = (18.1, 4.1) if rate > 1 else (11.4, 6.4)
        Q, ln_D0 = rate + length, ln_rate + ln_length + math.log(1e-11 / 6)
        for symbol, q, ln, of in (("Qtau", Q, math.log(1e-9) - ln_D0, "tau_alpha"), ("QD", Q, ln_D0, "D"),
                                  ("Q1", rate, ln_rate, label + "Gamma"), ("Q2", length, ln_length, label + "l_squared")):
            for parameter, value, unit in (("Q", q, "eV"), ("ln_y0", ln, "1")):
                add(f"{stage}_{symbol}.{parameter}", value, unit, None, law="arrhenius", of=f"{stage}.{of}", how={"points": "700 K, 680 K, 660 K, 640 K"},
                    reference={"value": 1.02 * value, "standard_error": 0.1, "unit": unit, "source": "a paper, Table 2"})
    add("transition.Tg", None, "K", None, status="refused", law="glass_transition", of="quench.V",
        reference={"value": PUBLISHED_TG, "standard_error": 10.0, "unit": "K", "source": "a paper"}, standard_error=None)
    add("kink.T_k", LAYER_TG, "K", None, law="kink", of="glass_slab.D")
    return quantities


ADATOM_DEPTH, BULK_ICO_LIKE, PUBLISHED_ICO_LIKE = -0.4, 0.27, 0.29


def structure(folder: Path) -> list[dict]:
    """A slab against depth at 700 and 900 K, Voronoi cells and bond order of the bulk; returns the quantities that go with them."""
    bins = [round(-2 + 0.1 * k + 0.05, 2) for k in range(120)]
    write_table(folder / "slab/depth_profile.csv",
                ["temperature_K", "replica", "species", "depth_angstrom", "density_per_angstrom3", "density_per_angstrom3_se", "relative_density",
                 "relative_density_se", "coordination", "coordination_se"],
                [[t, 1, s, z, 0.03, 0.001, max(0.0, min(1.0, 0.2 + z / 2)), 0.02, "" if z < -1 else min(12.0, 7 + z), "" if z < -1 else 0.2]
                 for t in (900, 700) for s in ("Cu", "Zr", "all") for z in bins])
    write_table(folder / "slab/depth_profile_layers.csv",
                ["temperature_K", "replica", "species", "layer", "from_angstrom", "to_angstrom", "ico_like", "ico_like_se"],
                [[t, 1, s, k + 1, 2.5 * k if k else "", 2.5 * (k + 1), 0.05 if k == 0 else 0.28, 0.01]
                 for t in (900, 700) for s in ("Cu", "Zr", "all") for k in range(5)])
    write_table(folder / "glass/voronoi.csv",
                ["temperature_K", "replica", "species", "index", "fraction", "fraction_se", "fraction_filtered", "fraction_filtered_se"],
                [[700, 1, s, f"<0,{k},8,2>", 0.02 * k, 0.002, 0.01 * k, 0.001] for s in ("Cu", "Zr", "all") for k in range(14)])
    write_table(folder / "glass/bond_order.csv", ["temperature_K", "replica", "species", "parameter", "value", "density", "density_se"],
                [[t, 1, s, p, round(-0.1715 + 0.007 * k, 4), t / 100 + k, 0.3] for t in (900, 700) for s in ("Cu", "Zr", "all")
                 for p in ("q6", "w6") for k in range(50)])

    def measured(name, value, paper=None):
        reference = None if paper is None else {"value": paper, "standard_error": 0.01, "unit": "1", "source": "a paper"}
        return {"name": name, "value": value, "standard_error": 0.01, "unit": "1", "status": "ok", "reason": "", "state": "", "how": {},
                "where": "temperature = 700K", "reference": reference, "pull": None}

    return [measured("slab.adatom_depth.Cu", ADATOM_DEPTH), measured("slab.ico_like.Zr", 0.1),
            measured("glass.ico_like.Cu", BULK_ICO_LIKE, PUBLISHED_ICO_LIKE)]


BARRIER, PUBLISHED_BARRIER = 0.19, 0.17
COORDINATIONS = [(11, 12)] * 30 + [(6, 5)] * 10


def hops(folder: Path) -> list[dict]:
    """Hops in the bulk glass at 640 K: barriers in two bins, energies that change by 0.1 eV one way or the other."""
    where, before = [640, 1], ["temperature_K", "replica"]
    write_table(folder / "glass/hops_barriers.csv", before + ["barrier_eV", "forward_per_eV", "forward_per_eV_se"],
                [where + row for row in ([0.025, 5, 1], [0.075, 15, 2])])
    write_table(folder / "glass/hops.csv", before + ["time_ps", "atom", "species", "dE_atom_eV", "dE_sphere_eV", "coordination_before", "coordination_after"],
                [where + [5 * k, k, "Cu", 0.1 * (-1) ** k, 0.3 * (-1) ** k, *pair] for k, pair in enumerate(COORDINATIONS)])
    write_table(folder / "glass/hops_energy.csv", before + ["time_ps", "E_eV_per_atom", "E_inherent_eV_per_atom", "hops"],
                [where + [5 * k, -4.7 + 0.001 * k, -4.9, 1] for k in range(20)])
    return [{"name": "glass.barrier", "value": BARRIER, "standard_error": 0.02, "unit": "eV", "status": "ok", "reason": "", "state": "", "how": {},
             "where": "temperature = 640K", "reference": {"value": PUBLISHED_BARRIER, "standard_error": 0.01, "unit": "eV", "source": "a paper"}, "pull": None}]


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
    quantities += jump_quantities()
    write_table(folder / "glass/cage_jumps_rates.csv",
                ["temperature_K", "replica", "window_ps", "u2_convention", "u2_angstrom2", "species", "jumps", "Gamma_per_ns", "Gamma_per_ns_se",
                 "length_angstrom", "length_angstrom_se", "l_squared_angstrom2", "l_squared_angstrom2_se", "D_jumps_m2_per_s", "D_jumps_m2_per_s_se"],
                [[t, 1, w, c, 0.14, s, 50, arrhenius(WINDOW_Q1[w], 18.1, t), 1e-4, 2.1, 0.1, arrhenius(0.12, 4.1, t), 0.1,
                  arrhenius(1.4, -10, t), 1e-16]
                 for t in JUMP_TEMPERATURES for w in (50, 100, 200, 400) for c in ("variance", "msd") for s in ("Cu", "all")])
    quantities += structure(folder) + hops(folder)
    taus = {(q["name"], q["where"]): q["value"] for q in quantities if q["name"].endswith("tau_alpha")}
    for stage in ("glass", "glass_slab"):
        tau = {t: taus[f"{stage}.tau_alpha", f"temperature = {t}K"] for t in JUMP_TEMPERATURES}
        write_table(folder / f"{stage}/non_gaussian.csv", ["temperature_K", "replica", "species", "time_ps", "alpha_2", "alpha_2_se"],
                    [[t, 1, "all", tau[t] * 10 ** (0.1 * k), math.exp(-(0.1 * k) ** 2), 0.01] for t in JUMP_TEMPERATURES for k in range(-20, 11)])
    write_table(folder / "glass/displacement_trace.csv", ["temperature_K", "replica", "atom", "species", "time_ps", "displacement2_angstrom2"],
                [[t, 1, atom, "Cu", x, 0.2 + (4.6 if x > 20 * atom else 0)] for t in JUMP_TEMPERATURES for atom in (3, 17) for x in range(0, 500, 5)])
    folder.joinpath("results.json").write_text(json.dumps({"schema": "vitreous-results/1", "complete": True, "title": "A test & a title", "quantities": quantities,
                                                          "trust": [{"branch": "liquid/1000K-r1", "state": "glass", "duration_ps": 40.0, "duration_over_tau_alpha": 3.0,
                                                                     "warnings": "shorter than 10 tau_alpha"}]}))
    folder.joinpath("provenance.json").write_text(json.dumps({"version": "0.1.0", "seed": 7}))
    return folder
