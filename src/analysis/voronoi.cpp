#include "analysis/voronoi.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "analysis/error_degrees.hpp"
#include "base/error.hpp"

namespace vitreous::analysis {
namespace {

using neighbor::VoronoiIndex;

/// A tessellation costs as much as a hundred steps or more.
constexpr FrameBudget voronoi_budget{"voronoi", 32.0, 8192, 64};
constexpr double rarest_told = 0.01;  ///< of a species' atoms
constexpr VoronoiIndex icosahedron{0, 0, 12, 0};

std::int64_t key_of(std::size_t kind, std::size_t way, const VoronoiIndex& index) {
  auto key = static_cast<std::int64_t>(2 * kind + way);
  for (const std::uint8_t n : index) key = key << 8 | n;
  return key;
}

VoronoiIndex index_of(std::int64_t key) {
  VoronoiIndex index;
  for (std::size_t k = 4; k-- > 0; key >>= 8) index[k] = static_cast<std::uint8_t>(key & 255);
  return index;
}

std::string index_text(const VoronoiIndex& n) {
  return fmt::format("<{},{},{},{}>", n[0], n[1], n[2], n[3]);
}

struct Share {
  VoronoiIndex index;
  math::Estimate plain, filtered;
};

}  // namespace

core::Declaration Voronoi::declaration() {
  core::Declaration d;
  d.name = "voronoi";
  d.one_line = "Voronoi cells: how often each index occurs, icosahedron-like atoms, coordination";
  d.formula =
      "<n3,n4,n5,n6>, n_k the faces of an atom's cell with k edges; icosahedron-like: <0,0,12,0>, "
      "<0,2,8,2>, <0,2,8,1>, <0,3,6,3>, <0,1,10,2>; filtered: faces below 1 % of the "
      "cell's surface are not counted";
  d.options = {FramePlan::option(voronoi_budget)};
  d.columns = {{"species", "1", "element of the atom in the middle, or \"all\""},
               {"index", "1",
                "<n3,n4,n5,n6>: those of 1 % of the atoms or more, and the "
                "icosahedron-like"},
               {"fraction", "1", "of the species' atoms, with its standard error"},
               {"fraction_filtered", "1", "the same without small faces"}};
  for (const std::string way : {"", "_filtered"}) {
    const std::string which = way.empty() ? "" : ", without small faces";
    const std::vector<std::pair<std::string, std::string>> all = {
        {"ico_like", "fraction of atoms with an icosahedron-like cell"},
        {"icosahedra", "fraction of atoms with <0,0,12,0>"},
        {"coordination", "mean number of faces"}};
    for (const auto& [name, sentence] : all) {
      d.derived.push_back({name + way, "1", sentence + which});
      d.derived.push_back({name + way + ".<species>", "1", "the same for a species"});
    }
  }
  d.source =
      "cells: voro++, Rycroft, Chaos 19, 041111 (2009); the five indices: Annamareddy, Voyles, "
      "Perepezko and Morgan, Acta Mater. 209, 116794 (2021)";
  return d;
}

Voronoi::Voronoi(const core::Options& options, const Setting& setting)
    : setting_(setting),
      sums_(FramePlan::make(setting.timeline, options, voronoi_budget), 2 * setting.kinds.size()) {}

std::size_t Voronoi::index_channel(std::size_t kind, Way way, const VoronoiIndex& index) {
  const std::int64_t key = key_of(kind, way, index);
  const auto [found, is_new] = where_.try_emplace(key, sums_.channels());
  if (is_new) {
    keys_.push_back(key);
    sums_.add_channels(1);
  }
  return found->second;
}

void Voronoi::add(std::size_t kind, Way way, const neighbor::VoronoiShape& shape) {
  sums_.add(faces_channel(kind, way), shape.faces);
  sums_.add(index_channel(kind, way, shape.index), 1.0);
}

void Voronoi::observe(const core::Frame& frame) {
  const auto cells = neighbor::voronoi_cells(*frame.box, *frame.atoms);
  sums_.begin(frame.step);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto kind = static_cast<std::size_t>(frame.atoms->species[i]);
    add(kind, plain, cells[i].plain);
    add(kind, filtered, cells[i].filtered);
  }
}

std::vector<double> Voronoi::sums_of(const VoronoiIndex& index, const SpeciesRow& row,
                                     Way way) const {
  std::vector<double> sums(sums_.frames_of_groups().size());
  for (std::size_t kind = 0; kind < row.weights.size(); ++kind) {
    const auto found = where_.find(key_of(kind, way, index));
    if (row.weights[kind] > 0.0 && found != where_.end()) sums_.add_sums(found->second, 1.0, sums);
  }
  return sums;
}

