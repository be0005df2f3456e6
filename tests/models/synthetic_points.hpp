// Points of a law, with noise and replicas where asked, for the tests of fits.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "models/law.hpp"

namespace vitreous::models {

/// D(T) at `temperatures`, exact, with the relative error told to the fit.
inline FitInput exact_points(const std::vector<double>& temperatures, double relative_error,
                             const std::function<double(double)>& D) {
  FitInput input{"D", "m^2/s", {}};
  for (const double T : temperatures) {
    Point point;
    point.x = T;
    point.y = D(T);
    point.y_se = relative_error * D(T);
    point.label = fmt::format("{:g} K", T);
    input.points.push_back(point);
  }
  return input;
}

/// The same points with normal noise of their errors.
inline FitInput noisy(FitInput input, base::RandomStream& random) {
  for (auto& point : input.points) point.y += point.y_se * random.normal();
  return input;
}

inline core::Options options_of(const std::string& law,
                                const std::map<std::string, std::string>& given = {}) {
  return core::parse_options(law_declaration(law), given);
}

inline core::Reported quantity(const core::Result& result, const std::string& name) {
  for (const auto& q : result.quantities)
    if (q.name == name) return q;
  throw std::runtime_error("no quantity " + name);
}

inline double value(const core::Result& result, const std::string& name) {
  return quantity(result, name).measured.value().value;
}

inline double error(const core::Result& result, const std::string& name) {
  return quantity(result, name).measured.value().standard_error;
}

}  // namespace vitreous::models
