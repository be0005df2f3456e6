#include "io/extended_xyz.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "core/element.hpp"
#include "io/fields.hpp"

namespace vitreous::io {
namespace {

void append_matrix(std::string& text, std::string_view key, const math::Mat3& m) {
  text += fmt::format(" {}=\"", key);
  for (std::size_t k = 0; k < 3; ++k)
    text += fmt::format("{}{} {} {}", k ? " " : "", m.column[k].x, m.column[k].y, m.column[k].z);
  text += '"';
}

void append_vector(std::string& text, const math::Vec3& v) {
  fmt::format_to(std::back_inserter(text), " {} {} {}", v.x, v.y, v.z);
}

std::string header(const core::Box& box, const ExtendedXyzFields& fields) {
  std::string text;
  append_matrix(text, "Lattice", box.cell());
  text.erase(0, 1);
  if (box.origin() != math::Vec3{})
    text += fmt::format(" Origin=\"{} {} {}\"", box.origin().x, box.origin().y, box.origin().z);
  text += " Properties=id:I:1:species:S:1:pos:R:3";
  if (fields.masses) text += ":masses:R:1";
  if (fields.velocities) text += ":vel:R:3";
  if (fields.force) text += ":forces:R:3";
  if (fields.energy_per_atom) text += ":energies:R:1";
  if (fields.step) text += fmt::format(" Step={}", *fields.step);
  if (fields.time) text += fmt::format(" Time={}", *fields.time);
  if (fields.energy) text += fmt::format(" energy={}", *fields.energy);
  if (fields.virial) append_matrix(text, "virial", *fields.virial);
  if (fields.virial && fields.stress)
    append_matrix(text, "stress", *fields.virial * (-1.0 / box.volume()));
  text += fields.unwrapped ? " unwrapped=T pbc=\"" : " pbc=\"";
  for (std::size_t k = 0; k < 3; ++k)
    text += fmt::format("{}{}", k ? " " : "", fields.periodic[k] ? 'T' : 'F');
  return text + '"';
}

std::optional<std::vector<double>> numbers_in(std::string_view text) {
  std::vector<double> values;
  for (const auto field : split_fields(text)) {
    const auto value = to_number(field);
    if (!value) return std::nullopt;
    values.push_back(*value);
  }
  return values;
}

bool is_known_key(std::string_view key) {
  static const std::vector<std::string_view> known = {
      "pbc",  "Lattice", "lattice", "Origin",    "origin",     "Step",
      "step", "Time",    "time",    "unwrapped", "Properties", "properties"};
  return std::find(known.begin(), known.end(), key) != known.end();
}

bool is_true(std::string_view word) {
  return word == "T" || word == "t" || word == "True" || word == "true" || word == "TRUE" ||
         word == "1";
}

}  // namespace

std::string to_extended_xyz(const core::Box& box, const core::Atoms& atoms,
                            const ExtendedXyzFields& fields) {
  std::string text = fmt::format("{}\n{}\n", atoms.size(), header(box, fields));
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    fmt::format_to(std::back_inserter(text), "{} {}", atoms.id[i],
                   atoms.kinds[static_cast<std::size_t>(atoms.species[i])].name);
    append_vector(text, atoms.position[i]);
    if (fields.masses)
      fmt::format_to(std::back_inserter(text), " {}",
                     atoms.kinds[static_cast<std::size_t>(atoms.species[i])].mass);
    if (fields.velocities) append_vector(text, atoms.velocity[i]);
    if (fields.force) append_vector(text, (*fields.force)[i]);
    if (fields.energy_per_atom)
      fmt::format_to(std::back_inserter(text), " {}", (*fields.energy_per_atom)[i]);
    text += '\n';
  }
  return text;
}

std::map<std::string, std::string> parse_pairs(std::string_view line) {
  std::map<std::string, std::string> pairs;
  std::size_t at = 0;
  const auto word = [&](bool is_key) {
    std::string text;
    const char quote = at < line.size() && (line[at] == '"' || line[at] == '\'') ? line[at] : '\0';
    if (quote) {
      const std::size_t close = line.find(quote, at + 1);
      if (close == line.npos) throw base::InputError("a quote is not closed");
      text = line.substr(at + 1, close - at - 1);
      at = close + 1;
      return text;
    }
    while (at < line.size() && line[at] != ' ' && line[at] != '\t' && !(is_key && line[at] == '='))
      text += line[at++];
    return text;
  };
  const auto skip_blanks = [&] {
    while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
  };
  while (skip_blanks(), at < line.size()) {
    if (line[at] == '=') throw base::InputError("a key is missing before '='");
    std::string key = word(true);
    skip_blanks();
    if (at < line.size() && line[at] == '=') {
      ++at;
      skip_blanks();
      pairs[std::move(key)] = word(false);
    } else {
      pairs[std::move(key)] = "T";
    }
  }
  return pairs;
}

/// Where the columns stand that are read; -1 where a file has none.
struct ExtendedXyzSource::Columns {
  int species = -1, number = -1, position = -1, id = -1, mass = -1, velocity = -1, momentum = -1;
  int count = 0;
  std::vector<std::string> others;  ///< that are not read

