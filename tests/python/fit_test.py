#!/usr/bin/python3
"""Fits from Python: the same from files, tables in memory and arrays; as numpy's least squares have them; errors and refusals with their reasons."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
import pandas

import vitreous as vt

KB = 8.617333262e-5  # eV/K
T = np.array([2000.0, 1800.0, 1600.0, 1400.0, 1200.0, 1000.0])
NOISE = 0.05 * np.array([0.4, -1.1, 0.7, 0.2, -0.9, 0.8])
D = np.exp(-16.36 - 0.432 / (KB * T) + NOISE)
D_SE = 0.05 * D


def by_least_squares() -> tuple[np.ndarray, np.ndarray]:
    """Q and ln D0, and their covariance, of the points with known relative errors."""
    design = np.column_stack([-1.0 / (KB * T), np.ones_like(T)])
    return np.linalg.lstsq(design, np.log(D), rcond=None)[0], np.linalg.inv(design.T @ design) * 0.05**2


class FitOfALaw(unittest.TestCase):
    def setUp(self):
        self.fit = vt.fit.arrhenius({"T": (T, "K"), "D": (D, "m^2/s", D_SE)})

    def test_is_that_of_least_squares(self):
        (Q, ln_D0), covariance = by_least_squares()
        self.assertAlmostEqual(self.fit.Q.value, Q, places=9)
        self.assertAlmostEqual(self.fit.ln_D0.value, ln_D0, places=9)
        self.assertEqual(self.fit.Q.unit, "eV")
        self.assertEqual(self.fit.covariance_of, ["Q", "ln_D0"])
        self.assertAlmostEqual(self.fit.Q.standard_error, np.sqrt(self.fit.covariance[0, 0]), places=7)
        np.testing.assert_allclose(self.fit.covariance, covariance, rtol=1e-4)

    def test_predicts_with_the_error_of_its_covariance(self):
        (Q, ln_D0), covariance = by_least_squares()
        at = np.array([-1.0 / (KB * 900.0), 1.0])
        predicted = self.fit.predict("900 K")
        self.assertAlmostEqual(np.log(predicted.value), at @ (Q, ln_D0), places=8)
        self.assertAlmostEqual(predicted.standard_error / predicted.value, np.sqrt(at @ covariance @ at), places=6)
        self.assertEqual(predicted.unit, "m^2/s")
        self.assertEqual(self.fit.predict([900, "1000 K"])[0], predicted)
        with self.assertRaisesRegex(vt.InputError, "absolute zero"):
            self.fit.predict("-300 degC")
        with self.assertRaisesRegex(vt.InputError, "not a temperature"):
            self.fit.predict("900 ps")

    def test_is_the_same_from_files_and_dataframes(self):
        frame = pandas.DataFrame({"temperature_K": T, "D_m2_per_s": D, "D_m2_per_s_se": D_SE})
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "D.csv"
            frame.to_csv(file, index=False)
            of_file = vt.fit.arrhenius(file)
        for other in (of_file, vt.fit.arrhenius(frame), vt.fit.arrhenius({"T_K": T, "D (cm^2/s)": 1e4 * D, "D_se (cm^2/s)": 1e4 * D_SE})):
            self.assertAlmostEqual(other.Q.value, self.fit.Q.value, places=12)
            self.assertAlmostEqual(other.Q.standard_error, self.fit.Q.standard_error, places=12)

    def test_takes_the_rows_that_are_asked_for(self):
        frame = pandas.DataFrame({"T_K": np.tile(T, 2), "species": ["Cu"] * 6 + ["Zr"] * 6, "D_m2_per_s": [*D, *(0.5 * D)]})
        zr = vt.fit.arrhenius(frame, where={"species": "Zr", "temperature": ("1200 K", None)})
        self.assertEqual(zr.how["n"], "5")
        np.testing.assert_allclose(zr.points["temperature"], T[:5])
        with self.assertRaisesRegex(vt.InputError, "holds several: Cu, Zr") as raised:
            vt.fit.arrhenius(frame)
        self.assertEqual(raised.exception.file, "the table")
        self.assertEqual(raised.exception.tries, ['where={"species": "Cu"}'])

    def test_that_the_points_do_not_support_is_refused(self):
        fit = vt.fit.arrhenius({"T": (T[:2], "K"), "D": (D[:2], "m^2/s")})
        for ask in (lambda: fit.Q.value, lambda: fit.covariance, lambda: fit.predict("900 K"), lambda: fit.curve):
            with self.assertRaisesRegex(vt.Refused, "2 usable points, 3 needed"):
                ask()

    def test_shows_curve_and_points(self):
        self.assertEqual(len(self.fit.curve), 101)
        np.testing.assert_allclose(self.fit.points["residual_ln"].sum(), 0.0, atol=1e-9)

    def test_says_what_is_wrong_with_a_table(self):
        with self.assertRaisesRegex(vt.InputError, "differ in length"):
            vt.fit.arrhenius({"T_K": T, "D_m2_per_s": D[1:]})
        with self.assertRaisesRegex(vt.InputError, "no column \"D\""):
            vt.fit.arrhenius({"T_K": T, "E_eV": D})
        with self.assertRaisesRegex(vt.InputError, "has no option \"wieghts\""):
            vt.fit.arrhenius({"T_K": T, "D_m2_per_s": D}, wieghts="none")


class LawsOfTheProgram(unittest.TestCase):
    def test_each_is_a_function_that_tells_formula_options_and_source(self):
        declared = vt.fit._core.law_declarations()
        self.assertGreater(len(declared), 7)
        for law in declared:
            described = getattr(vt.fit, law["name"]).__doc__
            for words in (law["one_line"], law["formula"].splitlines()[0], law["source"], *(option["name"] for option in law["options"])):
                self.assertIn(words, described)

    def test_a_decay_of_another_x_is_predicted_in_its_unit(self):
        t = np.geomspace(0.1, 50.0, 40)
        random = np.random.default_rng(2)
        F = np.exp(-((t / 7.0) ** 0.6)) + 1e-3 * random.standard_normal(len(t))
        fit = vt.fit.stretched_exponential({"time": (t, "ps"), "F": (F, "1", np.full_like(t, 1e-3))})
        predicted = fit.predict("7 ps")
        self.assertLess(abs(predicted.value - np.exp(-1.0)), 5 * predicted.standard_error)
        self.assertEqual(fit.predict("7000 fs"), predicted)


if __name__ == "__main__":
    unittest.main()
