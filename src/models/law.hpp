// A law and its fit: points in, parameters with their full covariance out. No atoms here.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "core/declaration.hpp"
#include "core/result.hpp"

namespace vitreous::models {

/// One point of a fit, with its error and the state it was measured in.
struct Point {
  double x = 0.0;     ///< where: a temperature in K, unless the input tells another x_unit
  double y = 0.0;     ///< e.g. D, m^2/s; not looked at where the state says that there is none
  double y_se = 0.0;  ///< 0 where unknown: the fit is then unweighted
  /// equilibrium or glass; a point in any other state (upper_bound, refused) enters no fit
  std::string state = "equilibrium";
  std::string label;             ///< for messages: "640 K r1"
  std::vector<double> replicas;  ///< y of each replica, where there are several; in the same order
                                 ///< at every point, for a fit resamples whole replicas
  /// Degrees of freedom behind y_se (which holds Student's factor for them): its own uncertainty.
  double degrees = std::numeric_limits<double>::infinity();
  std::string note;  ///< why it is in that state, for messages: "4 ns is 0.7 tau_alpha"
};

struct FitInput {
  std::string quantity;  ///< e.g. "D", "tau_alpha", "V", "H"
  std::string unit;      ///< of y
  std::vector<Point> points;
  /// What x is. Laws of temperature take "K" alone; a power law or a decay takes any unit, and its
  /// parameters come in it.
  std::string x_name = "temperature", x_unit = "K";
  /// Other x that the fitted law is wanted at: the table `LAW_prediction`, of laws with a curve.
  std::vector<double> predict_at = {};
};

/// The declarations of every law, in the order in which they are listed.
const std::vector<core::Declaration>& law_declarations();

/// The declaration of one law; throws InputError (with the nearest name) where there is none.
const core::Declaration& law_declaration(const std::string& law);

/// Whether a law is one of temperature: its x is then in K. Elsewhere x is whatever was varied.
bool is_of_temperature(const core::Declaration& law);

/// Fits `law`. The result's quantities are named by the law ("Q", "ln_D0"); those that the data
/// cannot support are refused with the reason. Tables hold the fitted curve and the residuals.
/// `how` of each quantity tells `law`, `n`, `points`, `left_out` (a line a point), `error`,
/// `covariance` and what the fit's quality is.
core::Result fit_law(const std::string& law, const FitInput& input, const core::Options& options);

/// What a refused fit tells its user, without "refused: fit NAME (...)": the reason, then a line
/// for each point left out.
std::string refusal_text(const core::Reported& refused);

}  // namespace vitreous::models
