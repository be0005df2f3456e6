"""The figures of a structure: a slab against depth, Voronoi cells and bond order. Each draws one from a stage's tables at the lowest
temperature, or returns None where there is nothing to draw."""

import numpy as np

from .figure import Figure
from .run_folder import RunFolder, Table, number
from .series import coordinates, own_name
from .style import PAPER, SIZE, plt, species_color

SHOWN_DEPTH = 12.0  # Å below the faces
SHOWN_INDICES = 10  # of each element
SIXFOLD_SHELLS = {"icosahedron": -0.16975389, "fcc": -0.01316060}  # Steinhardt et al. (1983), with more digits
AGREES_WITHIN = 0.5  # K, of the temperatures of two branches


class _Coldest:
    """The rows of a table at the lowest temperature: elements, and curves of the first replica that has them."""

    def __init__(self, table: Table):
        found = sorted({number(t) for t in table.values("temperature_K")})
        self.temperature = found[0] if found else None
        self.rows = [r for r in table.rows if self.temperature is None or number(r["temperature_K"]) == self.temperature]
        first = self.rows[0].get("replica") if self.rows else None
        self.rows = [r for r in self.rows if r.get("replica") == first]
        self.elements = [s for s in dict.fromkeys(r["species"] for r in self.rows) if s != "all"]

    def columns(self, species: str, *names: str) -> list[np.ndarray]:
        return [np.array([number(r.get(n)) for r in self.rows if r["species"] == species]) for n in names]

    def title(self, stage: str) -> str:
        return stage if self.temperature is None else f"{stage} {self.temperature:g} K"


def _coldest(run: RunFolder, stage: str, name: str, *needed: str) -> tuple[Table, _Coldest] | None:
    table = run.table(stage, name)
    return (table, _Coldest(table)) if table is not None and table.has("species", *needed) else None


def _quantities(run: RunFolder, name: str, temperature: float | None):
    """(stage, quantity) of all that go by this name at a temperature and have a value."""
    for quantity in run.quantities:
        stage, own = own_name(quantity["name"])
        if own != name or quantity.get("value") is None:
            continue
        at, others = coordinates(quantity.get("where"))
        alike = at is None or temperature is None or abs(at - temperature) < AGREES_WITHIN
        if alike and not others:
            yield stage, quantity


def inherent_structures(run: RunFolder, stage: str):
    """Energy of the inherent structures against the temperature that they come from: replicas, and their mean."""
    table = run.table(stage, "inherent_structure")
    if table is None or len(table.values("temperature_K")) < 2 or not table.has("e_IS_eV_per_atom"):
        return None
    canvas, axes = plt.subplots(figsize=SIZE)
    axes.plot(*([number(row[name]) for row in table.rows] for name in ("temperature_K", "e_IS_eV_per_atom")), "o", color="0.75", markersize=4)
    means: dict[str, list[tuple[float, float, float]]] = {}
    for quantity in run.quantities:
        if quantity["name"] == f"{stage}.e_IS" and quantity.get("value") is not None:
            at, others = coordinates(quantity.get("where"))
            means.setdefault(others, []).append((at, quantity["value"], np.nan_to_num(number(quantity.get("standard_error")))))
    for others, points in means.items():
        temperature, energy, error = map(np.array, zip(*sorted(points)))
        axes.errorbar(temperature, energy, yerr=error, marker="s", markersize=4, capsize=2, label=f"{stage} {others}".strip())
    axes.set(xlabel="T (K)", ylabel=r"$e_\mathrm{IS}$ (eV/atom)")
    axes.legend()
    return canvas, Figure(f"{stage}-inherent_structure",
                          "Energy of the inherent structures against the temperature they come from. Gray: each replica; squares: their mean.",
                          table.path.relative_to(run.path))


def depth_profile(run: RunFolder, stage: str):
    """Density (left) and coordination number (right) of each element, with the depth where adatoms begin."""
    found = _coldest(run, stage, "depth_profile", "depth_angstrom", "relative_density", "coordination")
    if found is None:
        return None
    table, coldest = found
    canvas, left = plt.subplots(figsize=SIZE)
    right = left.twinx()
    right.spines["right"].set_visible(True)
    right.grid(False)
    seen = False
    for element in coldest.elements:
        color = species_color(coldest.elements, element)
        depth, density, density_error, near, near_error = coldest.columns(
            element, "depth_angstrom", "relative_density", "relative_density_se", "coordination", "coordination_se")
        left.plot(depth, density, color=color, linewidth=1.0, label=f"{element}, density")
        left.fill_between(depth, density - density_error, density + density_error, color=color, alpha=0.2, linewidth=0)
        known = np.isfinite(near) & (near_error < 1.0)
        right.errorbar(depth[known], near[known], yerr=near_error[known], color=color, marker=".", markersize=3, elinewidth=0.6,
                       linestyle="none", label=f"{element}, coordination")
        for of, quantity in _quantities(run, f"adatom_depth.{element}", coldest.temperature):
            if of == stage:
                left.axvline(quantity["value"], color=color, linewidth=1, linestyle=":")
                seen = True
    outermost = min(number(r["depth_angstrom"]) for r in coldest.rows)
    left.set(xlim=(outermost - 0.5, SHOWN_DEPTH), ylim=(0, None), xlabel="depth below the original face (Å)",
             ylabel="density, relative to the middle")
    right.set(ylim=(0, None), ylabel="coordination number")
    lines, labels = (sum(both, []) for both in zip(left.get_legend_handles_labels(), right.get_legend_handles_labels()))
    right.legend(lines, labels, title=coldest.title(stage), loc="lower right")
    caption = "Density and mean coordination number against depth, both faces averaged; the band and the bars are one standard error."
    if seen:
        caption += " Dotted: above this depth the mean coordination number is that of adatoms."
    return canvas, Figure(f"{stage}-depth_profile", caption, table.path.relative_to(run.path))


