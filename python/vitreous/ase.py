"""The program's potentials for ASE."""

from __future__ import annotations

import os

import numpy as np
from ase.calculators.calculator import Calculator as _AseCalculator
from ase.calculators.calculator import all_changes
from ase.stress import full_3x3_to_voigt_6_stress

from . import _core
from .systems import closed_cell, system_of

#: How much farther than the cutoff the list of neighbors reaches, A: it holds until an atom has moved by half of it.
_SKIN = 1.0


class Calculator(_AseCalculator):
    """An embedded-atom potential, by a setfl file's path or as "kim:ANY_UNIQUE_PART" of a KIM model's name.

    In ASE's units and signs: energy, free_energy and energies in eV, forces in eV/A, stress in eV/A^3 as (xx, yy, zz, yz, xz, xy),
    dE/d(strain)/V. Double precision, over the cores, with Python's lock released; the list of neighbors is kept from call to call.
    Directions of `atoms.pbc` that are not periodic are open: no image is seen along them. Stress needs all three to be periodic.
    """

    implemented_properties = ["energy", "free_energy", "energies", "forces", "stress"]

    def __init__(self, potential: str | os.PathLike, **parameters):
        self.potential = os.fspath(potential)
        self._forces: _core.Forces | None = None
        self._numbers = np.empty(0, int)
        super().__init__(**parameters)

    def __getstate__(self) -> dict:
        """For copies and other processes: the list of neighbors is built there anew."""
        return self.__dict__ | {"_forces": None}

    def calculate(self, atoms=None, properties=("energy",), system_changes=all_changes):
        super().calculate(atoms, properties, system_changes)
        system = system_of(self.atoms)
        forces = self._forces_of(system)
        told = forces.evaluate(closed_cell(system.cell, system.pbc, system.positions, forces.cutoff + _SKIN), system.positions)
        self.results = {"energy": told["energy"], "free_energy": told["energy"], "energies": told["energies"], "forces": told["forces"]}
        if system.pbc.all():
            self.results["stress"] = full_3x3_to_voigt_6_stress(-told["virial"] / told["volume"])

    def _forces_of(self, system) -> _core.Forces:
        numbers = self.atoms.get_atomic_numbers()
        if self._forces is None or not np.array_equal(numbers, self._numbers):
            self._forces = _core.Forces(self.potential, system.species, system.kind, _SKIN)
            self._numbers = numbers
        return self._forces
