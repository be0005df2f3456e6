#include "io/h5md_element.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <numeric>

#include "base/error.hpp"
#include "base/units.hpp"
#include "io/fields.hpp"

namespace vitreous::io {
namespace {

std::vector<hsize_t> extent_of(hid_t dataset) {
  const Hdf5Id space(H5Dget_space(dataset), H5Sclose);
  const int rank = H5Sget_simple_extent_ndims(space.get());
  std::vector<hsize_t> shape(static_cast<std::size_t>(std::max(rank, 0)));
  H5Sget_simple_extent_dims(space.get(), shape.data(), nullptr);
  return shape;
}

/// A chunk is read once, not once for each of its frames.
Hdf5Id open_dataset(hid_t where, const char* name) {
  Hdf5Id plain(H5Dopen2(where, name, H5P_DEFAULT), H5Dclose);
  if (!plain.valid()) return plain;
  const Hdf5Id layout(H5Dget_create_plist(plain.get()), H5Pclose);
  if (H5Pget_layout(layout.get()) != H5D_CHUNKED) return plain;
  std::vector<hsize_t> chunk(extent_of(plain.get()).size());
  H5Pget_chunk(layout.get(), static_cast<int>(chunk.size()), chunk.data());
  const Hdf5Id type(H5Dget_type(plain.get()), H5Tclose);
  const auto bytes = std::accumulate(chunk.begin(), chunk.end(), H5Tget_size(type.get()),
                                     [](std::size_t a, hsize_t b) { return a * b; });
  constexpr std::size_t usual = std::size_t{1} << 20, most = std::size_t{1} << 28;
  if (bytes <= usual || bytes > most) return plain;
  const Hdf5Id access(H5Pcreate(H5P_DATASET_ACCESS), H5Pclose);
  H5Pset_chunk_cache(access.get(), 521, bytes, 1.0);
  return Hdf5Id(H5Dopen2(where, name, access.get()), H5Dclose);
}

/// H5MD writes units as "nm ps-1"; ours are "nm ps^-1".
std::string to_our_unit(const std::string& text) {
  std::string ours;
  for (const auto word : split_fields(text)) {
    const std::size_t power = word.find_first_of("+-0123456789", 1);
    std::string name(word.substr(0, power));
    if (name == "Angstrom" || name == "angstroms") name = "angstrom";
    if (name == "Da" || name == "dalton") name = "amu";
    ours += (ours.empty() ? "" : " ") + name;
    if (power != word.npos) ours += fmt::format("^{}", word.substr(power));
  }
  return ours;
}

template <class T>
bool read_attribute(hid_t object, const char* name, hid_t type, T& value) {
  if (H5Aexists(object, name) <= 0) return false;
  const Hdf5Id attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose);
  const Hdf5Id space(H5Aget_space(attribute.get()), H5Sclose);
  return H5Sget_simple_extent_npoints(space.get()) == 1 &&
         H5Aread(attribute.get(), type, &value) >= 0;
}

}  // namespace

bool hdf5_has(hid_t where, const std::string& path) {
  for (std::size_t at = 0; at != path.npos;) {
    at = path.find('/', at + 1);
    if (H5Lexists(where, path.substr(0, at).c_str(), H5P_DEFAULT) <= 0) return false;
  }
  return H5Oexists_by_name(where, path.c_str(), H5P_DEFAULT) > 0;
}

std::optional<std::string> hdf5_text_attribute(hid_t object, const char* name) {
  if (H5Aexists(object, name) <= 0) return std::nullopt;
  const Hdf5Id attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose);
  const Hdf5Id type(H5Aget_type(attribute.get()), H5Tclose);
  const Hdf5Id space(H5Aget_space(attribute.get()), H5Sclose);
  if (H5Tget_class(type.get()) != H5T_STRING || H5Sget_simple_extent_npoints(space.get()) != 1)
    return std::nullopt;
  if (H5Tis_variable_str(type.get()) > 0) {
    char* text = nullptr;
    if (H5Aread(attribute.get(), type.get(), &text) < 0 || !text) return std::nullopt;
    std::string value = text;
    H5free_memory(text);
    return value;
  }
  std::string value(H5Tget_size(type.get()), '\0');
  if (H5Aread(attribute.get(), type.get(), value.data()) < 0) return std::nullopt;
  return value.substr(0, value.find('\0'));
}

H5mdElement::H5mdElement(hid_t group, const std::string& name) : name_(name) {
  if (!hdf5_has(group, name)) return;
  const Hdf5Id object(H5Oopen(group, name.c_str(), H5P_DEFAULT), H5Oclose);
  if (H5Iget_type(object.get()) == H5I_GROUP) {
    if (!hdf5_has(object.get(), "value")) return;
    group_ = Hdf5Id(H5Gopen2(group, name.c_str(), H5P_DEFAULT), H5Gclose);
    value_ = open_dataset(group_.get(), "value");
  } else {
    value_ = open_dataset(group, name.c_str());
  }
  if (!value_.valid()) fail("is no dataset that can be opened");
  shape_ = extent_of(value_.get());
  if (!is_time_dependent()) return;
  if (shape_.empty()) fail("its value has no frames");
  frames_ = static_cast<std::size_t>(shape_.front());
  shape_.erase(shape_.begin());
}

