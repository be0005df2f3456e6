"""Studies and their runs: results, tables and final configurations of a run's folder."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from . import _core, program
from .errors import InputError
from .measured import Quantities, Quantity, in_words, same
from .table import Table


class Branch:
    """One branch of a run: a folder with its record (branch.json) and its last configuration."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.record: dict = json.loads((folder / "branch.json").read_text())
        self.id: str = self.record["id"]          #: "liquid/1000K-r1"
        self.state: str = self.record["state"]    #: running, done, failed

    @property
    def stage(self) -> str:
        return self.id.split("/")[0]

    @property
    def final(self):
        """The last configuration as ase.Atoms, with its velocities."""
        from ase.io import read
        from ase.units import fs

        file = self.folder / "final.extxyz"
        if not file.is_file():
            raise InputError(f"{self.id} has no final configuration yet", f"its state is {self.state}", file=str(file))
        atoms = read(file)
        if "vel" in atoms.arrays:  # A/ps
            atoms.set_velocities(atoms.arrays.pop("vel") / (1000.0 * fs))
        return atoms

    def is_at(self, **axes) -> bool:
        """Whether it was made at these values: temperature="1000 K", replica=2, ..."""
        return all(same(self._value(key), in_words(value)) for key, value in axes.items())

    def _value(self, key: str) -> str:
        physics = self.record["physics"]
        for name in (key, f"alloy.{key}", f"engine.{key}"):
            if name in physics:
                return physics[name]
        raise InputError(f"{self.id} has no {key}", f"it has {', '.join(physics)}")

    def __repr__(self) -> str:
        return f"<branch {self.id}: {self.record['axes']}, {self.state}>"


class Run:
    """The folder of a run, or of what `analyze`, `fit` and the models wrote: `run["liquid.Q"]` is a result."""

    def __init__(self, folder: str | os.PathLike):
        self.folder = Path(folder)
        if not self.folder.is_dir():
            raise InputError("is no folder", "", ["vt.run(\"study.toml\") makes one"], file=str(folder))
        if not (self.folder / "results.json").is_file():
            raise InputError("holds no results.json", "it is no run's folder, or its study was not finished yet",
                             ["vt.run(study) goes on with it"], file=str(folder))

    @cached_property
    def results(self) -> dict:
        """results.json, as it stands there."""
        return json.loads((self.folder / "results.json").read_text())

    @property
    def title(self) -> str:
        return self.results.get("title") or self.folder.name

    @property
    def complete(self) -> bool:
        """Whether every branch is done."""
        return self.results["complete"]

    @cached_property
    def quantities(self) -> Quantities:
        return Quantities(self.results["quantities"])

    def __getitem__(self, name: str | tuple[str, str]) -> Quantity:
        return self.quantities[name]

    def quantity(self, name: str, **where) -> Quantity:
        """One of several of a name, by its conditions: run.quantity("liquid.D", temperature="1000 K")."""
        return self.quantities.quantity(name, **where)

    def __contains__(self, name: str) -> bool:
        return name in self.quantities

    def __iter__(self) -> Iterator[Quantity]:
        return iter(self.quantities)

    def table(self, stage: str, name: str | None = None) -> Table:
        """A table by its stage and name, `run.table("liquid", "msd")`; where no stages are, by its name alone."""
        file = self.folder / f"{stage}.csv" if name is None else self.folder / stage / f"{name}.csv"
        if not file.is_file():
            there = sorted(str(path.relative_to(self.folder).with_suffix("")) for path in self.folder.glob("*.csv"))
            there += sorted(str(path.relative_to(self.folder).with_suffix("")) for path in self.folder.glob("*/*.csv") if path.parent.name != "figures")
            raise InputError("is no table of this run", f"there are {', '.join(there)}" if there else "there are none", file=str(file))
        return Table(_core.read_table(str(file)))

    @cached_property
    def branches(self) -> list[Branch]:
        return [Branch(path.parent) for path in sorted(self.folder.glob("*/*/branch.json"))]

    def branch(self, stage: str, **axes) -> Branch:
        """The branch of a stage at these values: run.branch("liquid", temperature="1000 K", replica=1). Of replicas the first is meant."""
        of_stage = [branch for branch in self.branches if branch.stage == stage]
        if not of_stage:
            raise InputError(f"no branch is of a stage \"{stage}\"", f"stages are {', '.join(dict.fromkeys(b.stage for b in self.branches))}")
        found = [branch for branch in of_stage if branch.is_at(**axes)]
        if not found:
            raise InputError(f"no branch of {stage} is at {_told(axes)}", f"there are {', '.join(branch.id for branch in of_stage)}")
        if len(found) > 1 and "replica" not in axes:
            found = [branch for branch in found if branch.is_at(replica=1)] or found
        if len(found) > 1:
            raise InputError(f"several branches of {stage} are at {_told(axes) or 'any value'}: {', '.join(branch.id for branch in found)}")
        return found[0]

    @property
    def report(self) -> Path:
        return self.folder / "report.html"

    def __repr__(self) -> str:
        return f"<run {self.folder}: {self.title}, {'complete' if self.complete else 'not complete'}, {len(self.quantities)} quantities>"


def _told(axes: Mapping) -> str:
    return ", ".join(f"{key}={in_words(value)}" for key, value in axes.items())


def open(folder: str | os.PathLike) -> Run:
    """The results of a run that is done or under way."""
    return Run(folder)


def run(study: str | os.PathLike, *, scale: str = "", set: Mapping[str, object] | Sequence[str] = (), out: str | os.PathLike = "",
        jobs: int | None = None, rerun: bool = False, show: bool = True) -> Run:
    """Runs a study, or goes on where it stopped, and returns its results.

    study: a study file. scale: one of its [scale.NAME]. set: keys to override, {"liquid.duration": "60 ps"} or ["liquid.duration=\\"60 ps\\""].
    out: the run's folder; by default STUDY[-SCALE] in the present one. jobs: cores to use. rerun: run again what has changed.
    show: progress and messages to stderr as they come.

    The program runs beside Python: Ctrl-C lets it write its checkpoints, and the same call goes on from there. Raises InputError where
    the study is at fault and RunError where a branch failed.
    """
    study = os.fspath(study)
    folder = Path(out) if out else Path(Path(study).stem + (f"-{scale}" if scale else ""))
    words = ["run", study, "--out", str(folder)]
    if scale:
        words += ["--scale", scale]
    pairs = [f"{key}={_toml(value)}" for key, value in set.items()] if isinstance(set, Mapping) else list(set)
    for pair in pairs:
        words += ["--set", pair]
    if jobs is not None:
        words += ["--jobs", str(jobs)]
    if rerun:
        words.append("--rerun")
    program.call(*words, show=show)
    return Run(folder)


def _toml(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    if isinstance(value, (bool, int, float, str)):
        return json.dumps(value, ensure_ascii=False)
    return json.dumps(in_words(value), ensure_ascii=False)
