"""Observers on trajectories: files, ASE atoms or arrays."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from . import _core
from .errors import InputError, in_python
from .frames import ArrayFrames, AseFrames
from .measured import Quantities, Quantity, in_words
from .observers import BY_KIND, Observer
from .table import Table


class Observation(Table):
    """What one observer yields: its main table, `tables` with those beside it, and its quantities as attributes (`r.msd.D["Cu"]`)."""

    def __init__(self, label: str, tables: dict[str, dict], quantities: Quantities):
        main = tables.get(label) or next(iter(tables.values()), {"name": label, "how": {}, "columns": []})
        super().__init__(main)
        self.label = label
        self.tables: dict[str, Table] = {name: Table(told) for name, told in tables.items()}
        self.quantities = quantities

    def __getattr__(self, name: str) -> Quantity:
        names = self.__dict__["quantities"].names if "quantities" in self.__dict__ else []
        if name in names or any(other.startswith(name + ".") for other in names):
            return self.quantities.family(name)
        raise AttributeError(f"{self.__dict__.get('label')} has no {name}; its quantities are {', '.join(names) or 'none'}")

    def __dir__(self):
        return [*super().__dir__(), *(name.split(".")[0] for name in self.quantities.names)]


class Analysis:
    """Observations by the names of their observers: `r.msd`, `r.intermediate_scattering`; the second of a kind is `r.msd_2`."""

    def __init__(self, requests: Sequence[Observer], told: dict):
        self.trajectory: dict = told["trajectory"]   #: steps, timestep (ps), atoms, species, counts, warnings
        self.quantities = Quantities(told["quantities"])
        self.tables: dict[str, Table] = {table["name"]: Table(table) for table in told["tables"]}
        self.observations: dict[str, Observation] = {}
        labels = _labels(requests)
        for label, request in labels:
            others = [other for other, _ in labels if other != label and other.startswith(label + "_")]
            own = {table["name"]: table for table in told["tables"] if _belongs(table["name"], label)
                   and not any(_belongs(table["name"], other) for other in others)}
            self.observations[label] = Observation(label, own, _quantities_of(label, request, told["quantities"]))

    def __getattr__(self, name: str) -> Observation:
        observations = self.__dict__.get("observations", {})
        if name in observations:
            return observations[name]
        raise AttributeError(f"nothing was observed by {name}; there {'is' if len(observations) == 1 else 'are'} {', '.join(observations)}")

    def __getitem__(self, label: str) -> Observation:
        return self.observations[label]

    def __dir__(self):
        return [*super().__dir__(), *self.observations]

    def __repr__(self) -> str:
        return f"<analysis of {len(self.trajectory['steps'])} frames of {self.trajectory['atoms']} atoms by {', '.join(self.observations)}>"


def _labels(requests: Sequence[Observer]) -> list[tuple[str, Observer]]:
    """As the program numbers them: msd, msd_2."""
    seen: dict[str, int] = {}
    labels = []
    for request in requests:
        seen[request.kind] = count = seen.get(request.kind, 0) + 1
        labels.append((request.kind if count == 1 else f"{request.kind}_{count}", request))
    return labels


def _belongs(table: str, label: str) -> bool:
    return table == label or table.startswith(label + "_")


def _quantities_of(label: str, request: Observer, told: list[dict]) -> Quantities:
    """The quantities that the observer's declaration derives; those of the second of a kind are called "msd_2.D"."""
    derived = {derived["name"].removesuffix(".<species>") for derived in request.declaration["derived"]}
    prefix = "" if label == request.kind else label + "."
    own = []
    for one in told:
        if not one["name"].startswith(prefix):
            continue
        name = one["name"].removeprefix(prefix)
        if name in derived or any(name.startswith(family + ".") for family in derived):
            own.append({**one, "name": name})
    return Quantities(own)


def _requests(observers) -> list[Observer]:
    if isinstance(observers, (str, Observer, type)):
        observers = [observers]
    requests = []
    for one in observers:
        if isinstance(one, str):
            if one not in BY_KIND:
                raise InputError(f'no observer is called "{one}"', "", [name for name in [_core.nearest_name(one, list(BY_KIND))] if name])
            one = BY_KIND[one]
        requests.append(one() if isinstance(one, type) else one)
    return requests


def _positive(name: str, text: str | None, unit: str) -> float:
    """In `unit`; 0 where nothing is told."""
    if text is None:
        return 0.0
    try:
        value = _core.quantity_in(in_words(text), unit)
    except InputError as error:
        raise InputError(error.problem, error.why, error.tries, key=name) from None
    if not value > 0.0:
        raise InputError(f"{text} is not positive", key=name)
    return value


