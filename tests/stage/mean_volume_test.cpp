#include "stage/mean_volume.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "analysis/memory_archive.hpp"
#include "base/constants.hpp"
#include "base/random.hpp"
#include "stage/stage_fixture.hpp"

namespace vitreous::stage {
namespace {

constexpr double held = 24500.0, temperature = 1000.0, modulus = 0.6;  // A^3, K, eV/A^3

/// Volumes of a liquid at constant pressure: Gaussian, of var(V) = kB T V / B, that forget
/// themselves within `memory` samples.
MeanVolume volumes(std::size_t samples, double memory, base::RandomStream& random) {
  const double width = std::sqrt(base::boltzmann * temperature * held / modulus);
  const double kept = memory > 0.0 ? std::exp(-1.0 / memory) : 0.0;
  MeanVolume mean;
  double off = random.normal();
  for (std::size_t i = 0; i < samples; ++i) {
    mean.take(held + width * off);
    off = kept * off + std::sqrt(1.0 - kept * kept) * random.normal();
  }
  return mean;
}

/// Mean square of a pressure's deviation over its error, of 1000 liquids.
double mean_square_pull(std::size_t samples, double memory) {
  base::RandomStream random(samples, "volumes at constant pressure");
  double sum = 0.0;
  for (int run = 0; run < 1000; ++run) {
    const MeanVolume mean = volumes(samples, memory, random);
    const double pressure = -modulus * (mean.mean() / held - 1.0);
    sum += std::pow(pressure / mean.errors(temperature).pressure, 2.0);
  }
  return sum / 1000.0;
}

TEST(MeanVolume, OfAFewSamplesHasAPressureAsFarOffAsItsErrorSays) {
  // The square of a pull has a standard deviation of sqrt(2) to 2: its mean of 1000 is known to 6
  // %.
  EXPECT_NEAR(mean_square_pull(8, 0.0), 1.0, 0.2);
  EXPECT_NEAR(mean_square_pull(100, 0.0), 1.0, 0.2);
}

TEST(MeanVolume, ThatIsCorrelatedHasAPressureAsFarOffAsItsErrorSays) {
  // As in a run: 125 samples, of which some six are independent. How many they are has to be told
  // from the samples themselves, which is wrong by a quarter or so.
  EXPECT_NEAR(mean_square_pull(125, 10.0), 1.0, 0.3);
  EXPECT_NEAR(mean_square_pull(1000, 10.0), 1.0, 0.2);
}

TEST(MeanVolume, WidensPressureVolumeAndEnthalpyAndNothingElse) {
  base::RandomStream random(1, "volumes to widen by");
  const MeanVolume mean = volumes(200, 5.0, random);
  const auto errors = mean.errors(temperature);
  core::Result result;
  for (const char* name : {"V", "P", "H", "E", "D"}) {
    core::Reported quantity;
    quantity.name = name;
    quantity.measured = core::Measured{1.0, 0.001, "1"};
    result.quantities.push_back(quantity);
  }
  result.quantities.push_back(core::Reported::refused("P", "it changes steadily"));
  mean.widen(result, temperature, 1400);
  const auto added = [&](std::size_t k) {
    return std::sqrt(std::pow(result.quantities[k].measured->standard_error, 2.0) - 1e-6);
  };
  EXPECT_NEAR(added(0), errors.volume / 1400.0, 1e-9);
  EXPECT_NEAR(added(1), errors.pressure * base::eV_per_A3_to_GPa, 1e-9);
  EXPECT_NEAR(added(2), errors.pressure * mean.mean() / 1400.0, 1e-9);
  EXPECT_EQ(result.quantities[3].measured->standard_error, 0.001);
  EXPECT_EQ(result.quantities[4].measured->standard_error, 0.001);
  EXPECT_TRUE(result.quantities[1].how.contains("volume"));
  EXPECT_FALSE(result.quantities[3].how.contains("volume"));
}

TEST(MeanVolume, OfACheckpointThatHoldsNoSamplesIsKnownWithoutItsError) {
  analysis::testing::MemoryArchive archive;
  double sum = 10.0 * held;
  std::int64_t count = 10;
  archive.transfer("volume_sum", sum);
  archive.transfer("volume_samples", count);
  archive.load();
  MeanVolume mean;
  mean.transfer(archive);
  EXPECT_DOUBLE_EQ(mean.mean(), held);
  EXPECT_EQ(mean.errors(temperature).volume, 0.0);
}

TEST(MeanVolume, OfAHoldIsKnownWithAnErrorAndBringsItToThePressure) {
  StageOptions options = testing::hold({{"temperature", "120 K"},
                                        {"equilibrate", "4 ps"},
                                        {"duration", "4 ps"},
                                        {"ensemble", "nvt"}});
  options.observe = {{"thermo", {}}};
  auto engine = testing::fluid_engine();
  StageRun run(options, testing::fluid());
  while (!run.done()) run.advance(engine, 1000);
  int told = 0;
  for (const auto& quantity : run.result().quantities) {
    if (quantity.name != "V" && quantity.name != "P" && quantity.name != "H") continue;
    ASSERT_TRUE(quantity.measured) << quantity.name << quantity.reason;
    EXPECT_GT(quantity.measured->standard_error, 0.0) << quantity.name;
    EXPECT_TRUE(quantity.how.contains("volume")) << quantity.name;
    ++told;
  }
  EXPECT_EQ(told, 3);
}

}  // namespace
}  // namespace vitreous::stage
