// The chemical elements: symbols and standard atomic masses.
// Masses: IUPAC Commission on Isotopic Abundances and Atomic Weights, standard atomic weights 2021
// (conventional values where an interval is given); the mass number of the longest-lived isotope
// where an element has no stable one.
#pragma once

#include <string>
#include <string_view>

namespace vitreous::core {

struct Element {
  int number = 0;
  std::string_view symbol;
  double mass = 0.0;  ///< amu
};

/// The element with this symbol ("Cu", in exactly that spelling); nullptr where there is none.
const Element* find_element(std::string_view symbol);
/// The element with this atomic number; nullptr outside 1..118.
const Element* find_element(int number);
/// The one element whose mass lies within `tolerance` (amu); nullptr where none or several do.
const Element* element_of_mass(double mass, double tolerance = 0.05);

/// Atomic number of a symbol ("Cu" -> 29); 0 where there is no such element.
int atomic_number(std::string_view symbol);
/// Symbol of an atomic number 1 ... 118; "" outside.
std::string element_symbol(int atomic_number);

}  // namespace vitreous::core
