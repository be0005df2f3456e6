// Numbers that only ever grow while a run goes on, and become too many for its checkpoint: an
// archive that lives in a folder keeps them in a file beside it.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/archive.hpp"

namespace vitreous::core {

/// Numbers that stand in a file and stay as they are.
class StoredNumbers {
 public:
  virtual ~StoredNumbers() = default;
  virtual std::size_t size() const = 0;
  /// Numbers [begin, begin + out.size()). Throws RunError where they cannot be read.
  virtual void read(std::size_t begin, std::span<float> out) const = 0;
};

/// What an Archive is besides, where it can keep grown numbers in files of its folder. An archive
/// that cannot holds them itself.
class GrownKeeper {
 public:
  virtual ~GrownKeeper() = default;
  /// Puts `more` behind the first `length` numbers of the key's file, whatever followed them there.
  virtual std::shared_ptr<const StoredNumbers> keep(std::string_view key, std::size_t length,
                                                    std::span<const float> more) = 0;
  /// The first `length` numbers of the key's file.
  virtual std::shared_ptr<const StoredNumbers> kept(std::string_view key, std::size_t length) = 0;
};

/// Grows at its end. Whenever it is saved, what is in memory moves to the archive's file and the
/// archive itself holds its length alone: a file that is longer than that (the program was killed
/// before its archive was complete) is cut back. Saved to and loaded from one folder.
class Grown {
 public:
  std::size_t size() const { return stored_size() + tail_.size(); }
  void append(std::span<const float> values);
  /// Numbers [begin, begin + out.size()).
  void read(std::size_t begin, std::span<float> out) const;
  void transfer(Archive& archive, std::string_view key);

 private:
  std::size_t stored_size() const { return stored_ ? stored_->size() : 0; }

  std::shared_ptr<const StoredNumbers> stored_;
  std::vector<float> tail_;  ///< behind what is stored
};

}  // namespace vitreous::core
