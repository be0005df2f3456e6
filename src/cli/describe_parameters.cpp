#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cli/description.hpp"
#include "cli/nanomold/alloy_file.hpp"
#include "cli/nanomold/answer.hpp"
#include "cli/relaxation_file.hpp"
#include "io/safe_file.hpp"
#include "study/value.hpp"

namespace vitreous::cli {
namespace {

namespace nano = models::nanomold;

bool has_any(const study::Value& root, const std::vector<std::string>& keys) {
  return std::any_of(keys.begin(), keys.end(),
                     [&](const std::string& key) { return root.find(key) != nullptr; });
}

std::string joined(const std::vector<std::string>& words, const std::string& where_none) {
  return words.empty() ? where_none : fmt::format("{}", fmt::join(words, ", "));
}

Description describe_nanomold(const std::string& path) {
  const auto alloy = read_alloy_file(path);
  const auto& best = alloy.parameters.best;
  std::vector<std::string> moldings, more;
  for (const auto& molding : alloy.moldings) moldings.push_back(celsius_text(molding.conditions.T));
  if (best.calorimetry) more.push_back("relaxation");
  if (best.bulk) more.push_back("bulk");
  if (best.capillarity) more.push_back("capillarity");
  if (alloy.composition) more.push_back("composition");
  auto out = describe_facts(path + ": parameters of nanomolding",
                            {{"laws", heading_of(alloy.title, best)},
                             {"with errors", joined(alloy.parameters.names, "none")},
                             {"also tells", joined(more, "no more than lengths do")},
                             {"molded at", joined(moldings, "not told")}});
  out.next = fmt::format("vitreous nanomold critical-size --parameters {}", path);
  return out;
}

Description describe_relaxation(const std::string& path) {
  const auto file = read_relaxation_files({path});
  std::vector<Fact> facts;
  if (!file.title.empty()) facts.push_back({"title", file.title});
  for (const auto& branch : file.branches)
    facts.push_back({branch.name, branch.branch ? "a line" : "an energy, and no time"});
  facts.push_back({"points", file.points.size()});
  auto out = describe_facts(path + ": branches of a relaxation map", facts);
  out.warnings = file.notes;
  out.next = fmt::format("vitreous relaxation map --parameters {}", path);
  return out;
}

}  // namespace

bool holds_parameters(const std::string& path) {
  try {
    const auto root = study::parse_study_text(path, io::read_file(path));
    return !has_any(root, {"stage", "engine", "defaults", "scale"}) &&
           has_any(root, {"viscosity", "interface", "molding", "alpha", "beta", "fast", "liquid",
                          "point", "shear_modulus"});
  } catch (const base::Error&) {
    return false;
  }
}

Description describe_parameters(const std::string& path) {
  const auto root = study::parse_study_text(path, io::read_file(path));
  return has_any(root, {"viscosity", "interface", "molding"}) ? describe_nanomold(path)
                                                              : describe_relaxation(path);
}

}  // namespace vitreous::cli
