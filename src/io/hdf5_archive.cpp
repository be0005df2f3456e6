#include "io/hdf5_archive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "io/hdf5_id.hpp"

namespace vitreous::io {
namespace {

std::string escape(std::string_view key) {
  std::string name;
  for (const char c : key) {
    if (c == '/')
      name += "%2F";
    else if (c == '%')
      name += "%25";
    else
      name += c;
  }
  return name;
}

/// The file lives in memory alone: no byte reaches the disk when it is closed.
Hdf5Id access_in_memory() {
  Hdf5Id access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  H5Pset_fapl_core(access.get(), std::size_t{1} << 20, 0);
  return access;
}

/// Without times of creation: the same state gives the same bytes.
Hdf5Id dataset_properties() {
  Hdf5Id properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  H5Pset_obj_track_times(properties.get(), false);
  return properties;
}

herr_t collect_dataset(hid_t, const char* name, const H5O_info_t* info, void* list) {
  if (info->type == H5O_TYPE_DATASET)
    static_cast<std::vector<std::string>*>(list)->emplace_back(name);
  return 0;
}

}  // namespace

struct Hdf5Archive::Handles {
  bool loading = false;
  std::string name;  ///< of the file, for messages
  Hdf5Id file{H5I_INVALID_HID, H5Fclose};
  std::vector<std::pair<Hdf5Id, std::string>> groups;

  hid_t here() const { return groups.empty() ? file.get() : groups.back().first.get(); }

  std::string path(std::string_view key) const {
    std::string text;
    for (const auto& group : groups) text += group.second + "/";
    return text + std::string(key);
  }

  [[noreturn]] void fail(std::string_view key, const std::string& problem) const {
    base::Message message;
    message.file = name;
    message.key = path(key);
    message.problem = problem;
    if (loading) message.why = "the file was written by another version, or by another kind of run";
    throw base::RunError(message);
  }

  void save(std::string_view key, hid_t type, hid_t space, const void* data) const {
    const Hdf5Id properties = dataset_properties();
    const Hdf5Id dataset(H5Dcreate2(here(), escape(key).c_str(), type, space, H5P_DEFAULT,
                                    properties.get(), H5P_DEFAULT),
                         H5Dclose);
    if (!dataset.valid()) fail(key, "this key is saved twice");
    if (H5Dwrite(dataset.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) < 0)
      fail(key, "HDF5 cannot hold it (out of memory?)");
  }

  Hdf5Id open(std::string_view key, H5T_class_t wanted) const {
    Hdf5Id dataset(H5Dopen2(here(), escape(key).c_str(), H5P_DEFAULT), H5Dclose);
    if (!dataset.valid()) fail(key, "is missing");
    const Hdf5Id type(H5Dget_type(dataset.get()), H5Tclose);
    if (H5Tget_class(type.get()) != wanted) fail(key, "is of another type");
    return dataset;
  }

  std::size_t length(const Hdf5Id& dataset) const {
    const Hdf5Id space(H5Dget_space(dataset.get()), H5Sclose);
    return static_cast<std::size_t>(
        std::max<hssize_t>(H5Sget_simple_extent_npoints(space.get()), 0));
  }

  void read(std::string_view key, const Hdf5Id& dataset, hid_t type, void* data) const {
    if (H5Dread(dataset.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) < 0)
      fail(key, "cannot be read");
  }

  template <class T>
  void scalar(std::string_view key, T& value, hid_t type, H5T_class_t kind) const {
    if (!loading) {
      const Hdf5Id space(H5Screate(H5S_SCALAR), H5Sclose);
      return save(key, type, space.get(), &value);
    }
    const Hdf5Id dataset = open(key, kind);
    if (length(dataset) != 1) fail(key, "is not a single value");
    read(key, dataset, type, &value);
  }

