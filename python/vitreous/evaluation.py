"""Energy, forces, virial and stress of a configuration."""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np

from . import _core
from .systems import closed_cell, system_of


@dataclass(frozen=True)
class Evaluation:
    """What an embedded-atom potential yields for a configuration."""

    energy: float            #: eV
    energies: np.ndarray     #: (atoms,), eV; half of a pair's energy belongs to each of its atoms
    forces: np.ndarray       #: (atoms, 3), eV/A
    virial: np.ndarray       #: (3, 3), eV: the sum over pairs of r (x) f, which is -dE/d(strain)
    volume: float            #: A^3
    potential: str           #: its name

    @property
    def stress(self) -> np.ndarray:
        """(3, 3), eV/A^3: dE/d(strain)/V = -virial/V, negative under pressure, without the kinetic part."""
        return -self.virial / self.volume


def evaluate(configuration=None, potential: str | os.PathLike = "", *, positions=None, cell=None, species=None, pbc=True) -> Evaluation:
    """Energy, forces and virial of one configuration in double precision, over the cores.

    configuration: ase.Atoms, or the name of a LAMMPS data file, an extended XYZ file or a dump (its first frame); in place of it,
        positions (atoms, 3) in A, cell (3, 3) in A with edges as rows or (3,) lengths, species (the element of each atom) and pbc.
        With a file, species names the elements of types 1, 2, ... where the file does not.
    potential: a setfl file, or "kim:ANY_UNIQUE_PART" of a KIM model's name.

    Directions that are not periodic are open: no image is seen along them. `volume`, and so `stress`, is then that of a cell with vacuum.

    E = sum_i F_i(rho_i) + sum_pairs phi_ij(r_ij), rho_i = sum_j rho_{j->i}(r_ij) (Daw and Baskes 1984; Finnis and Sinclair 1984).
    """
    system = system_of(configuration, positions, cell, species, pbc)
    name = os.fspath(potential)
    # One evaluation: a list that reaches beyond the cutoff would only cost time.
    forces = _core.Forces(name, system.species, system.kind, 0.0)
    told = forces.evaluate(closed_cell(system.cell, system.pbc, system.positions, forces.cutoff), system.positions)
    return Evaluation(potential=name, **told)


def potentials(*elements: str) -> list[str]:
    """The KIM models that are installed, can be used here and know all of these elements; "kim:" and a name is a potential."""
    return _core.list_potentials(list(elements))
