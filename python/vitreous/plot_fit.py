"""python3 -m vitreous.plot_fit FOLDER LAW TITLE: draws LAW.svg and LAW.png: points with the fit and its band, residuals below; of tangents, the curve with both."""

import sys
from pathlib import Path

import numpy as np

from .read_table import read_columns
from .report.style import plt
from .save_figure import save_figure

POINTS, FIT = "black", "#c23b22"
UNITS = {"m2": "m²", "angstrom2": "Å²", "angstrom3": "Å³", "angstrom": "Å"}


def label(header: str) -> str:
    """"D_m2_per_s" as "D (m²/s)"."""
    words = [UNITS.get(word, word) for word in header.split("_")]
    if "per" in words[2:]:
        per = words.index("per", 2)
        return f"{'_'.join(words[: per - 1])} ({words[per - 1]}/{' '.join(words[per + 1 :])})"
    if header.endswith("_Pa_s"):
        return f"{header[:-5]} (Pa s)"
    return f"{'_'.join(words[:-1])} ({words[-1]})" if len(words) > 1 else header


def span(values: np.ndarray) -> float:
    return values.max() / values.min() if (values > 0).all() else 1.0


class Axis:
    """Laws of temperature are drawn against 1000 K / T, others against x, its logarithm where it spans a decade."""

    def __init__(self, header: str, x: np.ndarray, activated: bool):
        self.inverse = activated and header == "temperature_K"
        self.logarithmic = not self.inverse and header != "temperature_K" and span(x) > 10
        self.label = "1000 K / T" if self.inverse else label(header)

    def __call__(self, x: np.ndarray) -> np.ndarray:
        return 1000 / x if self.inverse else x


def draw(folder: Path, law: str, title: str):
    points = read_columns(folder / f"{law}_points.csv")
    headers = list(points)
    x, y = points[headers[0]], points[headers[1]]
    error = points.get(headers[1] + "_se", np.full_like(y, np.nan))
    residual_name = next(h for h in headers if h.startswith("residual"))
    residual = points[residual_name]
    in_logarithm = residual_name == "residual_ln"
    residual_error = error / y if in_logarithm else error
    axis = Axis(headers[0], x, in_logarithm)

    figure, (top, bottom) = plt.subplots(2, 1, figsize=(6.0, 5.4), sharex=True, height_ratios=[3, 1])
    curve_file = folder / f"{law}_curve.csv"
    if curve_file.exists():
        curve = read_columns(curve_file)
        names = list(curve)
        cx, cy, se = axis(curve[names[0]]), curve[names[1]], curve[names[1] + "_se"]
        # In the logarithm the band is symmetric there.
        low, high = (cy * np.exp(-se / cy), cy * np.exp(se / cy)) if in_logarithm else (cy - se, cy + se)
        top.fill_between(cx, low, high, color=FIT, alpha=0.2, linewidth=0, label="±1 standard error")
        top.plot(cx, cy, color=FIT, label=law.replace("_", " "))
    shown = {"fmt": "o", "color": POINTS, "markersize": 4.5, "elinewidth": 1, "capsize": 2}
    known = np.isfinite(error).any()
    top.errorbar(axis(x), y, yerr=error if known else None, label="points", **shown)
    bottom.errorbar(axis(x), residual, yerr=residual_error if known else None, **shown)
    bottom.axhline(0.0, color=FIT, linewidth=1)
    if axis.logarithmic:
        top.set_xscale("log")
    if in_logarithm and span(y) > 3:
        top.set_yscale("log")
    top.set_ylabel(label(headers[1]))
    top.legend()
    bottom.set(xlabel=axis.label, ylabel="ln residual" if in_logarithm else "residual")
    figure.suptitle(title, fontsize=9)
    return figure


def draw_tangent(folder: Path, title: str):
    """The heating curve with its baseline and tangent."""
    curve, lines = read_columns(folder / "tangent_curve.csv"), read_columns(folder / "tangent_lines.csv")
    header = list(curve)[1]
    figure, axes = plt.subplots(figsize=(6.0, 4.2))
    axes.plot(curve["temperature_K"], curve[header], color=POINTS, linewidth=1, label="measured")
    bottom, top = np.nanmin(curve[header]), np.nanmax(curve[header])
    for name in list(lines)[1:]:
        axes.plot(lines["temperature_K"], lines[name], color=FIT, linestyle="-" if name.startswith("tangent") else "--",
                  linewidth=1, label=name.split("_")[0])
    axes.set_ylim(bottom - 0.1 * (top - bottom), top + 0.1 * (top - bottom))
    axes.set(xlabel="T (K)", ylabel=label(header))
    axes.legend()
    axes.set_title(title, fontsize=9)
    return figure


def main() -> int:
    if len(sys.argv) != 4:
        print("usage: python3 -m vitreous.plot_fit FOLDER LAW TITLE", file=sys.stderr)
        return 2
    folder, law, title = sys.argv[1:]
    figure = draw_tangent(Path(folder), title) if law == "tangent" else draw(Path(folder), law, title)
    save_figure(figure, Path(folder), law)
    return 0


if __name__ == "__main__":
    sys.exit(main())
