#!/usr/bin/python3
"""Observers from Python: the same from files, ASE atoms and arrays; where they lie, and as closed forms have it."""

import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
from ase import Atoms

import vitreous as vt

BOX = np.array([[21.0, 0.0, 0.0], [2.0, 19.0, 0.0], [-1.0, 3.0, 22.0]])
FRAMES, ATOMS = 64, 40
SPECIES = ["Cu"] * 24 + ["Zr"] * 16


def flight() -> tuple[np.ndarray, np.ndarray]:
    """Positions of atoms that fly straight (a frame every 0.1 ps), and their velocities (A/ps) relative to the center of mass."""
    random = np.random.default_rng(3)
    velocity = random.standard_normal((ATOMS, 3)) * 2.0
    start = random.random((ATOMS, 3)) @ BOX
    mass = np.array([63.546 if name == "Cu" else 91.224 for name in SPECIES])[:, None]
    return start + 0.1 * np.arange(FRAMES)[:, None, None] * velocity, velocity - (mass * velocity).sum(0) / mass.sum()


def walk(frames: int = FRAMES, step: float = 0.3) -> np.ndarray:
    random = np.random.default_rng(8)
    return random.random((ATOMS, 3)) @ BOX + np.cumsum(step * random.standard_normal((frames, ATOMS, 3)), axis=0)


def folded(positions: np.ndarray) -> np.ndarray:
    return (positions @ np.linalg.inv(BOX) % 1.0) @ BOX


def write_dump(path: Path, positions: np.ndarray) -> Path:
    """LAMMPS text with every digit, ids backwards."""
    (ax, _, _), (bx, by, _), (cx, cy, cz) = BOX
    low = min(0.0, bx, cx, bx + cx), min(0.0, cy)
    high = ax + max(0.0, bx, cx, bx + cx), by + max(0.0, cy)
    with path.open("w") as file:
        for k, frame in enumerate(positions):
            file.write(f"ITEM: TIMESTEP\n{100 * k}\nITEM: NUMBER OF ATOMS\n{ATOMS}\nITEM: BOX BOUNDS xy xz yz pp pp pp\n")
            file.write(f"{low[0]} {high[0]} {bx}\n{low[1]} {high[1]} {cx}\n0.0 {cz} {cy}\nITEM: ATOMS id element xu yu zu\n")
            for i in reversed(range(ATOMS)):
                file.write(f"{i + 1} {SPECIES[i]} {' '.join(repr(float(x)) for x in frame[i])}\n")
    return path


def table_values(table) -> dict:
    return {name: table[name] for name in table}


