"""python3 -m vitreous.plot_nanomold FOLDER NAME: draws what `vitreous nanomold ... --out FOLDER` wrote there."""

import json
import sys
from pathlib import Path

import numpy as np
from matplotlib.ticker import NullLocator

from .read_table import read_columns
from .report.style import PAPER, SIZE, SPECIES_COLORS, plt, temperature_colors
from .save_figure import save_figure

FLOW, DIFFUSION = "#c9483b", "#2b6ca3"  # as the paper: viscous flow red, interface diffusion blue
ZERO_C = 273.15


class Results:
    """The values of results.json."""

    def __init__(self, path: Path):
        content = json.loads(path.read_text())
        self.title = content.get("title", "")
        self.quantities = content["quantities"]

    def find(self, name: str, where: str = "") -> tuple[float, float] | None:
        """Value and standard error, where there is one."""
        for quantity in self.quantities:
            if quantity["name"] == name and where in (quantity["where"] or "") and quantity["value"] is not None:
                return quantity["value"], quantity["standard_error"] or 0.0
        return None


def per_temperature(table: dict[str, np.ndarray]):
    """(T in C, the rows of that temperature), cold first."""
    for kelvin in np.unique(table["temperature_K"]):
        chosen = table["temperature_K"] == kelvin
        yield kelvin - ZERO_C, {name: column[chosen] for name, column in table.items()}


def band(ax, x, y, error, color):
    if np.any(error > 0):
        ax.fill_between(x, y * np.exp(-error / y), y * np.exp(error / y), color=color, alpha=0.15, linewidth=0)


def size_curve(ax, folder: Path):
    """d_c(T) with its error and the published values."""
    curve, published = read_columns(folder / "critical_size_curve.csv"), read_columns(folder / "published_sizes.csv")
    T = curve["temperature_K"] - ZERO_C
    ax.plot(T, curve["d_c_nm"], color="black", label="$d_c$")
    band(ax, T, curve["d_c_nm"], curve["d_c_nm_se"], "black")
    if len(published["d_c_nm"]):
        ax.plot(published["temperature_K"] - ZERO_C, published["d_c_nm"], "o", color="white", markeredgecolor="black", label="published")
    ax.set(xlabel="temperature (°C)", ylabel="diameter (nm)", yscale="log")


def draw_critical_size(folder: Path, results: Results) -> dict:
    figure, ax = plt.subplots(figsize=SIZE)
    size_curve(ax, folder)
    ax.text(0.3, 0.93, "viscous flow", color=FLOW, transform=ax.transAxes)
    ax.text(0.97, 0.05, "interface diffusion", color=DIFFUSION, transform=ax.transAxes, ha="right")
    ax.legend(loc="upper left")
    return {"critical_size": figure}


def draw_mechanism_map(folder: Path, results: Results) -> dict:
    table = read_columns(folder / "mechanism_map.csv")
    T, d = np.unique(table["temperature_K"]) - ZERO_C, np.unique(table["diameter_nm"])
    ratio = table["log10_ratio"].reshape(len(T), len(d)).T
    figure, ax = plt.subplots(figsize=SIZE)
    reach = min(2.0, np.abs(ratio).max())
    mesh = ax.pcolormesh(T, d, ratio, cmap="RdBu", vmin=-reach, vmax=reach, shading="gouraud", rasterized=True)
    size_curve(ax, folder)
    ax.set(xlim=(T[0], T[-1]), ylim=(d[0], d[-1]))
    ax.grid(False)
    if largest := results.find("largest_d_c"):
        at, _ = results.find("T_of_largest_d_c")
        ax.annotate(f"{largest[0]:.0f} nm at {at:.0f} °C", (at, largest[0]), (-12, 12), textcoords="offset points", ha="right", fontsize=9)
    ax.text(0.04, 0.92, "viscous flow", transform=ax.transAxes, color="white")
    ax.text(0.72, 0.08, "interface diffusion", transform=ax.transAxes, ha="center", color="white")
    figure.colorbar(mesh, ax=ax, label=r"$\log_{10}(L_d/L_v)$", extend="both")
    ax.legend(loc="upper left", bbox_to_anchor=(0.02, 0.9), frameon=True, framealpha=0.8, edgecolor="none")
    return {"mechanism_map": figure}


