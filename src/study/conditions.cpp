#include "study/conditions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <regex>

#include "study/branch_setup.hpp"

namespace vitreous::study {
namespace {

constexpr double largest_ratio = 3.0;
constexpr double K_per_ps_to_K_per_s = 1e12;

/// The rate in words like "16384 atoms, 1.7e9 K/s"; 0 where there is none.
double rate_in(const std::string& conditions) {
  static const std::regex rate(R"(([0-9]+\.?[0-9]*([eE][+-]?[0-9]+)?) *K/s)");
  std::smatch match;
  return std::regex_search(conditions, match, rate) ? std::stod(match[1]) : 0.0;
}

}  // namespace

double cooling_rate(const Plan& plan, const Branch& branch) {
  const Branch* at = &branch;
  while (!at->options.has("schedule.rate")) {
    if (at->parent.empty()) return 0.0;
    at = &find_branch(plan, at->parent);
  }
  const auto& rates = at->options.numbers("schedule.rate");
  return *std::min_element(rates.begin(), rates.end()) * K_per_ps_to_K_per_s;
}

std::string differing_conditions(const core::Reference& reference, double rate,
                                 const std::string& state) {
  const double theirs = rate_in(reference.conditions);
  if (theirs > 0.0 && rate > 0.0 && std::abs(std::log(rate / theirs)) > std::log(largest_ratio))
    return fmt::format("ours was cooled at {:.2g} K/s, theirs at {:.2g} K/s", rate, theirs);
  const bool their_glass = reference.conditions.find("glass") != std::string::npos;
  const bool their_liquid = reference.conditions.find("equilibrium") != std::string::npos;
  if (their_glass && state == "equilibrium") return "ours is in equilibrium, theirs a glass";
  if (their_liquid && state == "glass") return "ours is a glass, theirs in equilibrium";
  return {};
}

}  // namespace vitreous::study
