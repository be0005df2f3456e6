// Quantities: what is understood, what is refused and why, and that conversion rounds at most once.
#include "base/units.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/constants.hpp"
#include "base/error.hpp"

namespace vitreous::base {
namespace {

using testing::HasSubstr;

Message refusal(std::string_view text, std::string_view target = "") {
  try {
    const Quantity quantity = parse_quantity(text);
    if (!target.empty()) quantity.in(target);
  } catch (const InputError& error) {
    return error.message();
  }
  ADD_FAILURE() << text << " was accepted";
  return {};
}

TEST(Units, DecimalConversionsAreExact) {
  EXPECT_EQ(quantity_in("2 fs", "ps"), 0.002);
  EXPECT_EQ(quantity_in("0.1 ns", "ps"), 100.0);
  EXPECT_EQ(quantity_in("3.2 nm", "angstrom"), 32.0);
  EXPECT_EQ(quantity_in("1 bar", "GPa"), 1e-4);
  EXPECT_EQ(quantity_in("1e12 K/s", "K/ps"), 1.0);
  EXPECT_EQ(quantity_in("0.66 A^2/ps", "m^2/s"), 0.66e-8);
  EXPECT_EQ(quantity_in("700 K", "K"), 700.0);
}

TEST(Units, ConstantsAgreeWithTheUnits) {
  EXPECT_DOUBLE_EQ(quantity_in("1 eV/A^3", "bar"), eV_per_A3_to_bar);
  EXPECT_DOUBLE_EQ(quantity_in("1 eV/A^3", "GPa"), eV_per_A3_to_GPa);
  EXPECT_DOUBLE_EQ(quantity_in("1 amu A^2/ps^2", "eV"), mv2_to_eV);
  EXPECT_DOUBLE_EQ(quantity_in("1 A^2/ps", "m^2/s"), A2_per_ps_to_m2_per_s);
  EXPECT_DOUBLE_EQ(quantity_in("1 amu/A^3", "g/cm^3"), amu_per_A3_to_g_per_cm3);
  EXPECT_DOUBLE_EQ(quantity_in("1 eV", "kJ/mol"), 1.602176634e-22 * avogadro_per_mol);
}

TEST(Units, ManySpellingsMeanTheSame) {
  for (const char* text : {"2.7 1/A", "2.7/A", "2.7 A^-1", "2.7 A-1", "2.7 1/angstrom", "2.7 Å^-1",
                           "27 1/nm", "0.27e1 (1/A)"})
    EXPECT_DOUBLE_EQ(quantity_in(text, "1/angstrom"), 2.7) << text;
  EXPECT_EQ(quantity_in("5 Å²/ps", "A^2/ps"), 5.0);
  EXPECT_EQ(quantity_in("5 µs", "us"), 5.0);
  EXPECT_EQ(quantity_in("+5 eV", "eV"), 5.0);
  EXPECT_EQ(quantity_in("5eV", "eV"), 5.0);
  EXPECT_EQ(quantity_in("1.5 h", "min"), 90.0);
  EXPECT_EQ(quantity_in("50 %", "1"), 0.5);
  EXPECT_EQ(quantity_in("7", "1"), 7.0);
  EXPECT_DOUBLE_EQ(quantity_in("3 meV/atom", "eV"), 0.003);
  EXPECT_DOUBLE_EQ(quantity_in("8.314 J/mol/K", "J/(mol K)"), 8.314);
}

TEST(Units, NumbersMayStandInTheDenominator) {
  EXPECT_DOUBLE_EQ(quantity_in("100 K/(6 ns)", "K/s"), 100.0 / 6e-9);
  EXPECT_DOUBLE_EQ(quantity_in("100 K/(6e3 ps)", "K/ns"), 100.0 / 6.0);
}

TEST(Units, TwoFactorsAfterOneSlashAreRefusedWithTheBracketedForm) {
  const Message m = refusal("100 K/6 ns");
  EXPECT_THAT(m.problem, HasSubstr("two factors follow one '/'"));
  ASSERT_EQ(m.tries.size(), 1u);
  EXPECT_EQ(m.tries[0], "\"100 K/(6 ns)\"");
  refusal("1 J/mol K");
}

TEST(Units, CelsiusIsAnAbsoluteTemperatureWhereItStandsAlone) {
  for (const char* text : {"25 C", "25 degC", "25 °C", "25 (C)", "25 deg C"})
    EXPECT_DOUBLE_EQ(quantity_in(text, "K"), 298.15) << text;
  EXPECT_NEAR(quantity_in("300 K", "C"), 26.85, 1e-12);
  EXPECT_DOUBLE_EQ(quantity_in("10 C/ns", "K/ns"), 10.0) << "a rate is a difference";
  EXPECT_DOUBLE_EQ(*parse_quantity("25(2) C").error_in("K"), 2.0) << "an error is a difference";
  EXPECT_DOUBLE_EQ(*parse_quantity("298(2) K").error_in("C"), 2.0);
}

TEST(Units, StandardErrorsAreReadInBothNotations) {
  for (const char* text : {"0.432 +- 0.007 eV", "0.432(7) eV", "0.432 ± 0.007 eV", "0.432(7)eV",
                           "0.432 +/- 0.007 eV", "0.432(0.007) eV"}) {
    const Quantity q = parse_quantity(text);
    EXPECT_DOUBLE_EQ(q.in("eV"), 0.432) << text;
    ASSERT_TRUE(q.error) << text;
    EXPECT_DOUBLE_EQ(*q.error_in("eV"), 0.007) << text;
    EXPECT_DOUBLE_EQ(*q.error_in("meV"), 7.0) << text;
  }
  EXPECT_DOUBLE_EQ(*parse_quantity("-16.36(6)").error, 0.06);
  EXPECT_DOUBLE_EQ(*parse_quantity("700(10) K").error, 10.0);
  EXPECT_DOUBLE_EQ(*parse_quantity("1.5e-3(2)").error, 2e-4);
  for (const char* text : {"5.3(1)e-10 m^2/s", "5.3(1)E-10m^2/s", "5.3e-10 +- 0.1e-10 m^2/s"}) {
    EXPECT_DOUBLE_EQ(parse_quantity(text).in("m^2/s"), 5.3e-10) << text;
    EXPECT_DOUBLE_EQ(*parse_quantity(text).error_in("m^2/s"), 1e-11) << text;
    EXPECT_EQ(parse_quantity(text).unit_text, "m^2/s") << text;
  }
  EXPECT_DOUBLE_EQ(*parse_quantity("2(1)e+3").error, 1e3);
  EXPECT_EQ(parse_quantity("2(1)e3").unit_text, "1");
  EXPECT_EQ(parse_quantity("2.7(1)/A").unit_text, "1/A");
  EXPECT_FALSE(parse_quantity("3 eV").error);
}

TEST(Units, WrongDimensionsSayWhatWasGivenAndWhatIsWanted) {
  EXPECT_THAT(refusal("100 K ns", "K/s").problem, HasSubstr("not a rate of temperature (K/s)"));
  EXPECT_EQ(refusal("5 ps", "angstrom").problem, "\"5 ps\" is a time, not a length");
  EXPECT_EQ(refusal("5", "ps").problem, "\"5\" is a number without unit, not a time");
}

TEST(Units, WhatIsNoQuantityIsRefused) {
  for (const char* text : {"", "K", "inf K", "nan", "5 parsec", "5 eV^", "5 (eV", "5 eV)", "5 K/",
                           "five", "5 m^99999999999", "5 m^-13", "0.4(-7) eV", "0.4 +- -0.1 eV",
                           "+-5 K", "5 K//s", "1e999 K", "5 m^2.5", "5 0 K"})
    refusal(text);
  EXPECT_THAT(refusal("5 Kelvn").problem, HasSubstr("\"Kelvn\" is not a unit"));
  EXPECT_THAT(refusal("5 angstrm").tries, testing::Contains("angstrom"));
}

TEST(Units, ColumnNamesSpellUnitsOut) {
  EXPECT_EQ(column_suffix("m^2/s"), "m2_per_s");
  EXPECT_EQ(column_suffix("angstrom^2"), "angstrom2");
  EXPECT_EQ(column_suffix("1/ps"), "per_ps");
  EXPECT_EQ(column_suffix("eV/angstrom^3"), "eV_per_angstrom3");
  EXPECT_EQ(column_suffix("1"), "");
}

TEST(Units, EveryKnownUnitParses) {
  for (const auto& [symbol, meaning] : known_units()) {
    EXPECT_NO_THROW(parse_unit(symbol)) << symbol;
    EXPECT_FALSE(meaning.empty());
  }
}

}  // namespace
}  // namespace vitreous::base
