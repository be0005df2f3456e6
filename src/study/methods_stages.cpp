#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/constants.hpp"
#include "stage/leg.hpp"
#include "study/branch_setup.hpp"
#include "study/methods.hpp"
#include "study/option_reading.hpp"
#include "study/stage_reading.hpp"
#include "study/start_state.hpp"
#include "study/words.hpp"
#include "study/works.hpp"

namespace vitreous::study {
namespace {

using stage::Leg;

constexpr double no_difference = 1e-9;

/// "20 ps", or "20 to 200 ps" where branches differ.
std::string span_text(double least, double most) {
  return most - least < no_difference ? fmt::format("{:g} ps", least)
                                      : fmt::format("{:g} to {:g} ps", least, most);
}

/// Of the k-th leg of every branch of a stage, which may differ in their pressures.
std::string ensemble_words(const std::vector<std::vector<Leg>>& legs, std::size_t k) {
  const Leg& leg = legs.front()[k];
  switch (leg.protocol.ensemble) {
    case engine::Ensemble::nve:
      return "at constant energy and volume";
    case engine::Ensemble::nvt:
      return "at constant volume and temperature";
    case engine::Ensemble::npt:
      break;
  }
  const double pressure = leg.protocol.pressure.at(0);
  const bool is_axis = std::any_of(legs.begin(), legs.end(), [&](const auto& of_branch) {
    return of_branch[k].protocol.pressure.at(0) != pressure;
  });
  return is_axis ? "at constant temperature and pressure"
                 : fmt::format("at constant temperature and a pressure of {:g} GPa",
                               pressure * base::eV_per_A3_to_GPa);
}

std::string opening_text(const Leg& leg) {
  if (!leg.opening) return "";
  return fmt::format("the box is opened by {:g} A on both sides along its edge {}, then ",
                     leg.opening->gap, "abc"[leg.opening->edge]);
}

/// What the k-th leg of every branch of a stage does.
std::string leg_text(const std::vector<std::vector<Leg>>& legs, std::size_t k, double timestep) {
  const Leg& first = legs.front()[k];
  double least = 1e300, most = 0.0;
  for (const auto& of_branch : legs) {
    const double duration = static_cast<double>(of_branch[k].steps) * timestep;
    least = std::min(least, duration);
    most = std::max(most, duration);
  }
  return fmt::format("{}{} {}{}{}", opening_text(first), span_text(least, most),
                     ensemble_words(legs, k),
                     first.in_mean_box ? ", in the mean box of the second half before" : "",
                     first.observed || legs.front().size() == 1 ? "" : ", unobserved");
}

/// A rate (K/ps) in K/s, as people write it: "1e14".
std::string rate_text(double rate) {
  std::string text = fmt::format("{:.4g}", rate * per_ps_in_per_s);
  if (const auto plus = text.find("e+"); plus != text.npos) text.erase(plus + 1, 1);
  return text;
}

std::string minimum_text(const std::vector<const Branch*>& branches, double force) {
  return fmt::format(
      ". {} minimized in its box by L-BFGS {} until no component of any force exceeds {:g} eV/A: "
      "its inherent structure {}.",
      branches.size() > 1 ? "Each branch is" : "It is", citation({"nocedal1980"}), force,
      citation({"stillinger1982"}));
}

std::string ramp_text(const std::vector<const Branch*>& branches) {
  const Branch& first = *branches.front();
  const auto& to = first.options.numbers("schedule.to");
  const auto& step = first.options.numbers("schedule.step");
  std::vector<std::string> parts;
  for (std::size_t k = 0; k < to.size(); ++k) {
    std::vector<std::string> rates;
    for (const Branch* branch : branches) {
      const std::string text = rate_text(branch->options.numbers("schedule.rate")[k]);
      if (!contains(rates, text)) rates.push_back(text);
    }
    parts.push_back(
        fmt::format("to {:g} K at {} K/s{}", to[k], listed(rates),
                    step[k] > 0.0 ? fmt::format(" in plateaus {:g} K apart", step[k]) : ""));
  }
  return fmt::format("{}", fmt::join(parts, ", then "));
}

std::string start_words(const Plan& plan, const Branch& first) {
  if (first.parent.empty())
    return "starts from random positions of the exact composition without overlaps, with "
           "velocities drawn at its temperature";
  return fmt::format(
      "starts where `{}` {}{}", first.parent.substr(0, first.parent.find('/')),
      first.leaves_at ? "stood at each temperature" : "ended",
      draws_velocities(plan, first) ? ", with velocities drawn at its temperature" : "");
}

/// "; temperature 2000, 1800 and 1600 K"
std::string axes_words(const std::vector<const Branch*>& branches) {
  std::string text;
  for (const auto& axis : branches.front()->axes) {
    std::vector<std::string> values;
    for (const Branch* branch : branches)
      for (const auto& value : branch->axes)
        if (value.name == axis.name) {
          const std::string shown =
              axis.name == "composition" ? value.text : fmt::format("{:g}", value.value);
          if (!contains(values, shown)) values.push_back(shown);
        }
    const std::string unit = axis_unit(axis.name);
    text += fmt::format("; {} {}{}", axis.name, listed(values), unit == "1" ? "" : " " + unit);
  }
  return text;
}

std::string stage_paragraph(const Plan& plan, const std::vector<const Branch*>& branches) {
  const Branch& first = *branches.front();
  std::vector<std::vector<Leg>> legs;
  int replicas = 1;
  for (const Branch* branch : branches) {
    legs.push_back(stage::legs_of(branch->kind, branch->options, branch->engine.timestep,
                                  start_temperature(plan, *branch)));
    replicas = std::max(replicas, branch->replica);
  }
  std::vector<std::string> parts;
  for (std::size_t k = 0; k < legs.front().size(); ++k)
    parts.push_back(leg_text(legs, k, first.engine.timestep));
  std::string text = fmt::format("**{}** ({}) {}{}", first.stage, first.kind,
                                 start_words(plan, first), axes_words(branches));
  const bool tells_temperature = std::any_of(first.axes.begin(), first.axes.end(),
                                             [](const auto& a) { return a.name == "temperature"; });
  if (stage::is_ramp(first.kind))
    text += ", and goes " + ramp_text(branches);
  else if (!tells_temperature)
    text += fmt::format("; temperature {:g} K", first.options.number("temperature"));
  if (legs.front().front().minimized_to)
    text += minimum_text(branches, *legs.front().front().minimized_to);
  else
    text += fmt::format(". {}{}.", branches.size() > 1 ? "Each branch runs " : "It runs ",
                        fmt::join(parts, "; then "));
  if (replicas > 1) text += fmt::format(" {} independent replicas.", replicas);
  if (first.save)
    text +=
        fmt::format(" A frame is saved every {:g} ps ({}).", first.save->every, first.save->format);
  return text + "\n\n";
}

}  // namespace

std::string stages_text(const Plan& plan) {
  std::string text = "## Stages\n\n";
  for (const auto& branches : by_stage(plan)) text += stage_paragraph(plan, branches);
  text.erase(text.find_last_not_of('\n') + 1);
  return text;
}

}  // namespace vitreous::study
