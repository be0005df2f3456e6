#include "core/archive.hpp"

#include <bit>

namespace vitreous::core {

void Archive::transfer(std::string_view key, bool& value) {
  std::int64_t stored = value ? 1 : 0;
  transfer(key, stored);
  value = stored != 0;
}

void Archive::transfer(std::string_view key, std::uint64_t& value) {
  auto stored = std::bit_cast<std::int64_t>(value);
  transfer(key, stored);
  value = std::bit_cast<std::uint64_t>(stored);
}

void Archive::transfer(std::string_view key, math::Vec3& value) {
  std::vector<double> stored = {value.x, value.y, value.z};
  transfer(key, stored);
  value = {stored.at(0), stored.at(1), stored.at(2)};
}

void Archive::transfer(std::string_view key, math::Mat3& value) {
  std::vector<double> stored;
  for (const auto& c : value.column) stored.insert(stored.end(), {c.x, c.y, c.z});
  transfer(key, stored);
  for (std::size_t k = 0; k < 3; ++k)
    value.column[k] = {stored.at(3 * k), stored.at(3 * k + 1), stored.at(3 * k + 2)};
}

void Archive::transfer(std::string_view key, math::Vectors& values) {
  const Group group(*this, key);
  transfer("x", values.x);
  transfer("y", values.y);
  transfer("z", values.z);
}

void Archive::transfer(std::string_view key, Box& box) {
  const Group group(*this, key);
  Mat3 cell = box.cell();
  Vec3 origin = box.origin();
  transfer("cell", cell);
  transfer("origin", origin);
  if (loading()) box = Box(cell, origin);
}

void Archive::transfer(std::string_view key, Atoms& atoms) {
  const Group group(*this, key);
  auto count = static_cast<std::int64_t>(atoms.kinds.size());
  transfer("kinds", count);
  atoms.kinds.resize(static_cast<std::size_t>(count));
  for (std::size_t k = 0; k < atoms.kinds.size(); ++k) {
    const Group kind(*this, "kind" + std::to_string(k));
    transfer("name", atoms.kinds[k].name);
    transfer("mass", atoms.kinds[k].mass);
  }
  transfer("id", atoms.id);
  transfer("species", atoms.species);
  transfer("position", atoms.position);
  transfer("velocity", atoms.velocity);
}

void Archive::transfer(std::string_view key, base::RandomStream& stream) {
  const Group group(*this, key);
  base::RandomStream::State state = stream.state();
  transfer("key", state.key);
  transfer("position", state.position);
  transfer("spare_normal", state.spare_normal);
  transfer("has_spare", state.has_spare);
  if (loading()) stream.set_state(state);
}

}  // namespace vitreous::core
