// The seam between whatever moves atoms and whatever computes their forces.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/archive.hpp"
#include "core/atoms.hpp"
#include "core/box.hpp"

namespace vitreous::engine {

/// What an evaluation must yield beside the forces.
struct Want {
  bool energy = false;
  bool virial = false;
  bool energy_per_atom = false;  ///< implies energy
};

struct ForceResult {
  math::Vectors force;                  ///< eV/A, in the order of the atoms
  double energy = 0.0;                  ///< eV; only where wanted
  math::Mat3 virial;                    ///< sum over pairs of r (x) f, eV; only where wanted
  std::vector<double> energy_per_atom;  ///< eV; only where wanted
};

/// Forces of a configuration. Implementations keep a neighbor list between calls: the result's bits
/// depend on the list's reference (see `transfer`), not on the number of threads.
class Forces {
 public:
  virtual ~Forces() = default;

  /// Throws RunError where a position or a force is not finite (naming the atom by id).
  virtual void evaluate(const core::Box& box, const core::Atoms& atoms, Want want,
                        ForceResult& result) = 0;

  /// Energy and virial in double precision, for people and records; `result.force` may hold
  /// anything. Never changes what a later `evaluate` yields. By default the loop's own arithmetic
  /// is taken for precise enough.
  virtual void measure(const core::Box& box, const core::Atoms& atoms, ForceResult& result) {
    evaluate(box, atoms, {.energy = true, .virial = true}, result);
  }

  /// The box and positions of the last list build: restoring them restores the list, hence the
  /// bits.
  virtual void transfer(core::Archive& archive) = 0;
  /// Forgets the list: the next evaluation builds it anew.
  virtual void reset() = 0;
  /// The cutoff of the interaction (A).
  virtual double cutoff() const = 0;
  /// For people and for the record of a branch: "reference (double), skin 1.0 A".
  virtual std::string description() const = 0;
  /// Wall time spent so far by part of the work ("density", "force", "list"), for benchmarks; empty
  /// where it is not counted.
  virtual std::map<std::string, double> seconds() const { return {}; }
};

/// Makes forces of one form and system, an object a call, for work that needs several at once.
using ForcesMaker = std::function<std::unique_ptr<Forces>()>;

}  // namespace vitreous::engine
