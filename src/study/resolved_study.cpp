#include "study/resolved_study.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "study/reference_reading.hpp"

namespace vitreous::study {
namespace {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      out += fmt::format("\\{}", c);
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    else
      out += c;
  }
  return out + "\"";
}

std::string list_of(const std::vector<std::string>& parts) {
  return fmt::format("[{}]", fmt::join(parts, ", "));
}

/// A number with its unit; every digit that it takes to read the same number back.
std::string quantity(double value, const std::string& unit) {
  return unit == "1" ? fmt::format("{:#}", value) : quoted(fmt::format("{} {}", value, unit));
}

std::string option_text(const core::OptionValue& value, const std::string& unit) {
  struct Writer {
    const std::string& unit;
    std::string operator()(double v) const { return quantity(v, unit); }
    std::string operator()(std::int64_t v) const { return std::to_string(v); }
    std::string operator()(const std::string& v) const { return quoted(v); }
    std::string operator()(bool v) const { return v ? "true" : "false"; }
    std::string operator()(const std::vector<double>& v) const {
      std::vector<std::string> parts;
      for (const double x : v) parts.push_back(quantity(x, unit));
      return list_of(parts);
    }
    std::string operator()(const std::vector<std::string>& v) const {
      std::vector<std::string> parts;
      for (const auto& x : v) parts.push_back(quoted(x));
      return list_of(parts);
    }
  };
  return std::visit(Writer{unit}, value);
}

std::string axis_text(const Axis& axis) {
  std::vector<std::string> parts;
  for (const auto& point : axis.points)
    parts.push_back(axis.name == "composition" ? quoted(point.value.text)
                                               : quantity(point.value.value, point.value.unit));
  return list_of(parts);
}

const Axis* axis_of_stage(const StageSpec& spec, const std::string& name) {
  for (const auto& axis : spec.axes)
    if (axis.name == name) return &axis;
  return nullptr;
}

std::string schedule_text(const StageSpec& spec) {
  const auto& to = spec.options.numbers("schedule.to");
  const auto& rate = spec.options.numbers("schedule.rate");
  const auto& step = spec.options.numbers("schedule.step");
  std::string text = "[\n";
  for (std::size_t k = 0; k < to.size(); ++k) {
    const bool is_axis = spec.rate_segment && *spec.rate_segment == k;
    text +=
        fmt::format("  {{ to = {}, rate = {}, step = {} }},\n", quantity(to[k], "K"),
                    is_axis ? axis_text(*axis_of_stage(spec, "rate")) : quantity(rate[k], "K/ps"),
                    quantity(step[k], "K"));
  }
  return text + "]";
}

std::string observer_text(const analysis::ObserverRequest& request) {
  std::string text = fmt::format("{{ kind = {}", quoted(request.kind));
  const core::Declaration& declaration = analysis::check_request(request);
  const core::Options options = core::parse_options(declaration, request.options);
  for (const auto& option : declaration.options)
    if (options.has(option.name))
      text += fmt::format(", {} = {}", option.name,
                          option_text(options.all().at(option.name), option.unit));
  return text + " }";
}

/// Whether the value is the stage's own word, and not one that a parent's axis gives.
bool is_written(const StageSpec& spec, const core::OptionDeclaration& option,
                const std::vector<Branch>& branches) {
  if (!spec.options.has(option.name)) return false;
  if (spec.gives(option.name) && std::find(spec.from_defaults.begin(), spec.from_defaults.end(),
                                           option.name) == spec.from_defaults.end())
    return true;
  for (const auto& branch : branches)
    if (branch.stage == spec.name)
      for (const auto& axis : branch.axes)
        if (axis.name == option.name) return false;
  return true;
}

std::string stage_text(const StageSpec& spec, const std::vector<Branch>& branches) {
  std::string text =
      fmt::format("\n[[stage]]\nname = {}\nkind = {}\n", quoted(spec.name), quoted(spec.kind));
  const auto add = [&](const std::string& key, const std::string& value) {
    text += fmt::format("{} = {}\n", key, value);
  };
  if (!spec.from.empty()) add("from", quoted(spec.from));
  int replicas = 1;
  for (const auto& branch : branches)
    if (branch.stage == spec.name) replicas = std::max(replicas, branch.replica);
  add("replicas", std::to_string(replicas));
  if (const Axis* axis = axis_of_stage(spec, "composition")) add("composition", axis_text(*axis));
  if (spec.is_ramp()) add("schedule", schedule_text(spec));
  for (const auto& option : spec.declaration->options) {
    if (option.name.starts_with("schedule.")) continue;
    if (const Axis* axis = axis_of_stage(spec, option.name))
      add(option.name, axis_text(*axis));
    else if (is_written(spec, option, branches))
      add(option.name, option_text(spec.options.all().at(option.name), option.unit));
  }
  std::vector<std::string> observers;
  for (const auto& request : spec.observe) observers.push_back(observer_text(request));
  if (observers.empty())
    add("observe", "[]");
  else
    add("observe", fmt::format("[\n  {},\n]", fmt::join(observers, ",\n  ")));
  if (spec.save)
    add("save", fmt::format("{{ every = {}, format = {} }}", quantity(spec.save->every, "ps"),
                            quoted(spec.save->format)));
  return text;
}

