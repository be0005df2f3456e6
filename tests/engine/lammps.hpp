// Runs Debian's LAMMPS on a configuration and reads back what it says, as the oracle of forces and
// of the equations of motion.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <stdexcept>

#include "../io/scratch_folder.hpp"
#include "io/fields.hpp"
#include "io/lammps_data.hpp"
#include "io/lammps_log.hpp"
#include "io/safe_file.hpp"
#include "io/setfl.hpp"
#include "potential/eam_tables.hpp"

namespace vitreous::engine::testing {

/// LAMMPS' own constants of units metal (update.cpp): bar in an eV/A^3, and amu A^2/ps^2 in eV.
/// They differ from CODATA 2018 by 8.4e-8 and 6.5e-8.
inline constexpr double lammps_nktv2p = 1.6021765e6;
inline constexpr double lammps_mvv2e = 1.0364269e-4;

struct LammpsRun {
  std::string pair_style = "eam/fs";
  std::string potential = {};       ///< text of the potential file; empty: the tables as eam.fs
  std::string replicate = {};       ///< e.g. "3 3 3"; empty: the box as it is
  std::vector<double> masses = {};  ///< amu; empty: the potential's
  bool velocities = false;          ///< start from those of the atoms
  int steps = 0;                    ///< of velocity Verlet, or most of the minimizer
  double minimize_to = 0.0;         ///< eV/A, largest component of a force; 0: no minimizer
  int sample_every = 0;             ///< steps between samples of the total energy; 0: the ends
  double timestep = 0.001;          ///< ps
};

struct LammpsAnswer {
  double energy = 0.0;               ///< eV, at the end, potential
  math::Mat3 virial;                 ///< eV, of the end
  math::Vectors position;            ///< A, unwrapped, in ascending id, at the end
  math::Vectors force;               ///< eV/A
  std::vector<double> total_energy;  ///< eV, potential and kinetic, of every sample
};

/// The last frame of a dump `id xu yu zu fx fy fz`, sorted by id.
inline void read_dump(const std::string& path, LammpsAnswer& answer) {
  const std::string text = io::read_file(path);
  std::size_t at = text.rfind("ITEM: ATOMS");
  if (at == text.npos) throw std::runtime_error(path + " has no atoms");
  at = text.find('\n', at) + 1;
  while (at < text.size()) {
    const std::size_t end = text.find('\n', at);
    const auto field = io::split_fields(std::string_view(text).substr(at, end - at));
    const auto number = [&](std::size_t k) { return io::to_number(field.at(k)).value(); };
    const std::size_t n = answer.position.size();
    answer.position.resize(n + 1);
    answer.force.resize(n + 1);
    answer.position.set(n, {number(1), number(2), number(3)});
    answer.force.set(n, {number(4), number(5), number(6)});
    at = end + 1;
  }
}

inline void read_thermo(const std::string& path, LammpsAnswer& answer) {
  const auto table = io::read_lammps_log(path).runs.back().thermo;
  const auto column = [&](const std::string& name) {
    for (const auto& c : table.columns)
      if (c.name == name) return std::get<std::vector<double>>(c.values);
    throw std::runtime_error(path + " has no column " + name);
  };
  const auto last = [&](const std::string& name) { return column(name).back(); };
  answer.energy = last("PotEng");
  answer.total_energy = column("TotEng");
  const double to_eV = last("Volume") / lammps_nktv2p;
  const double xx = last("c_vir[1]"), yy = last("c_vir[2]"), zz = last("c_vir[3]");
  const double xy = last("c_vir[4]"), xz = last("c_vir[5]"), yz = last("c_vir[6]");
  answer.virial = math::Mat3{{math::Vec3{xx, xy, xz}, {xy, yy, yz}, {xz, yz, zz}}} * to_eV;
}

inline LammpsAnswer run_lammps(const core::Box& box, const core::Atoms& atoms,
                               const potential::EamTables& tables, const LammpsRun& run) {
  const test::ScratchFolder folder;
  test::put(folder / "start.data", io::to_lammps_data(box, atoms, 0, run.velocities).text);
  test::put(folder / "potential", run.potential.empty() ? io::write_setfl(tables) : run.potential);
  std::string input =
      "units metal\natom_style atomic\nbox tilt large\natom_modify map array\n"
      "read_data start.data\n";
  if (!run.replicate.empty()) input += "replicate " + run.replicate + "\n";
  input += fmt::format("pair_style {}\npair_coeff * * potential", run.pair_style);
  for (const auto& kind : atoms.kinds) input += " " + kind.name;
  input += "\n";
  for (std::size_t k = 0; k < run.masses.size(); ++k)
    input += fmt::format("mass {} {}\n", k + 1, run.masses[k]);
  input += fmt::format(
      "neighbor 1.0 bin\nneigh_modify every 1 delay 0 check yes\ntimestep {}\n"
      "compute vir all pressure NULL virial\nfix nve all nve\n"
      "thermo_style custom step pe etotal vol c_vir[1] c_vir[2] c_vir[3] c_vir[4] c_vir[5] "
      "c_vir[6]\n"
      "thermo_modify norm no format float %.17g\nthermo {}\n"
      "dump all all custom {} final.dump id xu yu zu fx fy fz\n"
      "dump_modify all sort id format float %.17g\n",
      run.timestep, run.sample_every > 0 ? run.sample_every : std::max(run.steps, 1),
      std::max(run.steps, 1));
  input += run.minimize_to > 0.0
               ? fmt::format("min_style fire\nmin_modify norm inf\nminimize 0 {} {} {}\n",
                             run.minimize_to, run.steps, run.steps)
               : fmt::format("run {}\n", run.steps);
  test::put(folder / "in.lammps", input);
  const std::string command =
      fmt::format("cd '{}' && OMP_NUM_THREADS=1 lmp -in in.lammps -log log.lammps > out.txt 2>&1",
                  folder.path());
  if (std::system(command.c_str()) != 0)
    throw std::runtime_error("lmp failed:\n" + io::read_file(folder / "out.txt"));
  LammpsAnswer answer;
  read_dump(folder / "final.dump", answer);
  read_thermo(folder / "log.lammps", answer);
  return answer;
}

}  // namespace vitreous::engine::testing
