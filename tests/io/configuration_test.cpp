#include "io/configuration.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "base/constants.hpp"
#include "base/random.hpp"
#include "expect_message.hpp"
#include "io/extended_xyz.hpp"
#include "io/lammps_data.hpp"
#include "scratch_folder.hpp"

namespace vitreous::io {
namespace {

using test::input_error;
using test::put;
using test::ScratchFolder;
using testing::HasSubstr;

const math::Mat3 triclinic{{math::Vec3{10, 0, 0}, math::Vec3{1.5, 9, 0}, math::Vec3{-2, 0.7, 8}}};
const math::Mat3 general{{math::Vec3{9, 1, 2}, math::Vec3{-1, 8, 3}, math::Vec3{0.5, -2, 10}}};

/// Atoms in and around a box, in ascending but not consecutive ids.
core::Atoms random_atoms(const core::Box& box, std::size_t n) {
  core::Atoms atoms;
  atoms.kinds = {{"Cu", 63.546}, {"Zr", 91.224}};
  atoms.resize(n);
  base::RandomStream random(1, "configuration test");
  for (std::size_t i = 0; i < n; ++i) {
    atoms.id[i] = static_cast<std::int64_t>(3 * i + 2);
    atoms.species[i] = static_cast<std::int32_t>(random.below(2));
    atoms.position.set(i, box.cartesian({3 * random.uniform() - 1, 3 * random.uniform() - 1,
                                         3 * random.uniform() - 1}));
    atoms.velocity.set(i, {random.normal(), random.normal(), random.normal()});
  }
  return atoms;
}

void expect_same_vectors(const math::Vectors& a, const math::Vectors& b, double tolerance) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i)
    EXPECT_LE(math::norm(a[i] - b[i]), tolerance) << "atom " << i;
}

TEST(ExtendedXyz, ReadsBackTheBitsThatWereWritten) {
  const ScratchFolder folder;
  const core::Box box(general, {0.1, -0.2, 0.3});
  const core::Atoms atoms = random_atoms(box, 20);
  ExtendedXyzFields fields;
  fields.step = 1234567890123;
  fields.time = 0.1 + 0.2;
  fields.velocities = true;
  fields.force = &atoms.velocity;
  fields.energy = -4.5;
  fields.virial = general;
  fields.stress = true;
  put(folder / "a.extxyz", to_extended_xyz(box, atoms, fields));
  const Configuration c = read_configuration(folder / "a.extxyz");
  EXPECT_EQ(c.step, *fields.step);
  EXPECT_EQ(c.time, fields.time);
  EXPECT_TRUE(c.has_velocities);
  EXPECT_TRUE(c.is_unwrapped);
  EXPECT_EQ(c.box.cell(), box.cell());
  EXPECT_EQ(c.box.origin(), box.origin());
  EXPECT_EQ(c.atoms.id, atoms.id);
  EXPECT_EQ(c.atoms.species, atoms.species);
  EXPECT_EQ(c.atoms.kinds.at(1).mass, 91.224);
  expect_same_vectors(c.atoms.position, atoms.position, 0.0);
  expect_same_vectors(c.atoms.velocity, atoms.velocity, 0.0);
}

TEST(ExtendedXyz, StressIsMinusVirialOverVolume) {
  const core::Box box = core::Box::orthogonal(2, 2, 2);
  core::Atoms atoms = random_atoms(box, 1);
  ExtendedXyzFields fields;
  fields.virial = math::Mat3::diagonal(8, 16, 24);
  fields.stress = true;
  EXPECT_THAT(to_extended_xyz(box, atoms, fields),
              HasSubstr("stress=\"-1 -0 -0 -0 -2 -0 -0 -0 -3\""));
}

TEST(ExtendedXyz, ReadsWhatAseWrites) {
  const ScratchFolder folder;
  put(folder / "ase.xyz",
      "2\n"
      "Lattice=\"4.0 0.0 0.0 0.0 5.0 0.0 0.0 0.0 6.0\" "
      "Properties=species:S:1:pos:R:3:momenta:R:3:forces:R:3 "
      "energy=-3.5 name='two words' flag pbc=\"T T T\"\n"
      "Zr       0.50000000       1.00000000       1.50000000  91.224 0 0  0 0 0\r\n"
      "Cu       1.00000000       2.00000000       3.00000000  0 63.546 0  0 0 0\n");
  const Configuration c = read_configuration(folder / "ase.xyz");
  ASSERT_EQ(c.atoms.size(), 2u);
  EXPECT_EQ(c.box.cell(), math::Mat3::diagonal(4, 5, 6));
  EXPECT_EQ(c.atoms.kinds[static_cast<std::size_t>(c.atoms.species[0])].name, "Zr");
  // 0.5 m v^2 in eV with v in ASE's unit: one unit is sqrt(eV/amu).
  const double unit = std::sqrt(1.0 / base::mv2_to_eV);
  EXPECT_NEAR(c.atoms.velocity.x[0], unit, 1e-12 * unit);
  EXPECT_NEAR(c.atoms.velocity.y[1], unit, 1e-12 * unit);
}

