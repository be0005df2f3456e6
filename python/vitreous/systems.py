"""Configurations as ASE, numpy and files have them, in the form that the program takes."""

from __future__ import annotations

import os
from typing import NamedTuple

import numpy as np

from . import _core
from .errors import InputError


class System(NamedTuple):
    species: list[str]       #: kinds, in the order of their first atoms
    kind: np.ndarray         #: (atoms,), int32, index into `species`
    positions: np.ndarray    #: (atoms, 3), A
    cell: np.ndarray         #: (3, 3), A; rows are edges
    pbc: np.ndarray          #: (3,)


def kinds_of(species) -> tuple[list[str], np.ndarray]:
    """Kinds in the order of their first atoms, and the kind of each, of symbols or atomic numbers."""
    words = np.asarray(species)
    if words.ndim != 1 or words.size == 0:
        raise InputError("species must be a list with the element of each atom", "", ['species=["Cu", "Zr", ...]'])
    _, first, inverse = np.unique(words, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    names = [_symbol(words[first[k]]) for k in order]
    return names, place[inverse].astype(np.int32)


def _symbol(word) -> str:
    return _core.element_symbol(int(word)) if np.issubdtype(type(word), np.integer) else str(word)


def is_ase_atoms(thing) -> bool:
    return hasattr(thing, "get_atomic_numbers") and hasattr(thing, "cell") and hasattr(thing, "positions")


def system_of(source=None, positions=None, cell=None, species=None, pbc=True) -> System:
    """Of ase.Atoms, of a file's name, or of arrays."""
    if source is not None and is_ase_atoms(source):
        return System(*kinds_of(source.get_atomic_numbers()), source.positions, np.array(source.cell), np.array(source.pbc))
    if isinstance(source, (str, os.PathLike)):
        told = _core.read_configuration(os.fspath(source), [] if species is None else list(species))
        return System(told["species"], told["kind"], told["positions"], told["cell"], np.ones(3, bool))
    if source is not None:
        raise InputError(f"a {type(source).__name__} is no configuration", "", ["ase.Atoms", "a file's name", "positions=, cell=, species="])
    if positions is None or cell is None or species is None:
        raise InputError("a configuration in arrays needs positions, cell and species")
    cell = np.asarray(cell, float)
    return System(*kinds_of(species), np.asarray(positions), np.diag(cell) if cell.ndim == 1 else cell, np.broadcast_to(np.asarray(pbc, bool), 3))


def closed_cell(cell: np.ndarray, pbc: np.ndarray, positions: np.ndarray, reach: float) -> np.ndarray:
    """A cell that is periodic in all directions and yields the same forces: along open directions it stands perpendicular to the others,
    and the gap between its images is wider than the interaction's `reach` (A). Its length goes in steps of `reach`, so that a list of
    neighbors outlives small moves."""
    if pbc.all():
        return cell
    closed = np.array(cell, float)
    periodic = closed[pbc]
    normals = np.linalg.svd(periodic)[2][len(periodic):] if len(periodic) else np.eye(3)
    for axis, normal in zip(np.flatnonzero(~pbc), normals):
        extent = np.ptp(positions @ normal)
        closed[axis] = normal * reach * np.ceil(extent / reach + 1.01)
    return closed
