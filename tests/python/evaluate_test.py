#!/usr/bin/python3
"""Energies, forces and stresses from Python: the gradient is that of the energy, and a crystal relaxes to where its formula has its minimum."""

import math
import pickle
import sys
import tempfile
import threading
import unittest
from itertools import product
from pathlib import Path

import numpy as np
from ase import Atoms
from ase.build import bulk, molecule
from ase.calculators.calculator import PropertyNotImplementedError
from ase.constraints import ExpCellFilter
from ase.optimize import BFGS

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "program"))
from setfl import CUTOFF, fade, write_setfl  # noqa: E402

import vitreous as vt  # noqa: E402
from vitreous.ase import Calculator  # noqa: E402


def crystal_energy(a: float) -> float:
    """eV an atom of the test's potential in an fcc crystal, from its formulas."""
    A, xi, p, q, r0 = 0.0855, 1.224, 10.96, 2.278, 2.556
    n = range(-4, 5)
    radii = [0.5 * a * math.dist((0, 0, 0), at) for at in product(n, n, n) if sum(at) % 2 == 0 and any(at)]
    near = [r for r in radii if r < CUTOFF]
    density = sum(fade(r) * math.exp(-2 * q * (r / r0 - 1)) for r in near)
    return -xi * math.sqrt(density) + 0.5 * sum(fade(r) * 2 * A * math.exp(-p * (r / r0 - 1)) for r in near)


def shaken_alloy(seed: int = 5) -> Atoms:
    """32 atoms of a crystal that is sheared and shaken."""
    atoms = bulk("Cu", "fcc", a=3.8, cubic=True) * (2, 2, 2)
    random = np.random.default_rng(seed)
    atoms.numbers[random.permutation(32)[:16]] = 40
    atoms.set_cell(atoms.cell @ (np.eye(3) + 0.03 * random.standard_normal((3, 3))), scale_atoms=True)
    atoms.rattle(0.1, seed=seed)
    return atoms


