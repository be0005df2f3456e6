// What is done to the atoms: an ensemble and the courses of temperature and pressure.
#pragma once

#include <cstdint>
#include <vector>

namespace vitreous::engine {

/// A value as a function of the step since the protocol's start: linear pieces and plateaus with
/// ends at whole steps, so a ramp is exact. After the last piece the last value holds.
class Course {
 public:
  static Course constant(double value);
  /// Linear from the present end (or `from` where this is the first piece) to `to`.
  Course& ramp(double from, double to, std::int64_t steps);
  /// A plateau.
  Course& hold(double value, std::int64_t steps);

  double at(std::int64_t step) const;
  std::int64_t steps() const;  ///< where the last piece ends

  /// The line or plateau that a step lies on: the step where it ends, and the value just before
  /// what follows there (a staircase jumps). After the last piece it never ends.
  struct Stretch {
    std::int64_t end = 0;
    double value_at_end = 0.0;
  };
  Stretch stretch_from(std::int64_t step) const;

 private:
  struct Piece {
    std::int64_t begin = 0, end = 0;
    double from = 0.0, to = 0.0;
  };
  /// Null after the last piece. Throws InputError where there is none.
  const Piece* piece_at(std::int64_t step) const;

  std::vector<Piece> pieces_;
};

enum class Ensemble { nve, nvt, npt };
enum class Thermostat { nose_hoover, velocity_rescaling };

struct Protocol {
  double timestep = 0.001;  ///< ps
  Ensemble ensemble = Ensemble::nve;
  Thermostat thermostat = Thermostat::nose_hoover;
  Course temperature;                ///< K; not used by nve
  Course pressure;                   ///< eV/A^3; used by npt alone (isotropic)
  double temperature_damping = 0.1;  ///< ps
  double pressure_damping = 1.0;     ///< ps
  int chain_length = 3;              ///< Nose-Hoover chain
  std::int64_t first_step = 0;       ///< the State::step at which the courses begin
};

}  // namespace vitreous::engine
