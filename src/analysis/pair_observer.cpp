#include "analysis/pair_observer.hpp"

#include "analysis/origin_store.hpp"

namespace vitreous::analysis {

void PairObserver::prepare(const OriginPlan& plan) {
  origins_ = plan.description;
  curves_ = PairCurves(plan, lags_, values_.size());
}

void PairObserver::continue_from(const Observer& shorter) {
  curves_.continue_from(dynamic_cast<const PairObserver&>(shorter).curves_);
}

}  // namespace vitreous::analysis
