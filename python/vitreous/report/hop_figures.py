"""Figures of hops between inherent structures: barriers, energies before and after, coordination, and energy in time. All
stages that watched hops stand in the same axes, each at its lowest temperature."""

from dataclasses import dataclass

import numpy as np

from .figure import Figure
from .run_folder import RunFolder, Table, number
from .series import coordinates, own_name
from .style import PAPER, SIZE, plt, species_color

COLORS = ["black", "#c23b22", "#2b6ca3", "#3d8b5f", "#8454a3", "#e08a1e"]
FEWEST = 20  # hops, for a distribution of them
ADATOMS = {"Cu": 6, "Zr": 8}  # at most as many neighbors (Annamareddy et al. 2021, section 3)


@dataclass
class Watched:
    """A table of a stage, its rows at the lowest temperature, and what they are called."""

    stage: str
    table: Table
    rows: list[dict]
    temperature: float | None
    color: str

    @property
    def label(self) -> str:
        return self.stage if self.temperature is None else f"{self.stage} {self.temperature:g} K"

    def column(self, name: str) -> np.ndarray:
        values = np.array([number(row.get(name)) for row in self.rows])
        return values[np.isfinite(values)]


def _watched(run: RunFolder, name: str, *needed: str) -> list[Watched]:
    found = []
    for stage in run.stages():
        table = run.table(stage, name)
        if table is None or not table.has(*needed):
            continue
        temperatures = sorted({number(t) for t in table.values("temperature_K")})
        coldest = temperatures[0] if temperatures else None
        rows = [r for r in table.rows if coldest is None or number(r["temperature_K"]) == coldest]
        found.append(Watched(stage, table, rows, coldest, COLORS[len(found) % len(COLORS)]))
    return found


def _quantity(run: RunFolder, watched: Watched, name: str) -> dict:
    for quantity in run.quantities:
        if own_name(quantity["name"]) == (watched.stage, name):
            at, _ = coordinates(quantity.get("where"))
            if watched.temperature is None or at is None or abs(at - watched.temperature) < 0.5:
                return quantity
    return {}


def _made(canvas, run: RunFolder, name: str, caption: str, watched: list[Watched], wide: bool = True):
    return canvas, Figure(name, caption, watched[0].table.path.relative_to(run.path), wide=wide)


def barriers(run: RunFolder):
    """Fig. 7."""
    found = _watched(run, "hops_barriers", "barrier_eV", "forward_per_eV")
    if not found:
        return None
    canvas, axes = plt.subplots(figsize=SIZE)
    published = False
    for one in found:
        barrier, density, error = (np.array([number(r[n]) for r in one.rows]) for n in ("barrier_eV", "forward_per_eV", "forward_per_eV_se"))
        edges = np.append(barrier - barrier[0], barrier[-1] + barrier[0])
        axes.stairs(density, edges, color=one.color, linewidth=1.5, label=one.label)
        axes.stairs(density + error, edges, baseline=density - error, fill=True, color=one.color, alpha=0.15)
        mean = _quantity(run, one, "barrier")
        if mean.get("value") is not None:
            axes.axvline(mean["value"], color=one.color, linewidth=1, linestyle=":")
        paper = (mean.get("reference") or {}).get("value")
        if paper is not None:
            axes.axvline(paper, **(PAPER | {"color": one.color}))
            published = True
    axes.set(xlim=(0, None), ylim=(0, None), xlabel="barrier (eV)", ylabel="density (1/eV)")
    axes.legend()
    caption = "Barriers of hops between inherent structures; the band is the root of the counts. Dotted: mean over parallel rates."
    return _made(canvas, run, "hop-barriers", caption + (" Dashed: as published." if published else ""), found, wide=False)