class SourcesOfFrames(unittest.TestCase):
    def assert_same(self, one, other, rtol=0.0):
        self.assertEqual(list(one.tables), list(other.tables))
        for name, table in one.tables.items():
            for column in table:
                if np.issubdtype(table[column].dtype, np.number):
                    np.testing.assert_allclose(other.tables[name][column], table[column], rtol=rtol, err_msg=f"{name}.{column}")
                else:
                    np.testing.assert_array_equal(other.tables[name][column], table[column])

    def observers(self):
        return [vt.MSD(), vt.NonGaussian(), vt.IntermediateScattering(q="2.7 1/A")]

    def test_files_atoms_and_arrays_yield_the_same_bits(self):
        positions = walk()
        of_arrays = vt.analyze(positions=positions, cell=BOX, species=SPECIES, steps=100 * np.arange(FRAMES), timestep="1 fs",
                               unwrapped=True, observers=self.observers())
        with tempfile.TemporaryDirectory() as folder:
            of_file = vt.analyze(write_dump(Path(folder) / "walk.dump", positions), self.observers(), timestep="1 fs")
        images = [Atoms(SPECIES, frame, cell=BOX, pbc=True) for frame in positions]
        of_atoms = vt.analyze(images, self.observers(), timestep="0.1 ps", unwrapped=True)
        of_generator = vt.analyze((image for image in images), self.observers(), timestep="0.1 ps", unwrapped=True)
        self.assert_same(of_arrays, of_file)
        self.assert_same(of_atoms, of_generator)
        self.assert_same(of_arrays, of_atoms, rtol=1e-12)  # 100 steps of 1 fs and one of 100
        self.assertEqual(of_file.trajectory["atoms"], ATOMS)

    def test_what_a_dump_does_not_tell_is_asked_for_by_keywords(self):
        with tempfile.TemporaryDirectory() as folder:
            file = write_dump(Path(folder) / "walk.dump", walk())
            file.write_text(file.read_text().replace(" element ", " type ").replace(" Cu ", " 1 ").replace(" Zr ", " 2 "))
            with self.assertRaisesRegex(vt.InputError, "needs time and species") as raised:
                vt.analyze(file, "msd")
            self.assertEqual(raised.exception.tries, ['log="log.lammps"', 'timestep="1 fs", species=["Cu", "Zr"]'])
            vt.analyze(file, "msd", timestep="1 fs", species=["Cu", "Zr"])

    def test_an_exception_of_the_progress_ends_the_pass(self):
        def stop(done, frames):
            raise InterruptedError(f"{done} of {frames}")

        with tempfile.TemporaryDirectory() as folder:
            file = write_dump(Path(folder) / "walk.dump", walk())
            with self.assertRaisesRegex(InterruptedError, f"1 of {FRAMES}"):
                vt.analyze(file, "msd", timestep="1 fs", progress=stop)

    def test_folded_positions_are_followed_by_the_nearest_image(self):
        positions = walk()
        told = dict(cell=BOX, species=SPECIES, timestep="0.1 ps", observers=self.observers())
        self.assert_same(vt.analyze(positions=positions, unwrapped=True, **told), vt.analyze(positions=folded(positions), **told), rtol=1e-9)

    def test_jumps_that_no_image_explains_are_refused(self):
        with self.assertRaisesRegex(vt.InputError, "third of the box") as raised:
            vt.analyze(positions=walk(step=6.0), cell=BOX, species=SPECIES, timestep="0.1 ps", observers="msd")
        self.assertIn("unwrapped=True", raised.exception.tries[0])

    def test_arrays_of_other_types_and_layouts_will_do(self):
        positions = walk()
        told = dict(cell=BOX, species=SPECIES, timestep="0.1 ps", unwrapped=True, observers="msd")
        straight = vt.analyze(positions=positions, **told)
        self.assert_same(straight, vt.analyze(positions=np.asfortranarray(positions), **told))
        self.assert_same(straight, vt.analyze(positions=positions.astype(np.float32), **told), rtol=1e-4)

    def test_a_long_trajectory_on_disk_is_not_loaded(self):
        with tempfile.TemporaryDirectory() as folder:
            frames, atoms = 500, 6000  # 72 MB
            positions = np.memmap(Path(folder) / "positions", dtype=np.float64, mode="w+", shape=(frames, atoms, 3))
            before = _peak_memory()
            seen = vt.analyze(positions=positions, cell=[50.0] * 3, species=["Cu"] * atoms, timestep="0.1 ps", unwrapped=True,
                              observers=vt.MSD(max_time="0.4 ps"))
            self.assertEqual(len(seen.trajectory["steps"]), frames)
            self.assertLess(_peak_memory() - before, 20e6)

    def test_what_does_not_fit_is_told(self):
        told = dict(cell=BOX, species=SPECIES, observers="msd")
        with self.assertRaisesRegex(vt.InputError, "msd needs the time between frames"):
            vt.analyze(positions=walk(), **told)
        with self.assertRaisesRegex(vt.InputError, "39 species of 40 atoms"):
            vt.analyze(positions=walk(), cell=BOX, species=SPECIES[1:], timestep="1 fs", observers="msd")
        with self.assertRaisesRegex(vt.InputError, "the steps do not rise"):
            vt.analyze(positions=walk(), steps=np.zeros(FRAMES), timestep="1 fs", **told)
        with self.assertRaisesRegex(vt.InputError, "no observer is called \"mds\"") as raised:
            vt.analyze(positions=walk(), cell=BOX, species=SPECIES, timestep="1 fs", observers="mds")
        self.assertEqual(raised.exception.tries, ["msd"])
        images = [Atoms(kinds, cell=[9] * 3, pbc=True) for kinds in ("CuZr", "ZrCu") + 14 * ("CuZr",)]
        with self.assertRaisesRegex(vt.InputError, "frame 1 has other atoms"):
            vt.analyze(images, "msd", timestep="1 fs")


