#include "io/h5md_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>

#include "base/error.hpp"
#include "core/element.hpp"
#include "io/h5md_element.hpp"

namespace vitreous::io {
namespace {

Hdf5Id open_hdf5(const std::string& path) {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  return Hdf5Id(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
}

herr_t collect_name(hid_t, const char* name, const H5L_info_t*, void* list) {
  static_cast<std::vector<std::string>*>(list)->emplace_back(name);
  return 0;
}

std::vector<std::string> names_in(hid_t group) {
  std::vector<std::string> names;
  H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, nullptr, collect_name, &names);
  return names;
}

[[noreturn]] void refuse_h5md(const std::string& problem, const std::string& why = {}) {
  throw base::InputError(problem, why);
}

/// The one group of particles that is read.
Hdf5Id open_particles(hid_t file) {
  if (!hdf5_has(file, "particles")) refuse_h5md("has no group `particles`");
  const Hdf5Id particles(H5Gopen2(file, "particles", H5P_DEFAULT), H5Gclose);
  const auto names = names_in(particles.get());
  const bool has_all = std::find(names.begin(), names.end(), "all") != names.end();
  if (names.empty()) refuse_h5md("its group `particles` is empty");
  if (!has_all && names.size() > 1)
    refuse_h5md(fmt::format("has several groups of particles: {}", fmt::join(names, ", ")),
                "none of them is called `all`");
  const std::string& name = has_all ? "all" : names.front();
  Hdf5Id group(H5Gopen2(particles.get(), name.c_str(), H5P_DEFAULT), H5Gclose);
  if (!group.valid()) refuse_h5md(fmt::format("particles/{} is no group", name));
  return group;
}

/// "periodic" or "none" for each edge.
std::array<bool, 3> read_boundary(hid_t box) {
  std::array<bool, 3> periodic{true, true, true};
  if (H5Aexists(box, "boundary") <= 0) return periodic;
  const Hdf5Id attribute(H5Aopen(box, "boundary", H5P_DEFAULT), H5Aclose);
  const Hdf5Id type(H5Aget_type(attribute.get()), H5Tclose);
  const Hdf5Id space(H5Aget_space(attribute.get()), H5Sclose);
  if (H5Tget_class(type.get()) != H5T_STRING || H5Sget_simple_extent_npoints(space.get()) != 3)
    refuse_h5md("box: its boundary is not three words");
  if (H5Tis_variable_str(type.get()) > 0) {
    std::array<char*, 3> words{};
    if (H5Aread(attribute.get(), type.get(), words.data()) < 0)
      refuse_h5md("box: its boundary cannot be read");
    for (std::size_t k = 0; k < 3; ++k) {
      periodic[k] = words[k] && std::string_view(words[k]) == "periodic";
      H5free_memory(words[k]);
    }
    return periodic;
  }
  const std::size_t width = H5Tget_size(type.get());
  std::string text(3 * width, '\0');
  if (H5Aread(attribute.get(), type.get(), text.data()) < 0)
    refuse_h5md("box: its boundary cannot be read");
  for (std::size_t k = 0; k < 3; ++k)
    periodic[k] = text.substr(k * width, width).starts_with("periodic");
  return periodic;
}

}  // namespace

bool is_hdf5(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<char, 8> head{};
  file.read(head.data(), head.size());
  return file && std::string_view(head.data(), head.size()) == "\x89HDF\r\n\x1a\n";
}

bool holds_h5md(const std::string& path) {
  const Hdf5Id file = open_hdf5(path);
  return file.valid() && H5Lexists(file.get(), "h5md", H5P_DEFAULT) > 0;
}

struct H5mdSource::File {
  Hdf5Id file, particles, box;
  H5mdElement position, image, velocity, species, mass, id, edges, origin;
  std::array<bool, 3> periodic;
  double to_angstrom, to_angstrom_per_ps, to_amu, edges_to_angstrom;
  std::vector<std::int64_t> steps;
  std::vector<double> times;
  std::vector<std::string> warnings;
  std::size_t atoms;
  std::vector<double> numbers;  ///< of one element, as they are read
  std::vector<std::int64_t> integers;

  explicit File(Hdf5Id opened)
      : file(std::move(opened)),
        particles(open_particles(file.get())),
        box(hdf5_has(particles.get(), "box")
                ? Hdf5Id(H5Gopen2(particles.get(), "box", H5P_DEFAULT), H5Gclose)
                : Hdf5Id()),
        position(particles.get(), "position"),
        image(particles.get(), "image"),
        velocity(particles.get(), "velocity"),
        species(particles.get(), "species"),
        mass(particles.get(), "mass"),
        id(particles.get(), "id"),
        edges(box.valid() ? box.get() : particles.get(), box.valid() ? "edges" : "box/edges"),
        origin(box.valid() ? box.get() : particles.get(), box.valid() ? "origin" : "box/origin") {
    check_shapes();
    periodic = read_boundary(box.get());
    to_angstrom = factor(position, "angstrom");
    edges_to_angstrom = edges.factor_to("angstrom").value_or(to_angstrom);
    to_angstrom_per_ps = velocity.valid() ? factor(velocity, "angstrom/ps") : 1.0;
    to_amu = mass.valid() ? mass.factor_to("amu").value_or(1.0) : 1.0;
    steps = position.steps();
    times = position.times();
  }

