#include "io/h5md_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/error.hpp"
#include "io/hdf5_id.hpp"
#include "io/safe_file.hpp"

namespace vitreous::io {
namespace {

/// Of a file, a group or a dataset. Without times of creation: the same frames give the same bytes.
Hdf5Id creation_properties(hid_t object_class) {
  Hdf5Id properties(H5Pcreate(object_class), H5Pclose);
  H5Pset_obj_track_times(properties.get(), false);
  return properties;
}

Hdf5Id new_group(hid_t where, const char* name) {
  const Hdf5Id properties = creation_properties(H5P_GROUP_CREATE);
  return Hdf5Id(H5Gcreate2(where, name, H5P_DEFAULT, properties.get(), H5P_DEFAULT), H5Gclose);
}

Hdf5Id simple_space(const std::vector<hsize_t>& shape) {
  return Hdf5Id(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose);
}

void add_attribute(hid_t object, const char* name, hid_t type, const Hdf5Id& space,
                   const void* data) {
  const Hdf5Id attribute(H5Acreate2(object, name, type, space.get(), H5P_DEFAULT, H5P_DEFAULT),
                         H5Aclose);
  H5Awrite(attribute.get(), type, data);
}

/// One word, or several of one width.
void add_words(hid_t object, const char* name, const std::vector<std::string>& words, bool scalar) {
  std::size_t width = 1;
  for (const auto& word : words) width = std::max(width, word.size());
  std::string text;
  for (std::string word : words) {
    word.resize(width);
    text += word;
  }
  const Hdf5Id type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type.get(), width);
  H5Tset_strpad(type.get(), H5T_STR_NULLPAD);
  add_attribute(object, name, type.get(),
                scalar ? Hdf5Id(H5Screate(H5S_SCALAR), H5Sclose) : simple_space({words.size()}),
                text.data());
}

void add_word(hid_t object, const char* name, const std::string& word) {
  add_words(object, name, {word}, true);
}

void add_version(hid_t object, std::array<int, 2> version) {
  add_attribute(object, "version", H5T_NATIVE_INT, simple_space({2}), version.data());
}

std::string author() {
  for (const char* variable : {"USER", "LOGNAME"})
    if (const char* name = std::getenv(variable); name && *name) return name;
  return "unknown";
}

class H5mdWriter : public FrameWriter {
 public:
  explicit H5mdWriter(const std::string& path) : path_(path), file_(path) {
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    const Hdf5Id access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    // From this version on HDF5 holds checksums of its own headers: damage is found, not followed.
    H5Pset_libver_bounds(access.get(), H5F_LIBVER_V18, H5F_LIBVER_V18);
    const Hdf5Id properties = creation_properties(H5P_FILE_CREATE);
    hdf5_ = Hdf5Id(H5Fcreate(file_.aside().c_str(), H5F_ACC_TRUNC, properties.get(), access.get()),
                   H5Fclose);
    if (!hdf5_.valid()) fail("cannot be written as HDF5", "HDF5 wants a file that it can move in");
    add_head();
  }

  void add(const Configuration& frame) override {
    if (steps_.empty()) start(frame);
    require_same_atoms(frame);
    append(position_, frame.atoms.position);
    if (velocity_.valid()) append(velocity_, frame.atoms.velocity);
    steps_.push_back(frame.step);
    if (frame.time) times_.push_back(*frame.time);
    const math::Vec3 low = frame.box.origin();
    origins_.insert(origins_.end(), {low.x, low.y, low.z});
    for (const auto& edge : frame.box.cell().column)
      edges_.insert(edges_.end(), {edge.x, edge.y, edge.z});
    is_cuboid_ = is_cuboid_ && frame.box.is_orthogonal();
  }

  void finish() override {
    add_times();
    add_edges();
    for (Hdf5Id* id :
         {&position_, &velocity_, &position_group_, &velocity_group_, &box_, &particles_})
      if (id->valid() && !id->close()) fail_to_write();
    if (!hdf5_.close()) fail_to_write();
    file_.finish();
  }

 private:
  [[noreturn]] void fail(const std::string& problem, const std::string& why) const {
    base::Message message;
    message.file = path_;
    message.problem = problem;
    message.why = why;
    throw base::RunError(message);
  }
  [[noreturn]] void fail_to_write() const {
    fail("cannot be written", "the disk is full, or HDF5 is out of memory; nothing was replaced");
  }

  void add_head() {
    const Hdf5Id h5md = new_group(hdf5_.get(), "h5md");
    add_version(h5md.get(), {1, 1});
    const Hdf5Id by = new_group(h5md.get(), "author");
    add_word(by.get(), "name", author());
    const Hdf5Id creator = new_group(h5md.get(), "creator");
    add_word(creator.get(), "name", "vitreous");
    add_word(creator.get(), "version", VITREOUS_VERSION);
    const Hdf5Id modules = new_group(h5md.get(), "modules");
    const Hdf5Id units = new_group(modules.get(), "units");
    add_version(units.get(), {1, 0});
  }

