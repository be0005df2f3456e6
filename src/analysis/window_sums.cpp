#include "analysis/window_sums.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace vitreous::analysis {

WindowSums::WindowSums(std::size_t atoms, std::size_t frames_a_part)
    : frames_a_part_(frames_a_part), ids_(atoms), first_(atoms), sum_(atoms), square_(atoms) {}

void WindowSums::add(const core::Atoms& atoms, const math::Vec3& across) {
  const bool fresh = frames_ == 0 && parts() == 0;
  if (fresh && atoms.id.size() == ids_.size()) ids_ = atoms.id;
  if (atoms.id != ids_)
    throw base::RunError("the atoms changed while time windows of their positions were observed");
  if (frames_ == 0) {
    first_ = atoms.position;
    sum_.fill(0.0);
    std::fill(square_.begin(), square_.end(), 0.0);
  }
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    const double x = atoms.position.x[i] - first_.x[i], y = atoms.position.y[i] - first_.y[i],
                 z = atoms.position.z[i] - first_.z[i];
    sum_.x[i] += x;
    sum_.y[i] += y;
    sum_.z[i] += z;
    const double left_out = across.x * x + across.y * y + across.z * z;
    square_[i] += x * x + y * y + z * z - left_out * left_out;
  }
  if (++frames_ == static_cast<std::int64_t>(frames_a_part_)) finish_part(across);
}

void WindowSums::finish_part(const math::Vec3& across) {
  const double share = 1.0 / static_cast<double>(frames_);
  std::vector<float> part;
  part.reserve(floats_a_part * ids_.size());
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    const math::Vec3 shift = sum_[i] * share, mean = first_[i] + shift;
    const double left_out = math::dot(across, shift);
    const double variance = square_[i] * share - (math::norm2(shift) - left_out * left_out);
    for (const double value : {mean.x, mean.y, mean.z, variance})
      part.push_back(static_cast<float>(value));
  }
  grown_.append(part);
  frames_ = 0;
}

void WindowSums::for_each_atom(const Visit& visit) const {
  constexpr std::size_t memory = 16777216;  // bytes
  const std::size_t parts = this->parts(), atoms = ids_.size();
  if (parts == 0) return;
  const std::size_t width =
      std::clamp<std::size_t>(memory / (parts * floats_a_part * sizeof(float)), 1, atoms);
  std::vector<float> numbers(parts * width * floats_a_part);
  std::vector<WindowStatistics> of_atom(parts);
  for (std::size_t begin = 0; begin < atoms; begin += width) {
    const std::size_t count = std::min(width, atoms - begin);
    for (std::size_t part = 0; part < parts; ++part)
      grown_.read((part * atoms + begin) * floats_a_part,
                  std::span(numbers).subspan(part * width * floats_a_part, count * floats_a_part));
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t part = 0; part < parts; ++part) {
        const float* n = &numbers[(part * width + i) * floats_a_part];
        of_atom[part] = {{n[0], n[1], n[2]}, n[3]};
      }
      visit(begin + i, of_atom);
    }
  }
}

void WindowSums::transfer(core::Archive& archive) {
  const std::size_t atoms = ids_.size();
  archive.transfer("ids", ids_);
  archive.transfer("frames", frames_);
  archive.transfer("first", first_);
  archive.transfer("sum", sum_);
  archive.transfer("square", square_);
  grown_.transfer(archive, "parts");
  if (ids_.size() != atoms || first_.size() != atoms || sum_.size() != atoms ||
      square_.size() != atoms || grown_.size() % (floats_a_part * atoms) != 0)
    throw base::RunError("the saved time windows are of other atoms");
}

}  // namespace vitreous::analysis
