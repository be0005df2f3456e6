"""python3 -m vitreous.plot_relaxation FOLDER NAME: draws what `vitreous relaxation` has written there."""

import json
import math
import sys
from pathlib import Path

import numpy as np

from .read_table import number, read_rows
from .report.style import PAPER, SIZE, plt, temperature_colors
from .save_figure import save_figure

BOLTZMANN = 8.617333262145179e-05  # eV/K
DATA, FIT, GROUND = "#2b6ca3", "#c23b22", "0.45"


class Table:
    """Columns of a CSV by the start of their header: `T_peak` is "T_peak_K", `T_peak_se` is "T_peak_K_se"."""

    def __init__(self, path: Path):
        self.rows = read_rows(path)
        self.names = list(self.rows[0]) if self.rows else []

    def header(self, name: str) -> str | None:
        errors = name.endswith("_se")
        stem = name[:-3] if errors else name
        for header in self.names:
            body = header[:-3] if header.endswith("_se") else header
            if header.endswith("_se") == errors and (body == stem or body.startswith(stem + "_")):
                return header
        return None

    def __getitem__(self, name: str) -> np.ndarray:
        header = self.header(name)
        return np.array([number(row[header]) if header else math.nan for row in self.rows])

    def words(self, name: str) -> list[str]:
        return [row[self.header(name)] for row in self.rows]

    def unit(self, name: str) -> str:
        header = self.header(name) or name
        return header[len(name) + 1 :].replace("_per_", "/")


def hertz(frequency: float) -> str:
    for size, unit in ((1e12, "THz"), (1e9, "GHz"), (1e6, "MHz"), (1e3, "kHz")):
        if frequency >= size:
            return f"{frequency / size:.6g} {unit}"
    return f"{frequency:.6g} Hz"


def axis_label(what: str, unit: str) -> str:
    return f"{what} ({unit})" if unit else what


def errors_or_none(values: np.ndarray) -> np.ndarray | None:
    return np.nan_to_num(values) if np.isfinite(values).any() else None


def read_quantities(folder: Path) -> list[dict]:
    return json.loads((folder / "results.json").read_text())["quantities"]


def read_values(folder: Path) -> dict[str, dict]:
    """The first quantity of each name."""
    values = {}
    for quantity in read_quantities(folder):
        values.setdefault(quantity["name"], quantity)
    return values


def text_of(quantity: dict) -> str:
    value, error = quantity["value"], quantity["standard_error"]
    if not error:
        return f"{value:.3g}"
    digits = max(0, 1 - math.floor(math.log10(error)))
    return f"{value:.{digits}f} ± {error:.{digits}f}"


def draw_peaks(folder: Path):
    spectra, peaks = Table(folder / "spectra.csv"), Table(folder / "peaks.csv")
    has_line = (folder / "peak_line.csv").exists()
    figure, axes = plt.subplots(1, 2 if has_line else 1, figsize=(10.5, 4.2) if has_line else SIZE, squeeze=False)
    left = axes[0, 0]
    colors = temperature_colors(list(spectra["frequency"]))
    for frequency, T, reason in zip(peaks["frequency"], peaks["T_peak"], peaks.words("reason")):
        rows = spectra["frequency"] == frequency
        color = colors[frequency]
        label = hertz(frequency) + (" (no peak)" if reason else "")
        left.plot(spectra["temperature"][rows], spectra["loss_modulus"][rows], ".", markersize=3, color=color, label=label)
        left.plot(spectra["temperature"][rows], spectra["background"][rows], ":", linewidth=1, color=color)
        left.plot(spectra["temperature"][rows], spectra["fit"][rows], color=color)
        if math.isfinite(T):
            left.axvline(T, ymax=0.8, color=color, linewidth=0.6, zorder=0)
    left.set(xlabel="temperature (K)", ylabel=axis_label("loss modulus E''", spectra.unit("loss_modulus")))
    left.set_ylim(top=left.get_ylim()[0] + 1.25 * (left.get_ylim()[1] - left.get_ylim()[0]))
    left.legend(title="dotted: background; line: cubic", title_fontsize=8, ncol=3, loc="upper center")
    if has_line:
        draw_peak_line(axes[0, 1], folder)
    return figure


