#include "neighbor/list_reference.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/error.hpp"
#include "core/atom_loops.hpp"

namespace vitreous::neighbor {
namespace {

using math::Vec3;

/// Distance of F from the identity (Frobenius norm, an upper bound of the operator norm).
double distance_from_identity(const math::Mat3& deformation) {
  double sum = 0.0;
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      sum += std::pow(deformation(i, j) - (i == j ? 1.0 : 0.0), 2);
  return std::sqrt(sum);
}

}  // namespace

bool ListReference::holds(const core::Box& box, const core::Atoms& atoms) const {
  if (!is_set_ || position_.size() != atoms.size()) return false;
  const math::Mat3 deformation = box.cell() * math::inverse(box_.cell());
  const double room = (1.0 - distance_from_identity(deformation)) * reach() - cutoff_;
  if (room <= 0.0) return false;
  const double most2 = 0.25 * room * room;
  // Written so that NaN asks for a build, which names the atom.
  if (box.cell() == box_.cell() && box.origin() == box_.origin()) {
    return core::all_atoms(atoms.size(), [&](base::Range range) {
      for (std::size_t i = range.begin; i < range.end; ++i)
        if (!(math::norm2(atoms.position[i] - position_[i]) <= most2)) return false;
      return true;
    });
  }
  return core::all_atoms(atoms.size(), [&](base::Range range) {
    for (std::size_t i = range.begin; i < range.end; ++i) {
      const Vec3 affine = box.origin() + deformation * (position_[i] - box_.origin());
      if (!(math::norm2(atoms.position[i] - affine) <= most2)) return false;
    }
    return true;
  });
}

void ListReference::set(const core::Box& box, const core::Atoms& atoms) {
  for (std::size_t i = 0; i < atoms.size(); ++i)
    if (!std::isfinite(math::norm2(atoms.position[i])))
      throw base::RunError(
          fmt::format("the position of atom {} is not a finite number", atoms.id[i]));
  box_ = box;
  position_ = atoms.position;
  is_set_ = true;
}

void ListReference::transfer(core::Archive& archive) {
  archive.transfer("built", is_set_);
  archive.transfer("box", box_);
  archive.transfer("position", position_);
}

}  // namespace vitreous::neighbor
