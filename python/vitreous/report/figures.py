"""The figures of a report. Each function draws one from a run's tables, or returns None where there is nothing to draw."""

from itertools import chain

import numpy as np

from . import structure_figures
from .dynamics_figures import dynamics_figures
from .figure import Figure
from .hop_figures import hop_figures
from .jump_figures import jump_figures
from .run_folder import RunFolder, Table, number
from .style import PAPER, SIZE, marker, plt, species_color, temperature_colors

BOLTZMANN = 8.617333262145179e-05  # eV/K


def draw_all(run: RunFolder) -> list[Figure]:
    """Every figure that the run has data for, written as SVG and PNG under figures/."""
    folder = run.path / "figures"
    folder.mkdir(exist_ok=True)
    of_stages = (draw(run, stage) for stage in run.stages()
                 for draw in (diffusion, mean_square_displacement, scattering, non_gaussian,
                              van_hove, radial_distribution, volume_and_enthalpy, stokes_einstein, *structure_figures.OF_A_STAGE))
    drawn = []
    for canvas, figure in filter(None, chain(dynamics_figures(run), jump_figures(run), hop_figures(run), of_stages)):
        figure.svg = folder / f"{figure.name}.svg"
        canvas.savefig(figure.svg, metadata={"Date": None})
        canvas.savefig(folder / f"{figure.name}.png", dpi=160)
        plt.close(canvas)
        drawn.append(figure)
    return drawn


def _columns(rows: list[dict], *names: str) -> list[np.ndarray]:
    return [np.array([number(row.get(name)) for row in rows]) for name in names]


def _temperatures(table: Table) -> list[float]:
    return sorted({number(t) for t in table.values("temperature_K")}, reverse=True)


def _total(table: Table) -> str | None:
    """The label of the row that stands for all atoms."""
    labels = table.values("species")
    return next((label for label in ("all", "total") if label in labels), labels[0] if labels else None)


def _whose(run: RunFolder, stage: str, quantity: str) -> str:
    """The atoms that an observer looked at, in words: all, or those of a layer, as the quantity that came of it tells."""
    hows = (q.get("how") or {} for q in run.quantities if q["name"] == f"{stage}.{quantity}")
    return next((how["layer"] for how in hows if "layer" in how), "all atoms")


def _curves(run, stage, name, x, y, ylabel, caption, xscale="log", yscale="linear", xlabel="time (ps)"):
    """One curve per temperature (all atoms, first replica) with its standard error as a band."""
    table = run.table(stage, name)
    if table is None or not table.has(x, y):
        return None
    canvas, axes = plt.subplots(figsize=SIZE)
    temperatures = _temperatures(table)
    colors = temperature_colors(temperatures)
    total = _total(table)
    for temperature in temperatures or [float("nan")]:
        rows = [r for r in table.rows
                if (not temperatures or number(r["temperature_K"]) == temperature)
                and (total is None or r["species"] == total)]
        replicas = list(dict.fromkeys(r.get("replica", "1") for r in rows))
        for k, replica in enumerate(replicas):
            xs, ys, errors = _columns([r for r in rows if r.get("replica", "1") == replica], x, y, y + "_se")
            color = colors.get(temperature, "black")
            label = (f"{temperature:g} K" if temperatures else None) if k == 0 else None
            keep = xs > 0 if xscale == "log" else np.isfinite(xs)
            axes.plot(xs[keep], ys[keep], color=color, label=label)
            axes.fill_between(xs[keep], (ys - errors)[keep], (ys + errors)[keep], color=color, alpha=0.2, linewidth=0)
    axes.set(xscale=xscale, yscale=yscale, xlabel=xlabel, ylabel=ylabel)
    if temperatures:
        axes.legend(title=stage)
    return canvas, axes, Figure(f"{stage}-{name}", caption, table.path.relative_to(run.path))


def mean_square_displacement(run: RunFolder, stage: str):
    made = _curves(run, stage, "msd", "time_ps", "msd_angstrom2", "mean-square displacement (Å²)",
                   f"Mean-square displacement of {_whose(run, stage, 'D')}; the band is one standard error.", yscale="log")
    return made and (made[0], made[2])


