// Three-vectors and 3x3 matrices, and `Vectors`: one vector an atom, stored by component.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace vitreous::math {

struct Vec3 {
  double x = 0.0, y = 0.0, z = 0.0;

  double& operator[](std::size_t i) { return i == 0 ? x : (i == 1 ? y : z); }
  double operator[](std::size_t i) const { return i == 0 ? x : (i == 1 ? y : z); }
  Vec3& operator+=(const Vec3& b) {
    x += b.x, y += b.y, z += b.z;
    return *this;
  }
  Vec3& operator-=(const Vec3& b) {
    x -= b.x, y -= b.y, z -= b.z;
    return *this;
  }
  Vec3& operator*=(double s) {
    x *= s, y *= s, z *= s;
    return *this;
  }
  friend Vec3 operator+(Vec3 a, const Vec3& b) { return a += b; }
  friend Vec3 operator-(Vec3 a, const Vec3& b) { return a -= b; }
  friend Vec3 operator-(const Vec3& a) { return {-a.x, -a.y, -a.z}; }
  friend Vec3 operator*(Vec3 a, double s) { return a *= s; }
  friend Vec3 operator*(double s, Vec3 a) { return a *= s; }
  friend bool operator==(const Vec3&, const Vec3&) = default;
};

inline double dot(const Vec3& a, const Vec3& b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline Vec3 cross(const Vec3& a, const Vec3& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline double norm2(const Vec3& a) { return dot(a, a); }
inline double norm(const Vec3& a) { return std::sqrt(norm2(a)); }

/// A matrix by columns: M * v = sum_k column[k] v[k].
struct Mat3 {
  std::array<Vec3, 3> column{};

  double& operator()(std::size_t row, std::size_t col) { return column[col][row]; }
  double operator()(std::size_t row, std::size_t col) const { return column[col][row]; }
  static Mat3 diagonal(double a, double b, double c) {
    return {{Vec3{a, 0, 0}, Vec3{0, b, 0}, Vec3{0, 0, c}}};
  }
  static Mat3 identity() { return diagonal(1, 1, 1); }

  Mat3& operator+=(const Mat3& b) {
    for (std::size_t k = 0; k < 3; ++k) column[k] += b.column[k];
    return *this;
  }
  Mat3& operator*=(double s) {
    for (auto& c : column) c *= s;
    return *this;
  }
  friend Mat3 operator+(Mat3 a, const Mat3& b) { return a += b; }
  friend Mat3 operator*(Mat3 a, double s) { return a *= s; }
  friend Vec3 operator*(const Mat3& m, const Vec3& v) {
    return m.column[0] * v.x + m.column[1] * v.y + m.column[2] * v.z;
  }
  friend Mat3 operator*(const Mat3& a, const Mat3& b) {
    return {{a * b.column[0], a * b.column[1], a * b.column[2]}};
  }
  friend bool operator==(const Mat3&, const Mat3&) = default;
};

inline double trace(const Mat3& m) { return m(0, 0) + m(1, 1) + m(2, 2); }
inline double determinant(const Mat3& m) {
  return dot(m.column[0], cross(m.column[1], m.column[2]));
}
inline Mat3 transpose(const Mat3& m) {
  return {{Vec3{m(0, 0), m(0, 1), m(0, 2)}, Vec3{m(1, 0), m(1, 1), m(1, 2)},
           Vec3{m(2, 0), m(2, 1), m(2, 2)}}};
}
inline Mat3 inverse(const Mat3& m) {
  const double d = 1.0 / determinant(m);
  return transpose({{cross(m.column[1], m.column[2]) * d, cross(m.column[2], m.column[0]) * d,
                     cross(m.column[0], m.column[1]) * d}});
}
/// The dyadic product a b^T.
inline Mat3 outer(const Vec3& a, const Vec3& b) { return {{a * b.x, a * b.y, a * b.z}}; }

/// One vector for each atom, by component: the layout of the hot loops.
struct Vectors {
  std::vector<double> x, y, z;

  Vectors() = default;
  explicit Vectors(std::size_t n) : x(n), y(n), z(n) {}
  std::size_t size() const { return x.size(); }
  void resize(std::size_t n) { x.resize(n), y.resize(n), z.resize(n); }
  void fill(double value) {
    x.assign(x.size(), value), y.assign(y.size(), value), z.assign(z.size(), value);
  }
  Vec3 operator[](std::size_t i) const { return {x[i], y[i], z[i]}; }
  void set(std::size_t i, const Vec3& v) { x[i] = v.x, y[i] = v.y, z[i] = v.z; }
  void add(std::size_t i, const Vec3& v) { x[i] += v.x, y[i] += v.y, z[i] += v.z; }
};

}  // namespace vitreous::math
