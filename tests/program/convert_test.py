#!/usr/bin/python3
"""`vitreous convert` loses nothing in silence: files go through every format and come back as they were, and ASE, h5py and
zstd read what it writes. What they write is read."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import ase.io
import h5py
import numpy as np

VITREOUS = os.environ["VITREOUS"]
ATOMS, FRAMES = 12, 5


def trajectory(seed: int = 3) -> list[dict]:
    """A walk in a triclinic box that grows; masses of the first species are those of no element."""
    random = np.random.default_rng(seed)
    position = random.random((ATOMS, 3)) * 9
    frames = []
    for k in range(FRAMES):
        position = position + random.standard_normal((ATOMS, 3))
        frames.append({
            "step": 100 * k + 7, "time": 0.25 * k + 3,
            "cell": np.array([[9.0, 0, 0], [1.5, 10, 0], [-2, 0.5, 11]]) * (1 + 0.01 * k),
            "position": position, "velocity": random.standard_normal((ATOMS, 3)),
        })
    return frames


def extended_xyz(frames: list[dict], masses: bool = True) -> str:
    text = ""
    for frame in frames:
        numbers = " ".join(repr(x) for x in frame["cell"].ravel())
        text += (f'{ATOMS}\nLattice="{numbers}" Properties=id:I:1:species:S:1:pos:R:3{":masses:R:1" if masses else ""}:vel:R:3 '
                 f'Step={frame["step"]} Time={frame["time"]} unwrapped=T pbc="T T T"\n')
        for i in range(ATOMS):
            row = [3 * i + 1, "Cu" if i % 3 else "Zr", *frame["position"][i]]
            if masses:
                row.append(62.93 if i % 3 else 91.224)
            text += " ".join(map(str, [*row, *frame["velocity"][i]])) + "\n"
    return text


class Convert(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        self.frames = trajectory()
        (self.folder / "in.extxyz").write_text(extended_xyz(self.frames))

    def convert(self, *words: str, status: int = 0) -> str:
        done = subprocess.run([VITREOUS, "convert", *words], cwd=self.folder, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertFalse(list(self.folder.glob(".*")), "something is left aside")
        return done.stderr

    def test_what_goes_through_a_format_comes_back_bit_for_bit(self):
        self.convert("in.extxyz", "first.extxyz")
        wanted = (self.folder / "first.extxyz").read_bytes()
        for name in ("a.dump", "b.lammpstrj.gz", "c.dump.zst", "d.h5md", "e.h5", "f.xyz.zst", "g.extxyz.gz"):
            with self.subTest(name):
                self.assertNotIn("not kept", self.convert("in.extxyz", name))
                self.convert(name, f"{name}.back.extxyz")
                self.assertEqual((self.folder / f"{name}.back.extxyz").read_bytes(), wanted)

    def test_ase_reads_the_same_numbers(self):
        self.convert("in.extxyz", "a.extxyz")
        self.convert("in.extxyz", "a.data", "--frames", "last")
        read = ase.io.read(self.folder / "a.extxyz", ":")
        self.assertEqual(len(read), FRAMES)
        for atoms, frame in zip(read, self.frames):
            np.testing.assert_array_equal(atoms.positions, frame["position"])
            np.testing.assert_array_equal(atoms.cell.array, frame["cell"])
            np.testing.assert_array_equal(atoms.get_masses(), np.where(np.arange(ATOMS) % 3, 62.93, 91.224))
        data = ase.io.read(self.folder / "a.data", format="lammps-data", style="atomic", sort_by_id=False)
        lost = data.get_scaled_positions(wrap=False) - read[-1].get_scaled_positions(wrap=False)
        np.testing.assert_allclose(lost, np.round(lost), atol=1e-9)
        np.testing.assert_allclose(data.cell.array, read[-1].cell.array, atol=1e-12)

    def test_zstd_unpacks_what_is_packed(self):
        self.convert("in.extxyz", "a.dump")
        self.convert("in.extxyz", "b.dump.zst")
        unpacked = subprocess.run(["zstd", "-dcq", "b.dump.zst"], cwd=self.folder, capture_output=True, check=True).stdout
        self.assertEqual(unpacked, (self.folder / "a.dump").read_bytes())

    def test_h5py_finds_what_the_specification_of_h5md_tells(self):
        self.convert("in.extxyz", "a.h5md")
        with h5py.File(self.folder / "a.h5md") as file:
            self.assertEqual(list(file["h5md"].attrs["version"]), [1, 1])
            self.assertEqual(file["h5md/creator"].attrs["name"], b"vitreous")
            atoms = file["particles/all"]
            self.assertEqual(list(atoms["box"].attrs["boundary"]), [b"periodic"] * 3)
            self.assertEqual(atoms["box"].attrs["dimension"], 3)
            for name, key in (("position", "position"), ("velocity", "velocity"), ("box/edges", "cell")):
                np.testing.assert_array_equal(atoms[f"{name}/value"][:], [f[key] for f in self.frames])
                np.testing.assert_array_equal(atoms[f"{name}/step"][:], [f["step"] for f in self.frames])
                np.testing.assert_array_equal(atoms[f"{name}/time"][:], [f["time"] for f in self.frames])
            self.assertEqual(atoms["position/value"].attrs["unit"], b"angstrom")
            names = {value: name for name, value in h5py.check_enum_dtype(atoms["species"].dtype).items()}
            self.assertEqual([names[value] for value in atoms["species"][:]],
                             ["Cu" if i % 3 else "Zr" for i in range(ATOMS)])
            np.testing.assert_array_equal(atoms["id"][:], 3 * np.arange(ATOMS) + 1)
            self.assertFalse(atoms["image"][:].any(), "positions stand unwrapped")

    def write_h5md(self, steps, times, box, unit: str) -> None:
        """As other programs do it: float32, nanometers, images, species counted by number, variable strings."""
        scale = {"nm": 0.1, "Angstrom": 1.0}[unit]
        with h5py.File(self.folder / "their.h5md", "w") as file:
            file.create_group("h5md").attrs["version"] = [1, 1]
            atoms = file.create_group("particles/trajectory")
            cell = np.array([np.diag(f["cell"]) for f in self.frames]) * scale
            atoms.create_group("box").attrs["boundary"] = ["periodic", "periodic", "none"]
            atoms["box"].attrs["dimension"] = 3
            image = np.arange(FRAMES * ATOMS * 3, dtype="i4").reshape(FRAMES, ATOMS, 3) % 3 - 1
            position = np.array([f["position"] for f in self.frames])
            self.expected = position.astype("f4" if unit == "Angstrom" else "f8") + 0.0
            values = {"position": (position * scale).astype("f4" if unit == "Angstrom" else "f8"),
                      "velocity": np.array([f["velocity"] for f in self.frames]) * scale, "image": image}
            if box == "moving":
                values["box/edges"] = cell
            else:
                cell[:] = cell[0]
                atoms["box/edges"] = cell[0]
            self.expected = self.expected + image * cell[:, None, :] / scale
            for name, value in values.items():
                group = atoms.create_group(name)
                group.create_dataset("value", data=value, chunks=(2, *value.shape[1:]))
                group["step"] = steps[0] if len(steps) == 2 else steps
                group["time"] = times[0] if len(times) == 2 else times
                if len(steps) == 2:
                    group["step"].attrs["offset"], group["time"].attrs["offset"] = steps[1], times[1]
                group["time"].attrs["unit"] = "fs"
            atoms["position/value"].attrs["unit"] = unit
            atoms["velocity/value"].attrs["unit"] = f"{unit} ps-1"
            atoms["species"] = np.arange(ATOMS) % 2 + 1
            atoms["charge"] = np.zeros(ATOMS)

    def test_h5md_of_others_is_read_in_its_units(self):
        whole = [f["step"] for f in self.frames]
        for steps, times, box, unit in ((whole, [1e3 * f["time"] for f in self.frames], "moving", "nm"),
                                        ((100, 7), (250.0, 3000.0), "moving", "Angstrom"),
                                        ((100, 7), (250.0, 3000.0), "fixed", "nm")):
            with self.subTest(steps=steps, box=box, unit=unit):
                self.write_h5md(steps, times, box, unit)
                said = self.convert("their.h5md", "ours.extxyz", "--species", "Cu,Zr")
                self.assertIn("not kept: charge", said)
                read = ase.io.read(self.folder / "ours.extxyz", ":")
                for k, (atoms, frame) in enumerate(zip(read, self.frames)):
                    np.testing.assert_allclose(atoms.positions, self.expected[k], rtol=1e-13, atol=1e-13)
                    np.testing.assert_allclose(atoms.arrays["vel"], frame["velocity"], rtol=1e-13)
                    self.assertEqual(atoms.info["Step"], frame["step"])
                    self.assertAlmostEqual(atoms.info["Time"], frame["time"], places=12)
                    self.assertEqual(atoms.pbc.tolist(), [True, True, False])
                self.assertEqual(read[0].get_chemical_symbols(), ["Cu", "Zr"] * (ATOMS // 2))
                (self.folder / "ours.extxyz").unlink()

    def test_damaged_h5md_is_refused_or_read_and_never_crashes(self):
        self.convert("in.extxyz", "good.h5md")
        good = (self.folder / "good.h5md").read_bytes()
        random = np.random.default_rng(10)
        refused = 0
        for k in range(100):
            bad = bytearray(good[: random.integers(len(good))] if k % 4 == 0 else good)
            for at in random.integers(len(bad), size=random.integers(1, 200)):
                bad[at] = random.integers(256)
            (self.folder / "bad.h5md").write_bytes(bad)
            done = subprocess.run([VITREOUS, "show", "bad.h5md"], cwd=self.folder, capture_output=True, text=True, timeout=60)
            self.assertIn(done.returncode, (0, 2), (k, done.stderr))
            if done.returncode == 2:
                refused += 1
                self.assertRegex(done.stderr, r"^error: bad\.h5md: ")
        self.assertGreater(refused, 25)  # more than what is cut short

    def test_several_files_go_on_where_the_one_before_ends(self):
        self.convert("in.extxyz", "head.dump.gz", "--frames", "1:3")
        self.convert("in.extxyz", "tail.dump.zst", "--frames", "3:")
        self.convert("head.dump.gz", "tail.dump.zst", "joined.h5md")
        self.convert("in.extxyz", "whole.h5md")
        self.assertEqual((self.folder / "joined.h5md").read_bytes(), (self.folder / "whole.h5md").read_bytes())
        self.convert("joined.h5md", "second.extxyz", "--every", "2")
        self.assertEqual([a.info["Step"] for a in ase.io.read(self.folder / "second.extxyz", ":")], [7, 207, 407])

    def test_what_cannot_be_kept_is_told(self):
        rows = "".join(f"{i + 1} {2 + i % 2} {i} 0 0 1 2\n" for i in range(4))
        head = "ITEM: TIMESTEP\n5\nITEM: NUMBER OF ATOMS\n4\nITEM: BOX BOUNDS pp pp ff\n0 9\n0 9\n0 9\n"
        (self.folder / "a.dump").write_text(head + "ITEM: ATOMS id type x y z fx c_pe\n" + rows)
        said = self.convert("a.dump", "a.data", "--species", "Al,Cu,Cu")
        for loss in ("fx, c_pe", "which edges are periodic", "the difference between types 2, 3, all Cu"):
            self.assertIn(f"not kept: {loss}", said)
        # A dump needs no elements, and keeps its types.
        self.assertNotIn("type", self.convert("a.dump", "b.dump.gz"))
        self.convert("b.dump.gz", "c.h5md")
        self.convert("c.h5md", "d.dump")
        self.assertIn("ITEM: BOX BOUNDS pp pp ff\n", (self.folder / "d.dump").read_text())
        self.assertIn("ITEM: ATOMS id type x y z\n1 2 0 0 0\n2 3 1 0 0\n", (self.folder / "d.dump").read_text())
        self.assertIn("--species", self.convert("a.dump", "e.extxyz", status=2))

    def test_bad_input_writes_nothing(self):
        before = sorted(self.folder.iterdir())
        bad = (self.folder / "in.extxyz").read_text().replace("62.93", "62,93", 1)
        for words in (("in.extxyz", "out.unknown"), ("in.extxyz", "out.h5md.gz"), ("in.extxyz", "in.extxyz"),
                      ("in.extxyz", "out.data"), ("in.extxyz", "out.dump", "--frames", "2:9"), ("none", "out.dump"),
                      ("in.extxyz",)):
            with self.subTest(words):
                self.assertIn("try: ", self.convert(*words, status=2) + "try: " * (words[0] == "none"))
        self.assertEqual(sorted(self.folder.iterdir()), before)
        (self.folder / "bad.extxyz").write_text(bad)
        self.assertIn("62,93", self.convert("bad.extxyz", "out.dump", status=2))
        self.assertFalse((self.folder / "out.dump").exists())

    def test_a_cut_last_frame_is_reported_and_the_rest_is_used(self):
        self.convert("in.extxyz", "a.dump.zst")
        packed = (self.folder / "a.dump.zst").read_bytes()
        for name, text in (("cut.dump.zst", packed[:-3]), ("cut.extxyz", (self.folder / "in.extxyz").read_bytes()[:-9])):
            (self.folder / name).write_bytes(text)
            said = self.convert(name, f"{name}.h5md")
            self.assertIn("the 4 frames before are used" if "xyz" in name else "before", said)


if __name__ == "__main__":
    unittest.main()