def icosahedra_by_layer(run: RunFolder, stage: str):
    """Fraction of each element's atoms with icosahedron-like cells, layer by layer, beside the bulk."""
    found = _coldest(run, stage, "depth_profile_layers", "to_angstrom", "ico_like")
    if found is None:
        return None
    table, coldest = found
    canvas, axes = plt.subplots(figsize=SIZE)
    beside, published = set(), False
    for element in coldest.elements:
        color = species_color(coldest.elements, element)
        ends, shares, errors = coldest.columns(element, "to_angstrom", "ico_like", "ico_like_se")
        middles = ends - ends[0] / 2
        axes.errorbar(middles, shares, yerr=errors, color=color, marker="o", markersize=4.5, elinewidth=1, capsize=2, label=element)
        for of, quantity in _quantities(run, f"ico_like.{element}", coldest.temperature):
            if of != stage:
                axes.axhline(quantity["value"], color=color, linewidth=1, linestyle=":")
                beside.add(of)
            paper = (quantity.get("reference") or {}).get("value")
            if paper is not None:
                axes.axhline(paper, **PAPER)
                published = True
    axes.set(ylim=(0, None), xlabel="depth below the original face (Å)", ylabel="fraction of icosahedron-like atoms")
    axes.legend(title=coldest.title(stage))
    caption = "Icosahedron-like atoms by layers; the first holds everything outside the slab, too."
    if beside:
        caption += f" Dotted: {' and '.join(sorted(beside))} at the same temperature."
    if published:
        caption += " Dashed: as published."
    return canvas, Figure(f"{stage}-icosahedra_by_layer", caption, table.path.relative_to(run.path))


def voronoi_indices(run: RunFolder, stage: str):
    """The commonest Voronoi indices of each element, plain and without small faces."""
    found = _coldest(run, stage, "voronoi", "index", "fraction", "fraction_filtered")
    if found is None:
        return None
    table, coldest = found
    canvas, panels = plt.subplots(1, len(coldest.elements), figsize=(SIZE[0] * 1.4, SIZE[1]), squeeze=False)
    for axes, element in zip(panels[0], coldest.elements):
        rows = sorted((r for r in coldest.rows if r["species"] == element), key=lambda r: -number(r["fraction"]))[:SHOWN_INDICES]
        color, places = species_color(coldest.elements, element), np.arange(len(rows))
        for name, shift, fill, label in (("fraction", -0.2, color, "plain"), ("fraction_filtered", 0.2, "white", "without small faces")):
            values, errors = ([number(r[n]) for r in rows] for n in (name, name + "_se"))
            axes.barh(places + shift, values, height=0.38, xerr=errors, color=fill, edgecolor=color, ecolor="0.3", label=label,
                      error_kw=dict(elinewidth=0.8))
        axes.set_yticks(places, [r["index"] for r in rows])
        axes.invert_yaxis()
        axes.grid(False, axis="y")
        axes.set(xlabel=f"fraction of {element} atoms")
        axes.legend(title=coldest.title(stage))
    return canvas, Figure(f"{stage}-voronoi", "The commonest Voronoi indices <n3,n4,n5,n6>.", table.path.relative_to(run.path))


def sixfold_order(run: RunFolder, stage: str):
    """How w6 is distributed over the atoms of each element."""
    found = _coldest(run, stage, "bond_order", "parameter", "value", "density")
    if found is None:
        return None
    table, coldest = found
    canvas, axes = plt.subplots(figsize=SIZE)
    for element in coldest.elements:
        sixfold = [r for r in coldest.rows if r["species"] == element and r["parameter"] == "w6"]
        w, density, error = (np.array([number(r[name]) for r in sixfold]) for name in ("value", "density", "density_se"))
        color = species_color(coldest.elements, element)
        axes.plot(w, density, color=color, linewidth=1.2, label=element)
        axes.fill_between(w, density - error, density + error, color=color, alpha=0.2, linewidth=0)
    for name, w in SIXFOLD_SHELLS.items():
        axes.axvline(w, **PAPER)
        axes.annotate(name, (w, 0.98), xycoords=("data", "axes fraction"), rotation=90, va="top", ha="right", fontsize=8)
    axes.set(ylim=(0, None), xlabel=r"$\hat w_6$", ylabel="probability density")
    axes.legend(title=coldest.title(stage))
    return canvas, Figure(f"{stage}-bond_order", "Bond-orientational order around atoms: the band is one standard error; dashed: perfect shells.",
                          table.path.relative_to(run.path))


OF_A_STAGE = (inherent_structures, depth_profile, icosahedra_by_layer, voronoi_indices, sixfold_order)
