"""Figures of jumps out of cages: how often, how far, what diffusion they make, their barriers and windows; traces of single atoms."""

import re
from pathlib import Path

import numpy as np

from .arrhenius_axes import BOLTZMANN, LAYER_COLORS, LINES, MARKS, arrhenius, colors_of, log_if_any, mark
from .figure import Figure
from .run_folder import RunFolder, Table, number
from .series import BARRIERS, BULK, lines_of, series_of
from .style import SIZE, marker, plt, temperature_colors

RESULTS = Path("results.json")


def jump_figures(run: RunFolder):
    """All that the run has data for, as (canvas, figure)."""
    for draw in (jumps, diffusion_by_jumps, barriers, barriers_by_window):
        if made := draw(run):
            yield made
    for stage in run.stages():
        yield from windows(run, stage)
        if made := traces(run, stage):
            yield made


def jumps(run: RunFolder):
    """Figs. 5 b and c."""
    found = series_of(run, "Gamma")
    if not found:
        return None
    colors = colors_of(run)
    canvas, (rate, length) = plt.subplots(1, 2, figsize=(SIZE[0] * 1.5, SIZE[1]))
    arrhenius(rate, run, "Gamma", r"$\Gamma$ (1/ns)", colors)
    arrhenius(length, run, "l_squared", r"$\langle l^2\rangle$ (Å²)", colors)
    rate.legend()
    return canvas, Figure("jumps-arrhenius", f"Jumps out of cages: how often an atom jumps, and the mean square length. {MARKS} {LINES}", RESULTS,
                          wide=True)


def diffusion_by_jumps(run: RunFolder):
    """Fig. 5 a: D of the MSD, and Γ<l²>/(2d), where jumps were counted."""
    by_jumps = series_of(run, "D_jumps")
    if not by_jumps:
        return None
    colors = colors_of(run)
    canvas, axes = plt.subplots(figsize=SIZE)
    for series in series_of(run, "D"):
        mine = next((s for s in by_jumps if s.atoms == series.atoms), None)
        if mine is None:
            continue
        temperatures = {p.temperature for p in mine.points}
        series.points = [p for p in series.points if p.temperature in temperatures]
        for point in series.points:  # filled, whatever its state: the other kind of D is hollow here
            axes.errorbar(1000 / point.temperature, point.value, yerr=point.error, elinewidth=1, capsize=2,
                          **marker("", colors[series.atoms]))
    for series in by_jumps:
        mark(axes, series, colors[series.atoms], series.atoms, hollow=True)
    axes.set(xlabel="1000 K / T", ylabel="D (m²/s)")
    log_if_any(axes)
    axes.legend()
    return canvas, Figure("jumps-diffusion", "Diffusion by jumps, Γ⟨l²⟩/2d (hollow), beside that of the mean-square displacement (filled).", RESULTS)


def barriers(run: RunFolder):
    """Figs. 6 and S6: activation energies of D, Γ and <l²>, fitted over the same temperatures."""
    of_rate = lines_of(run, "Gamma")
    kinds = list(dict.fromkeys(line.atoms for line in of_rate))
    bars = {}  # (atoms, symbol) -> the fit's Q
    for symbol in BARRIERS:
        for line in lines_of(run, symbol):
            if any(rate.atoms == line.atoms and rate.where == line.where and rate.stages == line.stages for rate in of_rate) \
                    and bars.get((line.atoms, symbol), {}).get("value") is None:
                bars[line.atoms, symbol] = line.ours["Q"]
    if not any(q.get("value") is not None for q in bars.values()):
        return None
    kinds.sort(key=_thickness)
    canvas, axes = plt.subplots(figsize=SIZE)
    for k, (symbol, name) in enumerate(BARRIERS.items()):
        color = ("black", *LAYER_COLORS)[k]
        label = f"${name}$"
        for at, atoms in enumerate(kinds):
            q = bars.get((atoms, symbol), {})
            reference = q.get("reference") or {}
            if q.get("value") is not None:
                axes.errorbar(at - 0.12 + 0.12 * k, q["value"], yerr=q.get("standard_error"), marker="o", color=color, capsize=2, label=label)
                label = None
            if reference.get("value") is not None:
                axes.errorbar(at - 0.12 + 0.12 * k, reference["value"], yerr=reference.get("standard_error"), marker="_", markersize=14,
                              color=color, capsize=2, alpha=0.5)
    axes.set(ylabel="activation energy (eV)", xlim=(-0.5, len(kinds) - 0.5))
    axes.set_xticks(range(len(kinds)), kinds)
    axes.legend()
    return canvas, Figure("barriers", "Activation energies of diffusion (Q_D), of the rate of jumps (Q_1) and of their mean square length (Q_2). "
                          "Pale bars: as published.", RESULTS)