def _peak_memory() -> float:
    """Of pages that no file holds, in bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return 1024.0 * int(line.split()[1])
    raise RuntimeError("no RssAnon")


class Observations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.positions, cls.velocity = flight()
        cls.seen = vt.analyze(positions=cls.positions, cell=BOX, species=SPECIES, timestep="0.1 ps", observers=[vt.MSD(), vt.MSD(max_time="2 ps")])

    def test_straight_flight_has_the_msd_of_its_velocities(self):
        msd = self.seen.msd
        self.assertEqual(msd.unit("msd"), "angstrom^2")
        for name, atoms in (("Cu", slice(0, 24)), ("Zr", slice(24, 40)), ("all", slice(None))):
            rows = msd["species"] == name
            speed2 = (self.velocity[atoms] ** 2).sum(1).mean()
            np.testing.assert_allclose(msd["msd"][rows], speed2 * msd["time"][rows] ** 2, rtol=1e-9)

    def test_a_second_observer_of_a_kind_is_numbered(self):
        self.assertEqual(list(self.seen.observations), ["msd", "msd_2"])
        self.assertEqual(self.seen.msd_2["time"].max(), 2.0)
        self.assertIs(self.seen["msd"], self.seen.msd)

    def test_what_the_data_do_not_support_is_refused(self):
        self.assertEqual(self.seen.msd.D.status, "refused")
        for D in (self.seen.msd.D, self.seen.msd.D["Cu"], self.seen.msd_2.D["Zr"]):
            with self.assertRaises(vt.Refused) as raised:
                D.to("m^2/s")
            self.assertTrue(raised.exception.why)

    def test_diffusion_of_a_random_walk_is_its_step(self):
        steps = 0.1 * np.random.default_rng(1).standard_normal((1000, 100, 3))
        seen = vt.analyze(positions=np.cumsum(steps, axis=0), cell=[60.0] * 3, species=["Cu"] * 50 + ["Zr"] * 50, timestep="0.5 ps",
                          unwrapped=True, observers=vt.MSD())
        D = seen.msd.D["Cu"].to("angstrom^2/ps")  # <step^2>/(6 dt) = 0.01/(2 * 0.5)
        self.assertLess(abs(D.value - 0.01), 4 * D.standard_error)
        self.assertLess(D.standard_error, 0.002)

    def test_columns_are_the_memory_of_the_result(self):
        self.assertFalse(self.seen.msd["msd"].flags.owndata)
        self.assertIs(self.seen.msd["msd"], self.seen.msd["msd_angstrom2"])

    def test_tables_become_dataframes_with_the_headers_of_csv(self):
        frame = self.seen.msd.to_dataframe()
        self.assertEqual(list(frame.columns)[:3], ["species", "time_ps", "msd_angstrom2"])
        self.assertEqual(frame.attrs["units"]["msd_angstrom2"], "angstrom^2")
        np.testing.assert_array_equal(frame["msd_angstrom2"], self.seen.msd["msd"])

    def test_tables_are_drawn_a_line_a_species(self):
        import matplotlib

        matplotlib.use("Agg")
        ax = self.seen.msd.plot()
        self.assertEqual(len(ax.get_lines()), 3)
        self.assertEqual((ax.get_xlabel(), ax.get_ylabel()), ("time (ps)", "msd (Å²)"))

    def test_other_names_are_told_what_there_is(self):
        with self.assertRaisesRegex(AttributeError, "there are msd, msd_2"):
            self.seen.rdf
        with self.assertRaisesRegex(AttributeError, "its quantities are D"):
            self.seen.msd.tau


class LayersOfASlab(unittest.TestCase):
    """Atoms fly along the faces of a slab: who is in its outer layers stays there."""

    def setUp(self):
        random = np.random.default_rng(12)
        self.start = random.random((200, 3)) * (20.0, 20.0, 30.0) + (0.0, 0.0, 10.0)  # in 20 x 20 x 50
        self.velocity = random.standard_normal((200, 3)) * (1.0, 1.0, 0.0)
        self.told = dict(positions=self.start + 0.1 * np.arange(40)[:, None, None] * self.velocity, cell=[20.0, 20.0, 50.0], species=["Cu"] * 200,
                         timestep="0.1 ps", observers=vt.MSD(layer="2.5 A", membership="both_ends"))

    def test_are_seen_where_the_gap_is_told(self):
        msd = vt.analyze(gap="10 A", **self.told).msd
        outer = np.abs(self.start[:, 2] - 25.0) > 12.5
        along = self.velocity - self.velocity.mean(0)
        rows = msd["species"] == "all"
        np.testing.assert_allclose(msd["msd"][rows], (along[outer] ** 2).sum(1).mean() * msd["time"][rows] ** 2, rtol=1e-9)

    def test_are_refused_where_there_is_no_slab(self):
        with self.assertRaisesRegex(vt.InputError, "a `layer` is that of a slab") as raised:
            vt.analyze(**self.told)
        self.assertEqual(raised.exception.tries[-1], 'gap="10 A"')
        with self.assertRaisesRegex(vt.InputError, "leave no slab in a box 20 A high along x"):
            vt.analyze(gap="10 A", axis="x", **self.told)


class ObserversOfTheProgram(unittest.TestCase):
    def test_each_has_a_class_that_tells_formula_options_units_and_source(self):
        declared = vt.analysis._core.observer_declarations()
        self.assertGreater(len(declared), 10)
        for one in declared:
            described = vt.observers.BY_KIND[one["name"]].__doc__
            for words in (one["one_line"], one["formula"].splitlines()[0], one["source"], *(option["name"] for option in one["options"])):
                self.assertIn(words, described)

    def test_derive_quantities_that_no_other_kind_derives(self):
        names = [derived["name"].removesuffix(".<species>") for one in vt.analysis._core.observer_declarations() for derived in one["derived"]
                 if not derived["name"].endswith(".<species>")]
        self.assertEqual(sorted(names), sorted(set(names)))

    def test_take_options_as_words_numbers_and_measured_values(self):
        self.assertEqual(vt.IntermediateScattering(q=vt.Measured(2.7, 0.0, "1/A")).options, {"q": "2.7 1/A"})
        with self.assertRaisesRegex(vt.InputError, "is a number without unit, not a time"):
            vt.CageJumps(window=3)  # a bare number is no time


if __name__ == "__main__":
    unittest.main()
