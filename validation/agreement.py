#!/usr/bin/env python3
"""Compares what vitreous computes with other programs, and writes the tables into docs/agreement.md.

    validation/agreement.py [--build build] [--page docs/agreement.md]

Needs a build with tests, Debian's lammps and voro++; freud and MDAnalysis come from PyPI into a virtual environment of their own,
build/peers. Takes two minutes. Other sections of the page are left as they are."""

import argparse
import datetime
import os
import platform
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

HERE = Path(__file__).resolve().parent
PEERS = ("freud-analysis==3.4.0", "MDAnalysis==2.11.0")
OBSERVED = "msd,non_gaussian,intermediate_scattering(q=2.7 1/A),rdf(bin=0.1 A),voronoi,bond_order"
KINDS = {1: "Cu", 2: "Zr"}


def with_peers(build: Path) -> None:
    """Runs this script again by a Python that has the peers, unless this is it."""
    folder = build / "peers"
    python = folder / "bin/python"
    if Path(sys.prefix).resolve() == folder.resolve():
        return
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS], check=True)
    os.execv(python, [str(python), *sys.argv])


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def largest(ours, theirs) -> str:
    return f"{max(abs(a - b) for a, b in zip(ours, theirs, strict=True)):.1e}"


# The forces, minima and paths of the C++ tests, which record what they found.

