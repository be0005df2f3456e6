// An HDF5 identifier, released at the end of its scope.
#pragma once

#include <hdf5.h>

#include <utility>

namespace vitreous::io {

class Hdf5Id {
 public:
  using Close = herr_t (*)(hid_t);
  Hdf5Id() : Hdf5Id(H5I_INVALID_HID, nullptr) {}
  Hdf5Id(hid_t value, Close how) : value_(value), close_(how) {}
  Hdf5Id(Hdf5Id&& other) noexcept
      : value_(std::exchange(other.value_, H5I_INVALID_HID)), close_(other.close_) {}
  Hdf5Id& operator=(Hdf5Id&& other) noexcept {
    std::swap(value_, other.value_);
    std::swap(close_, other.close_);
    return *this;
  }
  ~Hdf5Id() {
    if (value_ >= 0) close_(value_);
  }
  hid_t get() const { return value_; }
  bool valid() const { return value_ >= 0; }
  /// Closes now and tells whether that worked: what was buffered is written by it.
  bool close() { return value_ >= 0 && close_(std::exchange(value_, H5I_INVALID_HID)) >= 0; }

 private:
  hid_t value_;
  Close close_;
};

}  // namespace vitreous::io
