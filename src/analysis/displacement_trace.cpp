#include "analysis/displacement_trace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/even_frames.hpp"
#include "analysis/lag_grid.hpp"
#include "base/error.hpp"

namespace vitreous::analysis {
namespace {

std::vector<std::int64_t> traced_steps(const Timeline& timeline, const core::Options& options,
                                       double most) {
  const auto span = static_cast<double>(timeline.last - timeline.first);
  std::int64_t spacing = power_of_two_above(span / most);
  if (options.has("every")) {
    spacing = std::llround(options.number("every") / timeline.timestep);
    if (spacing < 1)
      throw base::InputError(
          fmt::format("displacement_trace: every = {:g} ps is too short", options.number("every")));
  }
  if (!timeline.from_file()) return even_steps(timeline, spacing);
  std::vector<std::int64_t> steps;
  for (const std::int64_t step : timeline.steps)
    if (steps.empty() || step - steps.back() >= spacing) steps.push_back(step);
  return steps;
}

math::Vec3 center_of_mass(const core::Atoms& atoms) {
  math::Vec3 moment;
  for (std::size_t i = 0; i < atoms.size(); ++i) moment += atoms.position[i] * atoms.mass(i);
  return moment * (1.0 / atoms.total_mass());
}

}  // namespace

core::Declaration DisplacementTrace::declaration() {
  core::Declaration d;
  d.name = "displacement_trace";
  d.one_line = "squared displacement of single atoms in time";
  d.formula =
      "d_i^2(t) = |r_i(t) - r_i(0)|^2 from the first frame on, without the drift of the center of "
      "mass";
  d.options = {{"atoms",
                core::OptionType::numbers,
                "1",
                "automatic",
                "their ids; the most mobile ones if not given",
                {}},
               {"count",
                core::OptionType::integer,
                "1",
                "4",
                "how many of the most mobile: those farthest from where they were, over the last "
                "tenth of the run",
                {}},
               {"every",
                core::OptionType::number,
                "ps",
                "automatic",
                "time between frames; if not given, 512 to 1024 a run",
                {}}};
  d.columns = {{"atom", "1", "its id"},
               {"species", "1", "its element"},
               {"time", "ps", "since the first frame"},
               {"displacement2", "angstrom^2", "squared displacement of this atom alone"}};
  d.source = "Annamareddy, Voyles, Perepezko and Morgan, Acta Mater. 209, 116794 (2021), Fig. 4";
  return d;
}

DisplacementTrace::DisplacementTrace(const core::Options& options, const Setting& setting)
    : setting_(setting),
      wanted_(options.has("atoms") ? options.numbers("atoms") : std::vector<double>{}),
      count_(static_cast<std::size_t>(std::max<std::int64_t>(0, options.integer("count")))),
      steps_(traced_steps(setting.timeline, options, most_frames)) {
  if (count_ == 0)
    throw base::InputError("displacement_trace: count is not above zero", "", {"count = 4"});
}

void DisplacementTrace::begin(const core::Atoms& atoms) {
  for (const double id : wanted_) {
    const auto found =
        std::lower_bound(atoms.id.begin(), atoms.id.end(), static_cast<std::int64_t>(id));
    if (found == atoms.id.end() || static_cast<double>(*found) != id)
      throw base::RunError(fmt::format("displacement_trace: no atom has the id {:g}", id));
    places_.push_back(found - atoms.id.begin());
  }
  if (wanted_.empty()) {
    places_.resize(atoms.size());
    std::iota(places_.begin(), places_.end(), 0);
  }
  const math::Vec3 center = center_of_mass(atoms);
  first_.resize(places_.size());
  for (std::size_t k = 0; k < places_.size(); ++k) {
    const auto i = static_cast<std::size_t>(places_[k]);
    ids_.push_back(atoms.id[i]);
    kind_.push_back(atoms.species[i]);
    first_.set(k, atoms.position[i] - center);
  }
}

void DisplacementTrace::observe(const core::Frame& frame) {
  const core::Atoms& atoms = *frame.atoms;
  if (ids_.empty()) begin(atoms);
  const math::Vec3 center = center_of_mass(atoms);
  std::vector<float> squares;
  squares.reserve(ids_.size());
  for (std::size_t k = 0; k < ids_.size(); ++k) {
    const auto i = static_cast<std::size_t>(places_[k]);
    if (i >= atoms.size() || atoms.id[i] != ids_[k])
      throw base::RunError("the atoms changed while displacements of single ones were observed");
    squares.push_back(static_cast<float>(math::norm2(atoms.position[i] - center - first_[k])));
  }
  grown_.append(squares);
}

std::size_t DisplacementTrace::frames() const {
  return ids_.empty() ? 0 : grown_.size() / ids_.size();
}

std::vector<float> DisplacementTrace::frame(std::size_t index) const {
  std::vector<float> squares(ids_.size());
  grown_.read(index * ids_.size(), squares);
  return squares;
}

std::vector<std::size_t> DisplacementTrace::shown() const {
  std::vector<std::size_t> atoms(ids_.size());
  std::iota(atoms.begin(), atoms.end(), std::size_t{0});
  if (!wanted_.empty()) return atoms;
  std::vector<double> lately(ids_.size());
  for (std::size_t f = frames() - (frames() + 9) / 10; f < frames(); ++f) {
    const auto squares = frame(f);
    for (std::size_t k = 0; k < squares.size(); ++k) lately[k] += static_cast<double>(squares[k]);
  }
  std::stable_sort(atoms.begin(), atoms.end(),
                   [&](std::size_t a, std::size_t b) { return lately[a] > lately[b]; });
  atoms.resize(std::min(count_, atoms.size()));
  return atoms;
}

core::Result DisplacementTrace::result() const {
  core::Table table{
      "displacement_trace",
      {core::number_column("atom", "1"), core::word_column("species"),
       core::number_column("time", "ps"), core::number_column("displacement2", "angstrom^2")},
      {}};
  auto& c = table.columns;
  const auto atoms = shown();
  std::vector<std::vector<float>> squares;
  for (std::size_t f = 0; f < frames(); ++f) {
    const auto all = frame(f);
    squares.emplace_back();
    for (const std::size_t k : atoms) squares.back().push_back(all[k]);
  }
  for (std::size_t k = 0; k < atoms.size(); ++k)
    for (std::size_t f = 0; f < squares.size(); ++f) {
      core::add_cell(c[0], static_cast<double>(ids_[atoms[k]]));
      core::add_cell(c[1], setting_.kinds[static_cast<std::size_t>(kind_[atoms[k]])].name);
      core::add_cell(c[2],
                     static_cast<double>(steps_[f] - steps_.front()) * setting_.timeline.timestep);
      core::add_cell(c[3], static_cast<double>(squares[f][k]));
    }
  table.how["atoms"] = wanted_.empty()
                           ? fmt::format(
                                 "the {} most mobile: farthest from where they were over "
                                 "the last tenth of the run",
                                 atoms.size())
                           : "as named";
  table.how["error"] = "none: single atoms of a single run";
  core::Result result;
  result.tables.push_back(std::move(table));
  return result;
}

void DisplacementTrace::continue_from(const Observer& shorter) {
  const auto& before = dynamic_cast<const DisplacementTrace&>(shorter);
  ids_ = before.ids_;
  places_ = before.places_;
  kind_ = before.kind_;
  first_ = before.first_;
  for (std::size_t f = 0; f < before.frames(); ++f)
    if (std::binary_search(steps_.begin(), steps_.end(), before.steps_[f]))
      grown_.append(before.frame(f));
}

void DisplacementTrace::transfer(core::Archive& archive) {
  archive.transfer("ids", ids_);
  archive.transfer("places", places_);
  archive.transfer("kind", kind_);
  archive.transfer("first", first_);
  grown_.transfer(archive, "squares");
  if (places_.size() != ids_.size() || kind_.size() != ids_.size() || first_.size() != ids_.size())
    throw base::RunError("the saved displacements are of other atoms");
}

}  // namespace vitreous::analysis
