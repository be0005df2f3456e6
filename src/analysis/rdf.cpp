#include "analysis/rdf.hpp"

#include <fmt/format.h>

#include <numeric>

#include "base/error.hpp"

namespace vitreous::analysis {
namespace {

constexpr FrameBudget rdf_budget{"rdf", 32.0, 1, 1000};  // of thousands of pairs each

}  // namespace

core::Declaration Rdf::declaration() {
  core::Declaration d;
  d.name = "rdf";
  d.one_line = "radial distribution functions g(r), of every pair of elements and of all atoms";
  d.formula = "g_ab(r) = V <n_ab(r)>/(N_a N_b 4 pi r^2 dr), with N (N - 1)/2 for pairs of a kind";
  d.options = {r_max_option("10 angstrom", "the largest distance; periodic images are counted"),
               bin_option("0.05 angstrom"), FramePlan::option(rdf_budget)};
  d.columns = {{"pair", "1", "two elements, or \"all\""},
               {"r", "angstrom", "distance, at the middle of a bin"},
               {"g", "1", "radial distribution function with its standard error"}};
  d.source = "Allen and Tildesley, Computer Simulation of Liquids, 2nd ed., section 2.6";
  return d;
}

Rdf::Rdf(const core::Options& options, const Setting& setting)
    : setting_(setting),
      bins_(DistanceBins::from(options)),
      distances_(setting.kinds.size(), bins_),
      sums_(FramePlan::make(setting.timeline, options, rdf_budget),
            (distances_.pairs() + 1) * bins_.count) {
  if (std::accumulate(setting.counts.begin(), setting.counts.end(), std::size_t{0}) < 2)
    throw base::InputError("rdf: one atom alone has no distances");
}

/// Adds the frame's pairs, `scale` for each over the shell's volume, to a curve.
void Rdf::add(std::size_t curve, double scale, const std::vector<std::size_t>& pairs) {
  for (std::size_t bin = 0; bin < bins_.count; ++bin) {
    std::int64_t count = 0;
    for (const std::size_t pair : pairs) count += distances_.pairs_in(pair, bin);
    sums_.add(curve * bins_.count + bin, scale * static_cast<double>(count) / bins_.shell(bin));
  }
}

void Rdf::observe(const core::Frame& frame) {
  const std::size_t kinds = setting_.kinds.size();
  distances_.count(*frame.box, *frame.atoms);
  sums_.begin(frame.step);
  const double volume = frame.box->volume();
  const auto atoms_of = [&](std::size_t kind) {
    return static_cast<double>(frame.atoms->count(static_cast<std::int32_t>(kind)));
  };
  for (std::size_t a = 0; a < kinds; ++a)
    for (std::size_t b = a; b < kinds; ++b) {
      const double na = atoms_of(a);
      const double pairs = a == b ? 0.5 * na * (na - 1.0) : na * atoms_of(b);
      const std::size_t pair = distances_.pair_of(a, b);
      if (pairs > 0.0) add(pair, volume / pairs, {pair});
    }
  const auto n = static_cast<double>(frame.atoms->size());
  std::vector<std::size_t> all(distances_.pairs());
  std::iota(all.begin(), all.end(), std::size_t{0});
  add(all.size(), volume / (0.5 * n * (n - 1.0)), all);
}

void Rdf::append(core::Table& table, std::size_t curve, const std::string& name) const {
  if (!sums_.has_errors()) return;
  for (std::size_t bin = 0; bin < bins_.count; ++bin) {
    const auto g = sums_.mean(curve * bins_.count + bin);
    std::get<std::vector<std::string>>(table.columns[0].values).push_back(name);
    std::get<std::vector<double>>(table.columns[1].values).push_back(bins_.center(bin));
    std::get<std::vector<double>>(table.columns[2].values).push_back(g.mean);
    table.columns[2].standard_error.push_back(g.standard_error);
  }
}

std::string Rdf::pair_name(std::size_t a, std::size_t b) const {
  return setting_.kinds[a].name + "-" + setting_.kinds[b].name;
}

core::Result Rdf::result() const {
  core::Table table;
  table.name = "rdf";
  table.columns = {{"pair", "1", std::vector<std::string>{}, {}},
                   {"r", "angstrom", std::vector<double>{}, {}},
                   {"g", "1", std::vector<double>{}, {}}};
  const std::size_t kinds = setting_.kinds.size();
  for (std::size_t a = 0; a < kinds; ++a)
    for (std::size_t b = a; b < kinds; ++b) {
      const bool some = setting_.counts[a] > (a == b ? 1 : 0) && setting_.counts[b] > 0;
      if (some) append(table, distances_.pair_of(a, b), pair_name(a, b));
    }
  append(table, distances_.pairs(), "all");
  table.how = {
      {"frames", fmt::format("{:.0f} of {} frames", sums_.frames(), sums_.plan().steps.size())},
      {"errors",
       fmt::format("standard errors (68 %, Student's t) from the scatter of up to {} blocks of "
                   "frames and their autocorrelation time; a bin without pairs has none",
                   FramePlan::most_groups)},
      {"normalization", "each frame with its own volume"}};
  core::Result result;
  result.tables.push_back(std::move(table));
  return result;
}

void Rdf::continue_from(const Observer& shorter) {
  sums_.continue_from(dynamic_cast<const Rdf&>(shorter).sums_);
}

void Rdf::transfer(core::Archive& archive) {
  const std::size_t channels = sums_.channels();
  sums_.transfer(archive);
  if (sums_.channels() != channels)
    throw base::RunError("the saved radial distribution functions have other bins");
}

}  // namespace vitreous::analysis
