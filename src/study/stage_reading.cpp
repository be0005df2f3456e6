#include "study/stage_reading.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>

#include "stage/stage.hpp"
#include "study/observe_reading.hpp"
#include "study/option_reading.hpp"
#include "study/study_keys.hpp"
#include "study/words.hpp"

namespace vitreous::study {
namespace {

struct AxisKind {
  const char* name;
  const char* unit;
  const char* suffix;  ///< in a folder's name
};

constexpr std::array<AxisKind, 4> axis_kinds = {{{"composition", "1", ""},
                                                 {"pressure", "GPa", "GPa"},
                                                 {"rate", "K/s", "K_per_s"},
                                                 {"temperature", "K", "K"}}};

/// The keys of a kind: its options, the parts of `schedule` as one, and what every stage has.
std::vector<std::string> keys_of(const core::Declaration& declaration) {
  auto keys = section_keys("stage");
  for (const auto& option : declaration.options) {
    const std::string key = option.name.substr(0, option.name.find('.'));
    if (!contains(keys, key)) keys.push_back(key);
  }
  return keys;
}

bool any_kind_has(const std::string& key) {
  const auto& kinds = stage::stage_declarations();
  return std::any_of(kinds.begin(), kinds.end(),
                     [&](const auto& kind) { return contains(keys_of(kind), key); });
}

/// What people look for among the kinds of stage and is none; "" where it is not known.
std::string instead_of(const std::string& kind) {
  static const std::set<std::string> paths = {"barriers", "barrier", "neb", "saddles", "hops"};
  if (paths.contains(kind)) return "observe = [{ kind = \"hops\", barriers = 40 }] in a hold";
  static const std::set<std::string> minimizers = {"minimise", "minimization", "minimisation",
                                                   "relax", "inherent_structure"};
  return minimizers.contains(kind) ? "kind = \"minimize\"" : "";
}

const core::Declaration& find_kind(const StageSection& section) {
  const Entry* entry = section.table.find("kind");
  std::vector<std::string> names;
  for (const auto& declaration : stage::stage_declarations()) names.push_back(declaration.name);
  if (!entry)
    refuse(section.table.place, section.name, "the stage lacks its `kind`",
           fmt::format("the kinds are {}", fmt::join(names, ", ")), {"kind = \"hold\""});
  const std::string& name = require_text(entry->value, section.name + ".kind");
  for (const auto& declaration : stage::stage_declarations())
    if (declaration.name == name) return declaration;
  std::string instead = instead_of(name);
  if (const std::string nearest = base::nearest_name(name, names);
      instead.empty() && !nearest.empty())
    instead = fmt::format("kind = \"{}\"", nearest);
  refuse(entry->value.place, section.name + ".kind",
         fmt::format("\"{}\" is not a kind of stage", name),
         fmt::format("the kinds are {}", fmt::join(names, ", ")),
         {instead.empty() ? "vitreous list stages" : instead});
}

void require_keys(const StageSection& section, const core::Declaration& declaration,
                  Mistakes& mistakes) {
  const auto known = keys_of(declaration);
  for (const Entry& entry : section.table.entries) {
    if (contains(known, entry.key)) continue;
    const bool by_default = contains(section.from_defaults, entry.key);
    if (by_default && any_kind_has(entry.key)) continue;
    mistakes.attempt([&] {
      refuse_unknown_key(entry, (by_default ? "defaults" : section.name) + "." + entry.key,
                         declaration.name, known);
    });
  }
}

void require_range(const std::string& option, double value, const Place& place,
                   const std::string& key) {
  static const std::vector<std::string> positive = {
      "temperature", "duration", "temperature_damping", "pressure_damping", "force"};
  if (contains(positive, option) && !(value > 0.0)) refuse(place, key, "must be above zero");
  if (option == "equilibrate" && value < 0.0) refuse(place, key, "must not be negative");
}

/// Reads one stage; the parts fill `spec`.
class StageReader {
 public:
  StageReader(const StageSection& section, double timestep, Mistakes& mistakes)
      : section_(section), timestep_(timestep), mistakes_(mistakes) {}

