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
    *head.time /= velocity_factor_;
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
  try {
    velocity_factor_ = velocity_factor_of_units(name);
  } catch (const base::InputError& error) {
    text_.fail(error.message().problem, name, error.message().why, error.message().tries);
  }
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
                       : box_of_bounds({{{row[0][0], row[0][1], row[0][2]},
                                         {row[1][0], row[1][1], row[1][2]},
                                         {row[2][0], row[2][1], row[2][2]}}});
  } catch (const base::InputError& error) {
    text_.fail(error.message().problem, {}, error.message().why);
  }
  has_box_ = true;
  return true;
}

void LammpsDumpSource::read_columns(std::string_view line) {
  try {
    columns_ = DumpColumns(split_fields(line.substr(11)));
  } catch (const base::InputError& error) {
    text_.fail(error.message().problem, {}, error.message().why, error.message().tries);
  }
  column_line_ = line;
}

bool LammpsDumpSource::read_atoms(RawFrame& frame) {
  frame.clear();
  frame.head = head_;
  columns_.start(frame);
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
  DumpColumns::Numbers number{};
  FieldCursor fields(line);
  for (const DumpColumn holds : columns_.holds()) {
    if (holds < DumpColumn::ix || (holds >= DumpColumn::vx && holds <= DumpColumn::mass)) {
      number[static_cast<std::size_t>(holds)] = read_decimal(fields, line);
    } else if (holds <= DumpColumn::type) {
      const std::int64_t value = read_integer(fields, line);
      if (holds == DumpColumn::id)
        frame.id.push_back(value);
      else if (holds == DumpColumn::type)
        frame.type.push_back(to_type(value));
      else
        number[static_cast<std::size_t>(holds)] = static_cast<double>(value);
    } else {
      std::string_view field;
      if (!fields.next(field)) fail_columns(line);
      if (holds == DumpColumn::other) continue;
      frame.element.push_back(frame.element_index(field));
      if (frame.element.back() < 0) text_.fail("too many names in the element column", field);
    }
  }
  if (std::string_view more; fields.next(more)) fail_columns(line);
  columns_.place(number, velocity_factor_, frame);
}

void LammpsDumpSource::fail_columns(std::string_view line) const {
  text_.fail(fmt::format("{} columns, but ITEM: ATOMS names {}", split_fields(line).size(),
                         columns_.holds().size()));
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
  d.one_line =
      "LAMMPS dump, a trajectory: read and written, also .gz and .zst; binary ones are read";
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
