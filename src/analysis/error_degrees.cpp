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

core::Reported reported_with(const Words& how, const std::string& name,
                             const math::Estimate& estimate, const std::string& unit) {
  core::Reported reported;
  reported.name = name;
  reported.measured = core::Measured{estimate.mean, estimate.standard_error, unit};
  reported.how = how;
  set_error_degrees(reported, estimate.degrees);
  return reported;
}

core::Reported refused_with(const Words& how, const std::string& name, const std::string& reason) {
  core::Reported reported = core::Reported::refused(name, reason);
  reported.how = how;
  return reported;
}

}  // namespace vitreous::analysis
