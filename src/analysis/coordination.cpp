#include "analysis/coordination.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "analysis/pair_distances.hpp"
#include "base/error.hpp"
#include "base/parallel.hpp"
#include "neighbor/near_atoms.hpp"

namespace vitreous::analysis {
namespace {

constexpr DistanceBins bins{140, 0.05};  ///< up to 7 A
/// One configuration's g(r) is seen through a Gaussian so wide (A).
constexpr double blur = 0.15;
/// The second shell of dense systems stands at 1.7 to 1.9 times the first: the minimum lies before.
constexpr double second_shell = 1.65;
/// Beyond a minimum g(r) rises again by so much of what it fell.
constexpr double rise_beyond_minimum = 0.25;
constexpr std::int64_t fewest_pairs = 300;  ///< up to there; their noise moves a minimum by 0.1 A
constexpr std::size_t atoms_a_piece_of_work = 256;

std::size_t pair_index(std::size_t kinds, std::size_t a, std::size_t b) {
  if (a > b) std::swap(a, b);
  return a * kinds - a * (a + 1) / 2 + b;
}

std::string pair_of_kinds(const std::vector<core::Species>& kinds, std::size_t a, std::size_t b) {
  return kinds[a].name + "-" + kinds[b].name;
}

/// Up to a factor.
std::vector<double> blurred_g(const PairDistances& distances, std::size_t pair) {
  std::vector<double> g(bins.count);
  const auto reach = static_cast<std::ptrdiff_t>(3.0 * blur / bins.width);
  for (std::ptrdiff_t at = 0; at < std::ssize(g); ++at) {
    double pairs = 0.0, shells = 0.0;
    for (auto k = std::max<std::ptrdiff_t>(0, at - reach);
         k <= std::min(at + reach, std::ssize(g) - 1); ++k) {
      const double off = static_cast<double>(k - at) * bins.width / blur;
      const double weight = std::exp(-0.5 * off * off);
      const auto bin = static_cast<std::size_t>(k);
      pairs += weight * static_cast<double>(distances.pairs_in(pair, bin));
      shells += weight * bins.shell(bin);
    }
    g[static_cast<std::size_t>(at)] = pairs / shells;
  }
  return g;
}

/// The first maximum that is not much lower than the highest: second shells of crystals are as
/// high.
std::size_t first_peak(const std::vector<double>& g) {
  const double enough = 0.5 * *std::max_element(g.begin(), g.end());
  std::size_t bin = 0;
  while (g[bin] < enough || (bin + 1 < g.size() && g[bin + 1] > g[bin])) ++bin;
  return bin;
}

/// 0 where the pair is too rare.
double first_minimum(const PairDistances& distances, std::size_t pair) {
  const std::vector<double> g = blurred_g(distances, pair);
  const std::size_t peak = first_peak(g);
  const auto end =
      std::min(bins.count, static_cast<std::size_t>(second_shell * static_cast<double>(peak)) + 1);
  std::int64_t pairs = 0;
  std::size_t lowest = peak;
  for (std::size_t bin = 0; bin < end; ++bin) pairs += distances.pairs_in(pair, bin);
  for (std::size_t bin = peak; bin < end; ++bin) {
    if (g[bin] < g[lowest]) lowest = bin;
    if (g[bin] > g[lowest] + rise_beyond_minimum * (g[peak] - g[lowest])) break;
  }
  return pairs < fewest_pairs || lowest == peak ? 0.0 : bins.center(lowest);
}

}  // namespace

core::OptionDeclaration PairCutoffs::option() {
  return {"cutoff",
          core::OptionType::numbers,
          "angstrom",
          "automatic",
          "how near neighbors are: one distance, or one for each pair of elements in the order of "
          "rdf; if not given, the first minima of g(r) of the first frame",
          {}};
}

PairCutoffs PairCutoffs::from(const core::Options& options,
                              const std::vector<core::Species>& kinds) {
  PairCutoffs cutoffs;
  if (!options.has("cutoff")) return cutoffs;
  cutoffs.kinds = kinds.size();
  cutoffs.values = options.numbers("cutoff");
  std::vector<std::string> pairs;
  for (std::size_t a = 0; a < kinds.size(); ++a)
    for (std::size_t b = a; b < kinds.size(); ++b) pairs.push_back(pair_of_kinds(kinds, a, b));
  if (cutoffs.values.size() == 1) cutoffs.values.resize(pairs.size(), cutoffs.values.front());
  if (cutoffs.values.size() != pairs.size())
    throw base::InputError(fmt::format("cutoff: {} distances for {} pairs of elements",
                                       cutoffs.values.size(), pairs.size()),
                           fmt::format("one for all, or one each of {}", fmt::join(pairs, ", ")));
  for (const double value : cutoffs.values)
    if (!(value > 0.0))
      throw base::InputError(fmt::format("cutoff: {:g} A holds no neighbors", value));
  return cutoffs;
}

PairCutoffs PairCutoffs::first_minima(const core::Box& box, const core::Atoms& atoms) {
  const std::size_t n = atoms.kinds.size();
  PairDistances distances(n, bins);
  distances.count(box, atoms);
  PairCutoffs cutoffs{n, std::vector<double>(distances.pairs())};
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = a; b < n; ++b) {
      const auto count = [&](std::size_t kind) {
        return atoms.count(static_cast<std::int32_t>(kind));
      };
      if (count(a) == 0 || count(b) == 0) continue;
      double& value = cutoffs.values[pair_index(n, a, b)];
      value = first_minimum(distances, distances.pair_of(a, b));
      if (value > 0.0) continue;
      throw base::RunError(
          fmt::format("there are too few pairs {} to see the first minimum of their g(r)",
                      pair_of_kinds(atoms.kinds, a, b)),
          "neighbors for coordination numbers are those within it", {"cutoff = \"4 A\""});
    }
  return cutoffs;
}

