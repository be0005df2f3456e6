// The critical nucleus of B2 CuZr: numbers that follow from the definitions, limits, monotony.
#include "models/nucleation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "base/random.hpp"
#include "base/units.hpp"

namespace vitreous::models {
namespace {

using enum DrivingForce;

double eV(const char* text) { return base::quantity_in(text, "eV"); }

/// Cu50Zr50 at 700 K.
Undercooled CuZr() {
  Undercooled u;
  u.T = 700.0;
  u.T_m = 1208.0;
  u.volume = 17.35;
  u.heat_of_fusion = eV("12 kJ/mol");
  u.alpha = 0.86;
  return u;
}

constexpr double J_per_m2 = 0.0624150907;  // in eV/A^2

TEST(Nucleation, SpaepensInterfaceAndThompsonSpaepenGiveThePublishedDiameter) {
  EXPECT_NEAR(critical_nucleus(thompson_spaepen, CuZr()).diameter, 28.86, 0.05);
  auto bcc = CuZr();
  bcc.alpha = 0.71;
  EXPECT_NEAR(critical_nucleus(thompson_spaepen, bcc).diameter, 23.8, 0.1);
  auto turnbull = CuZr();
  turnbull.alpha = 0.45;
  EXPECT_NEAR(critical_nucleus(linear, turnbull).radius, 5.54, 0.01);
}

/// 2.88 nm as diameter or radius, by two forms: sigma/H_v, alpha, sigma at four heats of fusion.
TEST(Nucleation, TheReadingsOfThePublishedSizeNeedThese) {
  struct Reading {
    DrivingForce form;
    double radius, ratio, alpha;
    double sigma[4];
  };
  const Reading readings[] = {
      {linear, 14.4, 3.028, 1.169, {.23, .31, .35, .42}},
      {thompson_spaepen, 14.4, 2.222, 0.858, {.170, .225, .255, .310}},
      {linear, 28.8, 6.056, 2.34, {.46, .61, .70, .85}},
      {thompson_spaepen, 28.8, 4.443, 1.72, {.34, .45, .51, .62}},
  };
  const char* const heats[] = {"8 kJ/mol", "10.6 kJ/mol", "12 kJ/mol", "14.6 kJ/mol"};
  for (const auto& reading : readings) {
    auto u = CuZr();
    const double ratio = needed_ratio(reading.form, reading.radius, u);
    EXPECT_NEAR(ratio, reading.ratio, 0.001);
    EXPECT_NEAR(ratio / std::cbrt(u.volume), reading.alpha, 0.005);
    for (int k = 0; k < 4; ++k) {
      const double sigma = ratio * eV(heats[k]) / u.volume;
      EXPECT_NEAR(sigma / J_per_m2, reading.sigma[k], 0.006);
      u.heat_of_fusion = eV(heats[k]);
      u.interface_energy = sigma;
      EXPECT_NEAR(critical_nucleus(reading.form, u).radius, reading.radius, 1e-9);
    }
  }
}

TEST(Nucleation, SpheresHoldSoManyAtoms) {
  EXPECT_NEAR(atoms_in_sphere(28.8, 17.35), 721.0, 0.5);
  EXPECT_NEAR(atoms_in_sphere(16.0, 17.35), 124.0, 0.5);
}

TEST(Nucleation, TheBarrierOfTheLinearReadingIs312kT) {
  auto u = CuZr();
  u.volume = 0.5 * std::pow(3.262, 3);  // B2
  u.interface_energy = needed_ratio(linear, 14.4, u) * u.heat_of_fusion / u.volume;
  EXPECT_NEAR(critical_nucleus(linear, u).barrier_kT, 312.0, 0.5);
}

TEST(Nucleation, TheBarrierIsAThirdOfTheSurfacesEnergy) {
  auto u = CuZr();
  u.delta_Cp = eV("8 J/mol");
  for (const auto form : driving_forces()) {
    const auto nucleus = critical_nucleus(form, u);
    const double area = 4.0 * std::numbers::pi * nucleus.radius * nucleus.radius;
    EXPECT_NEAR(nucleus.barrier, area * interface_energy(u) / 3.0, 1e-12 * nucleus.barrier);
    EXPECT_NEAR(nucleus.barrier_kT * base::boltzmann * u.T, nucleus.barrier, 1e-12);
  }
}

TEST(Nucleation, TheHeatOfFusionCancelsWhereAlphaTellsTheInterface) {
  auto u = CuZr();
  const double radius = critical_nucleus(hoffman, u).radius;
  u.heat_of_fusion *= 2.0;
  EXPECT_NEAR(critical_nucleus(hoffman, u).radius, radius, 1e-12 * radius);
  EXPECT_EQ(critical_nucleus_errors(hoffman, CuZr(), {}).radius, 0.0);
}

TEST(Nucleation, ItsSizeGrowsWithoutBoundTowardTheMeltingPointWhereAllFormsMeet) {
  auto u = CuZr();
  u.delta_Cp = u.heat_of_fusion / u.T_m;
  double last = 0.0;
  for (double T = 650.0; T < 1207.0; T += 5.0) {
    u.T = T;
    const double d = critical_nucleus(thompson_spaepen, u).diameter;
    EXPECT_GT(d, last);
    last = d;
  }
  for (const double gap : {1.0, 0.1}) {
    u.T = u.T_m - gap;
    const double linear_size = critical_nucleus(linear, u).diameter;
    EXPECT_GT(linear_size, 4000.0 / gap);
    for (const auto form : driving_forces())
      EXPECT_NEAR(critical_nucleus(form, u).diameter / linear_size, 1.0, 2.0 * gap / u.T_m);
  }
}

TEST(Nucleation, TheFullFormHoldsTheOthers) {
  auto u = CuZr();
  u.delta_Cp = 0.0;
  EXPECT_DOUBLE_EQ(driving_force(full, u), driving_force(linear, u));
  // Thompson and Spaepen: dCp = H/T_m and ln(T_m/T) = 2 (T_m - T)/(T_m + T), good to third order.
  u.delta_Cp = u.heat_of_fusion / u.T_m;
  for (const double T : {1100.0, 1000.0, 900.0}) {
    u.T = T;
    const double x = (u.T_m - T) / (u.T_m + T);
    EXPECT_NEAR(driving_force(full, u) / driving_force(thompson_spaepen, u), 1.0, 0.5 * x * x);
  }
}

TEST(Nucleation, GibbsAndThomsonInvertTheLinearForm) {
  for (const double T : {500.0, 700.0, 1100.0}) {
    auto u = CuZr();
    u.T = T;
    EXPECT_NEAR(melting_temperature(critical_nucleus(linear, u).diameter, u), T, 1e-9);
  }
}

/// The oracle: the spread over inputs drawn with their errors.
TEST(Nucleation, ErrorsAreTheSpreadOverInputs) {
  Undercooled errors;
  errors.T_m = 5.0;
  errors.alpha = 0.01;
  errors.volume = 0.1;
  errors.heat_of_fusion = 0.03 * CuZr().heat_of_fusion;
  const auto told = critical_nucleus_errors(thompson_spaepen, CuZr(), errors);
  base::RandomStream random(1, "inputs of nucleation");
  double square_d = 0.0, square_W = 0.0;
  const auto center = critical_nucleus(thompson_spaepen, CuZr());
  constexpr int runs = 20000;
  for (int run = 0; run < runs; ++run) {
    auto u = CuZr();
    u.T_m += errors.T_m * random.normal();
    u.alpha += errors.alpha * random.normal();
    u.volume += errors.volume * random.normal();
    u.heat_of_fusion += errors.heat_of_fusion * random.normal();
    const auto nucleus = critical_nucleus(thompson_spaepen, u);
    square_d += std::pow(nucleus.diameter - center.diameter, 2) / runs;
    square_W += std::pow(nucleus.barrier_kT - center.barrier_kT, 2) / runs;
  }
  // A standard deviation of 20000 draws is known to 0.5 %; four of them, and what is not linear.
  EXPECT_NEAR(std::sqrt(square_d) / told.diameter, 1.0, 0.03);
  EXPECT_NEAR(std::sqrt(square_W) / told.barrier_kT, 1.0, 0.03);
}

TEST(Nucleation, WhereNothingDrivesItIsRefused) {
  auto u = CuZr();
  u.T = u.T_m;
  EXPECT_THROW(critical_nucleus(linear, u), base::InputError);
  u.T = 700.0;
  u.delta_Cp = eV("100 J/mol");
  EXPECT_THROW(critical_nucleus(full, u), base::InputError);
}

}  // namespace
}  // namespace vitreous::models
