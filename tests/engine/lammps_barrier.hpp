// Asks Debian's LAMMPS for a barrier by its own nudged elastic band.
#pragma once

#include "lammps.hpp"

namespace vitreous::engine::testing {

struct LammpsBarrier {
  double forward = 0.0, reverse = 0.0;  ///< eV
};

/// `replicas` counts the ends; each is a process, and the highest climbs.
inline LammpsBarrier lammps_barrier(const core::Box& box, const core::Atoms& before,
                                    const core::Atoms& after, const potential::EamTables& tables,
                                    int replicas) {
  const test::ScratchFolder folder;
  test::put(folder / "before.data", io::to_lammps_data(box, before, 0, false).text);
  test::put(folder / "potential", io::write_setfl(tables));
  std::string last = fmt::format("{}\n", after.size());
  for (std::size_t i = 0; i < after.size(); ++i)
    last += fmt::format("{} {:.17g} {:.17g} {:.17g}\n", after.id[i], after.position.x[i],
                        after.position.y[i], after.position.z[i]);
  test::put(folder / "after.txt", last);
  std::string input =
      "units metal\natom_style atomic\natom_modify map array\nread_data before.data\n"
      "pair_style eam/fs\npair_coeff * * potential";
  for (const auto& kind : before.kinds) input += " " + kind.name;
  input +=
      "\ntimestep 0.002\nfix band all neb 1.0\nmin_style fire\n"
      "thermo_modify format float %.17g\nneb 0.0 0.001 3000 3000 100 final after.txt\n";
  test::put(folder / "in.lammps", input);
  const std::string command = fmt::format(
      "cd '{}' && OMP_NUM_THREADS=1 OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 "
      "mpirun -np {} --oversubscribe lmp -partition {}x1 -in in.lammps -log log.lammps "
      "-plog none -pscreen none > out.txt 2>&1",
      folder.path(), replicas, replicas);
  if (std::system(command.c_str()) != 0)
    throw std::runtime_error("lmp failed:\n" + io::read_file(folder / "out.txt"));
  const std::string log = io::read_file(folder / "log.lammps");
  const std::size_t end = log.find_last_not_of('\n') + 1, begin = log.rfind('\n', end - 1) + 1;
  const auto field = io::split_fields(std::string_view(log).substr(begin, end - begin));
  // Step MaxReplicaForce MaxAtomForce GradV0 GradV1 GradVc EBF EBR ...
  return {io::to_number(field.at(6)).value(), io::to_number(field.at(7)).value()};
}

}  // namespace vitreous::engine::testing
