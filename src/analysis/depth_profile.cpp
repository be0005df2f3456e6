#include "analysis/depth_profile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "analysis/depth_tables.hpp"
#include "analysis/layer_choice.hpp"
#include "analysis/surface_quantities.hpp"
#include "base/error.hpp"
#include "neighbor/voronoi.hpp"

namespace vitreous::analysis {
namespace {

/// Coordination numbers cost as much as ten steps, Voronoi cells of a slab about two hundred.
constexpr FrameBudget profile_budget{"depth_profile", 256.0, 1024, 256};
constexpr FrameBudget cells_budget{"depth_profile", 32.0, 8192, 64};
constexpr double most_bins = 10000.0;

Slab opened_slab(const Setting& setting) {
  if (!setting.slab) refuse_layer_without_slab();
  return *setting.slab;
}

FramePlan cells_plan(const Setting& setting) {
  return FramePlan::make(setting.timeline, {}, cells_budget);
}

double positive(const core::Options& options, const std::string& name) {
  const double value = options.number(name);
  if (!(value > 0.0))
    throw base::InputError(
        fmt::format("depth_profile: {} = {:g} A is not above zero", name, value));
  return value;
}

[[noreturn]] void refuse_adatoms(const std::string& text, const std::string& problem) {
  throw base::InputError(fmt::format("adatom: \"{}\" {}", text, problem),
                         "an element and the largest coordination number of its adatoms",
                         {"adatom = [\"Cu:6\", \"Zr:8\"]"});
}

std::vector<int> read_adatom_limits(const core::Options& options,
                                    const std::vector<core::Species>& kinds) {
  std::vector<int> limits(kinds.size(), -1);
  if (!options.has("adatom")) return limits;
  for (const std::string& text : options.words("adatom")) {
    const auto colon = text.find(':');
    if (colon == std::string::npos) refuse_adatoms(text, "has no colon");
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const core::Species& species) {
      return species.name == text.substr(0, colon);
    });
    if (kind == kinds.end()) refuse_adatoms(text, "names no element of the alloy");
    int limit = -1;
    const char *begin = text.data() + colon + 1, *end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(begin, end, limit);
    if (error != std::errc() || stop != end || limit < 0 || limit > DepthSums::most_neighbors)
      refuse_adatoms(text,
                     fmt::format("has no whole number from 0 to {}", DepthSums::most_neighbors));
    limits[static_cast<std::size_t>(kind - kinds.begin())] = limit;
  }
  return limits;
}

}  // namespace

core::Declaration DepthProfile::declaration() {
  core::Declaration d;
  d.name = "depth_profile";
  d.one_line =
      "a slab against depth: density, coordination, composition, icosahedron-like atoms, surfaces";
  d.formula =
      "density n_a(z)/(2 A dz), z the depth below the nearer face as it was opened, negative "
      "outside; dividing surface at z = L/2 - N_half/(A n), n the density of all atoms in the "
      "middle third of the slab of thickness L";
  d.options = {{"bin", core::OptionType::number, "angstrom", "0.1 angstrom", "width of a bin", {}},
               {"layer",
                core::OptionType::number,
                "angstrom",
                "2.5 angstrom",
                "thickness of a layer; the outermost holds everything outside the slab, too",
                {}},
               PairCutoffs::option(),
               {"adatom",
                core::OptionType::words,
                "1",
                "automatic",
                "the largest coordination number of an adatom of each element, as \"Cu:6\"; if not "
                "given, half of what it is in the middle of the slab, rounded",
                {}},
               FramePlan::option(profile_budget)};
  d.columns = {
      {"species", "1", "element, or \"all\""},
      {"depth", "angstrom", "below the faces, at the middle of a bin"},
      {"density", "1/angstrom^3", "atoms in a volume"},
      {"relative_density", "1", "density over that of the middle third of the slab"},
      {"coordination", "1", "mean coordination number; none where hardly an atom was seen"},
      {"layer", "1", "of depth_profile_layers: 1 is the outermost"},
      {"from", "angstrom", "upper end of the layer; the first has none"},
      {"to", "angstrom", "lower end of the layer"},
      {"atoms", "1", "in the layers below both faces, on the average"},
      {"composition", "1", "fraction of the layer's atoms"},
      {"ico_like", "1", "fraction of a species' atoms in the layer with icosahedron-like cells"}};
  d.derived = {
      {"gibbs_surface.lower", "angstrom",
       "depth of the dividing surface of the lower face: where a slab as dense as its middle would "
       "end"},
      {"gibbs_surface.upper", "angstrom", "the same of the upper face"},
      {"surface_composition.<species>", "1", "fraction of the outermost layer's atoms"},
      {"adatoms.<species>", "1",
       "fraction of a species' atoms in the outermost layer that are adatoms"},
      {"adatom_depth.<species>", "angstrom",
       "depth above which the mean coordination number is that of adatoms"}};
  d.source =
      "Annamareddy, Voyles, Perepezko and Morgan, Acta Mater. 209, 116794 (2021), Figs. 8, S4";
  return d;
}

