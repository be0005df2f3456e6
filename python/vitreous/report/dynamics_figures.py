"""Figures of a whole study's diffusion and relaxation: the bulk and layers in the same axes."""

import re
from pathlib import Path

import numpy as np

from .arrhenius_axes import LINES, MARKS, arrhenius, colors_of, log_if_any, mark
from .figure import Figure
from .run_folder import RunFolder, number
from .series import Series, Transition, atoms_of, series_of, transitions_of
from .style import SIZE, plt

RESULTS = Path("results.json")


def dynamics_figures(run: RunFolder):
    """All that the run has data for, as (canvas, figure)."""
    for draw in (all_diffusion, all_relaxation, scaled_dynamics, heterogeneity, diffusion_of_species):
        if made := draw(run):
            yield made


def _count(series: list[Series]) -> int:
    return sum(len(s.points) for s in series)


def all_diffusion(run: RunFolder):
    """Fig. 1: every stage's D; where one stage has them all, its own figure shows them."""
    found = series_of(run, "D")
    if len(set().union(*(s.stages for s in found))) < 2:
        return None
    canvas, axes = plt.subplots(figsize=SIZE)
    arrhenius(axes, run, "D", "D (m²/s)", colors_of(run))
    axes.legend()
    return canvas, Figure("all-diffusion", f"Diffusion coefficients of all stages. {MARKS} {LINES}", RESULTS)


def all_relaxation(run: RunFolder):
    """Fig. 2 b."""
    found = series_of(run, "tau_alpha")
    if _count(found) < 2:
        return None
    canvas, axes = plt.subplots(figsize=SIZE)
    arrhenius(axes, run, "tau_alpha", r"$\tau_\alpha$ (ps)", colors_of(run))
    axes.legend()
    return canvas, Figure("all-relaxation", f"Relaxation times, F_s(q, τα) = 1/e, of all stages. {MARKS}", RESULTS)


def scaled_dynamics(run: RunFolder):
    """Fig. 2: D and the relaxation time against T_g/T, each with its own T_g."""
    transitions = transitions_of(run)
    shown = {symbol: [s for s in series_of(run, symbol) if s.atoms in transitions] for symbol in ("D", "tau_alpha")}
    if any(len(found) < 2 or _count(found) < 3 for found in shown.values()):
        return None
    colors = colors_of(run)
    canvas, panels = plt.subplots(1, 2, figsize=(SIZE[0] * 1.5, SIZE[1]))
    for axes, (symbol, found), label in zip(panels, shown.items(), ("D (m²/s)", r"$\tau_\alpha$ (ps)")):
        for series in found:
            mark(axes, series, colors[series.atoms], series.atoms, scale=transitions[series.atoms].temperature)
        axes.axvline(1.0, color="0.7", linewidth=3, zorder=0)
        axes.set(xlabel="$T_g/T$", ylabel=label)
        log_if_any(axes)
    panels[0].legend()
    names = list(dict.fromkeys(s.atoms for found in shown.values() for s in found))
    return canvas, Figure("scaled-dynamics", f"Diffusion and relaxation at the same distance from the glass transition. {_told(transitions, names)} {MARKS}",
                          RESULTS, wide=True)


def _told(transitions: dict[str, Transition], names: list[str]) -> str:
    """Which T_g stands behind a figure."""
    return "T_g: " + ", ".join(f"{name} {transitions[name].temperature:.0f} K ({'ours' if transitions[name].is_ours else 'as published'})"
                               for name in names if name in transitions) + "."


def _distance(transitions: dict[str, Transition], atoms: str, temperature: float) -> float:
    """From the atoms' glass transition in K; where none is known, the colder the nearer."""
    return abs(temperature - transitions[atoms].temperature) if atoms in transitions else temperature


