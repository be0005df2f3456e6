// Runs LAMMPS as a yardstick: the same configuration, ensemble and step, one process on one core.
#pragma once

#include <string>

#include "core/atoms.hpp"
#include "core/box.hpp"
#include "engine/protocol.hpp"
#include "potential/eam_tables.hpp"

namespace vitreous::cli {

class LammpsTiming {
 public:
  /// Writes the configuration and the potential (as eam/fs) to a folder of its own. Throws RunError
  /// where `program` does not run or knows no eam/fs.
  LammpsTiming(std::string program, const core::Box& box, const core::Atoms& atoms,
               const potential::EamTables& tables, const engine::Protocol& protocol);
  ~LammpsTiming();
  LammpsTiming(const LammpsTiming&) = delete;
  LammpsTiming& operator=(const LammpsTiming&) = delete;

  /// Takes the skin (A) with which a short run takes least; returns it.
  double find_best_skin(int steps);
  /// Processor time of the step loop of one run (us per atom and step).
  double run(int steps) const;

  const std::string& pair_style() const { return pair_style_; }

 private:
  std::string input(int steps) const;

  std::string program_, folder_, pair_style_, elements_, fix_;
  std::size_t atoms_;
  double timestep_, skin_ = 1.0;
};

}  // namespace vitreous::cli
