#include "engine/lammps/module/library_calls.hpp"

#include <mpi.h>
// after mpi.h: what lets library.h declare lammps_open
#define LAMMPS_LIB_MPI
#include <lammps/fix.h>
#include <lammps/lammps.h>
#include <lammps/library.h>
#include <lammps/modify.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>

namespace vitreous::engine {
namespace {

/// Library functions want what they do not change to be changeable.
char* words(const char* text) { return const_cast<char*>(text); }

double global_number(void* lammps, const char* name) {
  const void* value = lammps_extract_global(lammps, name);
  if (!value) throw std::runtime_error(std::string("LAMMPS tells no constant ") + name);
  return *static_cast<const double*>(value);
}

/// A LAMMPS that was built to throw keeps its errors to itself until it is asked.
void require_no_error(void* lammps) {
  if (!lammps_config_has_exceptions() || !lammps_has_error(lammps)) return;
  char text[1000] = "";
  lammps_get_last_error_message(lammps, text, sizeof text);
  throw std::runtime_error(std::string("LAMMPS: ") + text);
}

LAMMPS_NS::Fix& fix_called(void* lammps, const std::string& id) {
  LAMMPS_NS::Modify* modify = static_cast<LAMMPS_NS::LAMMPS*>(lammps)->modify;
  const int at = modify->find_fix(id);
  if (at < 0) throw std::runtime_error("LAMMPS has no fix " + id);
  return *modify->fix[at];
}

double fix_term(void* lammps, const std::string& id, int term) {
  const std::unique_ptr<double, decltype(&lammps_free)> value(
      static_cast<double*>(
          lammps_extract_fix(lammps, id.c_str(), LMP_STYLE_GLOBAL, LMP_TYPE_VECTOR, term, 0)),
      lammps_free);
  require_no_error(lammps);
  if (!value) throw std::runtime_error("LAMMPS tells no term of fix " + id);
  return *value;
}

/// Sets what a Nose-Hoover fix reads at every step; false where the fix has no such target.
bool set_target(LAMMPS_NS::Fix& fix, const char* name, std::size_t count, double value) {
  int dimension = 0;
  auto* target = static_cast<double*>(fix.extract(name, dimension));
  for (std::size_t k = 0; target && k < count; ++k) target[k] = value;
  return target != nullptr;
}

}  // namespace

void LibraryCalls::open(const std::vector<std::string>& arguments) {
  std::vector<char*> all = {words("vitreous")};
  for (const auto& argument : arguments) all.push_back(words(argument.c_str()));
  lammps_ = lammps_open(static_cast<int>(all.size()), all.data(), MPI_COMM_WORLD, nullptr);
  if (!lammps_) throw std::runtime_error("LAMMPS does not start with these arguments");
}

void LibraryCalls::close() {
  if (lammps_) lammps_close(lammps_);
  lammps_ = nullptr;
}

int LibraryCalls::version() const { return lammps_version(lammps_); }

LammpsConstants LibraryCalls::constants() const {
  return {global_number(lammps_, "boltz"), global_number(lammps_, "mvv2e"),
          global_number(lammps_, "nktv2p")};
}

void LibraryCalls::command(const std::string& line) {
  lammps_command(lammps_, line.c_str());
  require_no_error(lammps_);
}

void LibraryCalls::put_atoms(const LammpsAtoms& atoms) {
  const auto n = static_cast<int>(atoms.type.size());
  std::vector<int> id(atoms.type.size());
  for (int k = 0; k < n; ++k) id[static_cast<std::size_t>(k)] = k + 1;
  lammps_create_atoms(lammps_, n, id.data(), atoms.type.data(), atoms.position.data(),
                      atoms.velocity.data(), nullptr, 0);
  require_no_error(lammps_);
  if (std::llround(lammps_get_natoms(lammps_)) != n)
    throw std::runtime_error("LAMMPS did not take all atoms");
}

LammpsMoment LibraryCalls::take_moment() {
  const auto n = static_cast<std::size_t>(std::llround(lammps_get_natoms(lammps_)));
  LammpsMoment moment;
  moment.position.resize(3 * n);
  moment.velocity.resize(3 * n);
  moment.image.resize(3 * n);
  lammps_gather_atoms(lammps_, words("x"), 1, 3, moment.position.data());
  lammps_gather_atoms(lammps_, words("v"), 1, 3, moment.velocity.data());
  lammps_gather_atoms(lammps_, words("image"), 0, 3, moment.image.data());
  int periodic[3], box_changes = 0;
  lammps_extract_box(lammps_, moment.low.data(), moment.high.data(), &moment.xy, &moment.yz,
                     &moment.xz, periodic, &box_changes);
  require_no_error(lammps_);
  return moment;
}

LammpsEnergies LibraryCalls::take_energies(const LammpsTerms& bath) {
  LammpsEnergies energies;
  energies.potential = lammps_get_thermo(lammps_, "pe");
  const auto* virial = static_cast<const double*>(
      lammps_extract_compute(lammps_, "vitreous_virial", LMP_STYLE_GLOBAL, LMP_TYPE_VECTOR));
  require_no_error(lammps_);
  if (!virial) throw std::runtime_error("LAMMPS tells no virial");
  std::copy(virial, virial + 6, energies.virial_pressure.begin());
  for (std::int64_t k = bath.first; k < bath.first + bath.count; ++k)
    energies.bath.push_back(fix_term(lammps_, bath.fix, static_cast<int>(k)));
  return energies;
}

double LibraryCalls::take_kinetic_energy() { return lammps_get_thermo(lammps_, "ke"); }

void LibraryCalls::scale_velocities(double factor) {
  auto** velocity = static_cast<double**>(lammps_extract_atom(lammps_, "v"));
  const int own = lammps_extract_setting(lammps_, "nlocal");
  for (int i = 0; i < own; ++i)
    for (int k = 0; k < 3; ++k) velocity[i][k] *= factor;
}

void LibraryCalls::set_targets(const std::string& id, const LammpsTargets& targets) {
  LAMMPS_NS::Fix& fix = fix_called(lammps_, id);
  set_target(fix, "t_start", 1, targets.temperature_begin);
  set_target(fix, "t_stop", 1, targets.temperature_end);
  set_target(fix, "p_start", 3, targets.pressure_begin);
  set_target(fix, "p_stop", 3, targets.pressure_end);
}

std::vector<double> LibraryCalls::take_memory(const std::string& id) {
  char* text = nullptr;
  std::size_t size = 0;
  std::FILE* file = ::open_memstream(&text, &size);
  if (!file) throw std::runtime_error("no memory for what a fix remembers");
  fix_called(lammps_, id).write_restart(file);
  std::fclose(file);
  const std::unique_ptr<char, decltype(&std::free)> written(text, std::free);
  // A restart file has the length of the numbers in bytes before them.
  std::vector<double> memory;
  if (size < sizeof(int)) return memory;
  memory.resize((size - sizeof(int)) / sizeof(double));
  std::memcpy(memory.data(), text + sizeof(int), memory.size() * sizeof(double));
  return memory;
}

void LibraryCalls::put_memory(const std::string& id, std::vector<double> memory) {
  fix_called(lammps_, id).restart(reinterpret_cast<char*>(memory.data()));
}

}  // namespace vitreous::engine
