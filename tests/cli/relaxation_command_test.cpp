// `vitreous relaxation` as its users meet it: tables in, values with errors and figures out, one
// clear message for each mistake.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <numbers>

#include "base/constants.hpp"
#include "base/random.hpp"
#include "cli/run_command.hpp"
#include "io/scratch_folder.hpp"
#include "models/relaxation/indentation.hpp"
#include "models/relaxation/relaxation_spectrum.hpp"

namespace vitreous::cli {
namespace {

using test::vitreous_command;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr double pi = std::numbers::pi;

/// 0.6 eV with a prefactor of 1e13/s, at the given frequencies.
std::string spectra_csv(const std::vector<double>& frequencies, const char* header) {
  std::string csv = std::string(header) + "\n";
  base::RandomStream random(51, "test: spectra");
  for (const double f : frequencies) {
    const double peak = 0.6 / base::boltzmann / std::log(1e13 / (2.0 * pi * f));
    for (double T = 190.0; T <= 340.0; T += 1.0) {
      const double x = std::exp(0.6 / base::boltzmann * (1.0 / T - 1.0 / peak));
      const double loss = models::complex_modulus_at({60.0, 2.0, 0.3}, x).imag();
      csv += fmt::format("{},{},{}\n", T, f, 1e3 * loss + 200.0 + 2.0 * random.normal());
    }
  }
  return csv;
}

std::string series_csv(double loss, int runs) {
  std::string csv = "run,time_ps,strain_%,stress (MPa)\n";
  base::RandomStream random(52, "test: series");
  for (int run = 1; run <= runs; ++run)
    for (int k = 0; k < 200; ++k) {
      const double t = 40.0 * k, p = 2.0 * pi * 1e-3 * t;
      const double stress = 160.0 * std::sin(p) + 10.0 * loss * std::cos(p);
      csv += fmt::format("{},{},{},{}\n", run, t, std::sin(p), stress + random.normal());
    }
  return csv;
}

std::string curve_csv(double strength) {
  std::string csv = "t (ms);P (µN);h (nm)\n";
  std::vector<double> time, load;
  for (int k = 0; k <= 400; ++k) {
    const double t = 15e-3 * k / 400.0;
    time.push_back(t);
    load.push_back(500e-6 * std::min({t / 5e-3, 1.0, std::max(3.0 - t / 5e-3, 0.0)}));
  }
  const auto depth = models::contact_depth({70e9, strength, 0.7e-3}, 5e-6, time, load);
  base::RandomStream random(53, "test: indentation");
  for (std::size_t k = 0; k < time.size(); ++k)
    csv += fmt::format("{};{};{}\n", 1e3 * time[k], 1e6 * load[k],
                       1e9 * depth[k] + 0.02 * random.normal());
  return csv;
}

class RelaxationCommand : public testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& text) {
    test::put(folder_ / name, text);
    return folder_ / name;
  }
  std::string spectra(const std::vector<double>& frequencies = {1, 2, 4, 8, 16},
                      const char* header = "T (K),f (Hz),E'' (MPa)") {
    return write("spectra.csv", spectra_csv(frequencies, header));
  }
  bool there(const std::string& name) { return std::filesystem::exists(folder_ / name); }

  test::ScratchFolder folder_;
};

nlohmann::json quantity_called(const std::string& json, const std::string& name) {
  const auto results = nlohmann::json::parse(json);
  for (const auto& q : results["quantities"])
    if (q["name"] == name) return q;
  throw std::out_of_range("no quantity " + name + " in " + json);
}

TEST_F(RelaxationCommand, PeaksGiveTheActivationEnergyTheyWereMadeWith) {
  const auto run = vitreous_command({"relaxation", "peaks", spectra(), "--json", "--at", "293K"});
  ASSERT_EQ(run.status, 0) << run.err;
  const auto E = quantity_called(run.out, "E"), tau = quantity_called(run.out, "log10_tau");
  EXPECT_NEAR(E["value"].get<double>(), 0.6, 3.0 * E["standard_error"].get<double>());
  EXPECT_LT(E["standard_error"].get<double>(), 0.02);
  const double expected = -13.0 + 0.6 / (base::boltzmann * 293.0 * std::log(10.0));
  EXPECT_NEAR(tau["value"].get<double>(), expected, 3.0 * tau["standard_error"].get<double>());
  EXPECT_THAT(run.err, AllOf(HasSubstr("E'' (MPa)"), HasSubstr("next: vitreous relaxation peaks")));
}