void H5mdElement::fail(const std::string& problem, const std::string& why) const {
  base::Message message;
  message.key = name_;
  message.problem = problem;
  message.why = why;
  throw base::InputError(message);
}

H5T_class_t H5mdElement::type_class() const {
  const Hdf5Id type(H5Dget_type(value_.get()), H5Tclose);
  return H5Tget_class(type.get());
}

template <class T>
void H5mdElement::read_as(std::size_t frame, std::vector<T>& to, hid_t type) const {
  const auto count = std::accumulate(shape_.begin(), shape_.end(), hsize_t{1}, std::multiplies<>());
  to.resize(static_cast<std::size_t>(count));
  std::vector<hsize_t> size = shape_, start(shape_.size());
  if (is_time_dependent()) {
    size.insert(size.begin(), 1);
    start.insert(start.begin(), frame);
  }
  const Hdf5Id in_file(H5Dget_space(value_.get()), H5Sclose);
  const Hdf5Id in_memory(H5Screate_simple(1, &count, nullptr), H5Sclose);
  const bool selected =
      size.empty() || H5Sselect_hyperslab(in_file.get(), H5S_SELECT_SET, start.data(), nullptr,
                                          size.data(), nullptr) >= 0;
  if (!selected ||
      H5Dread(value_.get(), type, in_memory.get(), in_file.get(), H5P_DEFAULT, to.data()) < 0)
    fail(fmt::format("frame {} cannot be read", frame + 1),
         "the file is damaged, or its data are of another type");
}

void H5mdElement::read(std::size_t frame, std::vector<double>& to) const {
  read_as(frame, to, H5T_NATIVE_DOUBLE);
}

void H5mdElement::read(std::size_t frame, std::vector<std::int64_t>& to) const {
  if (type_class() != H5T_ENUM) return read_as(frame, to, H5T_NATIVE_INT64);
  const Hdf5Id type(H5Dget_type(value_.get()), H5Tclose);
  // An enumeration is read as it stands, then widened in place.
  const Hdf5Id native(H5Tget_native_type(type.get(), H5T_DIR_ASCEND), H5Tclose);
  const Hdf5Id whole(H5Tget_super(native.get()), H5Tclose);
  if (H5Tget_size(whole.get()) > sizeof(std::int64_t)) fail("is too wide an enumeration");
  read_as(frame, to, native.get());
  if (H5Tconvert(whole.get(), H5T_NATIVE_INT64, to.size(), to.data(), nullptr, H5P_DEFAULT) < 0)
    fail("is an enumeration that is not of whole numbers");
}

template <class T>
std::vector<T> H5mdElement::series(const std::string& name, hid_t type) const {
  if (!is_time_dependent() || !hdf5_has(group_.get(), name)) return {};
  const Hdf5Id dataset(H5Dopen2(group_.get(), name.c_str(), H5P_DEFAULT), H5Dclose);
  const auto shape = dataset.valid() ? extent_of(dataset.get()) : std::vector<hsize_t>{};
  if (!dataset.valid() || shape.size() > 1 || (shape.size() == 1 && shape[0] < frames_))
    fail(fmt::format("its {} is not a number, nor one for each of its {} frames", name, frames_));
  std::vector<T> values(shape.empty() ? 1 : static_cast<std::size_t>(shape[0]));
  if (H5Dread(dataset.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0)
    fail(fmt::format("its {} cannot be read", name));
  if (!shape.empty()) {
    values.resize(frames_);
    return values;
  }
  // A single number is the distance of two frames; where the first stands says an attribute.
  T offset = 0;
  read_attribute(dataset.get(), "offset", type, offset);
  const T spacing = values[0];
  values.resize(frames_);
  for (std::size_t k = 0; k < frames_; ++k) values[k] = offset + static_cast<T>(k) * spacing;
  return values;
}

std::vector<std::int64_t> H5mdElement::steps() const {
  return series<std::int64_t>("step", H5T_NATIVE_INT64);
}

std::vector<double> H5mdElement::times() const {
  auto values = series<double>("time", H5T_NATIVE_DOUBLE);
  if (values.empty()) return values;
  const Hdf5Id dataset(H5Dopen2(group_.get(), "time", H5P_DEFAULT), H5Dclose);
  const auto unit = hdf5_text_attribute(dataset.get(), "unit");
  if (!unit) return values;
  try {
    const double factor = base::quantity_in("1 " + to_our_unit(*unit), "ps");
    for (auto& value : values) value *= factor;
  } catch (const base::InputError&) {
    fail(fmt::format("its time is in \"{}\", which is no unit of time that is understood", *unit));
  }
  return values;
}

std::optional<double> H5mdElement::factor_to(const std::string& unit) const {
  const auto text = hdf5_text_attribute(value_.get(), "unit");
  if (!text || trim(*text).empty()) return std::nullopt;
  try {
    return base::quantity_in("1 " + to_our_unit(*text), unit);
  } catch (const base::InputError&) {
    fail(fmt::format("its unit is \"{}\", which cannot be told in {}", *text, unit));
  }
}

}  // namespace vitreous::io
