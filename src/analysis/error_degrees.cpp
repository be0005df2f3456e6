#include "analysis/error_degrees.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace vitreous::analysis {

double error_degrees(const core::Reported& reported) {
  const auto found = reported.how.find("degrees");
  return found == reported.how.end() ? std::numeric_limits<double>::infinity()
                                     : std::stod(found->second);
}

void set_error_degrees(core::Reported& reported, double degrees) {
  if (std::isfinite(degrees))
    reported.how["degrees"] = fmt::format("{:.4g}", degrees);
  else
    reported.how.erase("degrees");
}

}  // namespace vitreous::analysis