TEST(ExtendedXyz, ReadsAtomicNumbers) {
  const ScratchFolder folder;
  put(folder / "z.xyz", "1\nLattice=\"4 0 0 0 5 0 0 0 6\" Properties=Z:I:1:pos:R:3\n40 1 2 3\n");
  EXPECT_EQ(read_configuration(folder / "z.xyz").atoms.kinds.at(0).name, "Zr");
}

TEST(ExtendedXyz, EachFaultIsNamedWithItsLine) {
  const ScratchFolder folder;
  const std::string head = "2\nLattice=\"4 0 0 0 5 0 0 0 6\" Properties=species:S:1:pos:R:3 ";
  const std::string atoms = "\nCu 0 0 0\nZr 1 1 1\n";
  const auto message = [&](const std::string& text) {
    put(folder / "x.xyz", text);
    return input_error([&] { read_configuration(folder / "x.xyz"); });
  };
  EXPECT_THAT(message(head + "pbc=\"T T F\"" + atoms),
              testing::AllOf(HasSubstr("x.xyz:2: pbc=\"T T F\""), HasSubstr("try: add vacuum"),
                             HasSubstr("pbc=\"T T T\"")));
  EXPECT_THAT(message("2\nProperties=species:S:1:pos:R:3" + atoms),
              HasSubstr("x.xyz:2: has no Lattice"));
  EXPECT_THAT(message("2\nLattice=\"4 0 0 0 5 0\"" + atoms), HasSubstr("is not nine numbers"));
  EXPECT_THAT(message("2\nLattice=\"4 0 0 0 5 0 0 0 -6\"" + atoms),
              HasSubstr("no positive, finite volume"));
  EXPECT_THAT(message("2\nLattice=\"4 0 0 0 5 0 0 0 6" + atoms),
              HasSubstr("a quote is not closed"));
  EXPECT_THAT(message("2\nLattice=\"4 0 0 0 5 0 0 0 6\" Properties=species:S:1" + atoms),
              HasSubstr("no pos:R:3"));
  EXPECT_THAT(message("2\nLattice=\"4 0 0 0 5 0 0 0 6\" Properties=pos:R:2" + atoms),
              HasSubstr("expected pos:R:3"));
  EXPECT_THAT(message(head + "\nCu 0 0 0\nZr 1 nan 1\n"),
              HasSubstr("x.xyz:4: not a finite number"));
  EXPECT_THAT(message(head + "\nCu 0 0 0\nZr 1 1\n"),
              HasSubstr("x.xyz:4: 3 columns, but Properties names 4"));
  EXPECT_THAT(message(head + "\nCu 0 0 0\nXx 1 1 1\n"), HasSubstr("\"Xx\" is not an element"));
  EXPECT_THAT(message(head + "\nCu 0 0 0\n"),
              HasSubstr("it ends within the frame that starts at line 1"));
  EXPECT_THAT(message(""), HasSubstr("holds no frames that can be read"));
  EXPECT_THAT(message(std::string("\0\1\2", 3)), HasSubstr("is not a text file"));
}

TEST(LammpsData, ReadsBackWhatWasWritten) {
  const ScratchFolder folder;
  for (const auto& cell : {math::Mat3::diagonal(10, 11, 12), triclinic}) {
    const core::Box box(cell, {-1, 2, 3});
    const core::Atoms atoms = random_atoms(box, 30);
    const LammpsDataText written = to_lammps_data(box, atoms, 500, true);
    EXPECT_EQ(written.note, "");
    put(folder / "a.data", written.text);
    const Configuration c = read_configuration(folder / "a.data");
    EXPECT_EQ(c.step, 500);
    EXPECT_TRUE(c.is_unwrapped);
    EXPECT_EQ(c.atoms.id, atoms.id);
    EXPECT_EQ(c.atoms.species, atoms.species);
    EXPECT_EQ(c.atoms.kinds.at(0).name, "Cu");
    EXPECT_LT(math::norm(c.box.cell().column[2] - cell.column[2]), 1e-14);
    expect_same_vectors(c.atoms.position, atoms.position, 1e-13);
    expect_same_vectors(c.atoms.velocity, atoms.velocity, 0.0);
  }
}

TEST(LammpsData, AGeneralBoxIsTurnedAsAWhole) {
  const ScratchFolder folder;
  const core::Box box(general, {1, 2, 3});
  const core::Atoms atoms = random_atoms(box, 30);
  const LammpsDataText written = to_lammps_data(box, atoms, 0, true);
  EXPECT_THAT(written.note, HasSubstr("turned as a whole"));
  put(folder / "a.data", written.text);
  const Configuration c = read_configuration(folder / "a.data");
  EXPECT_TRUE(c.box.is_lower_triangular());
  EXPECT_NEAR(c.box.volume(), box.volume(), 1e-10);
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j)
      EXPECT_NEAR(math::norm(c.atoms.position[i] - c.atoms.position[j]),
                  math::norm(atoms.position[i] - atoms.position[j]), 1e-11);
    EXPECT_LT(math::norm(c.box.fractional(c.atoms.position[i]) - box.fractional(atoms.position[i])),
              1e-12);
    EXPECT_NEAR(math::norm(c.atoms.velocity[i]), math::norm(atoms.velocity[i]), 1e-13);
  }
}

