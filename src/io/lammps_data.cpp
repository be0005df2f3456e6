#include "io/lammps_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "base/error.hpp"
#include "core/element.hpp"
#include "io/fields.hpp"
#include "io/text_source.hpp"

namespace vitreous::io {
namespace {

struct Header {
  std::int64_t atoms = -1, types = -1;
  std::array<double, 3> low{}, high{};
  std::array<bool, 3> has_range{};
  std::array<double, 3> tilt{};                    ///< xy xz yz
  std::array<std::array<double, 3>, 4> general{};  ///< avec, bvec, cvec, abc origin
  std::array<bool, 4> has_general{};
};

bool starts_section(std::string_view line) {
  return !line.empty() && std::isalpha(static_cast<unsigned char>(line.front()));
}

class DataReader {
 public:
  explicit DataReader(const std::string& path) : text_(path) {}

  LammpsData read() {
    std::string_view line;
    if (text_.next(line)) read_title(line);
    read_header();
    while (read_section()) {
    }
    finish();
    return std::move(data_);
  }

 private:
  /// The next line with content, its comment cut off; false at the end.
  bool next(std::string_view& content, std::string_view& comment) {
    std::string_view line;
    while (text_.next(line)) {
      const auto hash = line.find('#');
      content = trim(line.substr(0, hash));
      comment = hash == line.npos ? std::string_view() : trim(line.substr(hash + 1));
      if (!content.empty()) return true;
    }
    return false;
  }

  /// "LAMMPS data file via write_data, version ..., timestep = 1000, units = metal"
  void read_title(std::string_view line) {
    const auto words = split_fields(line);
    for (std::size_t k = 0; k + 2 < words.size(); ++k) {
      const std::string_view value = words[k + 2].substr(0, words[k + 2].find(','));
      if (words[k + 1] != "=") continue;
      if (words[k] == "timestep") data_.frame.head.step = to_integer(value);
      if (words[k] != "units" || value == "metal") continue;
      if (value != "real")
        text_.fail(fmt::format("units {} are not read", value), words[k + 2],
                   "positions and velocities are needed in angstrom and ps",
                   {"units metal or real"});
      velocity_factor_ = 1000.0;
    }
  }

  double number(std::string_view field) const {
    const auto value = to_number(field);
    if (!value) text_.fail("not a finite number", field);
    return *value;
  }
  std::int64_t integer(std::string_view field) const {
    const auto value = to_integer(field);
    if (!value) text_.fail("not a whole number", field);
    return *value;
  }

  void read_header() {
    std::string_view content, comment;
    while (next(content, comment)) {
      if (starts_section(content)) {
        text_.put_back();
        break;
      }
      read_header_line(split_fields(content));
    }
    if (header_.atoms < 1)
      text_.fail("the header does not say how many atoms there are", {}, {}, {"N atoms"});
    if (header_.types < 1)
      text_.fail("the header does not say how many types there are", {}, {}, {"2 atom types"});
    set_box();
  }