DepthProfile::DepthProfile(const core::Options& options, const Setting& setting)
    : setting_(setting),
      slab_(opened_slab(setting)),
      bin_(positive(options, "bin")),
      layer_(positive(options, "layer")),
      adatom_limits_(read_adatom_limits(options, setting.kinds)),
      finds_cutoffs_(!options.has("cutoff")),
      cutoffs_(PairCutoffs::from(options, setting.kinds)),
      sums_(FramePlan::make(setting.timeline, options, profile_budget), cells_plan(setting),
            setting.kinds.size()) {}

std::vector<std::int64_t> DepthProfile::frame_steps() const {
  std::vector<std::int64_t> steps = sums_.profile().plan().steps;
  const auto& more = sums_.cells().plan().steps;
  steps.insert(steps.end(), more.begin(), more.end());
  std::sort(steps.begin(), steps.end());
  steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
  return steps;
}

void DepthProfile::observe(const core::Frame& frame) {
  const core::Atoms& atoms = *frame.atoms;
  if (!sums_.grid().is_set()) {
    const DepthGrid grid(*frame.box, slab_, bin_, layer_);
    if (0.5 * grid.thickness() + slab_.gap > most_bins * bin_)
      throw base::RunError(fmt::format("bins of {:g} A would be more than {:g}", bin_, most_bins));
    sums_.set_grid(grid);
  }
  const SlabDepths depths(*frame.box, slab_);
  const auto kind = [&](std::size_t i) { return static_cast<std::size_t>(atoms.species[i]); };
  if (sums_.profile().plan().contains(frame.step)) {
    if (cutoffs_.empty()) cutoffs_ = PairCutoffs::first_minima(*frame.box, atoms);
    const auto numbers = coordination_numbers(*frame.box, atoms, cutoffs_);
    sums_.begin_profile(frame.step);
    for (std::size_t i = 0; i < atoms.size(); ++i)
      sums_.add_atom(kind(i), depths.of(atoms.position[i]),
                     depths.above_lower_face(atoms.position[i]) < 0.5 * depths.thickness(),
                     numbers[i]);
  }
  if (sums_.cells().plan().contains(frame.step)) {
    const auto cells = neighbor::voronoi_cells(*frame.box, atoms);
    sums_.begin_cells(frame.step);
    for (std::size_t i = 0; i < atoms.size(); ++i)
      sums_.add_cell(kind(i), depths.of(atoms.position[i]),
                     neighbor::is_icosahedron_like(cells[i].plain.index));
  }
}

std::map<std::string, std::string> DepthProfile::how() const {
  std::map<std::string, std::string> told = {
      {"frames", fmt::format("{:.0f}, and Voronoi cells of {:.0f} of them",
                             sums_.profile().frames(), sums_.cells().frames())},
      {"errors",
       "standard errors (68 %, Student's t) from the scatter of frames and their "
       "autocorrelation time"}};
  if (!cutoffs_.empty())
    told["neighbors"] = fmt::format("nearer than {}{}", cutoffs_.text(setting_.kinds),
                                    finds_cutoffs_ ? ", the first minima of g(r)" : "");
  if (sums_.grid().is_set())
    told["slab"] = fmt::format("{:.5g} A between the faces", sums_.grid().thickness());
  return told;
}

core::Result DepthProfile::result() const {
  core::Result result;
  result.tables = {depth_bins_table(setting_, sums_), depth_layers_table(setting_, sums_)};
  for (auto& table : result.tables) table.how = how();
  result.quantities = surface_quantities(setting_, sums_, adatom_limits_);
  for (auto& quantity : result.quantities)
    if (quantity.measured) quantity.how.merge(how());
  return result;
}

void DepthProfile::continue_from(const Observer& shorter) {
  const auto& before = dynamic_cast<const DepthProfile&>(shorter);
  cutoffs_ = before.cutoffs_;
  sums_.continue_from(before.sums_);
}

void DepthProfile::transfer(core::Archive& archive) {
  archive.transfer("cutoffs", cutoffs_.values);
  cutoffs_.kinds = setting_.kinds.size();
  sums_.transfer(archive);
}

}  // namespace vitreous::analysis