  template <class T>
  void vector(std::string_view key, std::vector<T>& values, hid_t type, H5T_class_t kind) const {
    if (!loading) {
      const hsize_t size = values.size();
      const Hdf5Id space(H5Screate_simple(1, &size, nullptr), H5Sclose);
      return save(key, type, space.get(), values.data());
    }
    const Hdf5Id dataset = open(key, kind);
    values.resize(length(dataset));
    if (!values.empty()) read(key, dataset, type, values.data());
  }
};

Hdf5Archive::Hdf5Archive() : handles_(std::make_unique<Handles>()) {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  const Hdf5Id access = access_in_memory();
  // The name is never opened on a disk, but HDF5 wants one.
  handles_->file =
      Hdf5Id(H5Fcreate("vitreous-archive.h5", H5F_ACC_TRUNC, H5P_DEFAULT, access.get()), H5Fclose);
  if (!handles_->file.valid()) throw base::RunError("HDF5 cannot build a file in memory");
}

Hdf5Archive::Hdf5Archive(std::string_view image, std::string name)
    : handles_(std::make_unique<Handles>()) {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  handles_->loading = true;
  handles_->name = std::move(name);
  const Hdf5Id access = access_in_memory();
  // HDF5 takes a copy of the image: it stays as it is.
  H5Pset_file_image(access.get(), const_cast<char*>(image.data()), image.size());
  handles_->file = Hdf5Id(H5Fopen("vitreous-archive.h5", H5F_ACC_RDONLY, access.get()), H5Fclose);
  if (handles_->file.valid()) return;
  base::Message message;
  message.file = handles_->name;
  message.problem = "is not an HDF5 file";
  throw base::RunError(message);
}

Hdf5Archive::~Hdf5Archive() = default;

bool Hdf5Archive::loading() const { return handles_->loading; }

void Hdf5Archive::transfer(std::string_view key, double& value) {
  handles_->scalar(key, value, H5T_NATIVE_DOUBLE, H5T_FLOAT);
}
void Hdf5Archive::transfer(std::string_view key, std::int64_t& value) {
  handles_->scalar(key, value, H5T_NATIVE_INT64, H5T_INTEGER);
}
void Hdf5Archive::transfer(std::string_view key, std::vector<double>& values) {
  handles_->vector(key, values, H5T_NATIVE_DOUBLE, H5T_FLOAT);
}
void Hdf5Archive::transfer(std::string_view key, std::vector<std::int64_t>& values) {
  handles_->vector(key, values, H5T_NATIVE_INT64, H5T_INTEGER);
}
void Hdf5Archive::transfer(std::string_view key, std::vector<std::int32_t>& values) {
  handles_->vector(key, values, H5T_NATIVE_INT32, H5T_INTEGER);
}
void Hdf5Archive::transfer(std::string_view key, std::vector<std::uint8_t>& values) {
  handles_->vector(key, values, H5T_NATIVE_UINT8, H5T_INTEGER);
}

void Hdf5Archive::transfer(std::string_view key, std::string& value) {
  if (!loading()) {
    const Hdf5Id type(H5Tcopy(H5T_C_S1), H5Tclose);
    H5Tset_size(type.get(), value.size() + 1);
    const Hdf5Id space(H5Screate(H5S_SCALAR), H5Sclose);
    return handles_->save(key, type.get(), space.get(), value.c_str());
  }
  const Hdf5Id dataset = handles_->open(key, H5T_STRING);
  const Hdf5Id type(H5Dget_type(dataset.get()), H5Tclose);
  value.resize(H5Tget_size(type.get()));
  handles_->read(key, dataset, type.get(), value.data());
  value.pop_back();
}

std::string Hdf5Archive::image() const {
  H5Fflush(handles_->file.get(), H5F_SCOPE_GLOBAL);
  const ssize_t size = H5Fget_file_image(handles_->file.get(), nullptr, 0);
  std::string bytes(static_cast<std::size_t>(std::max<ssize_t>(size, 0)), '\0');
  if (bytes.empty() || H5Fget_file_image(handles_->file.get(), bytes.data(), bytes.size()) < 0)
    throw base::RunError("HDF5 cannot hand out the file that it built in memory");
  return bytes;
}

std::vector<std::string> Hdf5Archive::dataset_paths() const {
  std::vector<std::string> paths;
  H5Ovisit(handles_->file.get(), H5_INDEX_NAME, H5_ITER_INC, collect_dataset, &paths);
  return paths;
}

std::vector<Hdf5Dataset> Hdf5Archive::datasets() const {
  std::vector<Hdf5Dataset> list;
  for (const auto& path : dataset_paths()) {
    const Hdf5Id dataset(H5Dopen2(handles_->file.get(), path.c_str(), H5P_DEFAULT), H5Dclose);
    if (!dataset.valid()) handles_->fail(path, "cannot be opened");
    const Hdf5Id type(H5Dget_type(dataset.get()), H5Tclose);
    const H5T_class_t kind = H5Tget_class(type.get());
    list.push_back({path,
                    kind == H5T_STRING  ? Hdf5Dataset::Type::text
                    : kind == H5T_FLOAT ? Hdf5Dataset::Type::real
                                        : Hdf5Dataset::Type::integer,
                    handles_->length(dataset)});
  }
  return list;
}

bool Hdf5Archive::contains(const std::string& path) const {
  for (const auto& known : dataset_paths())
    if (known == path) return true;
  return false;
}

void Hdf5Archive::enter(std::string_view group) {
  const std::string name = escape(group);
  const hid_t here = handles_->here();
  const bool there = H5Lexists(here, name.c_str(), H5P_DEFAULT) > 0;
  Hdf5Id id(
      there ? H5Gopen2(here, name.c_str(), H5P_DEFAULT)
            : (loading() ? H5I_INVALID_HID
                         : H5Gcreate2(here, name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT)),
      H5Gclose);
  if (!id.valid()) handles_->fail(group, loading() ? "is missing" : "is not a group");
  handles_->groups.emplace_back(std::move(id), std::string(group));
}

void Hdf5Archive::leave() { handles_->groups.pop_back(); }

}  // namespace vitreous::io
