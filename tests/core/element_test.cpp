#include "core/element.hpp"

#include <gtest/gtest.h>

#include <set>

namespace vitreous::core {
namespace {

TEST(Element, EveryNumberHasItsOwnSymbolAndAMass) {
  std::set<std::string_view> symbols;
  for (int number = 1; number <= 118; ++number) {
    const Element* element = find_element(number);
    ASSERT_NE(element, nullptr);
    EXPECT_EQ(element->number, number);
    EXPECT_GE(element->mass, number);
    EXPECT_LT(element->mass, 3.2 * number);
    EXPECT_EQ(find_element(element->symbol), element);
    symbols.insert(element->symbol);
  }
  EXPECT_EQ(symbols.size(), 118u);
  EXPECT_EQ(find_element(0), nullptr);
  EXPECT_EQ(find_element(119), nullptr);
}

TEST(Element, StandardMassesOfGlassFormers) {
  EXPECT_EQ(find_element("Cu")->mass, 63.546);
  EXPECT_EQ(find_element("Zr")->mass, 91.224);
  EXPECT_EQ(find_element("Sm")->mass, 150.36);
  EXPECT_EQ(find_element("Zr")->number, 40);
  EXPECT_EQ(find_element("Pd")->number, 46);
  EXPECT_EQ(find_element("cu"), nullptr);
}

TEST(Element, IsFoundByMassOnlyWhereOneAloneIsNear) {
  EXPECT_EQ(element_of_mass(63.55)->symbol, "Cu");
  EXPECT_EQ(element_of_mass(26.98)->symbol, "Al");
  EXPECT_EQ(element_of_mass(1.0)->symbol, "H");
  EXPECT_EQ(element_of_mass(50.0), nullptr);
  EXPECT_EQ(element_of_mass(58.8, 0.15), nullptr) << "cobalt and nickel are both near";
}

}  // namespace
}  // namespace vitreous::core