def _thickness(atoms: str) -> float:
    found = re.search(r"outer ([0-9.]+) Å", atoms)
    return float(found.group(1)) if found else float("inf")


def barriers_by_window(run: RunFolder):
    """Fig. S7: straight lines through ln Γ, ln <l²> and ln D by jumps at the temperatures that the study's own fit of Γ took."""
    canvas, axes = plt.subplots(figsize=SIZE)
    colors = colors_of(run)
    drawn = set()  # windows
    for line in lines_of(run, "Gamma"):
        told = line.ours["Q"].get("how") or {}
        temperatures = {float(t) for t in re.findall(r"([0-9.e+]+) K", told.get("points", ""))}
        of = str(line.ours["Q"].get("of"))
        label = re.search(r"cage_jumps_[0-9]+", of)
        table = run.table(min(line.stages), f"{label.group() if label else 'cage_jumps'}_rates")
        if line.ours["Q"].get("value") is None or table is None or len(line.stages) > 1 or len(temperatures) < 3:
            continue
        rows = _asked_rows(run, of, table)
        lengths = sorted({number(r["window_ps"]) for r in rows})
        for (column, name), style in zip((("D_jumps_m2_per_s", "$Q_D$"), ("Gamma_per_ns", "$Q_1$"), ("l_squared_angstrom2", "$Q_2$")),
                                         ("-", "--", ":")):
            fits = [(w, *fit) for w in lengths if (fit := _activation(rows, w, column, temperatures))]
            if fits:
                axes.errorbar(*zip(*((w, q) for w, q, _ in fits)), yerr=[e for _, _, e in fits], linestyle=style, marker="o", markersize=4,
                              capsize=2, color=colors.get(line.atoms, "0.5"), label=f"{name}, {line.atoms}")
                drawn |= {w for w, _, _ in fits}
    if not drawn:
        plt.close(canvas)
        return None
    _window_axis(axes, sorted(drawn))
    axes.set(ylabel="activation energy (eV)")
    axes.legend()
    return canvas, Figure("barriers-windows", "Activation energies of the diffusion by jumps (Q_D), their rate (Q_1) and their mean square "
                          "length (Q_2) by the length of the windows that jumps are looked for in, over the temperatures of the fit of Γ.", RESULTS)


def _window_axis(axes, lengths: list[float]) -> None:
    axes.set(xscale="log", xlabel="window (ps)")
    axes.set_xticks(lengths, [f"{length:g}" for length in lengths])
    axes.xaxis.set_minor_locator(plt.NullLocator())


def _activation(rows: list[dict], window: float, column: str, temperatures: set[float]) -> tuple[float, float] | None:
    """Q and its error, points by their errors; None where a temperature has no value."""
    xs, ys, errors = [], [], []
    for temperature in sorted(temperatures):
        own = [r for r in rows if number(r["window_ps"]) == window and number(r["temperature_K"]) == temperature]
        values, deviations = (np.array([number(r[name]) for r in own]) for name in (column, column + "_se"))
        if not len(own) or not (np.isfinite(values) & np.isfinite(deviations) & (values > 0) & (deviations > 0)).all():
            return None
        xs.append(1.0 / (BOLTZMANN * temperature))
        ys.append(np.log(values.mean()))
        errors.append(np.sqrt((deviations**2).sum()) / len(own) / values.mean())
    slope, covariance = np.polyfit(xs, ys, 1, w=1.0 / np.array(errors), cov="unscaled")
    return -slope[0], float(np.sqrt(covariance[0, 0]))


def _asked_rows(run: RunFolder, gamma: str, table: Table) -> list[dict]:
    """The rows of all atoms by the convention of <u²> that was asked for."""
    told = next((q.get("how") or {} for q in run.quantities if q["name"] == gamma and q.get("how")), {})
    asked = re.search(r"\((\w+)", told.get("u2", ""))
    convention = asked.group(1) if asked else "variance"
    return [r for r in table.rows if r["species"] == "all" and r["u2_convention"] == convention]


