#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "cli/description.hpp"
#include "io/extended_xyz.hpp"
#include "io/fields.hpp"
#include "io/format.hpp"
#include "io/lammps_data.hpp"
#include "io/text_source.hpp"
#include "io/trajectory_index.hpp"

namespace vitreous::cli {
namespace {

using Json = nlohmann::ordered_json;

double degrees_between(const math::Vec3& a, const math::Vec3& b) {
  const double cosine = math::dot(a, b) / (math::norm(a) * math::norm(b));
  return std::acos(std::fmin(1.0, std::fmax(-1.0, cosine))) * 180.0 / std::numbers::pi;
}

void add_box(std::vector<Fact>& facts, const io::RawFrame& frame) {
  const io::FrameHead& head = frame.head;
  const auto& [a, b, c] = head.box.cell().column;
  facts.push_back({"edges", {math::norm(a), math::norm(b), math::norm(c)}, "angstrom"});
  if (!head.box.is_orthogonal())
    facts.push_back({"angles",
                     {degrees_between(b, c), degrees_between(a, c), degrees_between(a, b)},
                     "",
                     "alpha, beta, gamma in degrees"});
  if (head.periodic != std::array{true, true, true})
    facts.push_back(
        {"periodic", {head.periodic[0], head.periodic[1], head.periodic[2]}, "", "along a, b, c"});
  facts.push_back({"volume", head.box.volume(), "angstrom^3"});
  facts.push_back({"volume per atom",
                   head.box.volume() / static_cast<double>(frame.position.size()), "angstrom^3"});
}

/// Counts by element where elements are known, else by type.
void add_species(std::vector<Fact>& facts, const io::RawFrame& frame, const io::TypeInfo& types) {
  if (io::SpeciesTable::is_unknown(frame, types)) {
    const std::set<std::int32_t> used(frame.type.begin(), frame.type.end());
    for (const auto type : used)
      facts.push_back({fmt::format("type {}", type),
                       std::count(frame.type.begin(), frame.type.end(), type), "",
                       "its element is not known"});
    return;
  }
  const auto c = io::make_configuration(frame, io::SpeciesTable(frame, types));
  for (std::size_t k = 0; k < c.atoms.kinds.size(); ++k) {
    const auto count = c.atoms.count(static_cast<std::int32_t>(k));
    facts.push_back({c.atoms.kinds[k].name, count, "",
                     fmt::format("{:.4g} %", 100.0 * static_cast<double>(count) /
                                                 static_cast<double>(c.atoms.size()))});
  }
  facts.push_back(
      {"density", c.atoms.total_mass() / c.box.volume() * base::amu_per_A3_to_g_per_cm3, "g/cm^3"});
  if (c.has_velocities && c.atoms.size() > 1)
    facts.push_back({"temperature", core::temperature(c.atoms), "K", "from its velocities"});
}

/// What extended XYZ may tell beside the atoms.
void add_pairs(std::vector<Fact>& facts, const std::string& path) {
  io::TextSource text(path);
  std::string_view line;
  text.next(line);
  text.next(line);
  const auto pairs = io::parse_pairs(line);
  const auto energy = pairs.find("energy");
  if (energy != pairs.end())
    if (const auto value = io::to_number(energy->second)) facts.push_back({"energy", *value, "eV"});
  if (const auto found = pairs.find("Properties"); found != pairs.end())
    facts.push_back({"columns", found->second});
}

std::vector<Fact> frame_facts(const io::RawFrame& frame, const io::TypeInfo& types) {
  std::vector<Fact> facts = {{"atoms", frame.position.size()}};
  add_species(facts, frame, types);
  add_box(facts, frame);
  facts.push_back({"velocities", frame.has_velocities ? "yes" : "no"});
  return facts;
}

std::string spacing_note(const std::vector<std::int64_t>& steps) {
  std::set<std::int64_t> gaps;
  for (std::size_t k = 1; k < steps.size(); ++k) gaps.insert(steps[k] - steps[k - 1]);
  if (gaps.empty()) return {};
  return gaps.size() == 1 ? fmt::format("every {}", *gaps.begin())
                          : fmt::format("{} to {} apart", *gaps.begin(), *gaps.rbegin());
}

Description describe_data(const std::string& path) {
  io::LammpsData data = io::read_lammps_data(path);
  io::name_types_by_mass(data.types);
  Description out =
      describe_facts(path + ": a LAMMPS data file", frame_facts(data.frame, data.types));
  out.next = fmt::format("vitreous evaluate {} --potential P --out FILE.extxyz", path);
  return out;
}

Description describe_trajectory(const std::string& path, io::Format format) {
  const auto index = io::index_trajectory({path}, {});
  std::vector<Fact> facts;
  const auto& steps = index.steps;
  const bool one = steps.size() == 1;
  if (!one) facts.push_back({"frames", steps.size()});
  if (index.has_steps && one) facts.push_back({"step", steps.front()});
  if (index.has_steps && !one)
    facts.push_back({"steps", {steps.front(), steps.back()}, "", spacing_note(steps)});
  if (index.timestep) {
    facts.push_back({"timestep", *index.timestep, "ps"});
    facts.push_back(
        {"span", *index.timestep * static_cast<double>(steps.back() - steps.front()), "ps"});
  } else if (one && index.first.head.time) {
    facts.push_back({"time", *index.first.head.time, "ps"});
  } else if (!one) {
    facts.push_back({"timestep", nullptr, "ps", "the file does not tell it"});
  }
  for (auto& fact : frame_facts(index.first, index.types)) facts.push_back(std::move(fact));
  facts.push_back({"positions", index.first.is_unwrapped ? "unwrapped" : "folded into the box"});
  if (format == io::Format::extended_xyz) add_pairs(facts, path);

  const auto known = std::find_if(io::frame_formats().begin(), io::frame_formats().end(),
                                  [&](const auto& entry) { return entry.format == format; });
  Description out = describe_facts(
      fmt::format("{}: {} with {}", path, known->one,
                  one ? "one frame" : fmt::format("{} frames; of the first:", steps.size())),
      facts);
  out.warnings = index.warnings;
  out.next = one ? fmt::format("vitreous evaluate {} --potential P --out FILE.extxyz", path)
                 : fmt::format("vitreous analyze {} --observe msd", path);
  return out;
}

}  // namespace

Description describe_frames(const std::string& path) {
  const io::Format format = io::detect_format(path);
  if (format == io::Format::lammps_data) return describe_data(path);
  if (format != io::Format::other) return describe_trajectory(path, format);
  base::Message message;
  message.file = path;
  message.problem = "is nothing that can be shown";
  message.why =
      "shown are LAMMPS data files and dumps, extended XYZ, H5MD, checkpoints (.h5), tables "
      "(.csv), "
      "results.json, and the folders of runs, branches and analyses";
  message.tries = {fmt::format("vitreous potential show {}, if it is a potential", path)};
  throw base::InputError(message);
}

}  // namespace vitreous::cli