def scattering(run: RunFolder, stage: str):
    made = _curves(run, stage, "intermediate_scattering", "time_ps", "F_s", r"$F_s(q,t)$",
                   f"Self intermediate scattering function of {_whose(run, stage, 'tau_alpha')}; the dashed line is 1/e, which "
                   "defines τα.")
    if made is None:
        return None
    made[1].axhline(np.exp(-1.0), **PAPER)
    return made[0], made[2]


def non_gaussian(run: RunFolder, stage: str):
    made = _curves(run, stage, "non_gaussian", "time_ps", "alpha_2", r"$\alpha_2(t)$",
                   f"Non-Gaussian parameter of the displacements of {_whose(run, stage, 'alpha_2_max')}.")
    return made and (made[0], made[2])


def van_hove(run: RunFolder, stage: str):
    table = run.table(stage, "van_hove")
    if table is None or not table.has("r_angstrom", "time_ps"):
        return None
    y = next((n for n in table.names if "G_s" in n and not n.endswith("_se")), None)
    if y is None:
        return None
    temperatures = _temperatures(table)
    lowest = temperatures[-1] if temperatures else None
    total = _total(table)
    rows = [r for r in table.rows if (lowest is None or number(r["temperature_K"]) == lowest)
            and (total is None or r["species"] == total)]
    canvas, axes = plt.subplots(figsize=SIZE)
    for time in dict.fromkeys(r["time_ps"] for r in rows):
        xs, ys = _columns([r for r in rows if r["time_ps"] == time], "r_angstrom", y)
        axes.plot(xs, ys, label=f"{number(time):g} ps")
    axes.set(xlabel="displacement r (Å)", ylabel=r"$4\pi r^2 G_s(r,t)$ (1/Å)")
    axes.legend(title=f"{stage} {lowest:g} K" if lowest else stage)
    return canvas, Figure(f"{stage}-van_hove", "Self van Hove function at the lowest temperature.",
                          table.path.relative_to(run.path))


def radial_distribution(run: RunFolder, stage: str):
    table = run.table(stage, "rdf")
    if table is None or not table.has("r_angstrom", "g"):
        return None
    temperatures = _temperatures(table)
    lowest = temperatures[-1] if temperatures else None
    key = "pair" if "pair" in table.names else "species"
    pairs = table.values(key)
    canvas, axes = plt.subplots(figsize=SIZE)
    replica = table.values("replica")[:1]
    for pair in pairs:
        rows = [r for r in table.rows if r[key] == pair and (lowest is None or number(r["temperature_K"]) == lowest)
                and (not replica or r["replica"] == replica[0])]
        xs, ys, errors = _columns(rows, "r_angstrom", "g", "g_se")
        axes.plot(xs, ys, color=species_color(pairs, pair), label=pair)
        axes.fill_between(xs, ys - errors, ys + errors, color=species_color(pairs, pair), alpha=0.2, linewidth=0)
    axes.set(xlabel="r (Å)", ylabel="g(r)")
    axes.legend(title=f"{stage} {lowest:g} K" if lowest else stage)
    return canvas, Figure(f"{stage}-rdf", "Radial distribution functions at the lowest temperature.",
                          table.path.relative_to(run.path))


def diffusion(run: RunFolder, stage: str):
    """Arrhenius plot of D with our fits and the paper's line where the study names one."""
    table = run.table(stage, "diffusion")
    if table is None or not table.has("temperature_K", "D_m2_per_s"):
        return None
    canvas, axes = plt.subplots(figsize=SIZE)
    names = table.values("species") or [""]
    measured, bounds = [], []
    for name in names:
        rows = [r for r in table.rows if r.get("species", "") == name]
        style = dict(elinewidth=1, capsize=2, label=name or "all")
        for row in rows:
            mark = marker(row.get("state", ""), species_color(names, name))
            x = 1000.0 / number(row["temperature_K"])
            if number(row["D_m2_per_s"]) > 0:
                axes.errorbar(x, number(row["D_m2_per_s"]), yerr=number(row.get("D_m2_per_s_se")), **style, **mark)
                measured.append(number(row["temperature_K"]))
            elif number(row.get("D_upper_bound_m2_per_s")) > 0:
                axes.errorbar(x, number(row["D_upper_bound_m2_per_s"]), **style, **mark)
                bounds.append(number(row["temperature_K"]))
            else:
                continue
            style.pop("label", None)
    if not measured and not bounds:
        plt.close(canvas)
        return None
    if measured:
        _arrhenius_lines(run, stage, axes, min(measured), max(measured))
    axes.set(yscale="log", xlabel="1000 K / T", ylabel="D (m²/s)")
    axes.legend(title=stage)
    return canvas, Figure(f"{stage}-arrhenius",
                          "Diffusion coefficient against inverse temperature. Filled: equilibrium; hollow: not"
                          + ("; triangles: upper bounds. " if bounds else ". ")
                          + "Solid line: our fit; dashed: as published.", table.path.relative_to(run.path))