TEST_F(RelaxationCommand, PeaksWriteTablesFiguresAndTheBranchOfTheMap) {
  const auto run = vitreous_command({"relaxation", "peaks", spectra(), "--out", folder_ / "peaks"});
  ASSERT_EQ(run.status, 0) << run.err;
  for (const char* name : {"peaks.csv", "spectra.csv", "peak_line.csv", "peaks.json", "peaks.svg",
                           "peaks.png", "branch.toml"})
    EXPECT_TRUE(there(std::string("peaks/") + name)) << name;
  EXPECT_THAT(run.out, HasSubstr("background line"));
  EXPECT_THAT(run.err, HasSubstr("next: vitreous relaxation map --parameters"));
}

TEST_F(RelaxationCommand, OneFrequencyHasAPeakButNoEnergy) {
  const auto run = vitreous_command({"relaxation", "peaks", spectra({1.0}), "--json"});
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(quantity_called(run.out, "T_peak")["status"], "ok");
  EXPECT_EQ(quantity_called(run.out, "E")["status"], "refused");
  EXPECT_THAT(run.out, HasSubstr("1 frequency, 3 needed"));
}

TEST_F(RelaxationCommand, APeakAtTheEdgeIsRefused) {
  const auto run = vitreous_command({"relaxation", "peaks", spectra(), "--to", "250K"});
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out, HasSubstr("the peak is at the edge"));
  EXPECT_THAT(run.err, HasSubstr("--from"));
}

TEST_F(RelaxationCommand, PeaksTellMistakesOfTheTable) {
  const auto message = [&](const std::string& file, std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"relaxation", "peaks", file};
    words.insert(words.end(), more.begin(), more.end());
    const auto run = vitreous_command(words);
    EXPECT_EQ(run.status, 2);
    return run.err;
  };
  EXPECT_THAT(message(write("a.csv", "T_K,frequency_Hz\n1,2\n")),
              HasSubstr("there is no column \"loss_modulus\""));
  EXPECT_THAT(message(write("b.csv", "T_K,loss_modulus_MPa\n200,2\n")),
              HasSubstr("there is no column \"frequency\""));
  EXPECT_THAT(message(write("c.csv", "T_K,f_Hz,loss_modulus_MPa\n200,-2,3\n")),
              AllOf(HasSubstr("c.csv:2: f_Hz: a frequency of -2"), HasSubstr("positive")));
  EXPECT_THAT(message(write("d.csv", "T_K,f_s,loss_modulus_MPa\n200,2,3\n")),
              HasSubstr("the frequency is a rate"));
  EXPECT_THAT(message(spectra(), {"--background", "cubic"}), HasSubstr("none, line and exp"));
  EXPECT_THAT(message(spectra(), {"--from", "300K", "--to", "200K"}), HasSubstr("is empty"));
  EXPECT_THAT(message(spectra(), {"--from", "3 ps"}), HasSubstr("--from"));
}

TEST_F(RelaxationCommand, ASeriesGivesItsModuli) {
  const auto file = write("series.csv", series_csv(0.6, 5));
  const auto run = vitreous_command(
      {"relaxation", "modulus", file, "--frequency", "1GHz", "--json", "--out", folder_ / "m"});
  ASSERT_EQ(run.status, 0) << run.err;
  const auto storage = quantity_called(run.out, "storage_modulus"),
             loss = quantity_called(run.out, "loss_modulus");
  EXPECT_NEAR(storage["value"].get<double>(), 16.0, 3.0 * storage["standard_error"].get<double>());
  EXPECT_NEAR(loss["value"].get<double>(), 0.6, 3.0 * loss["standard_error"].get<double>());
  EXPECT_EQ(loss["where"], "frequency=1 GHz");
  EXPECT_THAT(run.err, HasSubstr("column 'run': tells runs apart"));
  for (const char* name : {"moduli.csv", "cycle.csv", "moduli.json", "moduli.png"})
    EXPECT_TRUE(there(std::string("m/") + name)) << name;
}

