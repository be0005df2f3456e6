#include "core/grown.hpp"

#include <algorithm>
#include <bit>

namespace vitreous::core {
namespace {

void transfer_whole(Archive& archive, std::string_view key, std::vector<float>& values) {
  std::vector<std::int32_t> bits;
  for (const float value : values) bits.push_back(std::bit_cast<std::int32_t>(value));
  archive.transfer(key, bits);
  values.clear();
  for (const std::int32_t value : bits) values.push_back(std::bit_cast<float>(value));
}

}  // namespace

void Grown::append(std::span<const float> values) {
  tail_.insert(tail_.end(), values.begin(), values.end());
}

void Grown::read(std::size_t begin, std::span<float> out) const {
  const std::size_t stored = stored_size();
  const std::size_t from_file = begin < stored ? std::min(out.size(), stored - begin) : 0;
  if (from_file > 0) stored_->read(begin, out.first(from_file));
  if (from_file == out.size()) return;
  const auto at = tail_.begin() + static_cast<std::ptrdiff_t>(begin + from_file - stored);
  std::copy_n(at, out.size() - from_file, out.begin() + static_cast<std::ptrdiff_t>(from_file));
}

void Grown::transfer(Archive& archive, std::string_view key) {
  auto* keeper = dynamic_cast<GrownKeeper*>(&archive);
  if (!keeper) return transfer_whole(archive, key, tail_);
  auto length = static_cast<std::int64_t>(size());
  archive.transfer(key, length);
  if (archive.loading())
    stored_ = length > 0 ? keeper->kept(key, static_cast<std::size_t>(length)) : nullptr;
  else if (!tail_.empty())
    stored_ = keeper->keep(key, stored_size(), tail_);
  tail_.clear();
}

}  // namespace vitreous::core
