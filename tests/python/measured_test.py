#!/usr/bin/python3
"""Values keep their errors and units; what is refused says so; failures of the program are Python's own exceptions."""

import math
import unittest

import vitreous as vt
from vitreous.measured import Quantities


class MeasuredValues(unittest.TestCase):
    def test_print_as_papers_do(self):
        self.assertEqual(str(vt.Measured(0.4371, 0.0082, "eV")), "0.437(8) eV")
        self.assertEqual(str(vt.Measured(5.31e-10, 1.2e-11, "m^2/s")), "5.31(12)e-10 m^2/s")
        self.assertEqual(str(vt.Measured(3.0)), "3")

    def test_change_units_with_their_errors(self):
        D = vt.Measured(1.5, 0.25, "angstrom^2/ps").to("m^2/s")
        self.assertAlmostEqual(D.value, 1.5e-8, delta=1e-22)
        self.assertAlmostEqual(D.standard_error, 0.25e-8, delta=1e-22)
        self.assertEqual(D.unit, "m^2/s")

    def test_of_another_dimension_are_refused_with_words(self):
        with self.assertRaisesRegex(ValueError, "an energy, not a diffusion coefficient"):
            vt.Measured(1.0, 0.1, "eV").to("m^2/s")

    def test_are_read_as_they_are_printed(self):
        for text in ("0.432(7) eV", "0.432 +- 0.007 eV"):
            self.assertEqual(vt.Measured.parse(text), vt.Measured(0.432, 0.007, "eV"))
        self.assertTrue(math.isnan(vt.Measured.parse("700 K").standard_error))


class Failures(unittest.TestCase):
    def test_tell_problem_why_and_what_to_try(self):
        with self.assertRaises(vt.InputError) as raised:
            vt.IntermediateScattering(q="2.7 1/A", max_tim="100 ps")
        error = raised.exception
        self.assertIsInstance(error, ValueError)
        self.assertEqual(error.problem, 'intermediate_scattering has no option "max_tim"')
        self.assertIn("q, ", error.why)
        self.assertEqual(error.tries, ["max_time"])
        self.assertEqual(str(error), f"{error.problem}\n  why: {error.why}\n  try: max_time")

    def test_name_the_file(self):
        with self.assertRaises(vt.InputError) as raised:
            vt.evaluate("no-such-file.data", "kim:MO_600021860456_005")
        self.assertEqual(raised.exception.file, "no-such-file.data")


def told(name: str, value: float | None = 1.0, **more) -> dict:
    return {"name": name, "value": value, "standard_error": 0.1, "unit": "eV", "status": "ok" if value is not None else "refused", **more}


class NamedQuantities(unittest.TestCase):
    def test_print_the_published_value_beside_ours(self):
        theirs = {"value": 0.432, "standard_error": 0.007, "unit": "eV", "source": "Table 1"}
        Q = Quantities([{**told("liquid.Q", 0.437), "standard_error": 0.008, "reference": theirs, "pull": 0.47}])["liquid.Q"]
        self.assertEqual(str(Q), "0.437(8) eV | paper 0.432(7) | pull +0.5")
        self.assertEqual(Q.source, "Table 1")

    def test_raise_their_reason_where_they_were_refused(self):
        Q = Quantities([told("Q", None, reason="2 usable points, 3 needed")])["Q"]
        self.assertEqual(str(Q), "refused: 2 usable points, 3 needed")
        for ask in (lambda: Q.value, lambda: Q.standard_error, lambda: Q.to("eV"), lambda: float(Q)):
            with self.assertRaisesRegex(vt.Refused, "2 usable points, 3 needed"):
                ask()

    def test_of_one_name_are_told_apart_by_where_they_were_had(self):
        D = Quantities([told("D", T, where=f"temperature = {T:g} K, replica = 1") for T in (1000.0, 900.0)])
        self.assertEqual(D.quantity("D", temperature="900 K").value, 900.0)
        self.assertEqual(D["D", "temperature = 1000 K, replica = 1"].value, 1000.0)
        self.assertEqual(len(D.all("D")), 2)
        with self.assertRaisesRegex(KeyError, "several have this name"):
            D["D"]
        with self.assertRaisesRegex(KeyError, "did you mean D"):
            D["d"]


if __name__ == "__main__":
    unittest.main()
