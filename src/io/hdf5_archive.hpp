// core::Archive in HDF5, built and read in memory: a group is a group, a key is a dataset.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/archive.hpp"

namespace vitreous::io {

/// A dataset as its file tells it.
struct Hdf5Dataset {
  enum class Type { real, integer, text };
  std::string path;  ///< "state/atoms/id"
  Type type = Type::real;
  std::size_t count = 0;  ///< of values; 1 for a text
};

/// Saves into, or loads from, an HDF5 file that never touches the disk. Keys may hold any character
/// but a lone "."; '/' and '%' are written as %2F and %25.
class Hdf5Archive : public core::Archive {
 public:
  /// For saving.
  Hdf5Archive();
  /// For loading; `name` stands in messages. Throws RunError where the image is not HDF5.
  Hdf5Archive(std::string_view image, std::string name);
  ~Hdf5Archive() override;
  Hdf5Archive(const Hdf5Archive&) = delete;
  Hdf5Archive& operator=(const Hdf5Archive&) = delete;

  bool loading() const override;

  using core::Archive::transfer;
  void transfer(std::string_view key, double& value) override;
  void transfer(std::string_view key, std::int64_t& value) override;
  void transfer(std::string_view key, std::string& value) override;
  void transfer(std::string_view key, std::vector<double>& values) override;
  void transfer(std::string_view key, std::vector<std::int64_t>& values) override;
  void transfer(std::string_view key, std::vector<std::int32_t>& values) override;
  void transfer(std::string_view key, std::vector<std::uint8_t>& values) override;

  /// The bytes of the HDF5 file as saved so far.
  std::string image() const;
  /// Every dataset by its path ("state/atoms/id"), in the order of their names.
  std::vector<std::string> dataset_paths() const;
  /// The same with what they hold.
  std::vector<Hdf5Dataset> datasets() const;
  /// True where a dataset with that path is there.
  bool contains(const std::string& path) const;

 protected:
  void enter(std::string_view group) override;
  void leave() override;

 private:
  struct Handles;
  std::unique_ptr<Handles> handles_;
};

}  // namespace vitreous::io