  StageSpec read() {
    spec_.name = section_.name;
    spec_.place = section_.table.place;
    spec_.declaration = &find_kind(section_);
    spec_.kind = spec_.declaration->name;
    spec_.from_defaults = section_.from_defaults;
    require_keys(section_, *spec_.declaration, mistakes_);
    for (const Entry& entry : section_.table.entries) mistakes_.attempt([&] { read_entry(entry); });
    for (const auto& option : spec_.declaration->options)
      mistakes_.attempt([&] { read_declared(option); });
    sort_axes();
    return spec_;
  }

 private:
  std::string key(const std::string& name) const { return section_.name + "." + name; }

  void read_entry(const Entry& entry) {
    const Value& value = entry.value;
    const std::string name = key(entry.key);
    spec_.places[entry.key] = value.place;
    if (entry.key == "from") spec_.from = require_text(value, name);
    if (entry.key == "replicas") spec_.replicas = static_cast<int>(read_count(value, 1, name));
    if (contains({"observe", "save"}, entry.key) && !stage::passes_time(spec_.kind))
      return require_nothing_watched(entry);
    if (entry.key == "observe") spec_.observe = read_observers(value, name);
    if (entry.key == "save") spec_.save = read_save(value, timestep_, name);
    if (entry.key == "composition") read_composition_axis(value, name);
    if (entry.key == "schedule" && spec_.is_ramp()) read_schedule(value, name);
  }

  /// [defaults] speak for the stages in which time passes.
  void require_nothing_watched(const Entry& entry) const {
    const bool is_empty = entry.value.is(Value::Kind::list) && entry.value.items.empty();
    if (is_empty || contains(section_.from_defaults, entry.key)) return;
    refuse(entry.place, key(entry.key), "no time passes here in which anything could be watched",
           "it yields one configuration, in final.extxyz and final.data, with its energy",
           {fmt::format("leave out `{}`", entry.key),
            "the observer `hops` in a hold looks at inherent structures as they change"});
  }

  void read_composition_axis(const Value& value, const std::string& name) {
    Axis axis{"composition", {}};
    for (const auto& composition : read_compositions(value, name)) {
      const AxisValue shown{"composition", 0.0, "1", composition.text};
      axis.points.push_back({shown, composition, composition.place});
    }
    add_axis(std::move(axis), name);
  }

  void read_declared(const core::OptionDeclaration& option) {
    if (option.name.starts_with("schedule.")) return;
    const Entry* entry = section_.table.find(option.name);
    if (!entry) {
      if (option.default_text != "required" && option.default_text != "automatic")
        spec_.options.set(option.name, core::parse_option(option, option.default_text));
      return;
    }
    const Value& value = entry->value;
    const bool is_axis = option.name == "temperature" || option.name == "pressure";
    if (is_axis && !value.is_single()) return read_number_axis(option, value);
    spec_.options.set(option.name, read_option(option, value, key(option.name)));
    if (option.type == core::OptionType::number)
      require_range(option.name, spec_.options.number(option.name), value.place, key(option.name));
  }

  void read_number_axis(const core::OptionDeclaration& option, const Value& value) {
    Axis axis{option.name, {}};
    for (const auto& number : read_numbers(value, option.unit, key(option.name))) {
      require_range(option.name, number.number, number.place, key(option.name));
      axis.points.push_back({axis_value(option.name, number.number), {}, number.place});
    }
    add_axis(std::move(axis), key(option.name));
  }

  void add_axis(Axis axis, const std::string& name) {
    for (std::size_t k = 0; k < axis.points.size(); ++k)
      for (std::size_t other = 0; other < k; ++other)
        if (axis.points[other].value.text == axis.points[k].value.text)
          refuse(axis.points[k].place, name,
                 fmt::format("{} stands twice in it", axis.points[k].value.text));
    spec_.axes.push_back(std::move(axis));
  }