def draw_peak_line(axes, folder: Path) -> None:
    points = Table(folder / "peak_line.csv")
    T, error = points["T_peak"], points["T_peak_se"]
    axes.errorbar(1000 / T, np.log(points["frequency"]), xerr=errors_or_none(1000 * error / T**2), fmt="o", color=DATA, markersize=5, capsize=2)
    if (folder / "peak_line_curve.csv").exists():
        curve = Table(folder / "peak_line_curve.csv")
        x, y, spread = 1000 / curve["T_peak"], np.log(curve["frequency"]), 1000 * curve["T_peak_se"] / curve["T_peak"] ** 2
        axes.plot(x, y, color=FIT)
        axes.fill_betweenx(y, x - spread, x + spread, color=FIT, alpha=0.15, linewidth=0)
        energy = read_values(folder)["E"]
        axes.set_title(f"E = {text_of(energy)} eV", fontsize=9)
    axes.set(xlabel="1000 K / T at the peak", ylabel="ln(f / Hz)")


def draw_moduli(folder: Path):
    moduli = Table(folder / "moduli.csv")
    if len(moduli.rows) > 2 and len(set(moduli["temperature"])) > 2:
        return draw_modulus_scan(moduli)
    cycle = Table(folder / "cycle.csv")
    figure, axes = plt.subplots(figsize=SIZE)
    for k, (T, f) in enumerate(zip(moduli["temperature"], moduli["frequency"])):
        rows = (cycle["frequency"] == f) & ((cycle["temperature"] == T) | ~np.isfinite(cycle["temperature"]))
        color = (DATA, FIT)[k % 2]
        label = hertz(f) + (f", {T:g} K" if math.isfinite(T) else "")
        strain, stress, error = (100 * cycle["strain"][rows], cycle["stress"][rows], cycle["stress_se"][rows])
        axes.errorbar(strain, stress, yerr=errors_or_none(error), fmt=".", color=color, elinewidth=1, label=label)
        axes.plot(*fitted_loop(cycle["strain"][rows], cycle["phase"][rows], stress, moduli["storage_modulus"][k], moduli["loss_modulus"][k]), color=color)
    axes.set(xlabel="strain (%)", ylabel="stress (GPa)")
    axes.legend(title="cycles laid over each other; line: fit", title_fontsize=8)
    return figure


def fitted_loop(strain, phase, stress, storage, loss):
    """Strain and stress over a whole cycle, from the strain's own sine and cosine."""
    angle = 2 * np.pi * phase
    design = np.column_stack([np.ones_like(angle), np.sin(angle), np.cos(angle)])
    mean, a, b = np.linalg.lstsq(design, strain, rcond=None)[0]
    angle = np.linspace(0, 2 * np.pi, 200)
    response = (storage + 1j * loss) * (a + 1j * b)
    fitted = response.real * np.sin(angle) + response.imag * np.cos(angle)
    return 100 * (mean + a * np.sin(angle) + b * np.cos(angle)), stress.mean() + fitted


def draw_modulus_scan(moduli: Table):
    figure, (top, bottom) = plt.subplots(2, 1, figsize=(6.0, 5.6), sharex=True)
    colors = temperature_colors(list(moduli["frequency"]))
    for frequency, color in colors.items():
        rows = moduli["frequency"] == frequency
        for axes, name in ((top, "storage_modulus"), (bottom, "loss_modulus")):
            error = errors_or_none(moduli[f"{name}_se"][rows])
            axes.errorbar(moduli["temperature"][rows], moduli[name][rows], yerr=error, fmt="o-", markersize=3.5, linewidth=0.8, color=color,
                          label=hertz(frequency))
    top.set(ylabel="storage modulus (GPa)")
    bottom.set(xlabel="temperature (K)", ylabel="loss modulus (GPa)")
    bottom.legend()
    return figure


def draw_indentation(folder: Path):
    curve = Table(folder / "indentation.csv")
    figure, (left, right) = plt.subplots(1, 2, figsize=(10.5, 4.2))
    left.plot(curve["depth"], curve["load"], ".", markersize=3, color=DATA, label="measured")
    left.plot(curve["depth_fit"], curve["load"], color=FIT, label="fit")
    left.set(xlabel="depth (nm)", ylabel="load (µN)")
    left.legend()
    values = read_values(folder)
    tau = values.get("tau", {})
    right.axhline(0, **PAPER)
    right.plot(curve["time"], curve["residual"], ".", markersize=3, color=DATA)
    right.set(xlabel="time (ms)", ylabel="measured less fitted depth (nm)")
    title = f"tau = {text_of(tau)} ms" if tau.get("value") is not None else "no relaxation time"
    left.set_title(f"E_r = {text_of(values['E_r'])} GPa, {title}", fontsize=9)
    return figure


