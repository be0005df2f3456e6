// An element of an H5MD file: a dataset, or a group of value, step and time. What a file says of
// itself is not trusted: shapes are asked for before anything is read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/hdf5_id.hpp"

namespace vitreous::io {

/// True where an object of that name ("a/b/c") is there.
bool hdf5_has(hid_t where, const std::string& path);
/// A string attribute; empty where there is none or it is no string.
std::optional<std::string> hdf5_text_attribute(hid_t object, const char* name);

class H5mdElement {
 public:
  /// Not there: valid() is false. Throws InputError (without place) where it is damaged.
  H5mdElement(hid_t group, const std::string& name);

  bool valid() const { return value_.valid(); }
  const std::string& name() const { return name_; }
  bool is_time_dependent() const { return group_.valid(); }
  /// Of the value, without the frames.
  const std::vector<hsize_t>& shape() const { return shape_; }
  std::size_t frames() const { return frames_; }
  hid_t value() const { return value_.get(); }
  H5T_class_t type_class() const;

  /// Frame k, or the one value that holds at all times. Throws InputError where it cannot be read.
  void read(std::size_t frame, std::vector<double>& to) const;
  void read(std::size_t frame, std::vector<std::int64_t>& to) const;

  /// The steps of all frames; empty where the element tells none.
  std::vector<std::int64_t> steps() const;
  /// The times of all frames in ps; empty where the element tells none.
  std::vector<double> times() const;

  /// How many of `unit` one unit of the value is; empty where the file does not name its unit.
  std::optional<double> factor_to(const std::string& unit) const;

  [[noreturn]] void fail(const std::string& problem, const std::string& why = {}) const;

 private:
  template <class T>
  void read_as(std::size_t frame, std::vector<T>& to, hid_t type) const;
  template <class T>
  std::vector<T> series(const std::string& name, hid_t type) const;

  std::string name_;
  Hdf5Id group_, value_;
  std::vector<hsize_t> shape_;
  std::size_t frames_ = 1;
};

}  // namespace vitreous::io
