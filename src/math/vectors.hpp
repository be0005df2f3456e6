// Sums and norms over many vectors taken as one: the algebra of minimizers.
#pragma once

#include "math/vec3.hpp"

namespace vitreous::math {

/// sum_i a_i . b_i.
double dot(const Vectors& a, const Vectors& b);
/// The root of dot(a, a).
double length(const Vectors& a);
/// a + factor b, in place.
void add_scaled(Vectors& a, const Vectors& b, double factor);
void scale(Vectors& a, double factor);
/// a - b.
Vectors difference(const Vectors& a, const Vectors& b);

/// The largest |component|; not a number where any component is none.
double largest_component(const Vectors& a);
/// The length of the longest of the vectors.
double longest(const Vectors& a);

}  // namespace vitreous::math