  double factor(const H5mdElement& element, const std::string& unit) {
    const auto found = element.factor_to(unit);
    if (!found)
      warnings.push_back(fmt::format("{} names no unit: {} is taken", element.name(), unit));
    return found.value_or(1.0);
  }

  void check_shapes() const {
    if (!position.valid()) refuse_h5md("has no element `position`");
    if (!edges.valid())
      refuse_h5md("has no box/edges",
                  "positions need a box that is periodic or at least bounds them");
    if (position.shape().size() != 2 || position.shape()[1] != 3)
      position.fail("its value is not [frames][atoms][3]");
    const hsize_t n = position.shape()[0];
    if (n < 1 || n > 1'000'000'000) position.fail(fmt::format("it tells of {} atoms", n));
    const std::vector<hsize_t> vectors = {n, 3}, scalars = {n};
    require_fit(image, vectors);
    require_fit(velocity, vectors);
    require_fit(species, scalars);
    require_fit(mass, scalars);
    require_fit(id, scalars);
    if (edges.shape() != std::vector<hsize_t>{3}) require_fit(edges, {3, 3});
    require_frames(edges);
    require_fit(origin, {3});
  }

  void require_fit(const H5mdElement& element, const std::vector<hsize_t>& shape) const {
    if (!element.valid()) return;
    if (element.shape() != shape)
      element.fail(fmt::format("its shape is [{}], expected [{}]", fmt::join(element.shape(), ", "),
                               fmt::join(shape, ", ")));
    require_frames(element);
  }

  void require_frames(const H5mdElement& element) const {
    if (element.is_time_dependent() && element.frames() != position.frames())
      element.fail(
          fmt::format("it has {} frames, `position` has {}", element.frames(), position.frames()),
          "only elements that are sampled at the same steps are read");
  }

  void add_vectors(const H5mdElement& element, std::size_t frame, double factor,
                   math::Vectors& to) {
    element.read(frame, numbers);
    const std::size_t n = numbers.size() / 3;
    to.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t k = 0; k < 3; ++k)
        if (!std::isfinite(numbers[3 * i + k]))
          element.fail(fmt::format("atom {} of frame {} is not finite", i + 1, frame + 1));
      to.set(i, math::Vec3{numbers[3 * i], numbers[3 * i + 1], numbers[3 * i + 2]} * factor);
    }
  }

  core::Box box_of(std::size_t frame) {
    edges.read(frame, numbers);
    math::Mat3 cell;
    for (std::size_t k = 0; k < 3; ++k)
      if (numbers.size() == 3)
        cell(k, k) = numbers[k] * edges_to_angstrom;
      else
        cell.column[k] =
            math::Vec3{numbers[3 * k], numbers[3 * k + 1], numbers[3 * k + 2]} * edges_to_angstrom;
    math::Vec3 low;
    if (origin.valid()) {
      origin.read(frame, numbers);
      low = math::Vec3{numbers[0], numbers[1], numbers[2]} * edges_to_angstrom;
    }
    return core::Box(cell, low);
  }