double PairCutoffs::of(std::size_t a, std::size_t b) const {
  return values[pair_index(kinds, a, b)];
}

double PairCutoffs::longest() const { return *std::max_element(values.begin(), values.end()); }

std::string PairCutoffs::text(const std::vector<core::Species>& species) const {
  std::vector<std::string> all;
  for (std::size_t a = 0; a < kinds; ++a)
    for (std::size_t b = a; b < kinds; ++b)
      if (of(a, b) > 0.0)
        all.push_back(fmt::format("{} {:.4g}", pair_of_kinds(species, a, b), of(a, b)));
  return fmt::format("{} A", fmt::join(all, ", "));
}

std::vector<int> coordination_numbers(const core::Box& box, const core::Atoms& atoms,
                                      const PairCutoffs& cutoffs) {
  const std::size_t n = atoms.size();
  std::vector<double> cutoff2(cutoffs.kinds * cutoffs.kinds);
  for (std::size_t a = 0; a < cutoffs.kinds; ++a)
    for (std::size_t b = 0; b < cutoffs.kinds; ++b)
      cutoff2[a * cutoffs.kinds + b] = cutoffs.of(a, b) * cutoffs.of(a, b);
  const double reach = cutoffs.longest();
  const neighbor::NearAtoms near(box, atoms, reach);
  std::vector<int> numbers(n);
  const std::size_t pieces = (n + atoms_a_piece_of_work - 1) / atoms_a_piece_of_work;
  base::for_each_piece(pieces, [&](std::size_t piece) {
    std::vector<neighbor::NearAtom> found;
    const auto range = base::piece_range(n, pieces, piece);
    for (std::size_t i = range.begin; i < range.end; ++i) {
      near.find(i, 0.0, reach, found);
      const double* of_kind = &cutoff2[static_cast<std::size_t>(atoms.species[i]) * cutoffs.kinds];
      for (const auto& a : found) numbers[i] += a.distance2 < of_kind[atoms.species[a.atom]];
    }
  });
  return numbers;
}

}  // namespace vitreous::analysis