TEST_F(RelaxationCommand, ANegativeLossIsSaid) {
  const auto run = vitreous_command(
      {"relaxation", "modulus", write("s.csv", series_csv(-0.6, 5)), "--frequency", "1GHz"});
  EXPECT_THAT(run.out, HasSubstr("check the sign of the stress"));
}

TEST_F(RelaxationCommand, ModulusTellsMistakesOfTheTable) {
  const auto message = [&](const std::string& text, std::vector<std::string> more) {
    std::vector<std::string> words = {"relaxation", "modulus", write("x.csv", text)};
    words.insert(words.end(), more.begin(), more.end());
    const auto run = vitreous_command(words);
    EXPECT_EQ(run.status, 2);
    return run.err;
  };
  EXPECT_THAT(message(series_csv(0.6, 1), {}), HasSubstr("there is no column \"frequency\""));
  EXPECT_THAT(message(series_csv(0.6, 1), {"--frequency", "-1GHz"}), HasSubstr("not positive"));
  EXPECT_THAT(message(series_csv(0.6, 1), {"--frequency", "0.1GHz"}), HasSubstr("whole cycles"));
  EXPECT_THAT(message("time_ps,strain\n0,0\n", {"--frequency", "1GHz"}), HasSubstr("\"stress\""));
  // Two runs without a column that tells them apart.
  std::string twice = "time_ps,strain,stress_GPa\n0,0,0\n1,0.1,1\n0,0,0\n1,0.1,1\n";
  EXPECT_THAT(message(twice, {"--frequency", "1GHz"}), HasSubstr("numbers the runs"));
}

TEST_F(RelaxationCommand, IndentationGivesTimeAndViscosity) {
  const auto file = write("curve.csv", curve_csv(0.2));
  const auto run =
      vitreous_command({"relaxation", "indentation", file, "--radius", "5um", "--shear-modulus",
                        "25(2) GPa", "--json", "--out", folder_ / "i"});
  ASSERT_EQ(run.status, 0) << run.err;
  const auto tau = quantity_called(run.out, "tau"), eta = quantity_called(run.out, "eta");
  EXPECT_EQ(tau["unit"], "ms");
  EXPECT_NEAR(tau["value"].get<double>(), 0.7, 4.0 * tau["standard_error"].get<double>());
  EXPECT_NEAR(eta["value"].get<double>() / tau["value"].get<double>(), 25e9 * 1e-3, 1.0);
  EXPECT_GT(eta["standard_error"].get<double>() / eta["value"].get<double>(), 0.08);
  EXPECT_THAT(run.err, HasSubstr("samples of unloading are left out"));
  EXPECT_TRUE(there("i/indentation.png"));
}

TEST_F(RelaxationCommand, IndentationRefusesWhatItCannotTell) {
  const auto elastic = vitreous_command(
      {"relaxation", "indentation", write("e.csv", curve_csv(0.0)), "--radius", "5um"});
  EXPECT_EQ(elastic.status, 0);
  EXPECT_THAT(elastic.out, HasSubstr("refused"));
  const auto message = [&](const std::string& text, const std::string& radius) {
    const auto run =
        vitreous_command({"relaxation", "indentation", write("x.csv", text), "--radius", radius});
    EXPECT_EQ(run.status, 2);
    return run.err;
  };
  EXPECT_THAT(message(curve_csv(0.2), "5 s"), HasSubstr("--radius"));
  EXPECT_THAT(message("time_ms,load_uN\n0,0\n", "5um"), HasSubstr("\"depth\""));
  EXPECT_THAT(message("time_ms,load_uN,depth_uN\n0,0,0\n", "5um"), HasSubstr("is a length"));
  std::string unloading = "time_ms,load_uN,depth_nm\n";
  for (int k = 0; k < 20; ++k) unloading += fmt::format("{},{},{}\n", k, 500 - 20 * k, 18 - k / 2);
  EXPECT_THAT(message(unloading, "5um"), HasSubstr("unloading is not taken"));
}

TEST_F(RelaxationCommand, EveryVerbShowsAnExample) {
  for (const char* verb : {"peaks", "modulus", "indentation"})
    EXPECT_THAT(vitreous_command({"relaxation", verb, "--help"}).out,
                HasSubstr(fmt::format("vitreous relaxation {} ", verb)));
}

}  // namespace
}  // namespace vitreous::cli
