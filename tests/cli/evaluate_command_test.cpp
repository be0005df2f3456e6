// `vitreous evaluate` as its user meets it: what it writes, prints and refuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/run_command.hpp"
#include "core/crystal.hpp"
#include "engine/native/reference_forces.hpp"
#include "io/configuration.hpp"
#include "io/extended_xyz.hpp"
#include "io/fields.hpp"
#include "io/lammps_data.hpp"
#include "io/potential_source.hpp"
#include "io/safe_file.hpp"
#include "io/scratch_folder.hpp"
#include "io/setfl.hpp"

namespace vitreous::cli {
namespace {

using test::vitreous_command;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string model = "kim:MO_600021860456_005";

class EvaluateCommand : public testing::Test {
 protected:
  void SetUp() override {
    base::RandomStream random(11, "evaluate command");
    const std::vector<core::Species> kinds = {{"Cu", 63.546}, {"Zr", 91.224}};
    core::Crystal start = core::supercell(core::b2_cell(3.3), kinds, 4, 4, 5);
    for (std::size_t i = 0; i < start.atoms.size(); ++i)
      start.atoms.position.add(i, {0.1 * random.normal(), 0.1 * random.normal(), 0.0});
    math::Mat3 tilt = math::Mat3::identity();
    tilt(0, 1) = 0.2;
    for (std::size_t i = 0; i < start.atoms.size(); ++i)
      start.atoms.position.set(i, tilt * start.atoms.position[i]);
    box_ = core::Box(tilt * start.box.cell());
    atoms_ = start.atoms;
    test::put(folder_ / "start.data", io::to_lammps_data(box_, atoms_, 0, false).text);
  }

  test::ScratchFolder folder_;
  core::Box box_;
  core::Atoms atoms_;
};

/// The key=value pairs of the second line, and the numbers of every further one.
struct Written {
  std::map<std::string, std::string> header;
  std::vector<std::vector<double>> rows;  ///< x y z fx fy fz
};
Written read_back(const std::string& path) {
  const std::string text = io::read_file(path);
  Written out;
  std::size_t at = 0;
  for (int line = 0; at < text.size(); ++line) {
    const std::size_t end = text.find('\n', at);
    const std::string row = text.substr(at, end - at);
    at = end + 1;
    if (line == 1) out.header = io::parse_pairs(row);
    if (line < 2) continue;
    std::vector<double> numbers;
    const auto fields = io::split_fields(row);
    for (std::size_t k = 2; k < fields.size(); ++k)
      numbers.push_back(io::to_number(fields[k]).value());
    out.rows.push_back(numbers);
  }
  return out;
}
std::vector<double> numbers_of(const std::string& text) {
  std::vector<double> out;
  for (const auto field : io::split_fields(text)) out.push_back(io::to_number(field).value());
  return out;
}

TEST_F(EvaluateCommand, WritesTheReferenceForcesWithEveryDigit) {
  const auto done = vitreous_command({"evaluate", folder_ / "start.data", "--potential", model,
                                      "--out", folder_ / "forces.extxyz"});
  ASSERT_EQ(done.status, 0) << done.err;
  const auto read = io::read_configuration(folder_ / "start.data");
  engine::ReferenceForces forces({io::read_potential(model), {"Cu", "Zr"}}, 0.0);
  engine::ForceResult expected;
  forces.evaluate(read.box, read.atoms, {.energy = true, .virial = true}, expected);

  const Written written = read_back(folder_ / "forces.extxyz");
  EXPECT_THAT(written.header.at("Properties"), HasSubstr("species:S:1:pos:R:3:forces:R:3"));
  EXPECT_EQ(io::to_number(written.header.at("energy")), expected.energy);
  ASSERT_EQ(written.rows.size(), atoms_.size());
  for (std::size_t i = 0; i < atoms_.size(); ++i) {
    EXPECT_EQ(written.rows[i][3], expected.force.x[i]);
    EXPECT_EQ(written.rows[i][4], expected.force.y[i]);
    EXPECT_EQ(written.rows[i][5], expected.force.z[i]);
  }
  const auto virial = numbers_of(written.header.at("virial"));
  const auto stress = numbers_of(written.header.at("stress"));
  for (std::size_t k = 0; k < 9; ++k) {
    EXPECT_EQ(virial[k], expected.virial.column[k / 3][k % 3]);
    EXPECT_NEAR(stress[k], -virial[k] / read.box.volume(), 1e-15);
  }
  EXPECT_THAT(done.out, HasSubstr("virial alone"));
  EXPECT_THAT(done.err, HasSubstr("next: vitreous show"));
}

TEST_F(EvaluateCommand, ForcesAreTheSlopeOfTheEnergyItReports) {
  const auto energy = [&](double step) {
    core::Atoms moved = atoms_;
    moved.position.x[3] += step;
    test::put(folder_ / "moved.data", io::to_lammps_data(box_, moved, 0, false).text);
    const auto done = vitreous_command({"evaluate", folder_ / "moved.data", "--potential", model,
                                        "--out", folder_ / "moved.extxyz", "--json"});
    return nlohmann::json::parse(done.out)["energy_eV"].get<double>();
  };
  const double h = 1e-3, slope = (energy(h) - energy(-h)) / (2 * h);
  energy(0.0);
  EXPECT_NEAR(read_back(folder_ / "moved.extxyz").rows[3][3], -slope, 2e-4);
}

TEST_F(EvaluateCommand, JsonHoldsTheSameNumbers) {
  const auto done = vitreous_command({"evaluate", folder_ / "start.data", "--potential", model,
                                      "--out", folder_ / "forces.extxyz", "--json"});
  EXPECT_EQ(done.out, io::read_file(folder_ / "forces.json"));
  const auto json = nlohmann::json::parse(done.out);
  EXPECT_EQ(json["atoms"], atoms_.size());
  EXPECT_EQ(json["species"]["Zr"], atoms_.count(1));
  const Written written = read_back(folder_ / "forces.extxyz");
  EXPECT_EQ(io::to_number(written.header.at("energy")), json["energy_eV"].get<double>());
  double trace = 0.0;
  for (std::size_t k = 0; k < 3; ++k)
    trace += json["virial_pressure_eV_per_angstrom3"][k][k].get<double>();
  EXPECT_NEAR(json["mean_virial_pressure_GPa"].get<double>(), trace / 3 * 160.2176634, 1e-9);
}

TEST_F(EvaluateCommand, ReadsTheFirstFrameOfADump) {
  test::put(folder_ / "one.dump",
            "ITEM: TIMESTEP\n500\nITEM: NUMBER OF ATOMS\n2\nITEM: BOX BOUNDS pp pp pp\n0 12\n0 12\n"
            "0 12\nITEM: ATOMS id type x y z\n9 2 3.0 3 3\n4 1 0.5 3 3\n");
  const auto silent = vitreous_command(
      {"evaluate", folder_ / "one.dump", "--potential", model, "--out", folder_ / "one.extxyz"});
  EXPECT_EQ(silent.status, 2);
  EXPECT_THAT(silent.err, AllOf(HasSubstr("types 1, 2"), HasSubstr("--species Cu,Zr")));
  const auto done =
      vitreous_command({"evaluate", folder_ / "one.dump", "--potential", model, "--species",
                        "Cu,Zr", "--out", folder_ / "one.extxyz", "--json"});
  ASSERT_EQ(done.status, 0) << done.err;
  EXPECT_EQ(nlohmann::json::parse(done.out)["step"], 500);
  const Written written = read_back(folder_ / "one.extxyz");
  ASSERT_EQ(written.rows.size(), 2u);
  EXPECT_EQ(written.rows[0][0], 0.5);  // ascending id
  EXPECT_EQ(written.rows[0][3], -written.rows[1][3]);
  EXPECT_FALSE(written.header.contains("unwrapped"));  // the dump does not say so either
}

TEST_F(EvaluateCommand, NamesTheElementsOfAPotentialThatLacksOne) {
  const auto done =
      vitreous_command({"evaluate", folder_ / "start.data", "--potential",
                        "kim:MO_338600200739_000", "--out", folder_ / "forces.extxyz"});
  EXPECT_EQ(done.status, 2);
  EXPECT_THAT(done.err, AllOf(HasSubstr("has no element \"Cu\""), HasSubstr("Al, Sm")));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "forces.extxyz"));
}

