#include "io/lammps_dump.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "io/fields.hpp"

namespace vitreous::io {
namespace {

/// Numbers of one line; throws where one is not a finite number or their count is another.
std::vector<double> numbers_of_line(const TextSource& text, std::string_view line,
                                    std::size_t count) {
  std::vector<double> values;
  for (const auto field : split_fields(line)) {
    const auto value = to_number(field);
    if (!value) text.fail("not a finite number", field);
    values.push_back(*value);
  }
  if (values.size() != count) text.fail(fmt::format("{} numbers are expected here", count));
  return values;
}

/// The edges of a restricted box from its bounding box and tilts (LAMMPS manual, "Triclinic
/// boxes").
core::Box from_bounds(const std::array<std::array<double, 3>, 3>& row) {
  const double xy = row[0][2], xz = row[1][2], yz = row[2][2];
  const double xlo = row[0][0] - std::min({0.0, xy, xz, xy + xz});
  const double xhi = row[0][1] - std::max({0.0, xy, xz, xy + xz});
  const double ylo = row[1][0] - std::min(0.0, yz);
  const double yhi = row[1][1] - std::max(0.0, yz);
  return core::Box(math::Mat3{{math::Vec3{xhi - xlo, 0, 0}, math::Vec3{xy, yhi - ylo, 0},
                               math::Vec3{xz, yz, row[2][1] - row[2][0]}}},
                   {xlo, ylo, row[2][0]});
}

/// "abc origin": each row holds an edge and a component of the origin.
core::Box from_edges(const std::array<std::array<double, 4>, 3>& row) {
  math::Mat3 cell;
  for (std::size_t k = 0; k < 3; ++k) cell.column[k] = {row[k][0], row[k][1], row[k][2]};
  return core::Box(cell, {row[0][3], row[1][3], row[2][3]});
}

}  // namespace

LammpsDumpSource::LammpsDumpSource(const std::string& path) : text_(path) {}

std::string LammpsDumpSource::truncation() const { return truncation_; }

bool LammpsDumpSource::cut_within_frame() {
  truncation_ = fmt::format("it ends within the frame that starts at line {}", head_.line);
  return false;
}

/// LAMMPS ends every line with a newline: a last line without one is cut.
bool LammpsDumpSource::whole_line(std::string_view& line) {
  return (text_.next(line) && text_.line_was_ended()) || cut_within_frame();
}

bool LammpsDumpSource::next_head(FrameHead& head) {
  std::string_view line;
  do {
    if (!text_.next(line)) {
      truncation_ = text_.truncation();
      return false;
    }
  } while (trim(line).empty());
  head_ = {};
  has_box_ = false;
  head_.line = text_.line_number();
  if (!text_.line_was_ended()) return cut_within_frame();
  if (!line.starts_with("ITEM: "))
    text_.fail(
        "a frame must start with a line \"ITEM: ...\"", {},
        head_.line == 1
            ? ""
            : "the frame before it has more lines than it says, or the file is damaged here");
  while (!line.starts_with("ITEM: ATOMS")) {
    const std::string item(trim(line.substr(6)));
    if (!read_item(item, head_)) return false;
    if (!whole_line(line)) return false;
    if (!line.starts_with("ITEM: ")) text_.fail("a line \"ITEM: ...\" is expected here");
  }
  if (!head_.step) text_.fail("the frame has no ITEM: TIMESTEP");
  if (head_.atoms == 0) text_.fail("the frame has no ITEM: NUMBER OF ATOMS");
  if (!has_box_) text_.fail("the frame has no ITEM: BOX BOUNDS");
  if (line != column_line_) read_columns(line);
  head = head_;
  return true;
}

bool LammpsDumpSource::read_item(std::string_view item, FrameHead& head) {
  if (item.starts_with("BOX BOUNDS")) return read_box(item.substr(10), head);
  std::string_view line;
  if (!whole_line(line)) return false;
  const std::string_view value = trim(line);
  if (item == "TIMESTEP") {
    head.step = to_integer(value);
    if (!head.step) text_.fail("a step (a whole number) is expected here", value);
  } else if (item == "TIME") {
    head.time = to_number(value);
    if (!head.time) text_.fail("a time is expected here", value);
    *head.time *= time_factor_;
  } else if (item == "UNITS") {
    read_units(value);
  } else if (item == "NUMBER OF ATOMS") {
    const auto count = to_integer(value);
    if (!count || *count < 1 || *count > 1'000'000'000)
      text_.fail("a number of atoms is expected here", value);
    head.atoms = static_cast<std::size_t>(*count);
  } else {
    while (!line.starts_with("ITEM: "))
      if (!whole_line(line)) return false;
    text_.put_back();
  }
  return true;
}

void LammpsDumpSource::read_units(std::string_view name) {
  if (name == "metal") return;
  if (name != "real")
    text_.fail(fmt::format("units {} are not read", name), name,
               "lengths and times are needed in angstrom and ps; reduced units have none",
               {"a dump written in units metal or real"});
  time_factor_ = 1e-3;
}

bool LammpsDumpSource::read_box(std::string_view item, FrameHead& head) {
  const auto words = split_fields(item);
  const auto has = [&](std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  const bool general = has("abc"), triclinic = has("xy");
  const std::size_t width = general ? 4 : (triclinic ? 3 : 2);
  std::array<std::array<double, 4>, 3> row{};
  for (auto& r : row) {
    std::string_view line;
    if (!whole_line(line)) return false;
    const auto values = numbers_of_line(text_, line, width);
    std::copy(values.begin(), values.end(), r.begin());
  }
  // The last three words tell the boundaries; dumps of old say nothing, and mean periodic ones.
  if (words.size() >= 3)
    for (std::size_t k = 0; k < 3; ++k) {
      const std::string_view boundary = words[words.size() - 3 + k];
      head.periodic[k] = boundary.size() != 2 || boundary == "pp" || boundary == "xy" ||
                         boundary == "xz" || boundary == "yz";
    }
  try {
    head.box = general ? from_edges(row)
                       : from_bounds({{{row[0][0], row[0][1], row[0][2]},
                                       {row[1][0], row[1][1], row[1][2]},
                                       {row[2][0], row[2][1], row[2][2]}}});
  } catch (const base::InputError& error) {
    text_.fail(error.message().problem, {}, error.message().why);
  }
  has_box_ = true;
  return true;
}

void LammpsDumpSource::read_columns(std::string_view line) {
  const auto names = split_fields(line.substr(11));
  const auto find = [&](std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? -1 : static_cast<int>(found - names.begin());
  };
  Columns c;
  c.holds.assign(names.size(), Holds::other);
  const auto take = [&](std::initializer_list<std::string_view> wanted, Holds first) {
    std::vector<int> where;
    for (const auto name : wanted) where.push_back(find(name));
    if (std::count(where.begin(), where.end(), -1) > 0) return false;
    for (std::size_t k = 0; k < where.size(); ++k)
      c.holds[static_cast<std::size_t>(where[k])] =
          static_cast<Holds>(static_cast<std::size_t>(first) + k);
    return true;
  };
  if (take({"xu", "yu", "zu"}, Holds::x))
    c.positions = Positions::unwrapped;
  else if (take({"xsu", "ysu", "zsu"}, Holds::x))
    c.positions = Positions::scaled_unwrapped;
  else if (take({"x", "y", "z"}, Holds::x))
    c.positions = Positions::plain;
  else if (take({"xs", "ys", "zs"}, Holds::x))
    c.positions = Positions::scaled;
  else
    text_.fail("no columns with positions: x y z, xs ys zs, xu yu zu or xsu ysu zsu are read", {},
               {}, {"dump 1 all custom 1000 prod.dump id type xu yu zu"});
  c.images = take({"ix", "iy", "iz"}, Holds::ix);
  c.velocities = take({"vx", "vy", "vz"}, Holds::vx);
  c.id = take({"id"}, Holds::id);
  c.type = take({"type"}, Holds::type);
  c.element = take({"element"}, Holds::element);
  c.mass = take({"mass"}, Holds::mass);
  if (!c.type && !c.element) text_.fail("neither a `type` nor an `element` column");
  // Positions told in a second way are not lost.
  static const std::vector<std::string_view> positions = {"x",  "y",  "z",  "xs",  "ys",  "zs",
                                                          "xu", "yu", "zu", "xsu", "ysu", "zsu"};
  passed_over_.clear();
  for (std::size_t k = 0; k < names.size(); ++k)
    if (c.holds[k] == Holds::other &&
        std::find(positions.begin(), positions.end(), names[k]) == positions.end())
      passed_over_.emplace_back(names[k]);
  columns_ = c;
  column_line_ = line;
}

bool LammpsDumpSource::read_atoms(RawFrame& frame) {
  frame.clear();
  frame.head = head_;
  frame.has_velocities = columns_.velocities;
  frame.is_unwrapped = !columns_.is_wrapped() || columns_.images;
  std::string_view line;
  for (std::size_t i = 0; i < head_.atoms; ++i) {
    if (!whole_line(line)) return false;
    if (!line.empty() && line[0] == 'I' && line.starts_with("ITEM:"))
      text_.fail(fmt::format("a new frame starts after {} of {} atoms", i, head_.atoms), {},
                 fmt::format("the frame that starts at line {} is incomplete: its writer was "
                             "stopped, and another went on",
                             head_.line),
                 {"remove that frame from the file"});
    read_atom(line, frame);
  }
  return true;
}

void LammpsDumpSource::read_atom(std::string_view line, RawFrame& frame) {
  std::array<double, 10> number{};
  FieldCursor fields(line);
  for (const Holds holds : columns_.holds) {
    if (holds < Holds::ix || (holds >= Holds::vx && holds <= Holds::mass)) {
      number[static_cast<std::size_t>(holds)] = read_decimal(fields, line);
    } else if (holds <= Holds::type) {
      const std::int64_t value = read_integer(fields, line);
      if (holds == Holds::id)
        frame.id.push_back(value);
      else if (holds == Holds::type)
        frame.type.push_back(to_type(value));
      else
        number[static_cast<std::size_t>(holds)] = static_cast<double>(value);
    } else {
      std::string_view field;
      if (!fields.next(field)) fail_columns(line);
      if (holds == Holds::other) continue;
      frame.element.push_back(frame.element_index(field));
      if (frame.element.back() < 0) text_.fail("too many names in the element column", field);
    }
  }
  if (std::string_view more; fields.next(more)) fail_columns(line);
  place_atom(number, frame);
}

void LammpsDumpSource::fail_columns(std::string_view line) const {
  text_.fail(fmt::format("{} columns, but ITEM: ATOMS names {}", split_fields(line).size(),
                         columns_.holds.size()));
}

double LammpsDumpSource::read_decimal(FieldCursor& fields, std::string_view line) const {
  double quick = 0.0;
  if (fields.next_decimal(quick)) return quick;
  std::string_view field;
  if (!fields.next(field)) fail_columns(line);
  const auto value = to_number(field);
  if (!value) text_.fail("not a finite number", field);
  return *value;
}

std::int64_t LammpsDumpSource::read_integer(FieldCursor& fields, std::string_view line) const {
  std::int64_t quick = 0;
  if (fields.next_integer(quick)) return quick;
  std::string_view field;
  if (!fields.next(field)) fail_columns(line);
  const auto value = to_integer(field);
  if (!value) text_.fail("not a whole number", field);
  return *value;
}

std::int32_t LammpsDumpSource::to_type(std::int64_t value) const {
  if (value < 1 || value > 100'000) text_.fail(fmt::format("{} is not a type", value));
  return static_cast<std::int32_t>(value);
}

void LammpsDumpSource::place_atom(const std::array<double, 10>& number, RawFrame& frame) const {
  const Columns& c = columns_;
  const core::Box& box = head_.box;
  const auto vector = [&](Holds first) {
    const auto k = static_cast<std::size_t>(first);
    return math::Vec3{number[k], number[k + 1], number[k + 2]};
  };
  const auto append = [](math::Vectors& to, const math::Vec3& v) {
    to.x.push_back(v.x), to.y.push_back(v.y), to.z.push_back(v.z);
  };
  math::Vec3 r = vector(Holds::x);
  const math::Vec3 images = c.is_wrapped() && c.images ? vector(Holds::ix) : math::Vec3{};
  if (c.is_scaled())
    r = box.cartesian(r + images);
  else if (images != math::Vec3{})
    r += box.cell() * images;
  append(frame.position, r);
  if (c.mass) frame.mass.push_back(number[static_cast<std::size_t>(Holds::mass)]);
  if (c.velocities) append(frame.velocity, vector(Holds::vx) * (1.0 / time_factor_));
}

bool LammpsDumpSource::skip_atoms() {
  bool stopped = false;
  if (!text_.skip(head_.atoms, "ITEM:", stopped) || !text_.line_was_ended())
    return cut_within_frame();
  if (!stopped) return true;
  std::string_view line;
  text_.next(line);
  text_.fail("a new frame starts before the last one is complete", {},
             fmt::format("the frame that starts at line {} promises {} atoms: its writer was "
                         "stopped, and another went on",
                         head_.line, head_.atoms),
             {"remove that frame from the file"});
}

core::Declaration lammps_dump_declaration() {
  core::Declaration d;
  d.name = "dump";
  d.one_line = "LAMMPS text dump, a trajectory: read and written, also .gz and .zst";
  d.formula = "ITEM: TIMESTEP, NUMBER OF ATOMS, BOX BOUNDS, ATOMS; UNITS and TIME where they stand";
  d.columns = {{"id", "1", "an atom's number; rows may stand in any order"},
               {"type", "1", "LAMMPS type; which element it is says `element`, a log or --species"},
               {"element", "1", "symbol"},
               {"x y z", "angstrom", "positions; also xs (scaled), xu (unwrapped), xsu"},
               {"ix iy iz", "1", "image flags"},
               {"vx vy vz", "angstrom/ps", "velocities"}};
  d.source = "LAMMPS documentation, dump command";
  return d;
}

}  // namespace vitreous::io