core::Reported Voronoi::quantity(const std::string& name, const std::vector<double>& sums,
                                 const SpeciesRow& row) const {
  const std::vector<double> frames = sums_.frames_of_groups();
  const auto ratio = ratio_of_groups(sums, frames);
  if (!ratio)
    return core::Reported::refused(
        name + row.suffix,
        fmt::format("{} frames, {} needed for an error", frames.size(), FramePlan::fewest_frames));
  return reported_with(
      {{"frames", fmt::format("{:.0f} instantaneous configurations", sums_.frames())}},
      name + row.suffix,
      {ratio->mean / row.atoms, ratio->standard_error / row.atoms, ratio->degrees}, "1");
}

void Voronoi::add_quantities(const SpeciesRow& row, Way way,
                             std::vector<core::Reported>& to) const {
  const std::string suffix = way == plain ? "" : "_filtered";
  std::vector<double> like(sums_.frames_of_groups().size()), faces(like.size());
  for (const VoronoiIndex& index : neighbor::icosahedron_like) {
    const auto sums = sums_of(index, row, way);
    for (std::size_t g = 0; g < like.size(); ++g) like[g] += sums[g];
  }
  for (std::size_t kind = 0; kind < row.weights.size(); ++kind)
    if (row.weights[kind] > 0.0) sums_.add_sums(faces_channel(kind, way), 1.0, faces);
  to.push_back(quantity("ico_like" + suffix, like, row));
  to.push_back(quantity("icosahedra" + suffix, sums_of(icosahedron, row, way), row));
  to.push_back(quantity("coordination" + suffix, faces, row));
}

/// The commonest first.
void Voronoi::append(const SpeciesRow& row, core::Table& table) const {
  const std::vector<double> frames = sums_.frames_of_groups();
  std::set<VoronoiIndex> seen(neighbor::icosahedron_like.begin(), neighbor::icosahedron_like.end());
  for (const std::int64_t key : keys_) seen.insert(index_of(key));
  std::vector<Share> shares;
  for (const VoronoiIndex& index : seen) {
    const auto share = [&](Way way) {
      auto found = math::correlated_ratio(sums_of(index, row, way), frames);
      return math::Estimate{found.mean / row.atoms, found.standard_error / row.atoms,
                            found.degrees};
    };
    const Share found{index, share(plain), share(filtered)};
    if (std::max(found.plain.mean, found.filtered.mean) >= rarest_told ||
        neighbor::is_icosahedron_like(index))
      shares.push_back(found);
  }
  std::stable_sort(shares.begin(), shares.end(),
                   [](const Share& a, const Share& b) { return a.plain.mean > b.plain.mean; });
  const auto put = [&](std::size_t column, const math::Estimate& value) {
    core::add_cell(table.columns[column], value.mean);
    table.columns[column].standard_error.push_back(value.standard_error);
  };
  for (const Share& share : shares) {
    core::add_cell(table.columns[0], row.name);
    core::add_cell(table.columns[1], index_text(share.index));
    put(2, share.plain);
    put(3, share.filtered);
  }
}

core::Result Voronoi::result() const {
  core::Result result;
  core::Table table;
  table.name = "voronoi";
  table.columns = {core::word_column("species"), core::word_column("index"),
                   core::number_column("fraction", "1"),
                   core::number_column("fraction_filtered", "1")};
  for (const SpeciesRow& row : species_rows(setting_)) {
    add_quantities(row, plain, result.quantities);
    add_quantities(row, filtered, result.quantities);
    if (sums_.has_errors()) append(row, table);
  }
  table.how = {
      {"frames", fmt::format("{:.0f} of {} frames", sums_.frames(), sums_.plan().steps.size())},
      {"errors",
       "standard errors (68 %, Student's t) from the scatter of frames and their "
       "autocorrelation time"},
      {"filtered", fmt::format("without faces below {:g} % of the cell's surface",
                               100.0 * neighbor::VoronoiCell::small_face)}};
  result.tables.push_back(std::move(table));
  return result;
}

void Voronoi::find_keys() {
  const std::size_t first = 2 * setting_.kinds.size();
  where_.clear();
  for (std::size_t k = 0; k < keys_.size(); ++k) where_[keys_[k]] = first + k;
}

void Voronoi::continue_from(const Observer& shorter) {
  const auto& before = dynamic_cast<const Voronoi&>(shorter);
  keys_ = before.keys_;
  find_keys();
  sums_.add_channels(keys_.size());
  sums_.continue_from(before.sums_);
}

void Voronoi::transfer(core::Archive& archive) {
  archive.transfer("keys", keys_);
  sums_.transfer(archive);
  if (sums_.channels() != 2 * setting_.kinds.size() + keys_.size())
    throw base::RunError("the saved Voronoi indices are of other kinds");
  find_keys();
}

}  // namespace vitreous::analysis