  void read_schedule(const Value& value, const std::string& name) {
    if (!value.is(Value::Kind::list) || value.items.empty())
      refuse(value.place, name, "a list of segments is expected here", "",
             {"schedule = [{ to = \"500 K\", rate = \"1e12 K/s\" }]"});
    std::vector<double> to, rate, step;
    for (std::size_t k = 0; k < value.items.size(); ++k) {
      const std::string segment_key = fmt::format("{}[{}]", name, k);
      const Value& segment = require_table(value.items[k], segment_key);
      require_known_keys(segment, segment_key, "a segment", {"to", "rate", "step"});
      for (const char* part : {"to", "rate"})
        if (!segment.find(part))
          refuse(segment.place, segment_key, fmt::format("the segment lacks `{}`", part), "",
                 {"{ to = \"500 K\", rate = \"1e12 K/s\" }"});
      for (const Entry& entry : segment.entries)
        spec_.places[fmt::format("schedule[{}].{}", k, entry.key)] = entry.value.place;
      to.push_back(read_positive(segment.find("to")->value, "K", segment_key + ".to"));
      rate.push_back(read_rate(segment.find("rate")->value, k, segment_key + ".rate"));
      step.push_back(0.0);
      if (const Entry* entry = segment.find("step")) {
        step.back() = read_quantity(entry->value, "K", segment_key + ".step");
        if (step.back() < 0.0)
          refuse(entry->value.place, segment_key + ".step", "must not be negative");
      }
    }
    spec_.options.set("schedule.to", to);
    spec_.options.set("schedule.rate", rate);
    spec_.options.set("schedule.step", step);
  }

  /// A rate, or a list of rates: an axis of the stage. Then what is returned is overwritten.
  double read_rate(const Value& value, std::size_t segment, const std::string& name) {
    if (value.is_single()) return read_positive(value, "K/ps", name);
    if (spec_.rate_segment)
      refuse(value.place, name, "only one segment may have several rates",
             fmt::format("segment {} has some", *spec_.rate_segment));
    spec_.rate_segment = segment;
    Axis axis{"rate", {}};
    for (const auto& number : read_numbers(value, "K/ps", name)) {
      if (!(number.number > 0.0)) refuse(number.place, name, "must be above zero");
      axis.points.push_back(
          {axis_value("rate", number.number * per_ps_in_per_s), {}, number.place});
    }
    const double first = axis.points.front().value.value / per_ps_in_per_s;
    add_axis(std::move(axis), name);
    return first;
  }

  void sort_axes() {
    std::stable_sort(spec_.axes.begin(), spec_.axes.end(), [](const Axis& a, const Axis& b) {
      return axis_order(a.name) < axis_order(b.name);
    });
  }

  const StageSection& section_;
  double timestep_;
  Mistakes& mistakes_;
  StageSpec spec_;
};

}  // namespace

const Place& StageSpec::place_of(const std::string& key) const {
  const auto found = places.find(key);
  return found == places.end() ? place : found->second;
}

std::size_t axis_order(const std::string& name) {
  std::size_t order = 0;
  while (order < axis_kinds.size() && axis_kinds[order].name != name) ++order;
  return order;
}

std::string axis_unit(const std::string& axis) {
  const std::size_t order = axis_order(axis);
  return order < axis_kinds.size() ? axis_kinds[order].unit : "";
}

AxisValue axis_value(const std::string& axis, double value) {
  std::string number = fmt::format("{:.10g}", value);
  if (const auto plus = number.find("e+"); plus != std::string::npos) number.erase(plus + 1, 1);
  return {axis, value, axis_unit(axis), number + axis_kinds[axis_order(axis)].suffix};
}

StageSpec read_stage(const StageSection& section, double timestep, Mistakes& mistakes) {
  return StageReader(section, timestep, mistakes).read();
}

}  // namespace vitreous::study
