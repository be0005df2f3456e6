"""python3 -m vitreous.plot_potential TABLE.csv PICTURE TITLE: draws phi(r), rho(r) and F(rho) of a potential."""

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from .read_table import read_rows
from .report.style import plt

PANELS = {
    "phi": ("r (A)", "pair energy phi (eV)"),
    "rho": ("r (A)", "density rho"),
    "F": ("density rho", "embedding energy F (eV)"),
}


def read_functions(path: Path) -> dict[str, dict[str, np.ndarray]]:
    """{function: {of: array of (x, value)}} in the order of the file."""
    rows = defaultdict(lambda: defaultdict(list))
    for row in read_rows(path):
        rows[row["function"]][row["of"]].append((float(row["x"]), float(row["value"])))
    return {name: {of: np.array(points) for of, points in curves.items()} for name, curves in rows.items()}


def phi_range(curves: dict[str, np.ndarray]) -> tuple[float, float]:
    """The wells and as much of the repulsion: phi itself rises to thousands of eV."""
    depth = max((-points[:, 1].min() for points in curves.values()), default=0.0)
    depth = depth if depth > 0 else 0.5
    return -1.3 * depth, 5.0 * depth


def first_seen(curves: dict[str, np.ndarray], top: float) -> float:
    """Where the first curve comes down into view."""
    return min(points[np.argmax(points[:, 1] < top), 0] for points in curves.values())


def embedding_range(curves: dict[str, np.ndarray]) -> tuple[float, float, float]:
    """Twice the density of the deepest embedding, and its depth: far beyond, F only rises."""
    depth = max(-points[:, 1].min() for points in curves.values())
    end = max(2.0 * points[np.argmin(points[:, 1]), 0] for points in curves.values())
    return end, -1.15 * depth, 0.6 * depth


def draw(functions: dict[str, dict[str, np.ndarray]], title: str):
    figure, axes = plt.subplots(1, 3, figsize=(13.0, 4.2))
    bottom, top = phi_range(functions["phi"])
    left = max(0.0, first_seen(functions["phi"], top) - 0.3)
    for ax, (name, (xlabel, ylabel)) in zip(axes, PANELS.items()):
        for of, points in functions[name].items():
            ax.plot(points[:, 0], points[:, 1], label=of)
        ax.set(xlabel=xlabel, ylabel=ylabel)
        ax.legend()
    axes[0].set_ylim(bottom, top)
    axes[0].set_xlim(left=left)
    # The density near the nucleus is never met: scale to what is seen from `left` on.
    seen = [points[points[:, 0] >= left, 1] for points in functions["rho"].values()]
    highest = max((values.max() for values in seen if values.size), default=0.0)
    axes[1].set_xlim(left=left)
    if highest > 0:
        axes[1].set_ylim(-0.03 * highest, 1.1 * highest)
    end, bottom, top = embedding_range(functions["F"])
    if top > bottom and end > 0:
        axes[2].set_xlim(0.0, min(end, max(points[-1, 0] for points in functions["F"].values())))
        axes[2].set_ylim(bottom, top)
    figure.suptitle(title, fontsize=9)
    return figure


def main() -> int:
    if len(sys.argv) != 4:
        print("usage: python3 -m vitreous.plot_potential TABLE.csv PICTURE TITLE", file=sys.stderr)
        return 2
    table, picture, title = sys.argv[1:]
    options = {"metadata": {"Date": None}} if picture.endswith(".svg") else {"dpi": 160}
    draw(read_functions(Path(table)), title).savefig(picture, **options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
