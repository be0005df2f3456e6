#!/usr/bin/python3
"""The report of a run folder: it is made, says what it must, asks nothing of the network, and renders in Chromium."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "python"))
from make_run_folder import (ADATOM_DEPTH, BARRIER, BULK_ICO_LIKE, JUMP_TEMPERATURES, LAYER_TG, PUBLISHED_BARRIER, PUBLISHED_ICO_LIKE, PUBLISHED_TG, TEMPERATURES, UPPER_BOUND, WINDOW_Q1,  # noqa: E402
                             make, write_table)
from vitreous.report.__main__ import main  # noqa: E402
from vitreous.report import dynamics_figures as dynamics  # noqa: E402
from vitreous.report import hop_figures  # noqa: E402
from vitreous.report import jump_figures as jumps  # noqa: E402
from vitreous.report import structure_figures as structure  # noqa: E402
from vitreous.report.figures import diffusion  # noqa: E402
from vitreous.report.published_tables import published_tables  # noqa: E402
from vitreous.report.run_folder import RunFolder  # noqa: E402
from vitreous.report.series import lines_of, series_of  # noqa: E402
from vitreous.report.verdict import in_words, measured  # noqa: E402


class ReportOfAnAnalysis(unittest.TestCase):
    def test_it_tells_what_was_analyzed_and_draws_its_tables(self):
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            write_table(folder / "msd.csv", ["species", "time_ps", "msd_angstrom2", "msd_angstrom2_se"],
                        [["all", t, 6 * t, 0.1] for t in (1, 2, 4)])
            (folder / "results.json").write_text(json.dumps({"complete": True, "quantities": [
                {"name": "D", "value": 1e-8, "standard_error": 2e-9, "unit": "m^2/s", "status": "ok"}]}))
            (folder / "analysis.json").write_text(json.dumps({
                "vitreous": "1.2.3", "files": ["runs/a.dump.zst", "runs/b.dump"], "observe": "msd", "frames": 9, "first_step": 0,
                "last_step": 800, "timestep_ps": 0.002, "atoms": 50, "species": {"Cu": {"atoms": 50, "mass_amu": 63.546}},
                "warnings": ["runs/b.dump: cut"]}))
            sys.argv = ["report", scratch]
            self.assertEqual(main(), 0)
            page = (folder / "report.html").read_text()
            for words in ("a.dump.zst and 1 more", "vitreous 1.2.3", "9, steps 0 to 800, 1.6 ps", "50 Cu", "runs/b.dump: cut",
                          "<code>msd.csv</code>", "1.0(2)"):
                self.assertIn(words, page)
            for words in ("Trust", "published"):
                self.assertNotIn(words, page)
            self.assertTrue((folder / "figures" / "trajectory-msd.svg").is_file())


class ReportOfARun(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = make(Path(cls.scratch.name) / "run")
        sys.argv = ["report", str(cls.folder)]
        assert main() == 0
        cls.page = (cls.folder / "report.html").read_text()

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def test_tells_ours_beside_theirs_and_what_was_refused(self):
        for expected in ("0.430(8) eV", "0.432(7) eV", "liquid.ln_D0", "2 usable points, 3 needed", "shorter than 10 tau_alpha"):
            self.assertIn(expected, self.page)

    def test_escapes_what_a_study_says(self):
        self.assertIn("A test &amp; a title", self.page)
        self.assertIn("a paper &lt;Table 1&gt;", self.page)

    def test_draws_each_table_as_svg_and_png(self):
        for name in ("liquid-arrhenius", "liquid-msd", "liquid-rdf"):
            for suffix in ("svg", "png"):
                self.assertGreater((self.folder / "figures" / f"{name}.{suffix}").stat().st_size, 5000)

    def test_marks_upper_bounds_by_hollow_triangles_that_point_down(self):
        canvas, figure = diffusion(RunFolder.open(str(self.folder)), "liquid")
        marks = [line for line in canvas.axes[0].get_lines() if line.get_marker() in ("o", "v")]
        down = [line for line in marks if line.get_marker() == "v"]
        self.assertEqual([line.get_xydata().tolist() for line in down], [[[1000 / 800, UPPER_BOUND]]])
        self.assertEqual(down[0].get_markerfacecolor(), "white")
        self.assertEqual(len(marks), len(TEMPERATURES) + 1)
        self.assertIn("upper bounds", figure.caption)

    def test_draws_the_dynamics_of_bulk_and_layers_in_the_same_axes(self):
        for name in ("all-diffusion", "all-relaxation", "species-diffusion", "jumps-arrhenius", "jumps-diffusion", "barriers",
                     "glass-cage_jumps_windows", "slab-depth_profile", "slab-icosahedra_by_layer", "glass-voronoi", "glass-bond_order", "glass-traces", "barriers-windows", "all-non_gaussian"):
            self.assertGreater((self.folder / "figures" / f"{name}.png").stat().st_size, 5000, name)
        run = RunFolder.open(str(self.folder))
        canvas, _ = dynamics.all_diffusion(run)
        marks = [line for line in canvas.axes[0].get_lines() if line.get_marker() == "o"]
        self.assertEqual(len(marks), 2 * len(JUMP_TEMPERATURES))
        styles = [line.get_linestyle() for line in canvas.axes[0].get_lines() if line.get_marker() == "None"]
        self.assertEqual(sorted(s for s in styles if s in ("-", "--")), ["-", "-", "--", "--"])

    def test_sets_bulk_and_layer_at_their_own_glass_transitions(self):
        canvas, figure = dynamics.scaled_dynamics(RunFolder.open(str(self.folder)))
        for axes in canvas.axes:
            places = sorted(round(line.get_xdata()[0], 9) for line in axes.get_lines() if line.get_marker() == "o")
            self.assertEqual(places, sorted(round(tg / t, 9) for tg in (PUBLISHED_TG, LAYER_TG) for t in JUMP_TEMPERATURES))
        self.assertIn("all atoms 700 K (as published), outer 2.5 Å 610 K (ours)", figure.caption)

    def test_sets_a_papers_table_out_as_one(self):
        table = self.page[self.page.index("<h2>a paper, Table 2</h2>"):]
        rows = [re.sub(r"<[^>]+>", "|", row) for row in re.findall(r"<tr>(.*?)</tr>", table[:table.index("</table>")])]
        self.assertEqual(len(rows), 2 + 8)  # heads, and four fits of either
        first = [cell for cell in rows[2].split("|") if cell]
        self.assertEqual(first[:2], ["glass_Qtau", "glass.tau_alpha"])
        self.assertEqual(first[2], "1.40(7) eV")
        self.assertEqual(published_tables([]), "")

    def test_knows_whose_quantities_belong_together(self):
        run = RunFolder.open(str(self.folder))
        self.assertEqual([s.atoms for s in series_of(run, "Gamma")], ["all atoms", "outer 2.5 Å"])
        self.assertEqual([p.temperature for p in series_of(run, "D")[1].points], JUMP_TEMPERATURES)
        lines = {(line.name, line.atoms) for line in lines_of(run, "l_squared")}
        self.assertEqual(lines, {("glass_Q2", "all atoms"), ("glass_slab_Q2", "outer 2.5 Å")})
        line = next(line for line in lines_of(run, "Gamma") if line.name == "glass_Q1")
        self.assertEqual((line.coldest, line.hottest), (640.0, 700.0))
        self.assertEqual(line.fitted(), (1.28, 18.1))

    def test_a_slab_is_not_the_bulk(self):
        with tempfile.TemporaryDirectory() as folder:
            path = make(Path(folder))
            for stage, kind, parent in (("glass", "free_surface", "quench/r1"), ("glass_slab", "hold", "glass/700K-r1")):
                (path / stage / "r1").mkdir(parents=True)
                (path / stage / "r1/branch.json").write_text(json.dumps({"id": f"{stage}/700K-r1", "kind": kind, "parent": parent}))
            run = RunFolder.open(str(path))
            self.assertEqual(run.slabs(), {"glass", "glass_slab"})
            self.assertEqual([s.atoms for s in series_of(run, "Gamma")], ["the whole slab", "outer 2.5 Å"])

    def test_draws_inherent_structures_against_temperature(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder)
            (path / "minima").mkdir()
            (path / "minima/inherent_structure.csv").write_text(
                "temperature_K,replica,e_IS_eV_per_atom\n2000,1,-4.84\n2000,2,-4.86\n300,1,-4.90\n300,2,-4.88\n")
            means = [{"name": "minima.e_IS", "value": value, "standard_error": error, "where": f"temperature = {T}K"}
                     for T, value, error in ((2000, -4.85, 0.01), (300, -4.89, None))]
            (path / "results.json").write_text(json.dumps({"quantities": means}))
            canvas, figure = structure.inherent_structures(RunFolder.open(folder), "minima")
            each, line = canvas.axes[0].get_lines()[:2]
            self.assertEqual(len(each.get_xdata()), 4)
            self.assertEqual((list(line.get_xdata()), list(line.get_ydata())), ([300, 2000], [-4.89, -4.85]))
            self.assertIn("inherent structures", figure.caption)

    def test_draws_a_slab_against_depth_with_the_depth_of_adatoms(self):
        canvas, figure = structure.depth_profile(RunFolder.open(str(self.folder)), "slab")
        density, coordination = canvas.axes
        levels = [line.get_xdata()[0] for line in density.get_lines() if line.get_linestyle() == ":"]
        self.assertEqual(levels, [ADATOM_DEPTH])
        self.assertEqual(len(coordination.containers), 2)
        self.assertIn("adatoms", figure.caption)
        self.assertEqual(canvas.axes[1].get_legend().get_title().get_text(), "slab 700 K")

    def test_layers_stand_beside_the_bulk_at_the_same_temperature(self):
        canvas, figure = structure.icosahedra_by_layer(RunFolder.open(str(self.folder)), "slab")
        levels = {line.get_linestyle(): line.get_ydata()[0] for line in canvas.axes[0].get_lines() if line.get_linestyle() in (":", "--")}
        self.assertEqual(levels, {":": BULK_ICO_LIKE, "--": PUBLISHED_ICO_LIKE})
        self.assertIn("Dotted: glass", figure.caption)
        points = [tuple(line.get_xdata()) for line in canvas.axes[0].get_lines() if line.get_marker() == "o"]
        self.assertEqual(points, [(1.25, 3.75, 6.25, 8.75, 11.25)] * 2)

    def test_shows_the_commonest_indices_of_each_element(self):
        canvas, _ = structure.voronoi_indices(RunFolder.open(str(self.folder)), "glass")
        self.assertEqual(len(canvas.axes), 2)
        labels = [label.get_text() for label in canvas.axes[0].get_yticklabels()]
        self.assertEqual(labels, [f"<0,{k},8,2>" for k in range(13, 3, -1)])

    def test_draws_the_sixfold_order_of_the_coldest_glass(self):
        canvas, _ = structure.sixfold_order(RunFolder.open(str(self.folder)), "glass")
        curves = [line.get_ydata() for line in canvas.axes[0].get_lines() if len(line.get_xdata()) == 50]
        self.assertEqual([list(curve) for curve in curves], [[7.0 + k for k in range(50)]] * 2)

    def test_draws_hops_with_their_barriers_beside_the_published_one(self):
        run = RunFolder.open(str(self.folder))
        canvas, figure = hop_figures.barriers(run)
        levels = {line.get_linestyle(): line.get_xdata()[0] for line in canvas.axes[0].get_lines()}
        self.assertEqual(levels, {":": BARRIER, "--": PUBLISHED_BARRIER})
        self.assertEqual([[round(edge, 9) for edge in stairs.get_data().edges] for stairs in canvas.axes[0].patches], [[0, 0.05, 0.1]] * 2)
        self.assertIn("as published", figure.caption)
        canvas, _ = hop_figures.energy_changes(run)
        density, edges, _ = canvas.axes[0].patches[0].get_data()
        self.assertAlmostEqual((density * np.diff(edges)).sum(), 1)
        canvas, _ = hop_figures.coordination_map(run)
        shares = canvas.axes[0].collections[0].get_array()
        self.assertEqual(sorted(shares.compressed().tolist()), [0.25, 0.75])
        canvas, _ = hop_figures.energy_in_time(run)
        self.assertAlmostEqual(np.ptp(canvas.axes[0].get_lines()[0].get_ydata()), 19)

    def test_fits_barriers_for_windows_of_every_length(self):
        canvas, _ = jumps.barriers_by_window(RunFolder.open(str(self.folder)))
        labels = [text.get_text() for text in canvas.axes[0].get_legend().get_texts()]
        self.assertEqual(labels, ["$Q_D$, all atoms", "$Q_1$, all atoms", "$Q_2$, all atoms"])
        rates = canvas.axes[0].containers[1].lines[0].get_xydata()
        self.assertEqual([x for x, _ in rates], list(WINDOW_Q1))
        for (_, fitted), true in zip(rates, WINDOW_Q1.values()):
            self.assertAlmostEqual(fitted, true, places=9)

    def test_draws_no_windows_where_no_rate_is_known(self):
        with tempfile.TemporaryDirectory() as folder:
            run = make(Path(folder))
            table = run / "glass/cage_jumps_rates.csv"
            rows = [line.split(",") for line in table.read_text().splitlines()]
            write_table(table, rows[0], [row[:7] + [""] * 8 for row in rows[1:]])
            self.assertEqual(list(jumps.windows(RunFolder.open(str(run)), "glass")), [])
            self.assertIsNone(jumps.barriers_by_window(RunFolder.open(str(run))))

    def test_draws_fits_through_the_points_that_they_are_of(self):
        canvas, _ = dynamics.all_relaxation(RunFolder.open(str(self.folder)))
        lines = canvas.axes[0].get_lines()
        marks = sorted(tuple(line.get_xydata()[0]) for line in lines if line.get_marker() == "o")
        ends = sorted(tuple(line.get_xydata()[at]) for line in lines if line.get_linestyle() == "-" for at in (0, -1))
        for end in ends:
            x, y = min(marks, key=lambda point: abs(point[0] - end[0]) + abs(np.log(point[1] / end[1])))
            self.assertAlmostEqual(x, end[0], places=9)
            self.assertAlmostEqual(y / end[1], 1.0, places=6)
        self.assertEqual(len(ends), 4)

    def test_compares_heterogeneity_at_the_glass_transition_in_units_of_the_relaxation_time(self):
        canvas, _ = dynamics.heterogeneity(RunFolder.open(str(self.folder)))
        curves = {line.get_label(): line.get_xydata() for line in canvas.axes[0].get_lines()}
        self.assertEqual(list(curves), ["all atoms, 700 K", "outer 2.5 Å, 640 K"])  # nearest to their T_g
        for curve in curves.values():  # the peaks were put there
            self.assertAlmostEqual(curve[curve[:, 1].argmax(), 0], 1.0, places=6)

    def test_draws_traces_at_the_ends_of_a_stages_temperatures(self):
        canvas, _ = jumps.traces(RunFolder.open(str(self.folder)), "glass")
        titles = [axes.get_legend().get_title().get_text() for axes in canvas.axes]
        self.assertEqual(titles, ["glass 700 K", "glass 640 K"])
        self.assertEqual([text.get_text() for text in canvas.axes[0].get_legend().get_texts()], ["Cu 3", "Cu 17"])

    def test_a_barrier_stands_beside_those_of_the_same_atoms(self):
        canvas, _ = jumps.barriers(RunFolder.open(str(self.folder)))
        bars = {(round(float(line.get_xdata()[0])), round(float(line.get_ydata()[0]), 2)) for line in canvas.axes[0].get_lines()
                if line.get_marker() == "o"}
        self.assertEqual(bars, {(0, 0.93), (0, 0.7), (0, 0.23), (1, 1.4), (1, 1.28), (1, 0.12)})

    def test_says_which_atoms_a_curve_is_of(self):
        self.assertIn("Mean-square displacement of all atoms;", self.page)
        self.assertIn("Mean-square displacement of 458.4 atoms in the outer 2.5 A of both faces;", self.page)

    def test_draws_no_diffusion_where_every_value_was_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            run = make(Path(folder))
            write_table(run / "liquid/diffusion.csv", ["temperature_K", "species", "D_m2_per_s", "state"], [[700, "all", "", "refused"]])
            self.assertIsNone(diffusion(RunFolder.open(str(run)), "liquid"))

    def test_asks_nothing_of_the_network(self):
        links = re.findall(r'(?:src|href)="([^"]*)"', self.page)
        self.assertTrue(links)
        self.assertTrue(all(link.startswith("data:") for link in links), links)
        self.assertNotIn("<script", self.page)

    def test_renders_in_chromium_without_console_errors(self):
        browser = shutil.which("chromium")
        if browser is None:
            self.skipTest("chromium is not installed")
        shot = self.folder / "page.png"
        done = subprocess.run([browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0",
                               "--window-size=1100,3000", f"--screenshot={shot}", f"file://{self.folder}/report.html"],
                              capture_output=True, text=True, timeout=120, env={**os.environ, "HOME": self.scratch.name})
        self.assertTrue(shot.is_file(), done.stderr)
        self.assertGreater(shot.stat().st_size, 50_000)
        self.assertNotIn("CONSOLE", done.stderr)

    def test_a_folder_without_results_is_refused(self):
        sys.argv = ["report", self.scratch.name]
        self.assertEqual(main(), 2)


class WhatAValueLooksLike(unittest.TestCase):
    def test_digits_of_the_error_decide_the_digits_of_the_value(self):
        self.assertEqual(measured(0.4371, 0.008, "eV"), "0.437(8) eV")
        self.assertEqual(measured(-16.361, 0.062, "1"), "-16.36(6)")
        self.assertEqual(measured(4.37e-9, 1.2e-10, "m^2/s"), "4.37(12)e-9 m^2/s")
        self.assertEqual(measured(700.0, 10.0, "K"), "700(10) K")
        self.assertEqual(measured(712.0, 300.0, "K"), "700(300) K")

    def test_words_follow_the_pull(self):
        self.assertEqual(in_words({"status": "ok", "pull": 0.5})[0], "good")
        self.assertEqual(in_words({"status": "ok", "pull": -4.0}), ("poor", "differs"))
        self.assertEqual(in_words({"status": "refused", "pull": None})[0], "refused")


if __name__ == "__main__":
    unittest.main()