  /// Empty, or what is wrong.
  std::string parse(std::string_view properties) {
    std::vector<std::string> parts{""};
    for (const char c : properties) {
      if (c == ':')
        parts.emplace_back();
      else
        parts.back() += c;
    }
    if (parts.size() % 3 != 0) return "Properties is not a list of name:type:count";
    for (std::size_t k = 0; k + 2 < parts.size(); k += 3) {
      const auto width = to_integer(parts[k + 2]);
      if (!width || *width < 1 || *width > 1000)
        return fmt::format("Properties has a bad count \"{}\"", parts[k + 2]);
      if (const auto problem = place(parts[k], parts[k + 1], static_cast<int>(*width));
          !problem.empty())
        return problem;
      count += static_cast<int>(*width);
    }
    if (position < 0) return "Properties has no pos:R:3";
    if (species < 0 && number < 0) return "Properties has neither species:S:1 nor Z:I:1";
    return {};
  }

  std::string place(const std::string& name, const std::string& type, int width) {
    struct Known {
      std::string_view name, type;
      int width;
      int* where;
    };
    const Known known[] = {{"species", "S", 1, &species},     {"Z", "I", 1, &number},
                           {"pos", "R", 3, &position},        {"id", "I", 1, &id},
                           {"mass", "R", 1, &mass},           {"masses", "R", 1, &mass},
                           {"vel", "R", 3, &velocity},        {"velo", "R", 3, &velocity},
                           {"velocities", "R", 3, &velocity}, {"momenta", "R", 3, &momentum}};
    for (const auto& k : known) {
      if (k.name != name) continue;
      if (k.type != type || k.width != width)
        return fmt::format("Properties says {}:{}:{}, expected {}:{}:{}", name, type, width, name,
                           k.type, k.width);
      *k.where = count;
      return {};
    }
    others.push_back(name);
    return {};
  }
};

ExtendedXyzSource::ExtendedXyzSource(const std::string& path) : text_(path) {}

