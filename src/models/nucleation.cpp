#include "models/nucleation.hpp"

#include <fmt/format.h>

#include <cmath>
#include <functional>
#include <limits>
#include <numbers>

#include "base/constants.hpp"
#include "base/error.hpp"

namespace vitreous::models {
namespace {

using std::numbers::pi;

/// Every input that may have an error.
constexpr double Undercooled::*inputs[] = {&Undercooled::T,
                                           &Undercooled::T_m,
                                           &Undercooled::volume,
                                           &Undercooled::heat_of_fusion,
                                           &Undercooled::alpha,
                                           &Undercooled::delta_Cp,
                                           &Undercooled::interface_energy};

constexpr double CriticalNucleus::*outputs[] = {
    &CriticalNucleus::radius, &CriticalNucleus::diameter, &CriticalNucleus::atoms,
    &CriticalNucleus::barrier, &CriticalNucleus::barrier_kT};

/// G_v/H_v.
double relative_driving_force(DrivingForce form, const Undercooled& u) {
  const double undercooling = (u.T_m - u.T) / u.T_m;
  switch (form) {
    case DrivingForce::linear:
      return undercooling;
    case DrivingForce::thompson_spaepen:
      return undercooling * 2.0 * u.T / (u.T_m + u.T);
    case DrivingForce::hoffman:
      return undercooling * u.T / u.T_m;
    case DrivingForce::full:
      break;
  }
  return undercooling - u.delta_Cp / u.heat_of_fusion * (u.T_m - u.T - u.T * std::log(u.T_m / u.T));
}

void require_undercooled(const Undercooled& u) {
  if (!(u.T > 0.0)) throw base::InputError(fmt::format("a temperature of {:g} K", u.T));
  if (!(u.T < u.T_m))
    throw base::InputError(
        fmt::format("{:g} K is not below the melting point of {:g} K", u.T, u.T_m),
        "nothing drives crystallization there: the critical size grows without bound",
        {"a lower --temperature"});
}

}  // namespace

const std::vector<DrivingForce>& driving_forces() {
  static const std::vector<DrivingForce> all = {DrivingForce::linear,
                                                DrivingForce::thompson_spaepen,
                                                DrivingForce::hoffman, DrivingForce::full};
  return all;
}

std::string name_of(DrivingForce form) {
  switch (form) {
    case DrivingForce::linear:
      return "linear";
    case DrivingForce::thompson_spaepen:
      return "thompson_spaepen";
    case DrivingForce::hoffman:
      return "hoffman";
    case DrivingForce::full:
      break;
  }
  return "full";
}

double driving_force(DrivingForce form, const Undercooled& u) {
  require_undercooled(u);
  return relative_driving_force(form, u) * u.heat_of_fusion / u.volume;
}

double interface_energy(const Undercooled& u) {
  if (u.interface_energy > 0.0) return u.interface_energy;
  return u.alpha * u.heat_of_fusion / std::pow(u.volume, 2.0 / 3.0);
}

CriticalNucleus critical_nucleus(DrivingForce form, const Undercooled& u) {
  const double G = driving_force(form, u), sigma = interface_energy(u);
  if (!(G > 0.0))
    throw base::InputError(
        fmt::format("{}: nothing drives crystallization at {:g} K", name_of(form), u.T),
        "with this difference of heat capacities the liquid would be the stable phase again",
        {"a smaller --delta-cp"});
  CriticalNucleus nucleus;
  nucleus.radius = 2.0 * sigma / G;
  nucleus.diameter = 2.0 * nucleus.radius;
  nucleus.atoms = atoms_in_sphere(nucleus.diameter, u.volume);
  nucleus.barrier = 16.0 * pi * sigma * sigma * sigma / (3.0 * G * G);
  nucleus.barrier_kT = nucleus.barrier / (base::boltzmann * u.T);
  return nucleus;
}

double first_order_error(const std::function<double(const Undercooled&)>& f, const Undercooled& u,
                         const Undercooled& errors) {
  constexpr double step = 1e-3;  // in errors: a derivative, not the spread itself
  double variance = 0.0;
  for (const auto input : inputs) {
    if (!(errors.*input > 0.0)) continue;
    Undercooled above = u, below = u;
    above.*input += step * errors.*input;
    below.*input -= step * errors.*input;
    const double high = f(above), low = f(below);
    // What an input cancels in leaves the last bits alone; step / 2 would make an error of them.
    constexpr double last_bits = 32.0 * std::numeric_limits<double>::epsilon();
    if (std::abs(high - low) <= last_bits * std::abs(high)) continue;
    variance += std::pow((high - low) / (2.0 * step), 2);
  }
  return std::sqrt(variance);
}

CriticalNucleus critical_nucleus_errors(DrivingForce form, const Undercooled& u,
                                        const Undercooled& errors) {
  CriticalNucleus out;
  for (const auto output : outputs)
    out.*output = first_order_error(
        [&](const Undercooled& at) { return critical_nucleus(form, at).*output; }, u, errors);
  return out;
}

double melting_temperature(double diameter, const Undercooled& u) {
  return u.T_m * (1.0 - 4.0 * interface_energy(u) * u.volume / (u.heat_of_fusion * diameter));
}

double needed_ratio(DrivingForce form, double radius, const Undercooled& u) {
  require_undercooled(u);
  return 0.5 * radius * relative_driving_force(form, u);
}

double atoms_in_sphere(double diameter, double volume) {
  return pi / 6.0 * diameter * diameter * diameter / volume;
}

}  // namespace vitreous::models
