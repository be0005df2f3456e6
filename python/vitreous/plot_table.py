"""A column of a table against another, in the user's own matplotlib."""

from __future__ import annotations

from itertools import product

import numpy as np

from .errors import InputError

_AXES_OF_BRANCHES = ("replica", "temperature", "pressure", "rate")


def _numeric(table) -> list[str]:
    return [name for name in table if np.issubdtype(table[name].dtype, np.number)]


def _chosen(table, y: str | None, x: str | None) -> tuple[str, str]:
    numeric = _numeric(table)
    if y is None:
        with_errors = [name for name in numeric if table.column(name).standard_error is not None]
        y = table.name if table.name in numeric else (with_errors or numeric[1:] or [None])[0]
    if x is None:
        before = numeric[: numeric.index(y)] if y in numeric else []
        varied = [name for name in before if name not in _AXES_OF_BRANCHES] or before
        x = varied[-1] if varied else None
    if y is None or x is None:
        raise InputError(f"{table.name} has no two columns of numbers to draw", f"its columns are {', '.join(table)}")
    return table.column(y).name, table.column(x).name


def _label(table, name: str) -> str:
    unit = table.unit(name).replace("angstrom", "Å").replace("^2", "²").replace("^3", "³")
    return name.replace("_", " ") if unit == "1" else f"{name.replace('_', ' ')} ({unit})"


def _lines(table, x: str, y: str):
    """What tells the lines apart, and the rows of each."""
    apart = [name for name in table if name not in (x, y) and 1 < len(set(table[name].tolist())) <= 64
             and (name not in _numeric(table) or name in _AXES_OF_BRANCHES)]
    values = [list(dict.fromkeys(table[name].tolist())) for name in apart]
    for chosen in product(*values):
        rows = np.ones(len(table), bool)
        for name, value in zip(apart, chosen):
            rows &= table[name] == value
        if rows.any():
            words = (f"{value:g} {table.unit(name)}" if name in _numeric(table) else str(value) for name, value in zip(apart, chosen))
            yield ", ".join(word.removesuffix(" 1") for word in words), rows


def _wants_logarithm(values: np.ndarray) -> bool:
    values = values[np.isfinite(values)]
    return len(values) > 1 and bool((values > 0).all()) and values.max() > 100 * values.min()


def plot_table(table, y: str | None = None, x: str | None = None, ax=None):
    import matplotlib.pyplot as plt

    y, x = _chosen(table, y, x)
    if ax is None:
        ax = plt.subplots()[1]
    for label, rows in _lines(table, x, y):
        at, value, error = table[x][rows], table[y][rows], table.standard_error(y)[rows]
        line, = ax.plot(at, value, label=label or None)
        ax.fill_between(at, value - error, value + error, color=line.get_color(), alpha=0.2, linewidth=0)
    positive = table[x] > 0
    if _wants_logarithm(table[x][positive]):
        ax.set_xscale("log")
        if _wants_logarithm(table[y][positive]):
            ax.set_yscale("log")
    ax.set_xlabel(_label(table, x))
    ax.set_ylabel(_label(table, y))
    if ax.get_legend_handles_labels()[1]:
        ax.legend(frameon=False)
    return ax