bool ExtendedXyzSource::next_head(FrameHead& head) {
  std::string_view line;
  do {
    if (!text_.next(line)) {
      truncation_ = text_.truncation();
      return false;
    }
  } while (trim(line).empty());
  head = {};
  head.line = text_.line_number();
  const auto count = to_integer(trim(line));
  if (!count || *count < 1 || *count > 1'000'000'000)
    text_.fail("a number of atoms is expected here", trim(line),
               head.line == 1
                   ? ""
                   : "the frame before this line may have more or fewer lines than it says");
  head.atoms = static_cast<std::size_t>(*count);
  head_ = head;
  if (!text_.next(line) || !text_.line_was_ended()) return cut_within_frame();
  read_pairs(line, head);
  head_ = head;
  return true;
}

void ExtendedXyzSource::read_pairs(std::string_view line, FrameHead& head) {
  std::map<std::string, std::string> pairs;
  try {
    pairs = parse_pairs(line);
  } catch (const base::InputError& error) {
    text_.fail(error.message().problem);
  }
  const auto find = [&](std::initializer_list<const char*> names) -> const std::string* {
    for (const char* name : names)
      if (const auto found = pairs.find(name); found != pairs.end()) return &found->second;
    return nullptr;
  };
  const std::vector<std::string> vacuum = {
      "add vacuum along the open directions and write pbc=\"T T T\"; vacuum wider than the cutoff "
      "is an open face"};

  if (const auto* pbc = find({"pbc"})) {
    const auto words = split_fields(*pbc);
    if (words.size() != 3 || !std::all_of(words.begin(), words.end(), is_true))
      text_.fail(
          fmt::format("pbc=\"{}\": only boxes that are periodic along all three edges are read",
                      *pbc),
          {}, {}, vacuum);
  }
  const auto* lattice = find({"Lattice", "lattice"});
  if (!lattice)
    text_.fail("has no Lattice", {}, "this is plain XYZ, or a cluster without a box",
               {"Lattice=\"ax ay az bx by bz cx cy cz\" pbc=\"T T T\" in this line (with vacuum "
                "around a cluster)"});
  const auto edges = numbers_in(*lattice);
  if (!edges || edges->size() != 9)
    text_.fail(fmt::format("Lattice=\"{}\" is not nine numbers", *lattice));
  math::Vec3 origin;
  if (const auto* text = find({"Origin", "origin"})) {
    const auto values = numbers_in(*text);
    if (!values || values->size() != 3)
      text_.fail(fmt::format("Origin=\"{}\" is not three numbers", *text));
    origin = {(*values)[0], (*values)[1], (*values)[2]};
  }
  math::Mat3 cell;
  for (std::size_t k = 0; k < 9; ++k) cell.column[k / 3][k % 3] = (*edges)[k];
  try {
    head.box = core::Box(cell, origin);
  } catch (const base::InputError& error) {
    text_.fail("Lattice: " + error.message().problem, {}, error.message().why);
  }
  if (const auto* text = find({"Step", "step"})) {
    head.step = to_integer(*text);
    if (!head.step) text_.fail(fmt::format("Step=\"{}\" is not a whole number", *text));
  }
  if (const auto* text = find({"Time", "time"})) {
    head.time = to_number(*text);
    if (!head.time) text_.fail(fmt::format("Time=\"{}\" is not a number (in ps)", *text));
  }
  keys_passed_over_.clear();
  for (const auto& [key, value] : pairs)
    if (!is_known_key(key)) keys_passed_over_.push_back(key);
  const auto* unwrapped = find({"unwrapped"});
  unwrapped_ = unwrapped && is_true(*unwrapped);

  const auto* properties = find({"Properties", "properties"});
  const std::string columns = properties ? *properties : "species:S:1:pos:R:3";
  if (columns_ && columns == properties_) return;
  columns_ = std::make_shared<Columns>();
  properties_ = columns;
  if (const std::string problem = columns_->parse(columns); !problem.empty()) text_.fail(problem);
}

bool ExtendedXyzSource::read_atoms(RawFrame& frame) {
  frame.clear();
  frame.head = head_;
  const std::size_t n = head_.atoms;
  frame.is_unwrapped = unwrapped_;
  frame.has_velocities = columns_->velocity >= 0 || columns_->momentum >= 0;
  std::string_view line;
  for (std::size_t i = 0; i < n; ++i) {
    if (!text_.next(line)) return cut_within_frame();
    if (!text_.line_was_ended()) return cut_within_line();
    split_fields(line, fields_);
    read_atom(line, i, frame);
  }
  return true;
}

void ExtendedXyzSource::read_atom(std::string_view, std::size_t, RawFrame& frame) {
  const Columns& c = *columns_;
  if (fields_.size() != static_cast<std::size_t>(c.count))
    text_.fail(fmt::format("{} columns, but Properties names {}", fields_.size(), c.count));
  const auto field = [&](int column) { return fields_[static_cast<std::size_t>(column)]; };
  const auto number = [&](int column) {
    const auto value = to_number(field(column));
    if (!value) text_.fail("not a finite number", field(column));
    return *value;
  };
  const auto integer = [&](int column) {
    const auto value = to_integer(field(column));
    if (!value) text_.fail("not a whole number", field(column));
    return *value;
  };
  const auto append = [&](math::Vectors& to, int column, double factor) {
    to.x.push_back(factor * number(column));
    to.y.push_back(factor * number(column + 1));
    to.z.push_back(factor * number(column + 2));
  };

  if (c.species >= 0) {
    frame.element.push_back(frame.element_index(field(c.species)));
    if (frame.element.back() < 0) text_.fail("too many names of species", field(c.species));
  } else {
    const auto z = integer(c.number);
    const auto* element = z >= 1 && z <= 118 ? core::find_element(static_cast<int>(z)) : nullptr;
    if (!element) text_.fail("not an atomic number", field(c.number));
    frame.element.push_back(frame.element_index(element->symbol));
  }
  if (c.id >= 0) frame.id.push_back(integer(c.id));
  if (c.mass >= 0) frame.mass.push_back(number(c.mass));
  append(frame.position, c.position, 1.0);
  if (c.velocity >= 0) {
    append(frame.velocity, c.velocity, 1.0);
  } else if (c.momentum >= 0) {
    const auto* element =
        core::find_element(frame.element_names[static_cast<std::size_t>(frame.element.back())]);
    const double mass = c.mass >= 0 ? frame.mass.back() : (element ? element->mass : 0.0);
    if (!(mass > 0.0)) text_.fail("momenta of an atom whose mass is not known");
    // ASE's unit of time is A sqrt(amu/eV).
    append(frame.velocity, c.momentum, 1.0 / (mass * std::sqrt(base::mv2_to_eV)));
  }
}

bool ExtendedXyzSource::skip_atoms() {
  bool stopped = false;
  if (!text_.skip(head_.atoms, {}, stopped)) return cut_within_frame();
  return text_.line_was_ended() || cut_within_line();
}

bool ExtendedXyzSource::cut_within_frame() {
  truncation_ = fmt::format("it ends within the frame that starts at line {}", head_.line);
  return false;
}

/// A number that lost its last digits is a number still.
bool ExtendedXyzSource::cut_within_line() {
  truncation_ = "it ends without a newline, so its last line may be cut short";
  return false;
}

std::string ExtendedXyzSource::truncation() const { return truncation_; }

std::vector<std::string> ExtendedXyzSource::passed_over() const {
  std::vector<std::string> names = keys_passed_over_;
  if (columns_) names.insert(names.end(), columns_->others.begin(), columns_->others.end());
  return names;
}

core::Declaration extended_xyz_declaration() {
  core::Declaration d;
  d.name = "extxyz";
  d.one_line =
      "extended XYZ in the dialect of ASE: configurations and trajectories, read and written, also "
      ".gz and .zst";
  d.formula = "count; Lattice=\"...\" Properties=species:S:1:pos:R:3 ...; a line an atom";
  d.columns = {{"species", "1", "element"},
               {"pos", "angstrom", "position"},
               {"vel", "angstrom/ps", "velocity"},
               {"forces", "eV/angstrom", "force"}};
  d.source = "ASE documentation, extxyz";
  return d;
}

}  // namespace vitreous::io
