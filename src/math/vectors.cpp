#include "math/vectors.hpp"

#include <algorithm>
#include <cmath>

namespace vitreous::math {
namespace {

double largest_of(const std::vector<double>& values) {
  double largest = 0.0;
  bool numbers = true;
  for (const double v : values) {
    largest = std::max(largest, std::abs(v));
    numbers &= v == v;
  }
  return numbers ? largest : std::nan("");
}

}  // namespace

double dot(const Vectors& a, const Vectors& b) {
  Vec3 sum;  // three sums that need not wait for each other
  for (std::size_t i = 0; i < a.size(); ++i)
    sum += {a.x[i] * b.x[i], a.y[i] * b.y[i], a.z[i] * b.z[i]};
  return sum.x + sum.y + sum.z;
}

double length(const Vectors& a) { return std::sqrt(dot(a, a)); }

void add_scaled(Vectors& a, const Vectors& b, double factor) {
  for (std::size_t i = 0; i < a.size(); ++i) a.add(i, b[i] * factor);
}

void scale(Vectors& a, double factor) {
  for (auto* component : {&a.x, &a.y, &a.z})
    for (double& v : *component) v *= factor;
}

Vectors difference(const Vectors& a, const Vectors& b) {
  Vectors out(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) out.set(i, a[i] - b[i]);
  return out;
}

double largest_component(const Vectors& a) {
  const double x = largest_of(a.x), y = largest_of(a.y), z = largest_of(a.z);
  return std::isnan(x + y + z) ? std::nan("") : std::max({x, y, z});
}

double longest(const Vectors& a) {
  double longest2 = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) longest2 = std::max(longest2, norm2(a[i]));
  return std::sqrt(longest2);
}

}  // namespace vitreous::math
