// A value with its error as readers of papers write it, and comparisons with references.
#include "core/measured.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace vitreous::core {
namespace {

TEST(Measured, PrintsOneDigitOfErrorOrTwoWhereTheFirstIsOne) {
  EXPECT_EQ(to_text({0.437, 0.008, "eV"}), "0.437(8) eV");
  EXPECT_EQ(to_text({0.4371, 0.0123, "eV"}), "0.437(12) eV");
  EXPECT_EQ(to_text({0.4371, 0.0196, "eV"}), "0.44(2) eV");
  EXPECT_EQ(to_text({-16.361, 0.061, "1"}), "-16.36(6)");
  EXPECT_EQ(to_text({704.6, 12.3, "K"}), "705(12) K");
  EXPECT_EQ(to_text({704.6, 1.0, "K"}), "704.6(10) K");
  EXPECT_EQ(to_text({0.4371, 0.0099, "eV"}), "0.437(10) eV");
}

TEST(Measured, WritesErrorsOfTensOut) {
  EXPECT_EQ(to_text({704.6, 23.0, "K"}), "700(20) K");
  EXPECT_EQ(to_text({12345.0, 300.0, "K"}), "12300(300) K");
}

TEST(Measured, TakesAnExponentForTheVeryLargeAndSmall) {
  EXPECT_EQ(to_text({7.86e-8, 5e-10, "m^2/s"}), "7.86(5)e-8 m^2/s");
  EXPECT_EQ(to_text({1.67e10, 1e8, "K/s"}), "1.670(10)e10 K/s");
  EXPECT_EQ(to_text({0.0, 3e-7, "1"}), "0(3)e-7");
}

TEST(Measured, AValueBelowItsErrorKeepsTheErrorsScale) {
  EXPECT_EQ(to_text({1e-9, 0.05, "eV"}), "0.00(5) eV");
  EXPECT_EQ(to_text({0.0, 0.05, "eV"}), "0.00(5) eV");
}

TEST(Measured, WithoutAnErrorItIsTheValueAlone) {
  EXPECT_EQ(to_text({0.4375, 0.0, "eV"}), "0.4375 eV");
}

TEST(Measured, ConvertsValueAndErrorTogether) {
  const Measured d = Measured{0.66, 0.02, "angstrom^2/ps"}.to("m^2/s");
  EXPECT_DOUBLE_EQ(d.value, 0.66e-8);
  EXPECT_DOUBLE_EQ(d.standard_error, 0.02e-8);
  EXPECT_EQ(d.unit, "m^2/s");
  const Measured t = Measured{25.0, 2.0, "C"}.to("K");
  EXPECT_DOUBLE_EQ(t.value, 298.15);
  EXPECT_DOUBLE_EQ(t.standard_error, 2.0);
  EXPECT_THROW((Measured{1.0, 0.1, "eV"}.to("ps")), base::InputError);
}

Reported reported(double value, double error) {
  Reported r;
  r.name = "liquid.Q";
  r.measured = Measured{value, error, "eV"};
  r.reference = Reference{432.0, 7.0, "meV", "se", "", "a paper"};
  return r;
}

TEST(Pull, WeighsBothErrorsInTheReferencesUnit) {
  EXPECT_NEAR(*pull(reported(0.437, 0.0)), 5.0 / 7.0, 1e-12);
  EXPECT_NEAR(*pull(reported(0.422, 0.024)), -10.0 / 25.0, 1e-12);
}

TEST(Pull, IsEmptyWhereThereIsNothingToCompare) {
  EXPECT_FALSE(pull(Reported::refused("liquid.Q", "two points")));
  Reported lone = reported(0.437, 0.01);
  lone.reference.reset();
  EXPECT_FALSE(pull(lone));
  Reported exact = reported(0.437, 0.0);
  exact.reference->standard_error = 0.0;
  EXPECT_FALSE(pull(exact));
}

TEST(Reported, RefusedKeepsItsReason) {
  const Reported r = Reported::refused("glass.Q", "2 usable points, 3 needed");
  EXPECT_EQ(to_text(r.status), "refused");
  EXPECT_EQ(r.reason, "2 usable points, 3 needed");
  EXPECT_FALSE(r.measured);
}

}  // namespace
}  // namespace vitreous::core