BRANCH_COLORS = {"alpha": "#c23b22", "beta": "#e08a1e", "fast": "#2b6ca3", "liquid": "#3d8b5f"}  # as in the paper's Fig. 3
BRANCH_NAMES = {"alpha": "α", "beta": "β"}
CROSSING_NAMES = {"T_A": "$T_A$", "T_alpha_beta": "$T_{\\alpha\\beta}$"}


def draw_map(folder: Path):
    figure, axes = plt.subplots(figsize=(6.6, 4.8))
    if (folder / "map.csv").exists():
        draw_branches(axes, Table(folder / "map.csv"))
    if (folder / "points.csv").exists():
        points = Table(folder / "points.csv")
        for k, (name, branch) in enumerate(zip(points.words("name"), points.words("branch"))):
            error = errors_or_none(points["log10_tau_se"][k : k + 1])
            axes.errorbar(1000 / points["temperature"][k], points["log10_tau"][k], yerr=error, fmt="*sDv"[k % 4], markersize=11 if k % 4 == 0 else 7, markerfacecolor="white",
                          color=BRANCH_COLORS.get(branch, "0.3"), label=name.replace("_", " "))
    if (folder / "crossings.csv").exists():
        crossings = Table(folder / "crossings.csv")
        for name, T, log10_tau in zip(crossings.words("name"), crossings["temperature"], crossings["log10_tau"]):
            axes.plot(1000 / T, log10_tau, "o", markersize=11, markerfacecolor="none", color="0.2", zorder=5)
            axes.annotate(f"{CROSSING_NAMES.get(name, name)} = {T:.0f} K", (1000 / T, log10_tau), xytext=(10, -14), textcoords="offset points", fontsize=9)
    axes.set(xlabel="1000 K / T", ylabel="log10(τ / s)")
    if axes.get_legend_handles_labels()[0]:
        axes.legend()
    return figure


def draw_branches(axes, table: Table) -> None:
    names = table.words("branch")
    for name in dict.fromkeys(names):
        rows = np.array([other == name for other in names])
        x, y = 1000 / table["temperature"][rows], table["log10_tau"][rows]
        error, color = np.nan_to_num(table["log10_tau_se"][rows]), BRANCH_COLORS.get(name, "0.3")
        axes.plot(x, y, color=color, label=BRANCH_NAMES.get(name, name))
        axes.fill_between(x, y - error, y + error, color=color, alpha=0.2, linewidth=0)


def draw_scaling(folder: Path):
    table = Table(folder / "scaling.csv")
    thermal, processes = BOLTZMANN * table["Tg"], table.words("process")
    figure, axes = plt.subplots(figsize=SIZE)
    for k, process in enumerate(dict.fromkeys(processes)):
        rows = np.array([other == process for other in processes])
        color = BRANCH_COLORS.get(process, (DATA, FIT, GROUND)[k % 3])
        axes.errorbar(1000 * thermal[rows], table["E"][rows], yerr=errors_or_none(table["E_se"][rows]), xerr=errors_or_none(1000 * BOLTZMANN * table["Tg_se"][rows]),
                      fmt="o", markersize=5, color=color, capsize=2, label=process or "alloys")
    lines = [q for q in read_quantities(folder) if q["name"] == "k" and q["value"] is not None]
    if lines:
        last, x = lines[-1], np.array([0, 1050 * thermal.max()])
        axes.plot(x, last["value"] * x / 1000, color="0.2", linewidth=1, label=f"E = ({text_of(last)}) kB Tg")
    axes.set(xlabel="kB Tg (meV)", ylabel="activation energy (eV)", xlim=(0, None), ylim=(0, None))
    axes.legend()
    return figure


FIGURES = {"map": draw_map, "scaling": draw_scaling, "peaks": draw_peaks, "moduli": draw_moduli, "indentation": draw_indentation}


def main() -> int:
    if len(sys.argv) != 3 or sys.argv[2] not in FIGURES:
        print("usage: python3 -m vitreous.plot_relaxation FOLDER NAME", file=sys.stderr)
        return 2
    folder, name = Path(sys.argv[1]), sys.argv[2]
    figure = FIGURES[name](folder)
    save_figure(figure, folder, name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
