#include "analysis/pair_observer.hpp"

#include "analysis/lag_table.hpp"
#include "analysis/origin_store.hpp"

namespace vitreous::analysis {

void PairObserver::prepare(const OriginPlan& plan) {
  origins_ = plan.description;
  curves_ = PairCurves(plan, lags_, values_.size());
}

void PairObserver::continue_from(const Observer& shorter) {
  const auto& other = dynamic_cast<const PairObserver&>(shorter);
  curves_.continue_from(other.curves_);
  if (layer_) layer_->continue_from(*other.layer_);
}

void PairObserver::transfer(core::Archive& archive) {
  curves_.transfer(archive);
  if (!layer_) return;
  const core::Archive::Group group(archive, "layer");
  layer_->transfer(archive);
}

std::vector<SpeciesRow> PairObserver::rows() const {
  return layer_ ? species_rows(setting_, layer_->mean_members()) : species_rows(setting_);
}

core::Table PairObserver::curve_table(
    const std::string& name, const std::string& unit,
    const std::function<math::Estimate(const SpeciesRow&, std::size_t)>& estimate) const {
  core::Table table =
      lag_table(name, unit, rows(), lags_, setting_.timeline.timestep, origins_, estimate);
  if (layer_) table.how["layer"] = layer_->description();
  return table;
}

void PairObserver::tell_how(std::map<std::string, std::string>& how) const {
  how["origins"] = origins_;
  if (layer_) how["layer"] = layer_->description();
}

bool PairObserver::has_members(const Pair& pair) {
  if (!layer_) return true;
  layer_->find(pair);
  return layer_->has_all_kinds();
}

}  // namespace vitreous::analysis
