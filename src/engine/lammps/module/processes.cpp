// The orders that the first process gives, and how all carry them out.
#include <mpi.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <exception>
#include <stdexcept>
#include <utility>

#include "engine/lammps/module/lammps_errors.hpp"
#include "engine/lammps/module/library_calls.hpp"
#include "engine/lammps/module/packing.hpp"

namespace vitreous::engine {
namespace {

enum class Order : std::int64_t {
  open,
  close,
  command,
  put_atoms,
  take_moment,
  take_energies,
  take_kinetic_energy,
  scale_velocities,
  set_targets,
  take_memory,
  put_memory,
  go_home,
};

/// A failure that all processes meet at once.
bool is_common(const std::exception& error) {
  return dynamic_cast<const std::runtime_error*>(&error) != nullptr;
}

class MpiProcesses : public LammpsProcesses {
 public:
  explicit MpiProcesses(int (*caught)()) : caught_(caught) {
    int started = 0;
    MPI_Initialized(&started);
    owns_mpi_ = started == 0;
    int threads = 0;
    if (owns_mpi_) MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &threads);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
  }
  ~MpiProcesses() override {
    if (size_ == 1) finish();
  }

  int rank() const override { return rank_; }
  int size() const override { return size_; }
  int signal() const override { return signal_; }

  void follow() override {
    Order order = Order::open;
    while (order != Order::go_home) {
      std::vector<char> bytes;
      order = pass_on(order, bytes);
      try {
        carry_out(order, bytes);
      } catch (const std::exception& error) {
        if (!is_common(error)) end_all(error.what());
        calls_.abandon();  // the first process tells
      }
      share_signals();
    }
    end_mpi();
  }

  void finish() override {
    if (!std::exchange(finished_, true)) {
      give(Order::go_home);
      end_mpi();
    }
  }

  void open(const std::vector<std::string>& arguments) override {
    Packed packed;
    for (const auto& argument : arguments) packed.add(argument);
    give(Order::open, packed);
  }
  void close() override { give(Order::close); }
  bool is_open() const override { return calls_.is_open(); }
  int version() const override { return calls_.version(); }
  LammpsConstants constants() const override { return calls_.constants(); }

  void command(const std::string& line) override {
    Packed packed;
    packed.add(line);
    give(Order::command, packed);
  }
  void put_atoms(const LammpsAtoms& atoms) override {
    Packed packed;
    packed.add(atoms.type);
    packed.add(atoms.position);
    packed.add(atoms.velocity);
    give(Order::put_atoms, packed);
  }
  LammpsMoment take_moment() override {
    give(Order::take_moment);
    return std::move(moment_);
  }
  LammpsEnergies take_energies(const LammpsTerms& bath) override {
    Packed packed;
    packed.add(bath.fix);
    packed.add(std::vector<std::int64_t>{bath.first, bath.count});
    give(Order::take_energies, packed);
    return energies_;
  }
  double take_kinetic_energy() override {
    give(Order::take_kinetic_energy);
    return kinetic_;
  }
  void scale_velocities(double factor) override {
    Packed packed;
    packed.add(std::vector<double>{factor});
    give(Order::scale_velocities, packed);
  }
  void set_targets(const std::string& fix, const LammpsTargets& targets) override {
    Packed packed;
    packed.add(fix);
    packed.add(std::vector<LammpsTargets>{targets});
    give(Order::set_targets, packed);
  }
  std::vector<double> take_memory(const std::string& fix) override {
    Packed packed;
    packed.add(fix);
    give(Order::take_memory, packed);
    return std::move(memory_);
  }
  void put_memory(const std::string& fix, const std::vector<double>& memory) override {
    Packed packed;
    packed.add(fix);
    packed.add(memory);
    give(Order::put_memory, packed);
  }

