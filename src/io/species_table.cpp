#include "io/species_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "base/error.hpp"
#include "core/element.hpp"

namespace vitreous::io {
namespace {

std::string name_of(const TypeInfo& types, std::size_t type) {
  return type <= types.name.size() ? types.name[type - 1] : std::string();
}
double mass_of(const TypeInfo& types, std::size_t type) {
  return type <= types.mass.size() ? types.mass[type - 1] : 0.0;
}

std::set<std::int32_t> types_in(const RawFrame& frame) {
  return {frame.type.begin(), frame.type.end()};
}

/// LAMMPS writes C into the element column of every type that it was not told of.
bool says_carbon_alone(const RawFrame& frame) {
  return std::all_of(frame.element.begin(), frame.element.end(),
                     [](const auto& name) { return name == "C"; });
}

bool has_elements(const RawFrame& frame) {
  return !frame.element.empty() && (frame.type.empty() || !says_carbon_alone(frame));
}

}  // namespace

void name_types_by_mass(TypeInfo& types) {
  types.name.resize(std::max(types.name.size(), types.mass.size()));
  for (std::size_t t = 0; t < types.mass.size(); ++t) {
    if (!types.name[t].empty()) continue;
    if (const auto* element = core::element_of_mass(types.mass[t])) types.name[t] = element->symbol;
  }
}

bool SpeciesTable::is_unknown(const RawFrame& frame, const TypeInfo& types) {
  if (has_elements(frame)) return false;
  const auto used = types_in(frame);
  return std::all_of(used.begin(), used.end(), [&](std::int32_t t) {
    return name_of(types, static_cast<std::size_t>(t)).empty();
  });
}

std::string SpeciesTable::describe_types(const RawFrame& frame) {
  const auto used = types_in(frame);
  return fmt::format("{} {}", used.size() == 1 ? "type" : "types", fmt::join(used, ", "));
}

SpeciesTable::SpeciesTable(const RawFrame& frame, const TypeInfo& types) {
  const auto used = types_in(frame);
  const bool elements = has_elements(frame);
  by_type_ =
      !used.empty() && (!elements || std::any_of(used.begin(), used.end(), [&](std::int32_t t) {
        return !name_of(types, static_cast<std::size_t>(t)).empty();
      }));
  if (!by_type_) {
    const std::set<std::string> names(frame.element.begin(), frame.element.end());
    for (const auto& name : names) {
      const auto at =
          std::find(frame.element.begin(), frame.element.end(), name) - frame.element.begin();
      add(name, frame.mass.empty() ? 0.0 : frame.mass[static_cast<std::size_t>(at)]);
    }
    return;
  }
  for (const std::int32_t t : used) {
    const auto type = static_cast<std::size_t>(t);
    const std::string name = name_of(types, type);
    if (name.empty())
      throw base::InputError(
          fmt::format("type {} has no element", t),
          types.name.empty() ? ""
                             : fmt::format("elements are named for {} types", types.name.size()),
          {"--species with one element for each type, e.g. --species Cu,Zr"});
    double mass = mass_of(types, type);
    if (mass == 0.0 && !frame.mass.empty())
      mass = frame.mass[static_cast<std::size_t>(
          std::find(frame.type.begin(), frame.type.end(), t) - frame.type.begin())];
    if (find(name) < 0) add(name, mass);
    kind_of_type_.resize(type + 1, -1);
    kind_of_type_[type] = find(name);
  }
}

std::int32_t SpeciesTable::find(const std::string& name) const {
  for (std::size_t k = 0; k < kinds_.size(); ++k)
    if (kinds_[k].name == name) return static_cast<std::int32_t>(k);
  return -1;
}

void SpeciesTable::add(const std::string& name, double mass) {
  const auto* element = core::find_element(name);
  if (!element && !(mass > 0.0))
    throw base::InputError(
        fmt::format("\"{}\" is not an element, and its mass is not given", name));
  kinds_.push_back({name, mass > 0.0 ? mass : element->mass});
}

std::int32_t SpeciesTable::kind_of(const RawFrame& frame, std::size_t i) const {
  std::int32_t kind = -1;
  if (by_type_) {
    const auto type = static_cast<std::size_t>(frame.type[i]);
    if (type < kind_of_type_.size()) kind = kind_of_type_[type];
    if (kind < 0)
      throw base::InputError(fmt::format("type {} has no element", type),
                             "no atom of the first frame has this type");
  } else {
    kind = find(frame.element[i]);
    if (kind < 0)
      throw base::InputError(fmt::format("element {} appears", frame.element[i]),
                             "no atom of the first frame is one");
  }
  return kind;
}

Configuration make_configuration(const RawFrame& frame, const SpeciesTable& table) {
  const std::size_t n = frame.position.size();
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (!frame.id.empty() && !std::is_sorted(frame.id.begin(), frame.id.end()))
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return frame.id[a] < frame.id[b]; });

  Configuration c;
  c.step = frame.head.step.value_or(0);
  c.time = frame.head.time;
  c.box = frame.head.box;
  c.has_velocities = frame.has_velocities;
  c.is_unwrapped = frame.is_unwrapped;
  c.atoms.kinds = table.kinds();
  c.atoms.resize(n);
  for (std::size_t k = 0; k < n; ++k) {
    const std::size_t i = order[k];
    c.atoms.id[k] = frame.id.empty() ? static_cast<std::int64_t>(i) + 1 : frame.id[i];
    if (k > 0 && c.atoms.id[k] == c.atoms.id[k - 1])
      throw base::InputError(fmt::format("atom id {} occurs twice", c.atoms.id[k]));
    c.atoms.species[k] = table.kind_of(frame, i);
    c.atoms.position.set(k, frame.position[i]);
    if (frame.has_velocities) c.atoms.velocity.set(k, frame.velocity[i]);
  }
  return c;
}

}  // namespace vitreous::io
