#include "analysis/bond_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/error_degrees.hpp"
#include "neighbor/voronoi.hpp"

namespace vitreous::analysis {
namespace {

/// A tessellation costs as much as a hundred steps or more.
constexpr FrameBudget bond_order_budget{"bond_order", 32.0, 8192, 64};
constexpr std::size_t bin_count = 50;

/// A parameter's name and range, in which all its values lie.
struct Range {
  const char* name;
  double from, to;

  double width() const { return (to - from) / bin_count; }
  std::size_t bin_of(double value) const {
    const double bin = std::floor((value - from) / width());
    return static_cast<std::size_t>(std::clamp(bin, 0.0, static_cast<double>(bin_count - 1)));
  }
};

constexpr std::array<Range, 4> ranges{
    {{"q4", 0.0, 1.0}, {"q6", 0.0, 1.0}, {"w4", -0.175, 0.175}, {"w6", -0.175, 0.175}}};

}  // namespace

core::Declaration BondOrder::declaration() {
  core::Declaration d;
  d.name = "bond_order";
  d.one_line = "bond-orientational order of Voronoi neighbors: q4, q6 and the normalized w4, w6";
  d.formula =
      "q_lm = <Y_lm>, q_l = sqrt(4 pi/(2l+1) sum_m |q_lm|^2), w_l = sum (l l l; m1 m2 m3) q_lm1 "
      "q_lm2 q_lm3 / (sum_m |q_lm|^2)^(3/2); neighbors: faces above 1 % of the cell's surface, "
      "all alike; by_area: every face by its area";
  d.options = {FramePlan::option(bond_order_budget)};
  d.columns = {{"species", "1", "element of the atom in the middle, or \"all\""},
               {"parameter", "1", "q4, q6, w4 or w6"},
               {"value", "1", "of the parameter, at the middle of a bin"},
               {"density", "1", "probability density, with its standard error"},
               {"density_by_area", "1", "the same where every face counts by its area"}};
  for (const Range& range : ranges)
    for (const std::string way : {"", "_by_area"}) {
      const std::string sentence = fmt::format(
          "mean {}{}", range.name, way.empty() ? "" : ", where every face counts by its area");
      d.derived.push_back({range.name + way, "1", sentence});
      d.derived.push_back({range.name + way + ".<species>", "1", "the same for a species"});
    }
  d.source =
      "Steinhardt, Nelson and Ronchetti, Phys. Rev. B 28, 784 (1983); by area: Mickel, Kapfer, "
      "Schroeder-Turk and Mecke, J. Chem. Phys. 138, 044501 (2013); w6 of glasses: Chang et al., "
      "Nat. Mater. 21, 1240 (2022)";
  return d;
}

BondOrder::BondOrder(const core::Options& options, const Setting& setting)
    : setting_(setting),
      sums_(FramePlan::make(setting.timeline, options, bond_order_budget),
            setting.kinds.size() * ways * parameters * (2 + bin_count)) {}

std::size_t BondOrder::channel(std::size_t kind, std::size_t way, std::size_t parameter) const {
  return ((kind * ways + way) * parameters + parameter) * (2 + bin_count);
}

std::vector<BondOrder::AtomValues> BondOrder::values_of(const core::Frame& frame) const {
  std::vector<AtomValues> values(frame.atoms->size());
  neighbor::for_each_voronoi_cell(
      *frame.box, *frame.atoms,
      [&](std::size_t atom, const std::vector<neighbor::VoronoiFace>& faces) {
        double surface = 0.0;
        for (const auto& face : faces) surface += face.area;
        std::vector<Bond> bonds(faces.size());
        for (const std::size_t way : {filtered, by_area}) {
          for (std::size_t k = 0; k < faces.size(); ++k) {
            const bool is_small = faces[k].area < neighbor::VoronoiCell::small_face * surface;
            bonds[k] = {faces[k].separation,
                        way == by_area ? faces[k].area : (is_small ? 0.0 : 1.0)};
          }
          const auto four = fourth_.of(bonds), six = sixth_.of(bonds);
          if (four) values[atom][way][0] = four->q, values[atom][way][2] = four->w_hat;
          if (six) values[atom][way][1] = six->q, values[atom][way][3] = six->w_hat;
        }
      });
  return values;
}

void BondOrder::observe(const core::Frame& frame) {
  const auto values = values_of(frame);
  sums_.begin(frame.step);
  for (std::size_t i = 0; i < values.size(); ++i)
    for (std::size_t way = 0; way < ways; ++way)
      for (std::size_t p = 0; p < parameters; ++p) {
        const auto& value = values[i][way][p];
        if (!value) continue;
        const auto kind = static_cast<std::size_t>(frame.atoms->species[i]);
        const std::size_t first = channel(kind, way, p);
        sums_.add(first, 1.0);
        sums_.add(first + 1, *value);
        sums_.add(first + 2 + ranges[p].bin_of(*value), 1.0);
      }
}

std::vector<double> BondOrder::sums_of(const SpeciesRow& row, std::size_t way,
                                       std::size_t parameter, std::size_t which) const {
  std::vector<double> sums(sums_.frames_of_groups().size());
  for (std::size_t kind = 0; kind < row.weights.size(); ++kind)
    if (row.weights[kind] > 0.0) sums_.add_sums(channel(kind, way, parameter) + which, 1.0, sums);
  return sums;
}

core::Reported BondOrder::mean(const SpeciesRow& row, std::size_t way,
                               std::size_t parameter) const {
  const std::string name =
      std::string(ranges[parameter].name) + (way == by_area ? "_by_area" : "") + row.suffix;
  if (!sums_.has_errors())
    return core::Reported::refused(name, fmt::format("{:.0f} frames, {} needed for an error",
                                                     sums_.frames(), FramePlan::fewest_frames));
  const auto atoms = sums_of(row, way, parameter, 0);
  const auto ratio = ratio_of_groups(sums_of(row, way, parameter, 1), atoms);
  if (!ratio)
    return core::Reported::refused(
        name,
        "too few atoms have a value: two neighbors, and q_lm that do not "
        "all vanish as those of l = 4 do in icosahedra");
  return reported_with(
      {{"frames", fmt::format("{:.0f} instantaneous configurations", sums_.frames())}}, name,
      *ratio, "1");
}

void BondOrder::append(const SpeciesRow& row, std::size_t parameter, core::Table& table) const {
  const Range& range = ranges[parameter];
  for (std::size_t bin = 0; bin < bin_count; ++bin) {
    core::add_cell(table.columns[0], row.name);
    core::add_cell(table.columns[1], range.name);
    core::add_cell(table.columns[2], range.from + (static_cast<double>(bin) + 0.5) * range.width());
    for (std::size_t way = 0; way < ways; ++way) {
      const auto share =
          ratio_of_groups(sums_of(row, way, parameter, 2 + bin), sums_of(row, way, parameter, 0));
      const double nothing = std::nan("");
      core::add_cell(table.columns[3 + way], share ? share->mean / range.width() : nothing);
      table.columns[3 + way].standard_error.push_back(share ? share->standard_error / range.width()
                                                            : nothing);
    }
  }
}

core::Result BondOrder::result() const {
  core::Result result;
  core::Table table;
  table.name = "bond_order";
  table.columns = {core::word_column("species"), core::word_column("parameter"),
                   core::number_column("value", "1"), core::number_column("density", "1"),
                   core::number_column("density_by_area", "1")};
  for (const SpeciesRow& row : species_rows(setting_))
    for (std::size_t p = 0; p < parameters; ++p) {
      for (std::size_t way = 0; way < ways; ++way) result.quantities.push_back(mean(row, way, p));
      if (sums_.has_errors()) append(row, p, table);
    }
  table.how = {
      {"frames", fmt::format("{:.0f} of {} frames", sums_.frames(), sums_.plan().steps.size())},
      {"errors",
       "standard errors (68 %, Student's t) from the scatter of frames and their "
       "autocorrelation time"},
      {"neighbors", fmt::format("across Voronoi faces above {:g} % of the cell's surface; "
                                "by_area: across all, each by its area",
                                100.0 * neighbor::VoronoiCell::small_face)}};
  result.tables.push_back(std::move(table));
  return result;
}

void BondOrder::continue_from(const Observer& shorter) {
  sums_.continue_from(dynamic_cast<const BondOrder&>(shorter).sums_);
}

}  // namespace vitreous::analysis