std::string origin_text(const core::Reference& reference) {
  return fmt::format("source = {}, kind = {}, conditions = {}", quoted(reference.source),
                     quoted(reference.kind), quoted(reference.conditions));
}

std::string fit_text(const FitRequest& fit) {
  std::string text =
      fmt::format("\n[[fit]]\nlaw = {}\nname = {}\n", quoted(fit.law), quoted(fit.name));
  std::vector<std::string> of;
  for (const auto& quantity_name : fit.of) of.push_back(quoted(quantity_name));
  text += fmt::format("of = {}\n", list_of(of));
  std::vector<std::string> where;
  for (const auto& [axis, range] : fit.where)
    where.push_back(fmt::format("{} = [{}, {}]", axis, quantity(range.first, axis_unit(axis)),
                                quantity(range.second, axis_unit(axis))));
  if (!where.empty()) text += fmt::format("where = {{ {} }}\n", fmt::join(where, ", "));
  for (const auto& [key, words] : fit.options) text += fmt::format("{} = {}\n", key, quoted(words));
  if (fit.compare.empty()) return text;
  text += "compare = { ";
  for (const auto& [name, reference] : fit.compare)
    text += fmt::format("{} = {}, ", name, quoted(reference_text(reference)));
  return text + origin_text(fit.compare.begin()->second) + " }\n";
}

std::string compare_text(const CompareRequest& compare) {
  std::string text =
      fmt::format("\n[[compare]]\nquantity = {}\nvalue = {}\n", quoted(compare.quantity),
                  quoted(reference_text(compare.reference)));
  if (!compare.over.empty()) text += fmt::format("over = {}\n", quoted(compare.over));
  std::vector<std::string> at;
  for (const auto& [axis, value] : compare.at)
    at.push_back(fmt::format("{} = {}", axis, quoted(value)));
  if (!at.empty()) text += fmt::format("at = {{ {} }}\n", fmt::join(at, ", "));
  text += fmt::format("source = {}\nkind = {}\nconditions = {}\n", quoted(compare.reference.source),
                      quoted(compare.reference.kind), quoted(compare.reference.conditions));
  return text;
}

std::string alloy_text(const AlloyChoice& alloy) {
  std::vector<std::string> compositions;
  for (const auto& composition : alloy.compositions)
    compositions.push_back(quoted(composition.text));
  const bool is_model = alloy.potential_source.starts_with("kim:");
  return fmt::format("[alloy]\ncomposition = {}\natoms = {}\npotential = {}\n",
                     alloy.composition_is_list ? list_of(compositions) : compositions.front(),
                     alloy.atoms,
                     quoted(is_model ? alloy.potential_source
                                     : std::filesystem::absolute(alloy.potential_source).string()));
}

std::string engine_text(const EngineChoice& engine) {
  std::string text = fmt::format("[engine]\nkind = {}\ntimestep = {}\nseed = {}\n",
                                 quoted(engine.kind), quantity(engine.timestep, "ps"), engine.seed);
  if (engine.kind == "native")
    return text + fmt::format("precision = {}\n", quoted(engine.precision));
  const LammpsChoice& lammps = engine.lammps;
  const auto add = [&](const char* key, const std::vector<std::string>& lines) {
    if (!lines.empty()) text += fmt::format("{} = {}\n", key, option_text(lines, "1"));
  };
  if (!lammps.pair_style.empty())
    text += fmt::format("pair_style = {}\n", quoted(lammps.pair_style));
  add("pair_coeff", lammps.pair_coeff);
  add("commands", lammps.commands);
  if (!lammps.arguments.empty())
    text += fmt::format("arguments = {}\n",
                        quoted(fmt::format("{}", fmt::join(lammps.arguments, " "))));
  return text;
}

}  // namespace

std::string resolved_study(const Plan& plan, const std::vector<StageSpec>& stages,
                           const AlloyChoice& alloy, const EngineChoice& engine) {
  std::string text = fmt::format("# {}{} with every default written out.\ntitle = {}\n\n{}\n{}",
                                 std::filesystem::path(plan.study_file).filename().string(),
                                 plan.scale.empty() ? "" : " at scale " + plan.scale,
                                 quoted(plan.title), alloy_text(alloy), engine_text(engine));
  for (const auto& spec : stages) text += stage_text(spec, plan.branches);
  for (const auto& fit : plan.fits) text += fit_text(fit);
  for (const auto& compare : plan.compares) text += compare_text(compare);
  return text;
}

}  // namespace vitreous::study