const std::string data_head =
    "title\n\n2 atoms\n2 atom types\n\n0 4 xlo xhi\n0 5 ylo yhi # a comment\n0 6 zlo zhi\n\n";

TEST(LammpsData, ElementsComeFromMassesWhereTheyAreUnambiguous) {
  const ScratchFolder folder;
  put(folder / "a.data",
      data_head + "Masses\n\n1 63.55\n2 91.22\n\nAtoms\n\n2 1 1 1 1\n1 2 0 0 0 1 0 -1\n");
  const Configuration c = read_configuration(folder / "a.data");
  EXPECT_EQ(c.atoms.kinds.at(0).name, "Cu");
  EXPECT_EQ(c.atoms.kinds.at(0).mass, 63.55);
  EXPECT_EQ(c.atoms.species, (std::vector<std::int32_t>{1, 0}));
  EXPECT_EQ(c.atoms.position[0], (math::Vec3{4, 0, -6}));
  EXPECT_FALSE(c.has_velocities);
}

TEST(LammpsData, UnitsRealAreConverted) {
  const ScratchFolder folder;
  put(folder / "a.data",
      "LAMMPS data file via write_data, version 1, timestep = 7, units = real\n" +
          data_head.substr(6) +
          "Masses\n\n1 63.546 # Cu\n2 91.224 # Zr\n\nAtoms # charge\n\n1 1 0.5 1 1 1\n2 2 "
          "-0.5 0 0 0\n\n"
          "Velocities\n\n2 0.001 0 0\n1 0 0.002 0\n");
  const Configuration c = read_configuration(folder / "a.data");
  EXPECT_EQ(c.step, 7);
  EXPECT_DOUBLE_EQ(c.atoms.velocity.x[1], 1.0);
  EXPECT_DOUBLE_EQ(c.atoms.velocity.y[0], 2.0);
}

TEST(LammpsData, EachFaultIsNamedWithItsLine) {
  const ScratchFolder folder;
  const std::string masses = "Masses\n\n1 63.546 # Cu\n2 91.224 # Zr\n\n";
  const auto message = [&](const std::string& text) {
    put(folder / "x.data", text);
    return input_error([&] { read_configuration(folder / "x.data"); });
  };
  EXPECT_THAT(message(data_head + masses + "Atoms\n\n1 1 0 0 0\n"),
              HasSubstr("x.data:17: Atoms ends after 1 of 2 lines"));
  EXPECT_THAT(message(data_head + masses + "Atoms\n\n1 1 0 0 0\n1 2 1 1 1\n"),
              HasSubstr("atom id 1 occurs twice"));
  EXPECT_THAT(message(data_head + masses + "Atoms\n\n1 3 0 0 0\n2 2 1 1 1\n"),
              HasSubstr("type 3 of 2"));
  EXPECT_THAT(message(data_head + masses + "Atoms # sphere\n\n"),
              HasSubstr("atom style \"sphere\" is not read"));
  EXPECT_THAT(message(data_head + masses + "Atoms\n\n1 1 0 0 0\n2 2 1 1 1\n3 1 0 0 0\n"),
              HasSubstr("a line behind the end of its section"));
  EXPECT_THAT(message(data_head + masses), HasSubstr("ends without an Atoms section"));
  EXPECT_THAT(message(data_head + "Atoms\n\n1 1 0 0 0\n2 2 1 1 1\n"),
              testing::AllOf(HasSubstr("the elements are not known"), HasSubstr("types 1, 2"),
                             HasSubstr("--species")));
  EXPECT_THAT(message(data_head + "Masses\n\n1 50\n2 0\n"), HasSubstr("a mass must be positive"));
  EXPECT_THAT(message("t\n\n2 atoms\n1 atom types\n0 4 xlo xhi\n0 5 ylo yhi\n\nMasses\n"),
              HasSubstr("no zlo zhi"));
  EXPECT_THAT(message("t, units = lj\n\n2 atoms\n"), HasSubstr("units lj are not read"));
}

TEST(Configuration, NoPrefixOfAGoodFileCrashes) {
  const ScratchFolder folder;
  const core::Box box(triclinic);
  const core::Atoms atoms = random_atoms(box, 4);
  ExtendedXyzFields fields;
  fields.velocities = true;
  fields.step = 5;
  for (const std::string& text :
       {to_extended_xyz(box, atoms, fields), to_lammps_data(box, atoms, 5, true).text}) {
    std::size_t refused = 0;
    for (std::size_t length = 0; length < text.size(); ++length) {
      put(folder / "p", text.substr(0, length));
      try {
        EXPECT_EQ(read_configuration(folder / "p").atoms.size(), 4u);
      } catch (const base::InputError&) {
        ++refused;
      }
    }
    EXPECT_GT(refused, text.size() / 2);
  }
}

}  // namespace
}  // namespace vitreous::io