def recorded(build: Path, tests: str) -> dict[str, str]:
    """What the tests recorded, by its name."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        subprocess.run([build / "tests/test_engine", f"--gtest_filter={tests}", f"--gtest_output=xml:{report}"], check=True,
                       stdout=subprocess.DEVNULL)
        found = ElementTree.parse(report).iter("property")
        return {p.get("name"): p.get("value") for p in found}


def forces_section(build: Path) -> str:
    found = recorded(build, "LammpsAgreement.*")
    rows = []
    for name, text in found.items():
        numbers = re.fullmatch(r"energy (\S+), force (\S+) eV/A, virial (\S+)", text)
        if numbers:
            moved = found.get(f"{name} 100 steps", "")
            rows.append([name, *numbers.groups(), moved.removeprefix("position ").removesuffix(" A")])
    others = [f"{name}: {text}" for name, text in found.items() if name.startswith(("to ", "barriers"))]
    version = subprocess.run(["lmp", "-h"], capture_output=True, text=True).stdout
    lammps = re.search(r"Simulator - (.*)", version).group(1).strip()
    return "\n".join([
        f"The reference forces and LAMMPS ({lammps}) on the same configurations; largest differences.", "",
        table(["configuration", "energy, relative", "force, eV/A", "virial, of sum of abs(r.f)", "position after 100 steps, A"], rows), "",
        "Minima from the same start and the barrier of a vacancy in copper: " + "; ".join(others) + "."])


# The observers on a file, and others on the same file.

def run_vitreous(build: Path, *words: str, cwd: Path) -> None:
    subprocess.run([build / "vitreous", *words], cwd=cwd, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Trajectory:
    """Unwrapped positions [frame, atom, 3], read by a few lines of its own."""

    def __init__(self, path: Path):
        import numpy as np
        frames = []
        for text in path.read_text().split("ITEM: TIMESTEP")[1:]:
            bounds = re.search(r"BOX BOUNDS.*\n(.*)\n(.*)\n(.*)\n", text)
            self.edges = np.array([[float(x) for x in bounds.group(k).split()] for k in (1, 2, 3)])
            columns = re.search(r"ITEM: ATOMS (.*)", text).group(1).split()
            atoms = int(re.search(r"NUMBER OF ATOMS\n(\d+)", text).group(1))
            rows = [line.split() for line in text[text.index("ITEM: ATOMS"):].splitlines()[1:atoms + 1]]
            rows.sort(key=lambda row: int(row[columns.index("id")]))
            self.types = np.array([int(row[columns.index("type")]) for row in rows])
            frames.append([[float(row[columns.index(c)]) for c in ("xu", "yu", "zu")] for row in rows])
        self.positions = np.array(frames)
        mass = np.where(self.types == 1, 63.546, 91.224)
        center = (self.positions * mass[:, None]).sum(axis=1) / mass.sum()
        self.centered = self.positions - center[:, None, :]

    def displacements(self, kind: int, lag: int):
        """Of every origin and atom."""
        moved = self.centered[lag:] - self.centered[:-lag]
        return moved[:, self.types == kind]


def column(folder: Path, name: str, key: str, value: str, **where: str) -> dict[float, float]:
    """A column of a table, by another."""
    import csv
    with open(folder / f"{name}.csv", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if all(row[k] == v for k, v in where.items())]
    return {float(row[key]): float(row[value]) for row in rows if row[value]}


def quantities(folder: Path) -> dict[str, float]:
    import json
    return {q["name"]: q["value"] for q in json.loads((folder / "results.json").read_text())["quantities"]}


def motion_rows(trajectory: Trajectory, tables: Path) -> list[list[str]]:
    import MDAnalysis
    import numpy as np
    from MDAnalysis.analysis.msd import EinsteinMSD

    rows = []
    # Its own reader of dumps takes none that begins with ITEM: UNITS.
    universe = MDAnalysis.Universe.empty(len(trajectory.types), trajectory=True)
    universe.add_TopologyAttr("types", trajectory.types.astype(str))
    universe.load_new(trajectory.positions, order="fac", dt=0.2)
    for kind, element in KINDS.items():
        ours = column(tables, "msd", "time_ps", "msd_angstrom2", species=element)
        lags = {time: round(time / 0.2) for time in ours}
        squares = {t: (trajectory.displacements(kind, lag) ** 2).sum(axis=2) for t, lag in lags.items()}
        naive = [squares[t].mean() for t in ours]
        rows.append([f"MSD of {element}, A^2", "a naive loop", f"{len(ours)} lags to {max(ours):g} ps", largest(ours.values(), naive)])
        einstein = EinsteinMSD(universe, select=f"type {kind}", msd_type="xyz", fft=False).run().results.timeseries
        rows.append([f"MSD of {element}, A^2", f"MDAnalysis {MDAnalysis.__version__}", "the same",
                     largest(ours.values(), [einstein[lag] for lag in lags.values()])])
        alpha = column(tables, "non_gaussian", "time_ps", "alpha_2", species=element)
        theirs = [3 * (squares[t] ** 2).mean() / (5 * squares[t].mean() ** 2) - 1 for t in alpha]
        rows.append([f"alpha_2 of {element}", "numpy", f"{len(alpha)} lags", largest(alpha.values(), theirs)])
        scattering = column(tables, "intermediate_scattering", "time_ps", "F_s", species=element)
        theirs = [np.sinc(2.7 / np.pi * np.sqrt(squares[t])).mean() for t in scattering]
        rows.append([f"F_s of {element}, 2.7 1/A", "numpy", f"{len(scattering)} lags", largest(scattering.values(), theirs)])
    return rows


def structure_rows(trajectory: Trajectory, tables: Path) -> list[list[str]]:
    import freud
    import numpy as np

    width = trajectory.edges[:, 1] - trajectory.edges[:, 0]
    box = freud.box.Box(*width)
    middle = trajectory.edges.mean(axis=1)
    cells = freud.locality.Voronoi()
    sums: dict[str, list[float]] = {}

    def put(name: str, values) -> None:
        for kind, element in KINDS.items():
            sums.setdefault(f"{name}.{element}", []).append(float(np.nanmean(values[trajectory.types == kind])))

    for frame, positions in enumerate(trajectory.positions):
        points = box.wrap(positions - middle)
        if frame % 2:  # as cells cost much, every other frame is enough for the observers
            continue
        cells.compute((box, points))
        near = cells.nlist
        surface = np.bincount(near.query_point_indices, weights=near.weights, minlength=len(points))
        large = near.copy().filter(near.weights >= 0.01 * surface[near.query_point_indices])
        put("coordination", near.neighbor_counts)
        put("coordination_filtered", large.neighbor_counts)
        for degree in (4, 6):
            for way, neighbors, weighted in (("", large, False), ("_by_area", near, True)):
                order = freud.order.Steinhardt(l=degree, weighted=weighted)
                put(f"q{degree}{way}", order.compute((box, points), neighbors=neighbors).particle_order)
                third = freud.order.Steinhardt(l=degree, weighted=weighted, wl=True, wl_normalize=True)
                put(f"w{degree}{way}", third.compute((box, points), neighbors=neighbors).particle_order)
    found = quantities(tables)
    peer = f"freud {freud.__version__} (single precision)"
    frames = "51 frames, Cu and Zr"
    rows = []
    for what in ("coordination", "q4", "q6", "w4", "w6"):
        for way in (("", "_filtered") if what == "coordination" else ("", "_by_area")):
            names = [f"{what}{way}.{element}" for element in KINDS.values()]
            label = what + {"_by_area": ", by area", "_filtered": ", faces above 1 %"}.get(way, ", Voronoi" if what == "coordination" else ", faces above 1 %")
            rows.append([label, peer + (", its voro++" if what == "coordination" else ""), frames,
                         largest([found[n] for n in names], [np.mean(sums[n]) for n in names])])
    return rows


ICOSAHEDRON_LIKE = {(0, 0, 12, 0), (0, 2, 8, 2), (0, 2, 8, 1), (0, 3, 6, 3), (0, 1, 10, 2)}


def cell_rows(trajectory: Trajectory, tables: Path, folder: Path) -> list[list[str]]:
    """Every other frame by the program voro++, as the observer takes them."""
    found = quantities(tables)
    sums = dict.fromkeys((f"{what}.{element}" for what in ("coordination", "ico_like", "icosahedra") for element in KINDS.values()), 0.0)
    frames = trajectory.positions[::2]
    width = trajectory.edges[:, 1] - trajectory.edges[:, 0]
    counts = {element: (trajectory.types == kind).sum() * len(frames) for kind, element in KINDS.items()}
    for positions in frames:
        low = trajectory.edges[:, 0]
        lines = [f"{i} {' '.join(map(repr, map(float, r)))}" for i, r in enumerate((positions - low) % width)]
        (folder / "frame").write_text("\n".join(lines) + "\n")
        bounds = [word for edge in width for word in ("0", repr(float(edge)))]
        subprocess.run(["voro++", "-p", "-c", "%i %a", *bounds, "frame"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        for line in (folder / "frame.vol").read_text().splitlines():
            atom, *edges = map(int, line.split())
            element = KINDS[trajectory.types[atom]]
            index = tuple(edges.count(k) for k in (3, 4, 5, 6))
            sums[f"coordination.{element}"] += len(edges)
            sums[f"ico_like.{element}"] += index in ICOSAHEDRON_LIKE
            sums[f"icosahedra.{element}"] += index == (0, 0, 12, 0)
    theirs = {name: total / counts[name.split(".")[1]] for name, total in sums.items()}
    version = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "voro++"], capture_output=True, text=True).stdout
    return [["coordination, fractions of icosahedron-like cells and of icosahedra", f"the program voro++ {version}",
             f"{len(frames)} frames, Cu and Zr", largest([found[n] for n in theirs], theirs.values())]]


def pair_rows(trajectory: Trajectory, tables: Path) -> list[list[str]]:
    import numpy as np

    ours = column(tables, "rdf", "r_angstrom", "g", pair="all")
    width = trajectory.edges[:, 1] - trajectory.edges[:, 0]
    atoms = len(trajectory.types)
    first, second = np.triu_indices(atoms, 1)
    bounds = np.linspace(0, 10, len(ours) + 1)
    counts = np.zeros(len(ours))
    for positions in trajectory.positions:
        apart = positions[first] - positions[second]
        apart -= width * np.round(apart / width)
        counts += np.histogram(np.linalg.norm(apart, axis=1), bounds)[0]
    shells = 4 / 3 * np.pi * np.diff(bounds ** 3)
    theirs = counts / len(trajectory.positions) / shells * width.prod() / (atoms * (atoms - 1) / 2)
    return [["g(r)", "numpy, all pairs", f"{len(ours)} bins to 10 A", largest(ours.values(), theirs)]]


# Steinhardt, Nelson and Ronchetti, Phys. Rev. B 28, 784 (1983), with more digits.
CRYSTALS = {"fcc": (0.190941, 0.574524, -0.01316060), "hcp": (0.097222, 0.484762, -0.01244196), "bcc": (0.036370, 0.510688, 0.01316060)}


def crystal_frames(name: str) -> str:
    """Eight frames of a perfect crystal as extended XYZ."""
    cells = {"fcc": ((1, 1, 1), [(0, 0, 0), (0.5, 0.5, 0), (0.5, 0, 0.5), (0, 0.5, 0.5)]),
             "bcc": ((1, 1, 1), [(0, 0, 0), (0.5, 0.5, 0.5)]),
             "hcp": ((1, 3 ** 0.5, (8 / 3) ** 0.5), [(0, 0, 0), (0.5, 0.5, 0), (0.5, 5 / 6, 0.5), (0, 1 / 3, 0.5)])}
    edges, basis = cells[name]
    copies, a = 4, 3.6
    atoms = [[a * e * (n + b) for e, n, b in zip(edges, (i, j, k), site)] for i in range(copies) for j in range(copies)
             for k in range(copies) for site in basis]
    cell = " ".join(f"{a * copies * e if i == j else 0:.15g}" for i, e in enumerate(edges) for j in range(3))
    lines = "".join(f"Cu {x:.15g} {y:.15g} {z:.15g}\n" for x, y, z in atoms)
    return "".join(f'{len(atoms)}\nLattice="{cell}" Properties=species:S:1:pos:R:3 Time={t} pbc="T T T"\n{lines}' for t in range(8))


def crystal_rows(build: Path, folder: Path) -> list[list[str]]:
    rows = []
    for name, (q4, q6, w6) in CRYSTALS.items():
        (folder / f"{name}.xyz").write_text(crystal_frames(name))
        run_vitreous(build, "analyze", f"{name}.xyz", "--observe", "bond_order", "--out", name, cwd=folder)
        found = quantities(folder / name)
        rows.append([f"{name}: q4, q6, w6", f"closed values, {q4}, {q6}, {w6}", "a perfect crystal",
                     ", ".join(f"{abs(found[p] - value):.1e}" for p, value in (("q4", q4), ("q6", q6), ("w6", w6)))])
    return rows


def observers_section(build: Path) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run_vitreous(build, "run", str(HERE / "agreement.toml"), "--out", "run", cwd=folder)
        dump = folder / "run/liquid/r1/trajectory.dump"
        run_vitreous(build, "analyze", str(dump), "--observe", OBSERVED, "--out", "tables", cwd=folder)
        trajectory = Trajectory(dump)
        rows = motion_rows(trajectory, folder / "tables") + structure_rows(trajectory, folder / "tables")
        rows += cell_rows(trajectory, folder / "tables", folder)
        rows += pair_rows(trajectory, folder / "tables") + crystal_rows(build, folder)
    return "\n".join([
        "`vitreous analyze` and others on one trajectory: 500 atoms of Cu50Zr50 at 1400 K, 101 frames 0.2 ps apart; largest differences of the "
        "same averages.", "", table(["what", "compared with", "over", "differs by at most"], rows)])


SECTIONS = {"forces": forces_section, "observers": observers_section}


def replace(page: str, name: str, text: str) -> str:
    begin, end = f"<!-- validation/agreement.py: {name} -->", "<!-- end -->"
    if begin not in page:
        sys.exit(f"the page has no section {begin}")
    before, rest = page.split(begin, 1)
    return before + begin + "\n" + text + "\n" + end + rest.split(end, 1)[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=HERE.parent / "build")
    parser.add_argument("--page", type=Path, default=HERE.parent / "docs/agreement.md")
    options = parser.parse_args()
    build = options.build.resolve()
    with_peers(build)
    page = options.page.read_text(encoding="utf-8")
    for name, section in SECTIONS.items():
        print(f"{name} ...", file=sys.stderr)
        stamp = f"`validation/agreement.py`, {datetime.date.today()}, {os.cpu_count()}-core {platform.machine()}."
        page = replace(page, name, section(build) + "\n\n" + stamp)
    options.page.write_text(page, encoding="utf-8")
    print(f"written: {options.page}")


if __name__ == "__main__":
    main()