def heterogeneity(run: RunFolder):
    """Fig. 3 a: the non-Gaussian parameter of bulk and layers in units of the relaxation time, at their T_g, or as near as one is known."""
    transitions = transitions_of(run)
    curves = {}  # atoms -> (temperature, relaxation time, stage)
    for series in series_of(run, "tau_alpha"):
        for stage in sorted(series.stages):
            told = next((q for q in run.quantities if q["name"] == f"{stage}.alpha_2_max" and (q.get("how") or {}).get("origins")), None)
            if told is None or atoms_of(told, run.slabs()) != series.atoms or run.table(stage, "non_gaussian") is None:
                continue
            measured = {number(t) for t in run.table(stage, "non_gaussian").values("temperature_K")}
            for point in series.points:
                nearest = _distance(transitions, series.atoms, curves[series.atoms][0]) if series.atoms in curves else np.inf
                if point.temperature in measured and _distance(transitions, series.atoms, point.temperature) < nearest:
                    curves[series.atoms] = (point.temperature, point.value, stage)
    if len(curves) < 2:
        return None
    canvas, axes = plt.subplots(figsize=SIZE)
    colors = colors_of(run)
    for atoms, (temperature, tau, stage) in curves.items():
        rows = [r for r in run.table(stage, "non_gaussian").rows if number(r["temperature_K"]) == temperature and r["species"] == "all"]
        rows = [r for r in rows if r.get("replica") == rows[0].get("replica")]
        xs, ys, errors = (np.array([number(r.get(name)) for r in rows]) for name in ("time_ps", "alpha_2", "alpha_2_se"))
        axes.plot(xs / tau, ys, color=colors[atoms], label=f"{atoms}, {temperature:g} K")
        axes.fill_between(xs / tau, ys - errors, ys + errors, color=colors[atoms], alpha=0.2, linewidth=0)
    axes.set(xscale="log", xlabel=r"$t/\tau_\alpha$", ylabel=r"$\alpha_2(t)$")
    axes.legend()
    return canvas, Figure("all-non_gaussian", "Non-Gaussian parameter in units of the relaxation time, of bulk and layers, each at the temperature nearest "
                          "its T_g that has one, or at the coldest where T_g is not known; the band is one standard error. "
                          + (_told(transitions, list(curves)) if transitions else ""), RESULTS)


def diffusion_of_species(run: RunFolder):
    """Fig. S5: D of each of two elements, and their ratio."""
    names = sorted({q["name"].rpartition(".")[2] for q in run.quantities if re.search(r"(^|\.)D\.[A-Z][a-z]?$", q["name"])})
    if len(names) != 2:
        return None
    first, second = (series_of(run, f"D.{name}") for name in names)
    ratios = [_ratio(a, b) for a in first for b in second if a.atoms == b.atoms]
    if not any(ratio.points for ratio in ratios):
        return None
    colors = colors_of(run)
    canvas, (above, below) = plt.subplots(1, 2, figsize=(SIZE[0] * 1.5, SIZE[1]))
    for found, shape in ((first, "o"), (second, "s")):
        for series in found:
            mark(above, series, colors[series.atoms], f"{names[found is second]}, {series.atoms}", shape=shape)
    for ratio in ratios:
        mark(below, ratio, colors[ratio.atoms], ratio.atoms)
    above.set(xlabel="1000 K / T", ylabel="D (m²/s)")
    log_if_any(above)
    below.set(xlabel="1000 K / T", ylabel=f"$D_{{{names[0]}}}/D_{{{names[1]}}}$")
    above.legend(fontsize=6)
    below.legend(fontsize=6)
    return canvas, Figure("species-diffusion", f"Diffusion coefficients of {names[0]} and {names[1]} and their ratio, whose error takes "
                          f"them as independent. {MARKS}", RESULTS, wide=True)


def _ratio(above: Series, below: Series) -> Series:
    ratio = Series(above.atoms)
    for a in above.points:
        for b in below.points:
            if a.temperature == b.temperature and b.value > 0 and not ratio.points[-1:] == [a]:
                value = a.value / b.value
                error = value * float(np.hypot(a.error / a.value, b.error / b.value))
                ratio.points.append(type(a)(a.temperature, value, error, a.state))
    return ratio
