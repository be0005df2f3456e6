"""How our figures look: one style, colors that order temperatures, hollow marks for what is not equilibrium."""

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

SIZE = (6.0, 4.2)
PAPER = dict(color="0.35", linestyle="--", linewidth=1.4, zorder=1)

plt.rcParams.update(
    {
        "font.size": 10,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "grid.color": "0.92",
        "axes.axisbelow": True,
        "legend.frameon": False,
        "legend.fontsize": 8,
        "lines.linewidth": 1.5,
        "svg.fonttype": "path",
        "svg.hashsalt": "vitreous",
        "figure.constrained_layout.use": True,
    }
)


def temperature_colors(temperatures: list[float]) -> dict[float, tuple]:
    """Cold is blue, hot is red; the same temperature has one color within a figure."""
    ordered = sorted(set(temperatures))
    cmap = plt.get_cmap("turbo")
    span = max(len(ordered) - 1, 1)
    return {t: cmap(0.08 + 0.84 * k / span) for k, t in enumerate(ordered)}


SPECIES_COLORS = ["#c26a1b", "#2b6ca3", "#3d8b5f", "#8454a3"]


def species_color(names: list[str], name: str) -> str:
    """The total is black, elements have colors of their own."""
    if name in ("all", "total", ""):
        return "black"
    elements = [n for n in names if n not in ("all", "total", "")]
    return SPECIES_COLORS[elements.index(name) % len(SPECIES_COLORS)]


def marker(state: str, color) -> dict:
    """Filled where the branch was in equilibrium, hollow where it was not; an upper bound points down."""
    equilibrium = state in ("", "equilibrium")
    return dict(marker="v" if state == "upper_bound" else "o", markersize=5.5, color=color, linestyle="none",
                markerfacecolor=color if equilibrium else "white")
