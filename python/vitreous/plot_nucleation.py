"""python3 -m vitreous.plot_nucleation FOLDER NAME: draws NAME.svg and NAME.png, critical size and barrier against temperature."""

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from .read_table import number, read_rows
from .report.style import plt
from .save_figure import save_figure

COLORS = {"linear": "#2b6ca3", "thompson_spaepen": "#c23b22", "hoffman": "#3d8b5f", "full": "#8454a3"}
LABELS = {"linear": "linear (Turnbull)", "thompson_spaepen": "Thompson–Spaepen", "hoffman": "Hoffman", "full": "full, with ΔCp"}


def curves(rows: list[dict[str, str]]) -> dict[str, dict[str, np.ndarray]]:
    """{form: {header: values}}; an empty cell is NaN."""
    by_form = defaultdict(lambda: defaultdict(list))
    for row in rows:
        for header in row:
            if header != "form":
                by_form[row["form"]][header].append(number(row[header]))
    return {form: {h: np.array(v) for h, v in columns.items()} for form, columns in by_form.items()}


def draw_curves(axes, forms: dict[str, dict[str, np.ndarray]], header: str) -> None:
    for form, columns in forms.items():
        T, value, error = columns["temperature_K"], columns[header], columns[header + "_se"]
        if np.isnan(value).all():
            continue
        axes.plot(T, value, color=COLORS[form], label=LABELS[form])
        axes.fill_between(T, value - error, value + error, color=COLORS[form], alpha=0.15, linewidth=0)


def draw_marks(axes, marks: list[dict[str, str]]) -> None:
    sizes = [float(m["size_nm"]) for m in marks if m["mark"] == "domain"]
    if len(sizes) == 2:
        axes.axhspan(*sizes, color="0.85", zorder=0, label=f"domains, {sizes[0]:g} to {sizes[1]:g} nm")
    elif sizes:
        axes.axhline(sizes[0], color="0.6", zorder=0, label=f"domains, {sizes[0]:g} nm")
    for mark in marks:
        if mark["mark"] == "published":
            axes.plot(float(mark["temperature_K"]), float(mark["size_nm"]), "k*", markersize=10, label="published size")


def draw(folder: Path):
    forms = curves(read_rows(folder / "nucleation_curve.csv"))
    figure, (size, barrier) = plt.subplots(1, 2, figsize=(9.0, 4.0))
    draw_curves(size, forms, "d_star_nm")
    draw_marks(size, read_rows(folder / "nucleation_marks.csv"))
    # It grows without bound toward the melting point.
    lowest = min(columns["d_star_nm"].min() for columns in forms.values())
    size.set_ylim(0, 6 * lowest)
    size.set(xlabel="T (K)", ylabel="critical diameter d* (nm)")
    size.legend()
    draw_curves(barrier, forms, "W_star_kT")
    if barrier.get_lines():
        barrier.set_yscale("log")
    else:
        barrier.text(0.5, 0.5, "no barrier without a heat of fusion", ha="center", transform=barrier.transAxes)
    barrier.set(xlabel="T (K)", ylabel="barrier W* / kT")
    return figure


def main() -> int:
    if len(sys.argv) != 3:
        print("usage: python3 -m vitreous.plot_nucleation FOLDER NAME", file=sys.stderr)
        return 2
    folder, name = Path(sys.argv[1]), sys.argv[2]
    figure = draw(folder)
    save_figure(figure, folder, name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