  /// An enumeration names elements; plain numbers are types.
  void add_species(std::size_t frame, RawFrame& to) {
    if (!species.valid()) {
      to.type.assign(atoms, 1);
      return;
    }
    species.read(frame, integers);
    if (species.type_class() == H5T_ENUM) return add_enumerated(to);
    const auto lowest = *std::min_element(integers.begin(), integers.end());
    if (lowest < 0 || *std::max_element(integers.begin(), integers.end()) > 100'000)
      species.fail("it holds what are no types");
    const std::int64_t first = counted_from_zero ? 1 : 0;
    if (lowest + first < 1) species.fail("type 0 appears, and the first frame had none");
    for (const auto value : integers) to.type.push_back(static_cast<std::int32_t>(value + first));
  }

  void add_enumerated(RawFrame& to) const {
    const Hdf5Id type(H5Dget_type(species.value()), H5Tclose);
    const Hdf5Id whole(H5Tget_super(type.get()), H5Tclose);
    if (H5Tget_size(whole.get()) > sizeof(std::int64_t)) species.fail("is too wide an enumeration");
    std::vector<std::pair<std::int64_t, std::string>> members;
    for (int m = 0; m < H5Tget_nmembers(type.get()); ++m) {
      std::int64_t value = 0;
      char* name = H5Tget_member_name(type.get(), static_cast<unsigned>(m));
      H5Tget_member_value(type.get(), static_cast<unsigned>(m), &value);
      H5Tconvert(whole.get(), H5T_NATIVE_INT64, 1, &value, nullptr, H5P_DEFAULT);
      members.emplace_back(value, name ? name : "");
      H5free_memory(name);
    }
    const bool types = std::all_of(members.begin(), members.end(), [](const auto& member) {
      return member.first >= 1 && member.first <= 100'000;
    });
    for (const auto value : integers) {
      const auto found = std::find_if(members.begin(), members.end(),
                                      [&](const auto& member) { return member.first == value; });
      if (found == members.end()) species.fail(fmt::format("{} is none of its names", value));
      to.element.push_back(to.element_index(found->second));
      if (types) to.type.push_back(static_cast<std::int32_t>(value));
    }
  }

  bool counted_from_zero = false;
};

H5mdSource::H5mdSource(const std::string& path) : path_(path) {
  try {
    Hdf5Id opened = open_hdf5(path);
    if (!opened.valid())
      refuse_h5md("cannot be opened as HDF5", "it is cut short, damaged, or still being written");
    file_ = std::make_unique<File>(std::move(opened));
    file_->atoms = static_cast<std::size_t>(file_->position.shape()[0]);
    if (file_->species.valid() && file_->species.type_class() != H5T_ENUM) {
      file_->species.read(0, file_->integers);
      file_->counted_from_zero = std::count(file_->integers.begin(), file_->integers.end(), 0) > 0;
      if (file_->counted_from_zero)
        file_->warnings.push_back("species are counted from 0: species 0 is type 1, and so on");
    }
    if (!file_->species.valid()) file_->warnings.push_back("has no species: all atoms are type 1");
  } catch (const base::InputError& error) {
    base::Message message = error.message();
    message.file = path;
    throw base::InputError(message);
  }
}

H5mdSource::~H5mdSource() = default;

bool H5mdSource::next_head(FrameHead& head) {
  if (next_ == file_->position.frames()) return false;
  head = {};
  head.atoms = file_->atoms;
  head.periodic = file_->periodic;
  try {
    if (next_ < file_->steps.size()) head.step = file_->steps[next_];
    if (next_ < file_->times.size()) head.time = file_->times[next_];
    head.box = file_->box_of(next_);
  } catch (const base::InputError& error) {
    base::Message message = error.message();
    message.file = path_;
    if (message.key.empty()) message.key = "box/edges";
    throw base::InputError(message);
  }
  head_ = head;
  ++next_;
  return true;
}

bool H5mdSource::read_atoms(RawFrame& frame) {
  const std::size_t k = next_ - 1;
  frame.clear();
  frame.head = head_;
  frame.has_velocities = file_->velocity.valid();
  frame.is_unwrapped = file_->image.valid();
  try {
    file_->add_vectors(file_->position, k, file_->to_angstrom, frame.position);
    if (frame.has_velocities)
      file_->add_vectors(file_->velocity, k, file_->to_angstrom_per_ps, frame.velocity);
    if (frame.is_unwrapped) {
      file_->image.read(k, file_->integers);
      for (std::size_t i = 0; i < file_->atoms; ++i) {
        math::Vec3 images;
        for (std::size_t axis = 0; axis < 3; ++axis)
          images[axis] = static_cast<double>(file_->integers[3 * i + axis]);
        if (images != math::Vec3{}) frame.position.add(i, head_.box.cell() * images);
      }
    }
    file_->add_species(k, frame);
    if (file_->id.valid()) {
      file_->id.read(k, frame.id);
      if (std::any_of(frame.id.begin(), frame.id.end(), [](auto id) { return id < 0; }))
        file_->id.fail("atoms that come and go (id -1) are not read");
    }
    if (file_->mass.valid()) {
      file_->mass.read(k, frame.mass);
      for (auto& m : frame.mass) m *= file_->to_amu;
    }
  } catch (const base::InputError& error) {
    base::Message message = error.message();
    message.file = path_;
    throw base::InputError(message);
  }
  return true;
}

std::vector<std::string> H5mdSource::warnings() const { return file_->warnings; }

std::vector<std::string> H5mdSource::passed_over() const {
  static const std::vector<std::string> known = {"position", "image", "velocity", "species",
                                                 "mass",     "id",    "box"};
  std::vector<std::string> names;
  for (const auto& name : names_in(file_->particles.get()))
    if (std::find(known.begin(), known.end(), name) == known.end()) names.push_back(name);
  if (hdf5_has(file_->file.get(), "observables")) names.emplace_back("observables");
  return names;
}

core::Declaration h5md_declaration() {
  core::Declaration d;
  d.name = "h5md";
  d.one_line = "H5MD trajectory in HDF5: read and written whole";
  d.formula =
      "particles/all: position, image, velocity, species, mass, id, box/edges; each fixed, "
      "or value, step and time";
  d.columns = {{"position", "angstrom", "positions, in the unit that the file names"},
               {"image", "1", "box images; 0 where positions are unwrapped as they stand"},
               {"velocity", "angstrom/ps", "velocities"},
               {"species", "1", "elements as an enumeration, or types"}};
  d.source = "de Buyl, Colberg and Hoefling, Comput. Phys. Commun. 185, 1546 (2014); H5MD 1.1";
  return d;
}

}  // namespace vitreous::io