def windows(run: RunFolder, stage: str):
    """Fig. S7: Γ, <l²> and their D by the length of the window."""
    for path in sorted((run.path / stage).glob("cage_jumps*_rates.csv")):
        table = run.table(stage, path.stem)
        label = path.stem.removesuffix("_rates")
        if table is None or not table.has("temperature_K", "window_ps", "Gamma_per_ns", "l_squared_angstrom2"):
            continue
        if any(number(row["Gamma_per_ns"]) > 0 for row in table.rows):
            yield _windows(run, stage, label, table)


def traces(run: RunFolder, stage: str):
    """Fig. 4: the squared displacements of single atoms, at the ends of a stage's temperatures."""
    table = run.table(stage, "displacement_trace")
    if table is None or not table.has("time_ps", "displacement2_angstrom2"):
        return None
    temperatures = table.values("temperature_K")
    shown = sorted({temperatures[0], temperatures[-1]}, key=number, reverse=True) if temperatures else [None]
    canvas, grid = plt.subplots(len(shown), 1, figsize=(SIZE[0], 2.4 * len(shown)), squeeze=False, sharex=True)
    for axes, temperature in zip(grid[:, 0], shown):
        rows = table.where(temperature_K=temperature) if temperature else table.rows
        rows = [r for r in rows if r.get("replica") == rows[0].get("replica")]
        for atom in dict.fromkeys(r["atom"] for r in rows):
            own = [r for r in rows if r["atom"] == atom]
            axes.plot([number(r["time_ps"]) for r in own], [number(r["displacement2_angstrom2"]) for r in own], linewidth=0.8,
                      label=f"{own[0]['species']} {atom}")
        axes.set(ylabel=r"$|r(t) - r(0)|^2$ (Å²)")
        axes.legend(title=f"{stage} {number(temperature):g} K" if temperature else stage, loc="upper left")
    grid[-1, 0].set_xlabel("time (ps)")
    return canvas, Figure(f"{stage}-traces", "Squared displacements of single atoms: they rattle in a cage, then jump to the next.",
                          table.path.relative_to(run.path))


def _windows(run: RunFolder, stage: str, label: str, table: Table):
    prefix = f"{stage}." + ("" if label == "cage_jumps" else f"{label}.")
    whose = next((q["how"].get("layer", BULK) for q in run.quantities if q["name"] == prefix + "Gamma" and q.get("how")), BULK)
    asked = _asked_rows(run, prefix + "Gamma", table)
    panels = [("Gamma_per_ns", r"$\Gamma$ (1/ns)"), ("l_squared_angstrom2", r"$\langle l^2\rangle$ (Å²)"), ("D_jumps_m2_per_s", r"$D$ by jumps (m²/s)")]
    canvas, grid = plt.subplots(1, len(panels), figsize=(SIZE[0] * 2, SIZE[1]))
    temperatures = sorted({number(t) for t in table.values("temperature_K")}, reverse=True)
    colors = temperature_colors(temperatures)
    for temperature in temperatures:
        rows = [r for r in asked if number(r["temperature_K"]) == temperature]
        for replica in dict.fromkeys(r.get("replica", "1") for r in rows):
            of_replica = sorted((r for r in rows if r.get("replica", "1") == replica), key=lambda r: number(r["window_ps"]))
            for axes, (column, _) in zip(grid, panels):
                xs, ys, errors = (np.array([number(r.get(name)) for r in of_replica]) for name in ("window_ps", column, column + "_se"))
                axes.errorbar(xs, ys, yerr=errors, marker="o", markersize=4, capsize=2, color=colors[temperature],
                              label=f"{temperature:g} K" if replica == of_replica[0].get("replica", "1") else None)
    lengths = sorted({number(w) for w in table.values("window_ps")})
    for axes, (column, name) in zip(grid, panels):
        _window_axis(axes, lengths)
        axes.set(ylabel=name)
        if not column.startswith("l_"):
            log_if_any(axes)
    grid[0].legend(title=stage)
    return canvas, Figure(f"{stage}-{label}_windows", f"Jumps of {whose} by the length of the windows that they are looked for in "
                          f"({asked[0]['u2_convention']} as ⟨u²⟩).", table.path.relative_to(run.path), wide=True)
