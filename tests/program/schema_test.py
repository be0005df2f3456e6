#!/usr/bin/python3
"""The exported schema of the study file, held against an independent validator: it takes every study that is here and refuses slips."""

import copy
import json
import os
import re
import subprocess
import tomllib
import unittest
from pathlib import Path

from jsonschema import Draft202012Validator

VITREOUS = os.environ["VITREOUS"]
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def vitreous(*words: str) -> str:
    return subprocess.run([VITREOUS, *words], capture_output=True, text=True, check=True).stdout


class Schema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.schema = json.loads(vitreous("export", "schema"))
        cls.validator = Draft202012Validator(cls.schema)
        cls.study = tomllib.loads((EXAMPLES / "annamareddy2021" / "surface.toml").read_text())

    def mistakes(self, study: dict) -> list[str]:
        return [error.message for error in self.validator.iter_errors(study)]

    def test_is_a_schema_of_the_draft_that_it_names(self):
        self.assertEqual(self.schema["$schema"], Draft202012Validator.META_SCHEMA["$id"])
        Draft202012Validator.check_schema(self.schema)

    def test_takes_every_study_of_the_examples_and_templates(self):
        texts = [path.read_text() for path in EXAMPLES.rglob("*.toml")]
        texts += [vitreous("new", "--template", name) for name in ("diffusion", "quench")]
        studies = [study for study in map(tomllib.loads, texts) if "stage" in study]
        self.assertEqual(len(studies), 5)
        for study in studies:
            self.assertEqual(self.mistakes(study), [], study["title"])

    def test_takes_every_form_of_a_value(self):
        study = copy.deepcopy(self.study)
        study["stage"][0] |= {"temperature": ["2000 K", "1800 K"], "replicas": "2", "composition": ["Cu50Zr50", "Cu54Zr46"],
                              "observe": [], "save": {"every": "1 ps"}, "pressure": {"from": "0 bar", "to": "2 GPa", "step": "1 GPa"}}
        study["stage"][1]["observe"] = "msd"
        study["defaults"] = {"thermostat": "velocity_rescaling", "gap": "8 A"}
        study["compare"][0]["value"] = 3.1
        self.assertEqual(self.mistakes(study), [])
        for engine in ("lammps", {"kind": "lammps", "pair_style": "eam/alloy", "pair_coeff": ["* * x Cu Zr"], "commands": "neighbor 2.0 bin"}):
            self.assertEqual(self.mistakes(study | {"engine": engine}), [])

    def test_knows_the_keys_and_words_that_the_program_lists(self):
        kinds = re.findall(r"^  (\w+)", vitreous("list", "stages"), flags=re.MULTILINE)
        self.assertEqual(self.schema["$defs"]["stage"]["properties"]["kind"]["enum"], kinds)
        timestep = self.schema["$defs"]["engine"]["properties"]["timestep"]
        self.assertEqual((timestep["default"], "(in ps)" in timestep["description"]), ("1 fs", True))

    def test_refuses_slips(self):
        def stage(**keys):
            return lambda study: study["stage"][0].update(keys)

        slips = [
            lambda study: study.update(scales={}),
            lambda study: study["alloy"].update(atoms=2000.5),
            lambda study: study["alloy"].pop("potential"),
            lambda study: study["engine"].update(timestep=1),
            lambda study: study["engine"].update(precision="single"),
            lambda study: study["stage"][0].pop("name"),
            lambda study: study["fit"][0].pop("law"),
            lambda study: study["fit"][0].update(law="arhenius"),
            lambda study: study["fit"][0].update(breaks=1),
            lambda study: study["scale"]["quick"]["melt"].update(like="liquid"),
            lambda study: study["scale"]["quick"].update(melt={"durration": "1 ps"}),
            stage(kind="holt"), stage(duratoin="2 ns"), stage(temperature=2000), stage(temperature={"from": "1 K", "to": "2 K"}),
            stage(gap="10 A"), stage(schedule=[{"to": "1 K", "rate": "1 K/s"}]), stage(ensemble="npt_"),
            stage(observe=["mds"]), stage(observe=[{"kind": "msd", "rate": "1 1/A"}]), stage(observe=[{"layer": "1 A"}]),
            stage(save={"every": "1 ps", "format": "xyz"}),
        ]
        for k, slip in enumerate(slips):
            study = copy.deepcopy(self.study)
            slip(study)
            self.assertNotEqual(self.mistakes(study), [], f"slip {k}")


if __name__ == "__main__":
    unittest.main()