def _arrhenius_lines(run: RunFolder, stage: str, axes, coldest: float, hottest: float) -> None:
    fits: dict[str, dict[str, dict]] = {}
    for quantity in run.quantities:
        name, _, parameter = quantity["name"].rpartition(".")
        if quantity.get("law") == "arrhenius" and any(str(o).startswith(stage + ".") for o in _as_list(quantity.get("of"))):
            fits.setdefault(name, {})[parameter] = quantity
    temperature = np.linspace(coldest, hottest, 200)
    for name, fit in fits.items():
        if not {"Q", "ln_D0"} <= fit.keys():
            continue
        ours = [fit[k].get("value") for k in ("Q", "ln_D0")]
        paper = [(fit[k].get("reference") or {}).get("value") for k in ("Q", "ln_D0")]
        if None not in ours:
            axes.plot(1000 / temperature, np.exp(ours[1] - ours[0] / (BOLTZMANN * temperature)),
                      color="black", linewidth=1, label=f"fit: Q = {ours[0]:.3f} eV")
        if None not in paper:
            source = fit["Q"]["reference"].get("source") or "published"
            axes.plot(1000 / temperature, np.exp(paper[1] - paper[0] / (BOLTZMANN * temperature)),
                      label=f"{source}: Q = {paper[0]:.3f} eV", **PAPER)


def _as_list(value) -> list:
    return value if isinstance(value, list) else [value] if value else []


def volume_and_enthalpy(run: RunFolder, stage: str):
    """V(T) and H(T) of a ramp, with Tg where a fit gave one."""
    table = run.table(stage, "ramp")
    if table is None or not table.has("temperature_K"):
        return None
    series = [(n, label) for n, label in (("V_angstrom3_per_atom", "V (Å³/atom)"), ("H_eV_per_atom", "H (eV/atom)"))
              if n in table.names]
    if not series:
        return None
    canvas, panels = plt.subplots(1, len(series), figsize=(SIZE[0] * 1.4, SIZE[1] * 0.9), squeeze=False)
    replicas = table.values("replica") or [""]
    for axes, (name, label) in zip(panels[0], series):
        for replica in replicas:
            rows = table.where(replica=replica) if replica else table.rows
            xs, ys, errors = _columns(rows, "temperature_K", name, name + "_se")
            axes.errorbar(xs, ys, yerr=errors, marker=".", markersize=4, linestyle="none", elinewidth=0.8)
        letter = name[0]
        for quantity in run.quantities:
            if quantity.get("law") == "glass_transition" and quantity["name"].endswith(".Tg") and quantity.get("value") \
                    and f"{stage}.{letter}" in _as_list(quantity.get("of")):
                axes.axvline(quantity["value"], color="black", linewidth=1)
                axes.annotate(f" Tg = {quantity['value']:.0f} K", (quantity["value"], axes.get_ylim()[1]), va="top")
        axes.set(xlabel="T (K)", ylabel=label)
    return canvas, Figure(f"{stage}-glass_transition", "Volume and enthalpy along the ramp.",
                          table.path.relative_to(run.path))


def stokes_einstein(run: RunFolder, stage: str):
    table = run.table(stage, "stokes_einstein")
    if table is None or not table.has("temperature_K"):
        return None
    y = next((n for n in table.names if n.startswith("D_tau") and not n.endswith("_se")), None)
    if y is None:
        return None
    canvas, axes = plt.subplots(figsize=SIZE)
    xs, ys, errors = _columns(table.rows, "temperature_K", y, y + "_se")
    axes.errorbar(1000 / xs, ys, yerr=errors, marker="o", linestyle="none", color="black")
    axes.set(xlabel="1000 K / T", ylabel=r"$D\,\tau_\alpha$", yscale="log")
    return canvas, Figure(f"{stage}-stokes_einstein", "Stokes-Einstein product.", table.path.relative_to(run.path))
