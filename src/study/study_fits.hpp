// The [[fit]] blocks of a study, on what its branches have yielded.
#pragma once

#include <vector>

#include "core/result.hpp"
#include "models/law.hpp"
#include "study/gathered.hpp"
#include "study/stage_tables.hpp"

namespace vitreous::study {

/// The points of "STAGE.QUANTITY" against temperature, one group of axes a point (replicas
/// combined), those without a value with the reason; for a quantity along a ramp ("quench.V") one a
/// temperature interval. `others` are the axes beside temperature that the points must share.
models::FitInput fit_points(const std::vector<GatheredBranch>& branches, const std::string& of,
                            const std::vector<AxisValue>& others);

/// What the fits of a study yield.
struct Fitted {
  std::vector<core::Reported> quantities;
  std::vector<StageTable> tables;  ///< each in the stage that its fit is of (the first, of several)
};

/// Every fit of the plan, once for each combination of the axes beside temperature: quantities
/// NAME.PARAMETER with their published values, and tables NAME_TABLE with a column for each of
/// those axes. A fit that the data do not support is refused, one without any data not run; both
/// say why.
Fitted study_fits(const Plan& plan, const std::vector<GatheredBranch>& branches);

}  // namespace vitreous::study