def length_panels(curves: dict[str, np.ndarray], points: dict[str, np.ndarray] | None):
    """A panel a temperature: L(d) in the two regimes, its asymptotes, and what was measured."""
    wires = list(per_temperature(curves))[::-1]
    columns = min(4, len(wires))
    rows = -(-len(wires) // columns)
    size = SIZE if len(wires) == 1 else (3.1 * columns + 0.5, 2.9 * rows + 0.2)
    figure, axes = plt.subplots(rows, columns, figsize=size, squeeze=False)
    for ax in axes.flat[len(wires):]:
        ax.set_axis_off()
    for ax, (T, wire) in zip(axes.flat, wires):
        d, L, d_c = wire["diameter_nm"], wire["length_nm"], wire["d_c_nm"][0]
        ax.set(xscale="log", yscale="log", title=f"{T:.4g} °C", xlim=(d[0], d[-1]))
        ax.title.set_fontsize(9)
        for name, color, label in (("viscous_length_nm", FLOW, r"flow, $\propto d$"), ("diffusive_length_nm", DIFFUSION, r"diffusion, $\propto d^{-1/2}$")):
            if np.isfinite(wire[name]).all():
                ax.plot(d, wire[name], "--", color=color, linewidth=1.0, label=label)
        for chosen, color in ((d <= d_c, DIFFUSION), (d >= d_c, FLOW)):
            ax.plot(d[chosen], L[chosen], color=color, linewidth=2.2)
        band(ax, d, L, wire["length_nm_se"], "black")
        if d[0] < d_c < d[-1]:
            ax.axvline(d_c, color="0.5", linewidth=0.8, linestyle=":")
            ax.text(d_c, 0.97, f" $d_c$ {d_c:.0f}", transform=ax.get_xaxis_transform(), va="top", fontsize=8)
        values = [L]
        if points is not None:
            mine = np.abs(points["temperature_K"] - ZERO_C - T) < 0.02
            ax.errorbar(points["diameter_nm"][mine], points["length_nm"][mine], points["length_nm_se"][mine], fmt="o", color="black",
                        markersize=4, elinewidth=0.8, zorder=3)
            values.append(points["length_nm"][mine])
        values = np.concatenate(values)
        ax.set_ylim(0.6 * np.nanmin(values), 1.8 * np.nanmax(values))
        for axis, limits in ((ax.xaxis, ax.get_xlim()), (ax.yaxis, ax.get_ylim())):
            ticks = [m * 10.0**e for e in range(0, 6) for m in (1, 2, 5) if limits[0] <= m * 10.0**e <= limits[1]]
            axis.set_ticks(ticks, [f"{t:g}" for t in ticks])
            axis.set_minor_locator(NullLocator())
    for ax in axes[-1]:
        ax.set_xlabel("diameter (nm)")
    for ax in axes[:, 0]:
        ax.set_ylabel("length (nm)")
    axes[0, 0].legend()
    return figure


def draw_length(folder: Path, results: Results) -> dict:
    return {"length": length_panels(read_columns(folder / "length_curves.csv"), None)}


def draw_transitions(folder: Path, results: Results) -> dict:
    return {"relaxation_times": relaxation_times(folder, results), "stokes_einstein": stokes_einstein(folder, results)}


def relaxation_times(folder: Path, results: Results):
    table = read_columns(folder / "relaxation_times.csv")
    T = table["temperature_K"] - ZERO_C
    figure, ax = plt.subplots(figsize=SIZE)
    for name, color, label, key in (("tau_B", FLOW, r"bulk, $\tau_B$", "T_bulk"), ("tau_I", DIFFUSION, r"interface, $\tau_I$", "T_interface")):
        ax.plot(T, table[f"{name}_s"], color=color, label=label)
        band(ax, T, table[f"{name}_s"], table[f"{name}_s_se"], color)
        if found := results.find(key):
            ax.axvline(found[0], color=color, linewidth=0.8, linestyle=":")
            ax.text(found[0], 0.02, f" {found[0]:.0f} °C", color=color, transform=ax.get_xaxis_transform(), fontsize=9)
    where = next(q["where"] for q in results.quantities if q["name"] == "T_bulk")
    time = float(where.split("=")[1].split()[0])
    ax.axhline(time, **PAPER)
    ax.text(0.985, time * 1.4, f"time of the experiment, {time:g} s", transform=ax.get_yaxis_transform(), ha="right", fontsize=8, color="0.35")
    ax.set(xlabel="temperature (°C)", ylabel="relaxation time (s)", yscale="log")
    ax.legend(loc="upper right", bbox_to_anchor=(1.0, 0.97))
    return figure


def stokes_einstein(folder: Path, results: Results):
    table = read_columns(folder / "diffusivities.csv")
    x = 1000.0 / table["temperature_K"]
    figure, ax = plt.subplots(figsize=SIZE)
    ax.plot(x, table["D_SER_m2_per_s"], color="0.35", linestyle="--", label=r"Stokes-Einstein, $k_BT/(c\pi R\eta)$")
    ax.plot(x, table["D_B_m2_per_s"], color=FLOW, label="bulk, $D_B$")
    ax.plot(x, table["D_I_m2_per_s"], color=DIFFUSION, label="interface, $D_I$")
    if found := results.find("T_SER", "tangent"):
        at = 1000.0 / (found[0] + ZERO_C)
        ax.axvline(at, color="0.5", linewidth=0.8, linestyle=":")
        ax.text(at, 0.02, f" {found[0]:.0f} °C", transform=ax.get_xaxis_transform(), fontsize=9)
    ax.set(xlabel="1000/T (1/K)", ylabel="diffusivity (m²/s)", yscale="log",
           ylim=(0.3 * table["D_B_m2_per_s"].min(), 10 * table["D_I_m2_per_s"].max()))
    ax.legend()
    return figure


def draw_composition(folder: Path, results: Results) -> dict:
    table = read_columns(folder / "composition.csv")
    figure, ax = plt.subplots(figsize=SIZE)
    words = results.title.split("share of ")[-1].split(" along")[0].split(" against ")
    ratio = results.find("ratio")[0]
    ax.plot(table["zeta"], 100 * table["share"], color=SPECIES_COLORS[0], label=words[0])
    ax.plot(table["zeta"], 100 * (1 - table["share"]), color=SPECIES_COLORS[1], label=words[1])
    ax.plot(table["zeta"], 100 * table["first_order"], ":", color="0.4", linewidth=1.0, label="first order in the ratio")
    ax.plot(table["zeta"], 100 * table["without_exchange"], "--", color="0.6", linewidth=1.0, label="without exchange")
    if found := results.find("crystalline_from", "experiment"):
        ax.axvspan(found[0], 1.0, color="0.93", zorder=0)
        ax.text(0.5 * (found[0] + 1.0), 3, "crystalline", ha="center", fontsize=9, color="0.35")
        if found[0] > 0:
            ax.text(0.5 * found[0], 3, "amorphous", ha="center", fontsize=9, color="0.35")
    ax.set(xlabel="position along the wire, z/L", ylabel="share of the two elements (%)", ylim=(0, 100), xlim=(0, 1))
    ax.set_title(f"D({words[0]})/D({words[1]}) = {ratio:.3g}", fontsize=9)
    ax.legend(loc="center left", bbox_to_anchor=(0.02, 0.22))
    return {"composition": figure}


def draw_fit(folder: Path, results: Results) -> dict:
    figures = {"lengths": length_panels(read_columns(folder / "length_curves.csv"), read_columns(folder / "fitted_lengths.csv")),
               "viscosity": viscosity_and_diffusivity(folder), "collapse": collapse(folder, results)}
    if (folder / "critical_size_curve.csv").exists():
        figures["critical_size"] = measured_sizes(folder)
    return figures


def viscosity_and_diffusivity(folder: Path):
    """eta and 1/(delta D_I) against 1000/T, as the paper's Fig. 6a."""
    points = read_columns(folder / "per_temperature.csv")
    figure, axes = plt.subplots(1, 2, figsize=(2 * SIZE[0] * 0.85, SIZE[1] * 0.95))
    panels = (("eta", "Pa_s", FLOW, "viscosity (Pa s)"), ("delta_D_I", "m3_per_s", DIFFUSION, r"$\delta D_I$ (m³/s)"))
    for ax, (name, unit, color, label) in zip(axes, panels):
        value, error = points[f"{name}_{unit}"], points[f"{name}_{unit}_se"]
        ax.errorbar(1000 / points["temperature_K"], value, error, fmt="o", color=color, markersize=5, label="from lengths")
        if (folder / "fitted_laws.csv").exists():
            curve = read_columns(folder / "fitted_laws.csv")
            x, y, e = 1000 / curve["temperature_K"], curve[f"{name}_{unit}"], curve[f"{name}_{unit}_se"]
            ax.plot(x, y, color="black", linewidth=1.2, label="global fit")
            band(ax, x, y, e, "black")
        ax.set(xlabel="1000/T (1/K)", ylabel=label, yscale="log")
        ax.legend()
    return figure


def collapse(folder: Path, results: Results):
    """All lengths in the units of viscous flow, L/sqrt(pt) against d/sqrt(eta): flow is one line, diffusion lies above it."""
    wires, fits = read_columns(folder / "fitted_lengths.csv"), read_columns(folder / "per_temperature.csv")
    prefactor = float(results.title.split("prefactor ")[1].split()[0])
    figure, ax = plt.subplots(figsize=SIZE)
    colors = temperature_colors(list(fits["temperature_K"]))
    reach = []
    for T, eta in zip(fits["temperature_K"], fits["eta_Pa_s"]):
        mine = np.abs(wires["temperature_K"] - T) < 0.02
        if not np.isfinite(eta) or not mine.any():
            continue
        x = wires["diameter_nm"][mine] * 1e-9 / np.sqrt(eta)
        y = wires["length_nm"][mine] * 1e-9 / np.sqrt(wires["pressure_Pa"][mine] * wires["time_s"][mine])
        error = y * wires["length_nm_se"][mine] / wires["length_nm"][mine]
        ax.errorbar(x, y, error, fmt="o", markersize=4, color=colors[T], label=f"{T - ZERO_C:.4g} °C")
        reach += [x.min(), x.max()]
    if reach:
        line = np.array([min(reach), max(reach)])
        ax.plot(line, line / np.sqrt(prefactor), color="black", linewidth=1.0, label=f"$d/\\sqrt{{{prefactor:g}\\eta}}$")
    ax.set(xlabel=r"$d/\sqrt{\eta}$ (m Pa$^{-1/2}$ s$^{-1/2}$)", ylabel=r"$L/\sqrt{pt}$ (m Pa$^{-1/2}$ s$^{-1/2}$)", xscale="log", yscale="log")
    ax.legend()
    return figure


def measured_sizes(folder: Path):
    """d_c of each temperature by itself, and that of the global fit."""
    figure, ax = plt.subplots(figsize=SIZE)
    size_curve(ax, folder)
    points = read_columns(folder / "per_temperature.csv")
    ax.errorbar(points["temperature_K"] - ZERO_C, points["d_c_nm"], points["d_c_nm_se"], fmt="o", color=DIFFUSION, markersize=5, label="each temperature alone")
    ax.legend()
    return figure


DRAWERS = {"critical_size": draw_critical_size, "mechanism_map": draw_mechanism_map, "length": draw_length,
           "transitions": draw_transitions, "composition": draw_composition, "fit": draw_fit}


def main() -> int:
    if len(sys.argv) != 3 or sys.argv[2] not in DRAWERS:
        print(f"usage: python3 -m vitreous.plot_nanomold FOLDER {'|'.join(DRAWERS)}", file=sys.stderr)
        return 2
    folder, name = Path(sys.argv[1]), sys.argv[2]
    for stem, figure in DRAWERS[name](folder, Results(folder / "results.json")).items():
        save_figure(figure, folder, stem)
        plt.close(figure)
    return 0


if __name__ == "__main__":
    sys.exit(main())