  /// What holds for all frames, from the first one.
  void start(const Configuration& frame) {
    id_ = frame.atoms.id;
    species_ = frame.atoms.species;
    has_time_ = frame.time.has_value();
    unwrapped_ = frame.is_unwrapped;
    const Hdf5Id groups = new_group(hdf5_.get(), "particles");
    particles_ = new_group(groups.get(), "all");
    box_ = new_group(particles_.get(), "box");
    const int dimension = 3;
    add_attribute(box_.get(), "dimension", H5T_NATIVE_INT, Hdf5Id(H5Screate(H5S_SCALAR), H5Sclose),
                  &dimension);
    std::vector<std::string> boundary;
    for (const bool p : frame.periodic) boundary.emplace_back(p ? "periodic" : "none");
    add_words(box_.get(), "boundary", boundary, false);
    const hsize_t n = id_.size();
    add_fixed(particles_.get(), "id", H5T_NATIVE_INT64, {n}, id_.data());
    add_species(frame);
    add_masses(frame);
    if (unwrapped_) {
      const std::vector<std::int32_t> none(3 * n, 0);
      add_fixed(particles_.get(), "image", H5T_NATIVE_INT32, {n, 3}, none.data());
    }
    position_group_ = new_group(particles_.get(), "position");
    position_ = new_series(position_group_.get(), "angstrom");
    if (!frame.has_velocities) return;
    velocity_group_ = new_group(particles_.get(), "velocity");
    velocity_ = new_series(velocity_group_.get(), "angstrom ps-1");
  }

  Hdf5Id add_fixed(hid_t where, const char* name, hid_t type, const std::vector<hsize_t>& shape,
                   const void* data) const {
    const Hdf5Id space = simple_space(shape);
    const Hdf5Id properties = creation_properties(H5P_DATASET_CREATE);
    Hdf5Id dataset(
        H5Dcreate2(where, name, type, space.get(), H5P_DEFAULT, properties.get(), H5P_DEFAULT),
        H5Dclose);
    if (!dataset.valid() || H5Dwrite(dataset.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) < 0)
      fail_to_write();
    return dataset;
  }

  void add_species(const Configuration& frame) const {
    const auto& kinds = frame.atoms.kinds;
    std::vector<std::int32_t> number_of;
    for (std::size_t k = 0; k < kinds.size(); ++k)
      number_of.push_back(frame.types.empty() ? static_cast<std::int32_t>(k) + 1
                                              : frame.types[k].front());
    std::vector<std::int32_t> numbers;
    for (const auto kind : species_) numbers.push_back(number_of[static_cast<std::size_t>(kind)]);
    const bool named = std::none_of(kinds.begin(), kinds.end(),
                                    [](const auto& kind) { return kind.name.empty(); });
    const Hdf5Id type(named ? H5Tenum_create(H5T_NATIVE_INT32) : H5Tcopy(H5T_NATIVE_INT32),
                      H5Tclose);
    if (named)
      for (std::size_t k = 0; k < kinds.size(); ++k)
        H5Tenum_insert(type.get(), kinds[k].name.c_str(), &number_of[k]);
    add_fixed(particles_.get(), "species", type.get(), {numbers.size()}, numbers.data());
  }

  void add_masses(const Configuration& frame) const {
    std::vector<double> mass;
    for (std::size_t i = 0; i < frame.atoms.size(); ++i) mass.push_back(frame.atoms.mass(i));
    if (*std::min_element(mass.begin(), mass.end()) <= 0.0) return;
    const auto dataset =
        add_fixed(particles_.get(), "mass", H5T_NATIVE_DOUBLE, {mass.size()}, mass.data());
    add_word(dataset.get(), "unit", "u");
  }

  /// [frames][atoms][3], a chunk of about a megabyte.
  Hdf5Id new_series(hid_t where, const char* unit) const {
    const hsize_t n = id_.size();
    const std::array<hsize_t, 3> now = {0, n, 3}, most = {H5S_UNLIMITED, n, 3};
    constexpr hsize_t megabyte = hsize_t{1} << 20;
    const std::array<hsize_t, 3> chunk = {std::clamp<hsize_t>(megabyte / (24 * n), 1, 1024),
                                          std::min<hsize_t>(n, megabyte), 3};
    const Hdf5Id space(H5Screate_simple(3, now.data(), most.data()), H5Sclose);
    const Hdf5Id properties = creation_properties(H5P_DATASET_CREATE);
    H5Pset_chunk(properties.get(), 3, chunk.data());
    Hdf5Id dataset(H5Dcreate2(where, "value", H5T_NATIVE_DOUBLE, space.get(), H5P_DEFAULT,
                              properties.get(), H5P_DEFAULT),
                   H5Dclose);
    if (!dataset.valid()) fail_to_write();
    add_word(dataset.get(), "unit", unit);
    return dataset;
  }

