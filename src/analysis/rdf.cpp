#include "analysis/rdf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/lag_grid.hpp"
#include "base/error.hpp"
#include "math/statistics.hpp"

namespace vitreous::analysis {
namespace {

constexpr double most_frames_in_situ = 32.0;  ///< of thousands of pairs each
constexpr std::size_t most_frames_of_file = 1000;
constexpr std::size_t fewest_frames = 8;  ///< for an error
constexpr std::size_t most_groups = 64;

std::vector<std::int64_t> file_steps(const std::vector<std::int64_t>& all) {
  const std::size_t every = (all.size() + most_frames_of_file - 1) / most_frames_of_file;
  std::vector<std::int64_t> steps;
  for (std::size_t i = 0; i < all.size(); i += every) steps.push_back(all[i]);
  return steps;
}

std::int64_t spacing_in_situ(const Timeline& timeline, const core::Options& options) {
  if (options.has("every"))
    return std::max<std::int64_t>(1, std::llround(options.number("every") / timeline.timestep));
  return power_of_two_above(static_cast<double>(timeline.last - timeline.first) /
                            most_frames_in_situ);
}

std::vector<std::int64_t> run_steps(const Timeline& timeline, const core::Options& options) {
  const std::int64_t spacing = spacing_in_situ(timeline, options);
  std::vector<std::int64_t> steps;
  for (auto step = timeline.first + spacing; step <= timeline.last; step += spacing)
    steps.push_back(step);
  return steps;
}

std::vector<std::int64_t> sampled_steps(const Timeline& timeline, const core::Options& options) {
  auto steps = timeline.from_file() ? file_steps(timeline.steps) : run_steps(timeline, options);
  if (steps.size() < fewest_frames)
    throw base::InputError(
        fmt::format("rdf: {} frame{}, {} needed", steps.size(), steps.size() == 1 ? "" : "s",
                    fewest_frames),
        "with fewer there is no scatter from which g(r) could have an error",
        {timeline.from_file() ? "a trajectory of more frames" : "a shorter `every`"});
  return steps;
}

/// A power of two, so that the groups of a run lie within those of a longer one.
std::size_t frames_a_group(std::size_t frames) {
  return static_cast<std::size_t>(
      power_of_two_above(static_cast<double>(frames) / static_cast<double>(most_groups)));
}

}  // namespace

core::Declaration Rdf::declaration() {
  core::Declaration d;
  d.name = "rdf";
  d.one_line = "radial distribution functions g(r), of every pair of elements and of all atoms";
  d.formula = "g_ab(r) = V <n_ab(r)>/(N_a N_b 4 pi r^2 dr), with N (N - 1)/2 for pairs of a kind";
  d.options = {r_max_option("10 angstrom", "the largest distance; periodic images are counted"),
               bin_option("0.05 angstrom"),
               {"every",
                core::OptionType::number,
                "ps",
                "automatic",
                "time between frames in situ, 16 to 32 a run if not given; of a file up to 1000 "
                "evenly spaced frames are taken",
                {}}};
  d.columns = {{"pair", "1", "two elements, or \"all\""},
               {"r", "angstrom", "distance, at the middle of a bin"},
               {"g", "1", "radial distribution function with its standard error"}};
  d.source = "Allen and Tildesley, Computer Simulation of Liquids, 2nd ed., section 2.6";
  return d;
}

Rdf::Rdf(const core::Options& options, const Setting& setting)
    : setting_(setting),
      steps_(sampled_steps(setting.timeline, options)),
      bins_(DistanceBins::from(options)),
      distances_(setting.kinds.size(), bins_),
      frames_a_group_(frames_a_group(steps_.size())),
      groups_((steps_.size() + frames_a_group_ - 1) / frames_a_group_),
      frames_(groups_),
      sums_((distances_.pairs() + 1) * groups_ * bins_.count) {
  if (std::accumulate(setting.counts.begin(), setting.counts.end(), std::size_t{0}) < 2)
    throw base::InputError("rdf: one atom alone has no distances");
}

/// Adds the frame's pairs, `scale` for each over the shell's volume, to a curve.
void Rdf::add(std::size_t curve, std::size_t group, double scale,
              const std::vector<std::size_t>& pairs) {
  double* sums = &sums_[(curve * groups_ + group) * bins_.count];
  for (std::size_t bin = 0; bin < bins_.count; ++bin) {
    std::int64_t count = 0;
    for (const std::size_t pair : pairs) count += distances_.pairs_in(pair, bin);
    sums[bin] += scale * static_cast<double>(count) / bins_.shell(bin);
  }
}

void Rdf::observe(const core::Frame& frame) {
  const auto index = static_cast<std::size_t>(
      std::lower_bound(steps_.begin(), steps_.end(), frame.step) - steps_.begin());
  const std::size_t group = index / frames_a_group_, kinds = setting_.kinds.size();
  distances_.count(*frame.box, *frame.atoms);
  ++frames_[group];
  const double volume = frame.box->volume();
  const auto atoms_of = [&](std::size_t kind) {
    return static_cast<double>(frame.atoms->count(static_cast<std::int32_t>(kind)));
  };
  for (std::size_t a = 0; a < kinds; ++a)
    for (std::size_t b = a; b < kinds; ++b) {
      const double na = atoms_of(a);
      const double pairs = a == b ? 0.5 * na * (na - 1.0) : na * atoms_of(b);
      const std::size_t pair = distances_.pair_of(a, b);
      if (pairs > 0.0) add(pair, group, volume / pairs, {pair});
    }
  const auto n = static_cast<double>(frame.atoms->size());
  std::vector<std::size_t> all(distances_.pairs());
  std::iota(all.begin(), all.end(), std::size_t{0});
  add(all.size(), group, volume / (0.5 * n * (n - 1.0)), all);
}

void Rdf::append(core::Table& table, std::size_t curve, const std::string& name) const {
  std::vector<std::size_t> filled;
  for (std::size_t g = 0; g < groups_; ++g)
    if (frames_[g] > 0) filled.push_back(g);
  if (filled.size() < fewest_frames) return;
  std::vector<double> values(filled.size());
  for (std::size_t bin = 0; bin < bins_.count; ++bin) {
    for (std::size_t k = 0; k < filled.size(); ++k)
      values[k] = sums_[(curve * groups_ + filled[k]) * bins_.count + bin] /
                  static_cast<double>(frames_[filled[k]]);
    const auto g = math::correlated_mean(values);
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
      {"frames", fmt::format("{} of {} frames",
                             std::accumulate(frames_.begin(), frames_.end(), std::int64_t{0}),
                             steps_.size())},
      {"errors",
       fmt::format("standard errors (68 %, Student's t) from the scatter of up to {} blocks of "
                   "frames and their autocorrelation time; a bin without pairs has none",
                   most_groups)},
      {"normalization", "each frame with its own volume"}};
  core::Result result;
  result.tables.push_back(std::move(table));
  return result;
}

void Rdf::continue_from(const Observer& shorter) {
  const auto& before = dynamic_cast<const Rdf&>(shorter);
  const auto length = [](const Rdf& rdf) {
    return (rdf.steps_[1] - rdf.steps_[0]) * static_cast<std::int64_t>(rdf.frames_a_group_);
  };
  const auto ratio = static_cast<std::size_t>(length(*this) / length(before));
  const std::size_t curves = distances_.pairs() + 1;
  for (std::size_t group = 0; group < before.groups_; ++group) {
    frames_[group / ratio] += before.frames_[group];
    for (std::size_t curve = 0; curve < curves; ++curve)
      for (std::size_t bin = 0; bin < bins_.count; ++bin)
        sums_[(curve * groups_ + group / ratio) * bins_.count + bin] +=
            before.sums_[(curve * before.groups_ + group) * bins_.count + bin];
  }
}

void Rdf::transfer(core::Archive& archive) {
  const auto frames = frames_.size(), sums = sums_.size();
  archive.transfer("frames", frames_);
  archive.transfer("sums", sums_);
  if (frames_.size() != frames || sums_.size() != sums)
    throw base::RunError("the saved radial distribution functions have other bins or frames");
}

}  // namespace vitreous::analysis
