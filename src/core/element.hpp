// The chemical elements by symbol and atomic number.
#pragma once

#include <string>
#include <string_view>

namespace vitreous::core {

/// Atomic number of a symbol ("Cu" -> 29); 0 where there is no such element.
int atomic_number(std::string_view symbol);

/// Symbol of an atomic number 1 ... 118; "" outside.
std::string element_symbol(int atomic_number);

}  // namespace vitreous::core