  void append(const Hdf5Id& series, const math::Vectors& vectors) {
    numbers_.clear();
    for (std::size_t i = 0; i < vectors.size(); ++i)
      numbers_.insert(numbers_.end(), {vectors.x[i], vectors.y[i], vectors.z[i]});
    const hsize_t n = id_.size();
    const std::array<hsize_t, 3> size = {steps_.size() + 1, n, 3}, start = {steps_.size(), 0, 0},
                                 one = {1, n, 3};
    if (H5Dset_extent(series.get(), size.data()) < 0) fail_to_write();
    const Hdf5Id in_file(H5Dget_space(series.get()), H5Sclose);
    H5Sselect_hyperslab(in_file.get(), H5S_SELECT_SET, start.data(), nullptr, one.data(), nullptr);
    const Hdf5Id in_memory(H5Screate_simple(3, one.data(), nullptr), H5Sclose);
    if (H5Dwrite(series.get(), H5T_NATIVE_DOUBLE, in_memory.get(), in_file.get(), H5P_DEFAULT,
                 numbers_.data()) < 0)
      fail_to_write();
  }

  void require_same_atoms(const Configuration& frame) const {
    std::string problem;
    if (frame.atoms.id != id_)
      problem = "its atoms are not those of the first frame";
    else if (frame.atoms.species != species_)
      problem = "an atom is of another species than in the first frame";
    else if (frame.has_velocities != velocity_group_.valid())
      problem = "the first frame and this one do not both have velocities";
    else if (frame.is_unwrapped != unwrapped_ || frame.time.has_value() != has_time_)
      problem = "it tells time or images, and the first frame does not, or the other way round";
    if (!problem.empty())
      throw base::InputError(
          fmt::format("the frame at step {} cannot follow: {}", frame.step, problem),
          "an H5MD file holds the same things of the same atoms in all frames",
          {"OUT.extxyz or OUT.dump, where each frame stands for itself"});
  }

  /// Steps and times stand once; all elements link to them.
  void add_times() {
    const hsize_t frames = steps_.size();
    add_fixed(position_group_.get(), "step", H5T_NATIVE_INT64, {frames}, steps_.data());
    if (has_time_) {
      const auto time =
          add_fixed(position_group_.get(), "time", H5T_NATIVE_DOUBLE, {frames}, times_.data());
      add_word(time.get(), "unit", "ps");
    }
    if (velocity_group_.valid()) link_times(velocity_group_);
  }

  void link_times(const Hdf5Id& group) const {
    for (const char* name : {"step", "time"})
      if (std::string_view(name) == "step" || has_time_)
        H5Lcreate_hard(position_group_.get(), name, group.get(), name, H5P_DEFAULT, H5P_DEFAULT);
  }

  void add_edges() {
    const hsize_t frames = steps_.size();
    const Hdf5Id group = new_group(box_.get(), "edges");
    std::vector<double> lengths;
    for (std::size_t box = 0; is_cuboid_ && box < edges_.size(); box += 9)
      lengths.insert(lengths.end(), {edges_[box], edges_[box + 4], edges_[box + 8]});
    const auto value =
        is_cuboid_
            ? add_fixed(group.get(), "value", H5T_NATIVE_DOUBLE, {frames, 3}, lengths.data())
            : add_fixed(group.get(), "value", H5T_NATIVE_DOUBLE, {frames, 3, 3}, edges_.data());
    add_word(value.get(), "unit", "angstrom");
    link_times(group);
    if (std::all_of(origins_.begin(), origins_.end(), [](double x) { return x == 0.0; })) return;
    const Hdf5Id origin = new_group(box_.get(), "origin");
    add_fixed(origin.get(), "value", H5T_NATIVE_DOUBLE, {frames, 3}, origins_.data());
    link_times(origin);
  }

  std::string path_;
  WholeFile file_;
  Hdf5Id hdf5_, particles_, box_, position_group_, position_, velocity_group_, velocity_;
  std::vector<std::int64_t> id_;
  std::vector<std::int32_t> species_;
  bool has_time_ = false, unwrapped_ = false, is_cuboid_ = true;
  std::vector<std::int64_t> steps_;
  std::vector<double> times_, edges_, origins_;  ///< 104 bytes a frame, whatever its atoms
  std::vector<double> numbers_;
};

}  // namespace

std::unique_ptr<FrameWriter> write_h5md(const std::string& path) {
  return std::make_unique<H5mdWriter>(path);
}

}  // namespace vitreous::io