def energy_changes(run: RunFolder):
    """Fig. S3."""
    found = [w for w in _watched(run, "hops", "dE_atom_eV", "dE_sphere_eV") if len(w.rows) >= FEWEST]
    if not found:
        return None
    canvas, panels = plt.subplots(1, 2, figsize=(SIZE[0] * 1.5, SIZE[1]))
    for axes, name, label in zip(panels, ("dE_atom_eV", "dE_sphere_eV"), ("of the hopping atom", "of all atoms around it")):
        everything = np.concatenate([w.column(name) for w in found])
        reach = np.quantile(np.abs(everything), 0.99)
        bins = np.linspace(-reach, reach, 41)
        for one in found:
            density, _ = np.histogram(one.column(name), bins=bins, density=True)
            axes.stairs(density, bins, color=one.color, linewidth=1.5, label=one.label)
            mean = _quantity(run, one, name.removesuffix("_eV"))
            if mean.get("value") is not None:
                axes.axvline(mean["value"], color=one.color, linewidth=1, linestyle=":")
        axes.set(ylim=(0, None), xlabel=f"energy change {label} (eV)", ylabel="density (1/eV)")
    panels[0].legend()
    return _made(canvas, run, "hop-energies", "Change of energy over hops, from minimum to minimum. Dotted: means.", found)


def energy_in_time(run: RunFolder):
    """Fig. S2."""
    found = _watched(run, "hops_energy", "time_ps", "E_inherent_eV_per_atom")
    if not found:
        return None
    canvas, panels = plt.subplots(1, 2, figsize=(SIZE[0] * 1.5, SIZE[1]))
    for axes, kind, label in zip(panels, ("E", "E_inherent"), ("potential energy", "energy of the inherent structure")):
        for one in found:
            first = one.rows[0].get("replica")
            rows = [r for r in one.rows if r.get("replica") == first]
            time = np.array([number(r["time_ps"]) for r in rows])
            for name, style, atoms in ((kind, "-", "all atoms"), (f"layer_{kind}", "--", "layer")):
                if not one.table.has(f"{name}_eV_per_atom"):
                    continue
                energy = np.array([number(r[f"{name}_eV_per_atom"]) for r in rows])
                axes.plot(time, 1000 * (energy - np.nanmean(energy)), color=one.color, linestyle=style, linewidth=1, label=f"{one.label}, {atoms}")
        axes.set(xlabel="time (ps)", ylabel=f"{label},\nless its mean (meV/atom)")
    panels[0].legend()
    return _made(canvas, run, "hop-energy-in-time", "Energy while hops were watched.", found)


def coordination_map(run: RunFolder):
    """Fig. 9, of the stage that has the most hops of a slab's layer, else of any."""
    found = [w for w in _watched(run, "hops", "coordination_before", "coordination_after") if len(w.rows) >= FEWEST]
    if not found:
        return None
    slabs = run.slabs()
    one = max(found, key=lambda w: (w.stage in slabs, len(w.rows)))
    elements = sorted({r["species"] for r in one.rows})
    canvas, panels = plt.subplots(1, len(elements), figsize=(SIZE[0] * 1.5, SIZE[1]), squeeze=False)
    for axes, element in zip(panels[0], elements):
        pairs = [(number(r["coordination_before"]), number(r["coordination_after"])) for r in one.rows if r["species"] == element]
        before, after = np.array([p for p in pairs if np.isfinite(p).all()]).reshape(-1, 2).T
        if len(before) == 0:
            continue
        low, high = int(min(before.min(), after.min())), int(max(before.max(), after.max()))
        edges = np.arange(low - 0.5, high + 1.5)
        counts, _, _ = np.histogram2d(before, after, bins=[edges, edges])
        mesh = axes.pcolormesh(edges, edges, np.ma.masked_equal(counts.T / counts.sum(), 0), cmap="viridis")
        canvas.colorbar(mesh, ax=axes, label="share of its hops")
        axes.grid(False)
        if element in ADATOMS:
            limit = ADATOMS[element] + 0.5
            style = dict(color=species_color(elements, element), linestyle=":", linewidth=1.2)
            axes.axvline(limit, **style)
            axes.axhline(limit, **style)
        axes.set(title=f"{element}, {one.label}", xlabel="coordination before the hop", ylabel="coordination behind it")
    caption = "Coordination numbers before and behind hops, in the inherent structures. Dotted: adatoms have so few neighbors."
    return _made(canvas, run, "hop-coordination", caption, [one])


OF_A_RUN = (barriers, energy_changes, energy_in_time, coordination_map)


def hop_figures(run: RunFolder):
    """All that the run has data for, as (canvas, figure)."""
    yield from filter(None, (draw(run) for draw in OF_A_RUN))
