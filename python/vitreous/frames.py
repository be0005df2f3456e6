"""Frames of a trajectory that is in memory, or that ASE reads: one after another, without copies of positions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from .errors import InputError
from .systems import is_ase_atoms, kinds_of


class Frame(NamedTuple):
    cell: np.ndarray
    positions: np.ndarray
    velocities: np.ndarray | None   #: A/ps


class AseFrames:
    """Any iterable of ase.Atoms. One that knows its length (a list, ase.io.Trajectory) is gone through once, a frame at a time; of a
    generator the frames are gathered first, for observers must know how many come."""

    def __init__(self, source):
        self._frames: Sequence = source if hasattr(source, "__len__") else list(source)
        if len(self._frames) == 0:
            raise InputError("there is no frame")
        first = next(iter(self._frames))
        if not is_ase_atoms(first):
            raise InputError(f"a {type(first).__name__} is no frame", "frames are ase.Atoms, or arrays by positions=, cell= and species=")
        self._numbers = first.get_atomic_numbers()
        self.species, self.kind = kinds_of(self._numbers)
        self.pbc = np.array(first.pbc)
        self.cell = np.asarray(first.cell)
        if not first.cell.rank == 3:
            raise InputError("the first frame has no cell", "observers want a box, also where it is not periodic", ["atoms.center(vacuum=10)"])

    def __len__(self) -> int:
        return len(self._frames)

    def __iter__(self) -> Iterator[Frame]:
        for number, atoms in enumerate(self._frames):
            if not np.array_equal(atoms.get_atomic_numbers(), self._numbers):
                raise InputError(f"frame {number} has other atoms, or in another order, than the first",
                                 "displacements need the same atoms in every frame")
            yield Frame(np.asarray(atoms.cell), atoms.positions, _velocities(atoms))


def _velocities(atoms) -> np.ndarray | None:
    if not atoms.has("momenta"):
        return None
    from ase.units import fs

    return atoms.get_velocities() * (1000.0 * fs)  # of A in ASE's unit of time


class ArrayFrames:
    """positions (frames, atoms, 3); cell (3, 3) or (3,), or one a frame; species by atom."""

    def __init__(self, positions, cell, species, pbc, velocities):
        self._positions = np.asanyarray(positions)
        if self._positions.ndim != 3 or self._positions.shape[2] != 3:
            raise InputError(f"positions must have the shape (frames, atoms, 3), not {self._positions.shape}")
        if cell is None or species is None:
            raise InputError("positions need cell= and species= beside them")
        self.species, self.kind = kinds_of(species)
        if len(self.kind) != self._positions.shape[1]:
            raise InputError(f"{len(self.kind)} species of {self._positions.shape[1]} atoms")
        self._cells = _cells(np.asarray(cell, float), len(self._positions))
        if not len(self._positions):
            raise InputError("there is no frame")
        self.cell = self._cells[0]
        self._velocities = velocities
        if velocities is not None and np.shape(velocities) != self._positions.shape:
            raise InputError("velocities must have the shape of positions")
        self.pbc = np.broadcast_to(np.asarray(pbc, bool), 3)

    def __len__(self) -> int:
        return len(self._positions)

    def __iter__(self) -> Iterator[Frame]:
        for k, positions in enumerate(self._positions):
            yield Frame(self._cells[k], positions, None if self._velocities is None else self._velocities[k])


def _cells(cell: np.ndarray, frames: int) -> np.ndarray:
    """(frames, 3, 3) of edges or lengths, of one cell or one a frame."""
    if cell.shape == (3,) or (cell.shape == (frames, 3) and frames != 3):
        cell = np.eye(3) * cell[..., None, :]
    if cell.shape not in ((3, 3), (frames, 3, 3)):
        raise InputError(f"cell must have the shape (3, 3), (3,) or one of these a frame, not {cell.shape}")
    return np.broadcast_to(cell, (frames, 3, 3))
