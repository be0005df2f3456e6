// Named random streams: counter-based, so that a stream is its seed, its name and a position.
// Generator: Philox4x32-10 (Salmon, Moraes, Dror, Shaw, SC'11). The same bits on every machine.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace vitreous::base {

/// 64-bit FNV-1a hash of a text, used to turn names into keys.
std::uint64_t hash_text(std::string_view text);

/// The Philox4x32-10 block function itself.
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                    std::array<std::uint32_t, 2> key);

class RandomStream {
 public:
  /// The stream of `name` in the study seeded by `seed`; replicas and the like go into the name.
  RandomStream(std::uint64_t seed, std::string_view name);

  /// Uniform on the open interval (0, 1), 52 bits: odd multiples of 2^-53.
  double uniform();
  /// Standard normal (Box-Muller; both of its values are used).
  double normal();
  /// Gamma variate of the given shape (> 0) and scale 1 (Marsaglia and Tsang 2000).
  double gamma(double shape);
  /// Uniform integer in [0, n), without bias; n > 0.
  std::uint64_t below(std::uint64_t n);
  std::uint64_t bits();

  /// What a checkpoint stores; `set_state` continues exactly there.
  struct State {
    std::uint64_t key = 0;
    std::uint64_t position = 0;  ///< 64-bit outputs drawn so far
    double spare_normal = 0.0;
    bool has_spare = false;
  };
  const State& state() const { return state_; }
  void set_state(const State& state) { state_ = state; }

 private:
  State state_;
};

}  // namespace vitreous::base