class WithPotential(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.potential = write_setfl(Path(cls.scratch.name) / "toy.eam.alloy")

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()


class CalculatorOfAse(WithPotential):
    def test_forces_are_minus_the_gradient_of_the_energy(self):
        atoms = shaken_alloy()[:12]
        atoms.calc = Calculator(self.potential)
        np.testing.assert_allclose(atoms.get_forces(), atoms.calc.calculate_numerical_forces(atoms, d=1e-4), atol=2e-6)

    def test_stress_is_the_gradient_with_strain_in_the_order_of_ase(self):
        atoms = shaken_alloy()
        atoms.calc = Calculator(self.potential)
        stress = atoms.get_stress()
        self.assertGreater(np.abs(stress).min(), 1e-4)  # six that differ
        np.testing.assert_allclose(stress, atoms.calc.calculate_numerical_stress(atoms, d=1e-5), atol=1e-7)

    def test_energies_of_atoms_add_up(self):
        atoms = shaken_alloy()
        atoms.calc = Calculator(self.potential)
        self.assertAlmostEqual(atoms.get_potential_energies().sum(), atoms.get_potential_energy(), places=10)

    def test_a_crystal_relaxes_to_the_minimum_of_its_formula(self):
        atoms = bulk("Cu", "fcc", a=3.5, cubic=True)
        atoms.set_cell(atoms.cell @ np.array([[1, 0.02, 0], [0, 0.99, 0], [0, 0, 1.03]]), scale_atoms=True)
        atoms.calc = Calculator(self.potential)
        self.assertTrue(BFGS(ExpCellFilter(atoms), logfile=None).run(fmax=1e-4, steps=200))
        a = np.linspace(3.4, 3.8, 4001)
        expected = a[np.argmin([crystal_energy(x) for x in a[::40]]) * 40]
        near = np.linspace(expected - 0.005, expected + 0.005, 21)
        curvature, slope, _ = np.polyfit(near - expected, [crystal_energy(x) for x in near], 2)
        known = expected - slope / (2 * curvature)
        np.testing.assert_allclose(atoms.cell.cellpar()[:3], known, atol=2e-3)
        np.testing.assert_allclose(atoms.cell.cellpar()[3:], 90.0, atol=0.05)
        self.assertAlmostEqual(atoms.get_potential_energy() / 4, crystal_energy(known), delta=2e-4)

    def test_keeps_its_list_and_still_yields_what_a_new_one_does(self):
        atoms = shaken_alloy()
        atoms.calc = Calculator(self.potential)
        for step in range(12):
            atoms.positions[3] += (0.2, -0.1, 0.15)
            kept = atoms.get_potential_energy()
            self.assertAlmostEqual(kept, vt.evaluate(atoms, self.potential).energy, places=9, msg=f"step {step}")
        atoms.numbers[:] = 29
        self.assertAlmostEqual(atoms.get_potential_energy(), vt.evaluate(atoms, self.potential).energy, places=9)

    def test_sees_no_images_along_open_directions(self):
        slab = shaken_alloy()
        apart = slab.copy()
        apart.cell[2] = np.cross(apart.cell[0], apart.cell[1])
        apart.cell[2] *= 40.0 / np.linalg.norm(apart.cell[2])
        slab.pbc = (True, True, False)
        for atoms in (slab, apart):
            atoms.calc = Calculator(self.potential)
        self.assertAlmostEqual(slab.get_potential_energy(), apart.get_potential_energy(), places=9)
        np.testing.assert_allclose(slab.get_forces(), apart.get_forces(), atol=1e-10)
        with self.assertRaises(PropertyNotImplementedError):
            slab.get_stress()

    def test_takes_a_cluster_without_a_cell(self):
        pair = Atoms("Cu2", [(0, 0, 0), (1.1, 1.2, 1.9)])
        pair.calc = Calculator(self.potential)
        A, xi, p, q, r0 = 0.0855, 1.224, 10.96, 2.278, 2.556
        r = math.hypot(1.1, 1.2, 1.9)
        expected = 2 * A * math.exp(-p * (r / r0 - 1)) - 2 * xi * math.exp(-q * (r / r0 - 1))
        self.assertAlmostEqual(pair.get_potential_energy(), expected, delta=2e-4)
        np.testing.assert_allclose(pair.get_forces()[0], -pair.get_forces()[1], atol=1e-12)

    def test_can_be_copied_and_sent_to_other_processes(self):
        atoms = shaken_alloy()
        atoms.calc = Calculator(self.potential)
        energy = atoms.get_potential_energy()
        other = shaken_alloy()
        other.calc = pickle.loads(pickle.dumps(atoms.calc))
        self.assertEqual(other.get_potential_energy(), energy)

    def test_refuses_an_element_that_the_potential_does_not_know(self):
        water = molecule("H2O")
        water.calc = Calculator(self.potential)
        with self.assertRaisesRegex(vt.InputError, "Cu"):
            water.get_potential_energy()


class Evaluation(WithPotential):
    def test_is_the_same_from_atoms_arrays_and_files(self):
        atoms = shaken_alloy()
        of_atoms = vt.evaluate(atoms, self.potential)
        of_arrays = vt.evaluate(potential=self.potential, positions=atoms.positions, cell=atoms.cell[:], species=atoms.get_chemical_symbols())
        file = Path(self.scratch.name) / "alloy.extxyz"
        atoms.write(file)
        of_file = vt.evaluate(file, self.potential)
        self.assertEqual(of_atoms.energy, of_arrays.energy)
        np.testing.assert_array_equal(of_atoms.forces, of_arrays.forces)
        np.testing.assert_allclose(of_file.forces, of_atoms.forces, atol=1e-6)  # files hold eight digits
        np.testing.assert_allclose(of_atoms.stress, -of_atoms.virial / atoms.get_volume(), rtol=1e-12)

    def test_is_the_same_in_a_left_handed_cell(self):
        atoms = shaken_alloy()
        turned = atoms.copy()
        turned.set_cell(atoms.cell[[1, 0, 2]])
        np.testing.assert_allclose(vt.evaluate(turned, self.potential).forces, vt.evaluate(atoms, self.potential).forces, atol=1e-10)

    def test_lets_other_threads_of_python_go_on(self):
        atoms = bulk("Cu", "fcc", a=3.6, cubic=True) * (14, 14, 14)
        ticks, stop = [0], threading.Event()

        def tick():
            while not stop.is_set():
                ticks[0] += 1

        clock = threading.Thread(target=tick)
        clock.start()
        forces = vt.evaluate(atoms[:4], self.potential) and vt.evaluation._core.Forces(str(self.potential), ["Cu"], np.zeros(len(atoms), np.int32), 0.0)
        before = ticks[0]
        forces.evaluate(atoms.cell[:], atoms.positions)
        during = ticks[0] - before
        stop.set()
        clock.join()
        self.assertGreater(during, 1000)

    def test_has_the_same_bits_on_any_number_of_threads(self):
        atoms = shaken_alloy()
        forces = []
        for threads in (1, 3):
            vt.set_threads(threads)
            forces.append(vt.evaluate(atoms, self.potential).forces)
        self.assertGreaterEqual(vt.set_threads(), 1)
        np.testing.assert_array_equal(*forces)

    def test_finds_the_potentials_that_are_installed(self):
        self.assertTrue([name for name in vt.potentials("Cu", "Zr") if "MO_600021860456_005" in name])

    def test_says_what_is_wrong_with_arrays(self):
        with self.assertRaisesRegex(vt.InputError, "shape"):
            vt.evaluate(potential=self.potential, positions=[[0.0, 0.0]], cell=[5, 5, 5], species=["Cu"])
        with self.assertRaisesRegex(vt.InputError, "Xx"):
            vt.evaluate(potential=self.potential, positions=[[0.0, 0.0, 0.0]], cell=[5, 5, 5], species=["Xx"])


if __name__ == "__main__":
    unittest.main()