TEST_F(EvaluateCommand, RefusesATruncatedSetflByFileAndLine) {
  const std::string text = io::write_setfl(io::read_potential(model));
  const std::string half = text.substr(0, text.size() / 2);
  test::put(folder_ / "half.eam.fs", half);
  const auto done = vitreous_command({"evaluate", folder_ / "start.data", "--potential",
                                      folder_ / "half.eam.fs", "--out", folder_ / "f.extxyz"});
  EXPECT_EQ(done.status, 2);
  const auto lines = 1 + std::count(half.begin(), half.end(), '\n');
  EXPECT_THAT(done.err, AllOf(HasSubstr("half.eam.fs:" + std::to_string(lines) + ":"),
                              HasSubstr("the file ends here")));
}

TEST_F(EvaluateCommand, NamesAtomsAtTheSamePlace) {
  atoms_.position.set(12, atoms_.position[30] + box_.translation(0, 1, 0));
  test::put(folder_ / "twins.data", io::to_lammps_data(box_, atoms_, 0, false).text);
  const auto done = vitreous_command({"evaluate", folder_ / "twins.data", "--potential", model,
                                      "--out", folder_ / "forces.extxyz"});
  EXPECT_EQ(done.status, 2);
  EXPECT_THAT(done.err, AllOf(HasSubstr("twins.data"), HasSubstr("13"), HasSubstr("31"),
                              HasSubstr("at the same place")));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "forces.extxyz"));
}

TEST_F(EvaluateCommand, NeverOverwritesItsInput) {
  const std::string before = io::read_file(folder_ / "start.data");
  for (const auto& out : {folder_ / "start.data", folder_ / "x.json"})
    EXPECT_EQ(
        vitreous_command({"evaluate", folder_ / "start.data", "--potential", model, "--out", out})
            .status,
        2);
  EXPECT_EQ(io::read_file(folder_ / "start.data"), before);
}

}  // namespace
}  // namespace vitreous::cli