 private:
  /// Has all carry it out, this process too.
  void give(Order order, Packed packed = {}) {
    pass_on(order, packed.bytes());
    std::exception_ptr failure;
    try {
      carry_out(order, packed.bytes());
    } catch (const std::exception& error) {
      if (size_ > 1 && !is_common(error)) end_all(error.what());
      calls_.abandon();
      failure = std::current_exception();
    }
    share_signals();
    if (failure) std::rethrow_exception(failure);
  }

  /// From the first process to all others.
  Order pass_on(Order order, std::vector<char>& bytes) const {
    if (size_ == 1) return order;
    std::array<std::int64_t, 2> head = {static_cast<std::int64_t>(order),
                                        static_cast<std::int64_t>(bytes.size())};
    MPI_Bcast(head.data(), 2, MPI_INT64_T, 0, MPI_COMM_WORLD);
    bytes.resize(static_cast<std::size_t>(head[1]));
    constexpr std::size_t most = 1 << 30;  // a count is an int
    for (std::size_t at = 0; at < bytes.size(); at += most)
      MPI_Bcast(bytes.data() + at, static_cast<int>(std::min(most, bytes.size() - at)), MPI_CHAR, 0,
                MPI_COMM_WORLD);
    return static_cast<Order>(head[0]);
  }

  void share_signals() {
    const int mine = caught_();
    signal_ = mine;
    if (size_ > 1) MPI_Reduce(&mine, &signal_, 1, MPI_INT, MPI_MAX, 0, MPI_COMM_WORLD);
  }

  void carry_out(Order order, const std::vector<char>& bytes) {
    const bool needs_lammps =
        order != Order::open && order != Order::close && order != Order::go_home;
    if (needs_lammps && !calls_.is_open())
      throw std::runtime_error("LAMMPS was closed where it failed");
    Unpacked in(bytes);
    switch (order) {
      case Order::open:
        return open_here(in);
      case Order::close:
        return calls_.close();
      case Order::command:
        return calls_.command(in.text());
      case Order::put_atoms:
        return put_atoms_here(in);
      case Order::take_moment:
        moment_ = calls_.take_moment();
        return;
      case Order::take_energies: {
        LammpsTerms bath{.fix = in.text()};
        const auto range = in.values<std::int64_t>();
        bath.first = range[0], bath.count = range[1];
        energies_ = calls_.take_energies(bath);
        return;
      }
      case Order::take_kinetic_energy:
        kinetic_ = calls_.take_kinetic_energy();
        return;
      case Order::scale_velocities:
        return calls_.scale_velocities(in.values<double>().front());
      case Order::set_targets: {
        const std::string fix = in.text();
        return calls_.set_targets(fix, in.values<LammpsTargets>().front());
      }
      case Order::take_memory:
        memory_ = calls_.take_memory(in.text());
        return;
      case Order::put_memory: {
        const std::string fix = in.text();
        return calls_.put_memory(fix, in.values<double>());
      }
      case Order::go_home:
        return calls_.close();
    }
  }

  void open_here(Unpacked& in) {
    std::vector<std::string> arguments;
    while (!in.at_end()) arguments.push_back(in.text());
    calls_.open(arguments);
  }

  void put_atoms_here(Unpacked& in) {
    LammpsAtoms atoms;
    atoms.type = in.values<std::int32_t>();
    atoms.position = in.values<double>();
    atoms.velocity = in.values<double>();
    calls_.put_atoms(atoms);
  }

  void end_mpi() const {
    if (owns_mpi_) MPI_Finalize();
  }

  int (*caught_)();
  bool owns_mpi_ = false, finished_ = false;
  int rank_ = 0, size_ = 1, signal_ = 0;
  LibraryCalls calls_;
  // what the last order of its kind yielded here
  LammpsMoment moment_;
  LammpsEnergies energies_;
  double kinetic_ = 0.0;
  std::vector<double> memory_;
};

}  // namespace
}  // namespace vitreous::engine

extern "C" __attribute__((visibility("default"))) vitreous::engine::LammpsProcesses*
vitreous_lammps_processes(int (*caught)()) {
  static vitreous::engine::MpiProcesses processes(caught);
  return &processes;
}
