#!/usr/bin/python3
"""A run's archive, read by Python's zipfile and hashlib: whole, described file by file, and damage to it is found."""

import hashlib
import json
import subprocess
import tempfile
import tomllib
import unittest
import zipfile
from pathlib import Path
from urllib.parse import unquote

from jsonschema import Draft202012Validator

from study_run import VITREOUS, run, write_study


class Archive(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.scratch.name)
        cls.out = cls.folder / "run"
        done = run(write_study(cls.folder), cls.out)
        assert done.returncode == 0, done.stderr
        cls.told = cls.vitreous("export", "archive", "run", "--license", "CC-BY-4.0")
        cls.zip = zipfile.ZipFile(cls.folder / "run.zip")
        cls.crate = {entity["@id"]: entity for entity in json.loads(cls.zip.read("ro-crate-metadata.json"))["@graph"]}

    @classmethod
    def tearDownClass(cls):
        cls.zip.close()
        cls.scratch.cleanup()

    @classmethod
    def vitreous(cls, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run([VITREOUS, *words], cwd=cls.folder, capture_output=True, text=True)

    def check(self, name: str) -> subprocess.CompletedProcess:
        return self.vitreous("check", name)

    def rewritten(self, name: str, changes: dict[str, bytes | None]) -> str:
        """The archive with files replaced, or left out where there is None."""
        with zipfile.ZipFile(self.folder / name, "w") as out:
            for entry in self.zip.namelist():
                content = changes.get(entry, self.zip.read(entry))
                if content is not None:
                    out.writestr(entry, content)
        return name

    def test_holds_what_was_found_and_saved_and_no_checkpoint(self):
        self.assertEqual(self.told.returncode, 0, self.told.stderr)
        self.assertIsNone(self.zip.testzip())
        names = set(self.zip.namelist())
        self.assertLessEqual({"study.toml", "results.json", "methods.md", "references.bib", "liquid/msd.csv", "potential/toy.eam.alloy",
                              "liquid/1500K-r1/final.extxyz", "liquid/1500K-r1/trajectory.dump"}, names)
        self.assertFalse([name for name in names if name.endswith((".h5", "lock", "progress.json")) or "left_at" in name])
        for name in names - {"manifest-sha256.txt", "ro-crate-metadata.json", "potential/toy.eam.alloy"}:
            self.assertEqual(self.zip.read(name), (self.out / name).read_bytes(), name)

    def test_the_manifest_is_what_sha256sum_reads(self):
        lines = self.zip.read("manifest-sha256.txt").decode().splitlines()
        sums = {name: digits for digits, name in (line.split("  ", 1) for line in lines)}
        self.assertEqual(set(sums), set(self.zip.namelist()) - {"manifest-sha256.txt"})
        for name, digits in sums.items():
            self.assertEqual(digits, hashlib.sha256(self.zip.read(name)).hexdigest(), name)

    def test_the_crate_describes_every_file_study_program_and_papers(self):
        root = self.crate["./"]
        self.assertEqual(root["name"], "A small liquid")
        self.assertEqual(root["license"], {"@id": "https://spdx.org/licenses/CC-BY-4.0"})
        self.assertEqual(self.crate["ro-crate-metadata.json"]["conformsTo"]["@id"], "https://w3id.org/ro/crate/1.1")
        parts = {unquote(part["@id"]) for part in root["hasPart"]}
        self.assertEqual(parts, set(self.zip.namelist()) - {"manifest-sha256.txt", "ro-crate-metadata.json"})
        for part in root["hasPart"]:
            entity, content = self.crate[part["@id"]], self.zip.read(unquote(part["@id"]))
            self.assertEqual((entity["@type"], entity["contentSize"]), ("File", str(len(content))))
            self.assertEqual(entity["sha256"], hashlib.sha256(content).hexdigest())
        self.assertEqual(self.crate[root["mainEntity"]["@id"]]["encodingFormat"], "application/toml")
        self.assertEqual(self.crate["#run"]["instrument"], {"@id": "#vitreous"})
        self.assertEqual(self.crate["https://doi.org/10.1063/1.467468"]["name"], "Constant pressure molecular dynamics algorithms")
        for entity in self.crate.values():  # what is referred to is there
            for value in entity.values():
                for one in value if isinstance(value, list) else [value]:
                    if isinstance(one, dict) and not one["@id"].startswith("https://w3id.org"):
                        self.assertIn(one["@id"], self.crate)

    def test_check_takes_it_and_the_study_in_it_still_reads(self):
        told = self.check("run.zip")
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertIn("run.zip: sound", told.stdout)
        study = tomllib.loads(self.zip.read("study.toml").decode())
        Draft202012Validator(json.loads(self.vitreous("export", "schema").stdout)).validate(study)

    def test_tells_of_a_potential_that_is_not_there_any_more(self):
        (self.folder / "toy.eam.alloy").rename(self.folder / "away")
        told = self.vitreous("export", "archive", "run", "--out", "without.zip")
        (self.folder / "away").rename(self.folder / "toy.eam.alloy")
        self.assertEqual((told.returncode, "toy.eam.alloy is not there any more" in told.stderr), (0, True))
        self.assertEqual(self.check("without.zip").returncode, 0)

    def test_check_names_what_is_broken_missing_or_strange(self):
        broken = self.check(self.rewritten("broken.zip", {"results.json": b"{}"}))
        self.assertEqual(broken.returncode, 2)
        self.assertIn("results.json: is not what was archived", broken.stderr)
        missing = self.check(self.rewritten("missing.zip", {"liquid/msd.csv": None}))
        self.assertEqual(missing.returncode, 2)
        self.assertIn("liquid/msd.csv: is missing", missing.stderr)
        with zipfile.ZipFile(self.folder / self.rewritten("more.zip", {}), "a") as more:
            more.writestr("mine.txt", "x")
        self.assertIn("mine.txt: is not in the manifest", self.check("more.zip").stderr)

    def test_check_of_flipped_bytes_and_cut_archives_is_one_clear_message(self):
        whole = (self.folder / "run.zip").read_bytes()
        flipped = bytearray(whole)
        at = self.zip.getinfo("liquid/msd.csv").header_offset + 30 + len("liquid/msd.csv") + 40
        flipped[at] ^= 0xFF
        (self.folder / "flipped.zip").write_bytes(flipped)
        told = self.check("flipped.zip")
        self.assertEqual(told.returncode, 2)
        self.assertIn("liquid/msd.csv", told.stderr)
        for part in (0.0, 0.3, 0.999):
            (self.folder / "cut.zip").write_bytes(whole[:int(len(whole) * part)])
            told = self.check("cut.zip")
            self.assertEqual(told.returncode, 2)
            self.assertIn("cut.zip: is not a whole zip archive", told.stderr)
            self.assertEqual(told.stderr.count("error:"), 1)
        with zipfile.ZipFile(self.folder / "other.zip", "w") as other:
            other.writestr("a.txt", "a")
        self.assertIn("holds no manifest-sha256.txt", self.check("other.zip").stderr)

    def test_overwrites_nothing_and_archives_no_folder_without_results(self):
        refused = self.vitreous("export", "archive", "run")
        self.assertEqual((refused.returncode, "is there already" in refused.stderr), (2, True))
        refused = self.vitreous("export", "archive", ".", "--out", "none.zip")
        self.assertEqual((refused.returncode, "holds no results" in refused.stderr), (2, True))
        self.assertFalse([path for path in self.folder.iterdir() if path.name.endswith(".writing") or path.name == "none.zip"])


if __name__ == "__main__":
    unittest.main()
