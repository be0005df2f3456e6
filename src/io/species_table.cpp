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
  return frame.element_names == std::vector<std::string>{"C"};
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
  if (by_type_) {
    add_types(frame, types);
    return;
  }
  const std::set<std::string> names(frame.element_names.begin(), frame.element_names.end());
  for (const auto& name : names) {
    const auto index = static_cast<std::int32_t>(
        std::find(frame.element_names.begin(), frame.element_names.end(), name) -
        frame.element_names.begin());
    const auto at =
        std::find(frame.element.begin(), frame.element.end(), index) - frame.element.begin();
    add(name, frame.mass.empty() ? 0.0 : frame.mass[static_cast<std::size_t>(at)]);
  }
}

void SpeciesTable::add_types(const RawFrame& frame, const TypeInfo& types) {
  const bool unknown = is_unknown(frame, types);
  for (const std::int32_t t : types_in(frame)) {
    const auto type = static_cast<std::size_t>(t);
    const std::string name = name_of(types, type);
    if (name.empty() && !unknown)
      throw base::InputError(
          fmt::format("type {} has no element", t),
          types.name.empty() ? ""
                             : fmt::format("elements are named for {} types", types.name.size()),
          {"--species with one element for each type, e.g. --species Cu,Zr"});
    double mass = mass_of(types, type);
    if (mass == 0.0 && !frame.mass.empty())
      mass = frame.mass[static_cast<std::size_t>(
          std::find(frame.type.begin(), frame.type.end(), t) - frame.type.begin())];
    if (unknown)
      kinds_.push_back({"", mass});
    else if (find(name) < 0)
      add(name, mass);
    const std::int32_t kind = unknown ? static_cast<std::int32_t>(kinds_.size()) - 1 : find(name);
    kind_of_type_.resize(type + 1, -1);
    kind_of_type_[type] = kind;
    types_.resize(kinds_.size());
    types_[static_cast<std::size_t>(kind)].push_back(t);
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

std::vector<std::int32_t> SpeciesTable::kinds_of(const RawFrame& frame) const {
  std::vector<std::int32_t> kinds(frame.position.size());
  if (by_type_) {
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      const auto type = static_cast<std::size_t>(frame.type[i]);
      kinds[i] = type < kind_of_type_.size() ? kind_of_type_[type] : -1;
      if (kinds[i] < 0)
        throw base::InputError(fmt::format("type {} has no element", type),
                               "no atom of the first frame has this type");
    }
    return kinds;
  }
  std::vector<std::int32_t> kind_of_name;
  for (const auto& name : frame.element_names) {
    kind_of_name.push_back(find(name));
    if (kind_of_name.back() < 0)
      throw base::InputError(fmt::format("element {} appears", name),
                             "no atom of the first frame is one");
  }
  for (std::size_t i = 0; i < kinds.size(); ++i)
    kinds[i] = kind_of_name[static_cast<std::size_t>(frame.element[i])];
  return kinds;
}

namespace {

/// Where the atom with the k-th smallest id stands. Ids that are nearly 1 ... N, as they always
/// are, find their places without comparisons. Throws InputError where an id occurs twice.
std::vector<std::size_t> order_by_id(const std::vector<std::int64_t>& id, std::size_t n) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (id.empty()) return order;
  const auto [low, high] = std::minmax_element(id.begin(), id.end());
  const auto span = static_cast<std::uint64_t>(*high) - static_cast<std::uint64_t>(*low);
  if (span / 4 > n) {
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return id[a] < id[b]; });
    for (std::size_t k = 1; k < n; ++k)
      if (id[order[k]] == id[order[k - 1]])
        throw base::InputError(fmt::format("atom id {} occurs twice", id[order[k]]));
    return order;
  }
  std::vector<std::size_t> place(static_cast<std::size_t>(span) + 1, n);
  for (std::size_t i = 0; i < n; ++i) {
    std::size_t& here = place[static_cast<std::size_t>(id[i] - *low)];
    if (here != n) throw base::InputError(fmt::format("atom id {} occurs twice", id[i]));
    here = i;
  }
  std::copy_if(place.begin(), place.end(), order.begin(), [&](std::size_t i) { return i < n; });
  return order;
}

void gather(const std::vector<double>& from, const std::vector<std::size_t>& order,
            std::vector<double>& to) {
  to.resize(order.size());
  for (std::size_t k = 0; k < order.size(); ++k) to[k] = from[order[k]];
}

void gather(const math::Vectors& from, const std::vector<std::size_t>& order, math::Vectors& to) {
  gather(from.x, order, to.x);
  gather(from.y, order, to.y);
  gather(from.z, order, to.z);
}

}  // namespace

Configuration make_configuration(const RawFrame& frame, const SpeciesTable& table) {
  Configuration made;
  make_configuration(frame, table, made);
  return made;
}

void make_configuration(const RawFrame& frame, const SpeciesTable& table, Configuration& c) {
  const std::size_t n = frame.position.size();
  const auto order = order_by_id(frame.id, n);
  const auto kinds = table.kinds_of(frame);
  c.step = frame.head.step.value_or(0);
  c.time = frame.head.time;
  c.box = frame.head.box;
  c.periodic = frame.head.periodic;
  c.has_velocities = frame.has_velocities;
  c.is_unwrapped = frame.is_unwrapped;
  c.types = table.types();
  c.atoms.kinds = table.kinds();
  c.atoms.resize(n);
  for (std::size_t k = 0; k < n; ++k) {
    const std::size_t i = order[k];
    c.atoms.id[k] = frame.id.empty() ? static_cast<std::int64_t>(i) + 1 : frame.id[i];
    c.atoms.species[k] = kinds[i];
  }
  gather(frame.position, order, c.atoms.position);
  if (frame.has_velocities)
    gather(frame.velocity, order, c.atoms.velocity);
  else
    c.atoms.velocity.fill(0.0);
}

}  // namespace vitreous::io
