"""Arrhenius plots of bulk and layers: marks with errors, lines of fits, one color for the same atoms in all figures."""

import numpy as np

from .run_folder import RunFolder
from .series import BULK, Line, Series, groups_of_atoms, lines_of, series_of
from .style import marker

BOLTZMANN = 8.617333262145179e-05  # eV/K
LAYER_COLORS = ["#c23b22", "#e08a1e", "#3d8b5f", "#2b6ca3", "#8454a3"]
LINES = "Solid line: our fit; dashed: as published."
MARKS = "Filled: equilibrium; hollow: not."


def colors_of(run: RunFolder) -> dict[str, str]:
    """The same atoms have one color in all figures; the bulk is black."""
    layers = [atoms for atoms in groups_of_atoms(run) if atoms != BULK]
    return {BULK: "black"} | {atoms: LAYER_COLORS[k % len(LAYER_COLORS)] for k, atoms in enumerate(layers)}


def mark(axes, series: Series, color: str, label: str | None, hollow: bool = False, shape: str = "o",
         scale: float = 1000.0) -> None:
    """Against scale / T."""
    for point in sorted(series.points, key=lambda p: p.temperature):
        look = marker("glass" if hollow else point.state, color) | {"marker": shape}
        axes.errorbar(scale / point.temperature, point.value, yerr=point.error, elinewidth=1, capsize=2, label=label, **look)
        label = None


def log_if_any(axes) -> None:
    """Nothing positive has no logarithm to scale by."""
    if any((np.asarray(line.get_ydata(), float) > 0).any() for line in axes.get_lines()):
        axes.set_yscale("log")


def draw_line(axes, line: Line, color: str) -> None:
    temperature = np.linspace(line.coldest, line.hottest, 100)
    sign = 1.0 if line.symbol.startswith(("tau", "eta")) else -1.0  # times and viscosities grow in the cold
    for pair, style in ((line.fitted(), "-"), (line.published(), "--")):
        if pair:
            axes.plot(1000 / temperature, np.exp(pair[1] + sign * pair[0] / (BOLTZMANN * temperature)), color=color, linestyle=style, linewidth=1)


def arrhenius(axes, run: RunFolder, symbol: str, label: str, colors: dict[str, str]) -> None:
    for series in series_of(run, symbol):
        mark(axes, series, colors[series.atoms], series.atoms)
    for line in lines_of(run, symbol):
        draw_line(axes, line, colors.get(line.atoms, "0.5"))
    axes.set(xlabel="1000 K / T", ylabel=label)
    log_if_any(axes)