  void read_header_line(const std::vector<std::string_view>& f) {
    const auto is = [&](std::size_t at, std::initializer_list<std::string_view> words) {
      return f.size() == at + words.size() &&
             std::equal(words.begin(), words.end(), f.begin() + static_cast<long>(at));
    };
    const std::array<std::array<std::string_view, 2>, 3> ranges = {
        {{"xlo", "xhi"}, {"ylo", "yhi"}, {"zlo", "zhi"}}};
    for (std::size_t k = 0; k < 3; ++k) {
      if (!is(2, {ranges[k][0], ranges[k][1]})) continue;
      header_.low[k] = number(f[0]), header_.high[k] = number(f[1]), header_.has_range[k] = true;
      return;
    }
    if (is(3, {"xy", "xz", "yz"})) {
      for (std::size_t k = 0; k < 3; ++k) header_.tilt[k] = number(f[k]);
    } else if (is(1, {"atoms"})) {
      header_.atoms = integer(f[0]);
      if (header_.atoms < 1) text_.fail("a data file without atoms", f[0]);
    } else if (is(2, {"atom", "types"}) || is(1, {"atom", "types"})) {
      header_.types = integer(f[0]);
      if (header_.types < 1 || header_.types > 100'000) text_.fail("a bad number of types", f[0]);
    } else if (is(3, {"avec"}) || is(3, {"bvec"}) || is(3, {"cvec"}) || is(3, {"abc", "origin"})) {
      const std::size_t row =
          is(3, {"abc", "origin"}) ? 3 : static_cast<std::size_t>(f[3][0] - 'a');
      for (std::size_t k = 0; k < 3; ++k) header_.general[row][k] = number(f[k]);
      header_.has_general[row] = true;
    } else if (!to_number(f[0])) {
      text_.fail("not a line of a data file's header", f[0]);
    }
    // Other counts (bonds, extra ... per atom) say nothing of atoms.
  }

  void set_box() {
    math::Mat3 cell;
    math::Vec3 origin;
    const auto& g = header_.general;
    if (header_.has_general[0] && header_.has_general[1] && header_.has_general[2]) {
      for (std::size_t k = 0; k < 3; ++k) cell.column[k] = {g[k][0], g[k][1], g[k][2]};
      origin = {g[3][0], g[3][1], g[3][2]};
    } else {
      for (std::size_t k = 0; k < 3; ++k)
        if (!header_.has_range[k])
          text_.fail(fmt::format("the header has no {0}lo {0}hi", "xyz"[k]));
      const auto& lo = header_.low;
      const auto& hi = header_.high;
      cell.column = {math::Vec3{hi[0] - lo[0], 0, 0}, math::Vec3{header_.tilt[0], hi[1] - lo[1], 0},
                     math::Vec3{header_.tilt[1], header_.tilt[2], hi[2] - lo[2]}};
      origin = {lo[0], lo[1], lo[2]};
    }
    try {
      data_.frame.head.box = core::Box(cell, origin);
    } catch (const base::InputError& error) {
      text_.fail(error.message().problem, {}, error.message().why);
    }
    data_.types.name.resize(static_cast<std::size_t>(header_.types));
    data_.types.mass.resize(static_cast<std::size_t>(header_.types));
  }

  bool read_section() {
    std::string_view content, comment;
    if (!next(content, comment)) return false;
    const std::string name(content);
    if (name == "Masses") {
      read_masses();
    } else if (name == "Atoms") {
      read_atoms(std::string(comment));
    } else if (name == "Velocities") {
      read_velocities();
    } else if (name == "Atom Type Labels") {
      read_labels();
    } else if (!starts_section(content)) {
      text_.fail("a line behind the end of its section", content,
                 "the section before it has more lines than the header says");
    } else {
      skip_section();
    }
    return true;
  }

  void skip_section() {
    std::string_view content, comment;
    while (next(content, comment)) {
      if (!starts_section(content)) continue;
      text_.put_back();
      return;
    }
  }

  [[noreturn]] void fail_short(const std::string& section, std::size_t have,
                               std::size_t want) const {
    text_.fail(fmt::format("{} ends after {} of {} lines", section, have, want), {},
               "the file is cut short or damaged");
  }

  /// The fields of line `have` of a section; throws where the section or the file ends before.
  const std::vector<std::string_view>& row(const std::string& section, std::size_t have,
                                           std::size_t want, std::string_view& comment) {
    std::string_view content;
    if (!next(content, comment)) fail_short(section, have, want);
    if (starts_section(content)) fail_short(section, have, want);
    split_fields(content, fields_);
    return fields_;
  }

  std::size_t type_of(std::string_view field) const {
    const auto value = to_integer(field);
    if (!value) {
      const auto found = labels_.find(std::string(field));
      if (found == labels_.end()) text_.fail("not a type", field);
      return found->second;
    }
    if (*value < 1 || *value > header_.types)
      text_.fail(fmt::format("type {} of {}", *value, header_.types), field);
    return static_cast<std::size_t>(*value);
  }

  void read_labels() {
    std::string_view comment;
    const auto want = static_cast<std::size_t>(header_.types);
    for (std::size_t k = 0; k < want; ++k) {
      const auto& f = row("Atom Type Labels", k, want, comment);
      if (f.size() != 2) text_.fail("a type and its label are expected");
      const std::size_t type = type_of(f[0]);
      labels_[std::string(f[1])] = type;
      if (core::find_element(f[1])) data_.types.name[type - 1] = f[1];
    }
  }

  void read_masses() {
    std::string_view comment;
    const auto want = static_cast<std::size_t>(header_.types);
    for (std::size_t k = 0; k < want; ++k) {
      const auto& f = row("Masses", k, want, comment);
      if (f.size() != 2) text_.fail("a type and its mass are expected");
      const std::size_t type = type_of(f[0]);
      const double mass = number(f[1]);
      if (!(mass > 0.0)) text_.fail("a mass must be positive", f[1]);
      data_.types.mass[type - 1] = mass;
      const auto words = split_fields(comment);
      if (!words.empty() && core::find_element(words[0])) data_.types.name[type - 1] = words[0];
    }
  }

  void read_atoms(const std::string& style) {
    static const std::map<std::string, std::size_t> type_columns = {
        {"atomic", 1}, {"charge", 1}, {"molecular", 2}, {"full", 2}, {"bond", 2}, {"angle", 2}};
    static const std::map<std::string, std::size_t> widths = {
        {"atomic", 5}, {"charge", 6}, {"molecular", 6}, {"full", 7}, {"bond", 6}, {"angle", 6}};
    const std::string name = style.empty() ? "atomic" : std::string(split_fields(style)[0]);
    if (!widths.contains(name))
      text_.fail(fmt::format("atom style \"{}\" is not read", name), {}, {},
                 {"write_data with atom_style atomic", "an extended XYZ file"});
    const std::size_t width = widths.at(name), type_column = type_columns.at(name);
    const auto want = static_cast<std::size_t>(header_.atoms);
    std::string_view comment;
    RawFrame& frame = data_.frame;
    frame.is_unwrapped = true;
    for (std::size_t k = 0; k < want; ++k) {
      const auto& f = row("Atoms", k, want, comment);
      if (f.size() != width && f.size() != width + 3)
        text_.fail(fmt::format("{} fields; atom style {} has {} (or {} with image flags)", f.size(),
                               name, width, width + 3),
                   {}, style.empty() ? "the Atoms line names no style, so atomic is taken" : "",
                   style.empty() ? std::vector<std::string>{"Atoms # charge"}
                                 : std::vector<std::string>{});
      const std::int64_t id = integer(f[0]);
      if (!where_.emplace(id, k).second)
        text_.fail(fmt::format("atom id {} occurs twice", id), f[0]);
      frame.id.push_back(id);
      frame.type.push_back(static_cast<std::int32_t>(type_of(f[type_column])));
      math::Vec3 r{number(f[width - 3]), number(f[width - 2]), number(f[width - 1])};
      if (f.size() == width + 3) {
        for (std::size_t axis = 0; axis < 3; ++axis)
          r += frame.head.box.cell().column[axis] * static_cast<double>(integer(f[width + axis]));
      }
      frame.position.x.push_back(r.x), frame.position.y.push_back(r.y),
          frame.position.z.push_back(r.z);
    }
  }

  void read_velocities() {
    const std::size_t want = where_.size();
    if (want == 0) text_.fail("Velocities stand before Atoms");
    std::string_view comment;
    data_.frame.velocity.resize(want);
    for (std::size_t k = 0; k < want; ++k) {
      const auto& f = row("Velocities", k, want, comment);
      if (f.size() != 4) text_.fail("an id and three velocities are expected");
      const auto found = where_.find(integer(f[0]));
      if (found == where_.end()) text_.fail("a velocity of an atom that is not there", f[0]);
      data_.frame.velocity.set(
          found->second, math::Vec3{number(f[1]), number(f[2]), number(f[3])} * velocity_factor_);
    }
    data_.frame.has_velocities = true;
  }

  void finish() const {
    if (where_.empty()) text_.fail("the file ends without an Atoms section");
    if (!text_.truncation().empty()) text_.fail(text_.truncation());
    if (!text_.line_was_ended())
      text_.fail("the file ends without a newline", {},
                 "its last line may be cut short, and a number that lost digits is a number still",
                 {"end it with a newline if its last line is whole"});
  }

  TextSource text_;
  double velocity_factor_ = 1.0;  ///< 1000 in units real, A/fs
  Header header_;
  LammpsData data_;
  std::map<std::string, std::size_t> labels_;
  std::unordered_map<std::int64_t, std::size_t> where_;
  std::vector<std::string_view> fields_;
};

/// The rotation that brings a along x and b into the xy plane.
math::Mat3 turn_to_restricted(const math::Mat3& cell) {
  const math::Vec3 x = cell.column[0] * (1.0 / math::norm(cell.column[0]));
  const math::Vec3 normal = math::cross(cell.column[0], cell.column[1]);
  const math::Vec3 z = normal * (1.0 / math::norm(normal));
  return math::transpose({{x, math::cross(z, x), z}});
}

}  // namespace

LammpsData read_lammps_data(const std::string& path) { return DataReader(path).read(); }

bool LammpsDataSource::next_head(FrameHead& head) {
  if (is_read_) return false;
  data_ = read_lammps_data(path_);
  is_read_ = true;
  head = data_.frame.head;
  head.atoms = data_.frame.position.size();
  head.line = 1;
  return true;
}

bool LammpsDataSource::read_atoms(RawFrame& frame) {
  frame = data_.frame;
  return true;
}

LammpsDataText to_lammps_data(const core::Box& box, const core::Atoms& atoms, std::int64_t step,
                              bool with_velocities) {
  LammpsDataText out;
  math::Mat3 turn = math::Mat3::identity();
  core::Box restricted = box;
  if (!box.is_lower_triangular()) {
    turn = turn_to_restricted(box.cell());
    math::Mat3 cell = turn * box.cell();
    cell(1, 0) = cell(2, 0) = cell(2, 1) = 0.0;
    restricted = core::Box(cell, turn * box.origin());
    out.note =
        "the box was turned as a whole, with positions and velocities: LAMMPS wants a along x and "
        "b in the xy plane";
  }
  const math::Vec3 lo = restricted.origin();
  const math::Mat3& h = restricted.cell();
  auto to = std::back_inserter(out.text);
  fmt::format_to(to, "LAMMPS data file written by vitreous, timestep = {}, units = metal{}\n\n",
                 step, out.note.empty() ? "" : ", turned: a along x, b in the xy plane");
  fmt::format_to(to, "{} atoms\n{} atom types\n\n", atoms.size(), atoms.kinds.size());
  fmt::format_to(to, "{} {} xlo xhi\n{} {} ylo yhi\n{} {} zlo zhi\n", lo.x, lo.x + h(0, 0), lo.y,
                 lo.y + h(1, 1), lo.z, lo.z + h(2, 2));
  if (!restricted.is_orthogonal())
    fmt::format_to(to, "{} {} {} xy xz yz\n", h(0, 1), h(0, 2), h(1, 2));
  fmt::format_to(to, "\nMasses\n\n");
  for (std::size_t k = 0; k < atoms.kinds.size(); ++k)
    fmt::format_to(to, "{} {} # {}\n", k + 1, atoms.kinds[k].mass, atoms.kinds[k].name);
  fmt::format_to(to, "\nAtoms # atomic\n\n");
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const math::Vec3 r = turn * atoms.position[i];
    const math::Vec3 s = restricted.fractional(r);
    const std::array<int, 3> n = {static_cast<int>(std::floor(s.x)),
                                  static_cast<int>(std::floor(s.y)),
                                  static_cast<int>(std::floor(s.z))};
    const math::Vec3 w = r - restricted.translation(n[0], n[1], n[2]);
    fmt::format_to(to, "{} {} {} {} {} {} {} {}\n", atoms.id[i], atoms.species[i] + 1, w.x, w.y,
                   w.z, n[0], n[1], n[2]);
  }
  if (!with_velocities) return out;
  fmt::format_to(to, "\nVelocities\n\n");
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const math::Vec3 v = turn * atoms.velocity[i];
    fmt::format_to(to, "{} {} {} {}\n", atoms.id[i], v.x, v.y, v.z);
  }
  return out;
}

core::Declaration lammps_data_declaration() {
  core::Declaration d;
  d.name = "data";
  d.one_line = "LAMMPS data file, one configuration: read and written, also .gz and .zst";
  d.formula = "header, Masses, Atoms, Velocities; units metal";
  d.columns = {{"id", "1", "an atom's number"},
               {"type", "1", "its element stands behind the mass: \"1 63.546 # Cu\""},
               {"x y z", "angstrom", "position, with image flags"}};
  d.source = "LAMMPS documentation, read_data command";
  return d;
}

}  // namespace vitreous::io