def _files(source) -> list[str] | None:
    if isinstance(source, (str, os.PathLike)):
        return [os.fspath(source)]
    if isinstance(source, (list, tuple)) and source and all(isinstance(one, (str, os.PathLike)) for one in source):
        return [os.fspath(one) for one in source]
    return None


def _bar(done: int, frames: int) -> None:
    if sys.stderr.isatty():
        print(f"\rframes {done}/{frames}", end="\n" if done == frames else "", file=sys.stderr, flush=True)


def analyze(source=None, observers: str | Observer | Iterable = (), *, log: str | os.PathLike = "", timestep: str | None = None,
            species: Sequence[str] = (), potential: str | os.PathLike = "", gap: str | None = None, axis: str = "z", positions=None, cell=None, pbc=True, velocities=None,
            steps=None, unwrapped: bool = False, progress: Callable[[int, int], None] | None = _bar) -> Analysis:
    """Runs observers over a trajectory, all of them in one pass, in memory that does not grow with its length.

    source: one of
        - the name of a trajectory file, or a list of several in a row (LAMMPS dumps, extended XYZ, ...; plain or compressed);
          log, timestep (the step of the run, "1 fs") and species (elements of types 1, 2, ...) tell what the file does not;
        - an iterable of ase.Atoms;
        - nothing, and positions (frames, atoms, 3) in A, cell ((3, 3) with edges as rows, or (3,) lengths; one, or one a frame) in A,
          species (the element of each atom), pbc and, where an observer wants them, velocities (frames, atoms, 3) in A/ps.
          Arrays of float64 in C order are read where they lie.
      For frames in memory timestep is the time from one to the next ("100 fs"), or with steps (frames,) the time of a step.
      Their positions may be folded into the box: atoms are followed by the nearest image, and more than a third of the box between
      frames is refused. unwrapped=True takes them as they are.
    observers: vt.MSD(), vt.IntermediateScattering(q="2.7 1/A"), ...; or kinds by name, "msd".
    potential: a setfl file or "kim:...", for observers that need forces.
    gap, axis: of a slab between free surfaces, how far inside the box its faces lie ("10 A" on both sides) across axis x, y or z,
      for observers of layers.
    progress: called as progress(frames done, frames), some times a second for files.
    """
    requests = _requests(observers)
    asked = [(request.kind, request.options) for request in requests]
    if axis not in ("x", "y", "z"):
        raise InputError(f'axis: "{axis}" is not one of x, y, z')
    beside = _core.Beside(os.fspath(potential), _positive("gap", gap, "angstrom"), "xyz".index(axis))
    ps = _positive("timestep", timestep, "ps")
    files = _files(source)
    try:
        if files is not None:
            told = _core.analyze_files(files, asked, list(species), ps, os.fspath(log), beside, progress)
        else:
            told = _watch(_frames(source, positions, cell, species, pbc, velocities), asked, steps, ps, beside, unwrapped, progress)
    except InputError as error:
        raise in_python(error) from None
    for warning in told["trajectory"]["warnings"]:
        warnings.warn(warning, stacklevel=2)
    return Analysis(requests, told)


def _frames(source, positions, cell, species, pbc, velocities) -> AseFrames | ArrayFrames:
    if source is not None and positions is not None:
        raise InputError("a source and positions are given", "they are two trajectories")
    if source is None and positions is None:
        raise InputError("there is nothing to analyze", "", ["a file's name, ase.Atoms, or positions=, cell=, species="])
    return AseFrames(source) if positions is None else ArrayFrames(positions, cell, species, pbc, velocities)


def _watch(frames, asked, steps, timestep: float, beside: _core.Beside, unwrapped: bool, progress) -> dict:
    steps = np.arange(len(frames)) if steps is None else np.asarray(steps)
    if len(steps) != len(frames):
        raise InputError(f"{len(steps)} steps of {len(frames)} frames")
    watcher = _core.Watcher(frames.species, frames.kind, steps, timestep, asked, beside, frames.cell, [bool(p) for p in frames.pbc], unwrapped)
    for done, (step, frame) in enumerate(zip(steps.tolist(), frames), start=1):
        watcher.take(step, frame.cell, frame.positions, frame.velocities)
        if progress is not None and (done == len(frames) or done % 16 == 0):
            progress(done, len(frames))
    told = watcher.result()
    told["trajectory"] = {"steps": steps.tolist(), "timestep": timestep, "atoms": len(frames.kind), "species": frames.species,
                          "counts": np.bincount(frames.kind).tolist(), "warnings": []}
    return told
