#include "engine/elastic_band.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "engine/fire.hpp"
#include "engine/largest_force.hpp"
#include "engine/relax_overlaps.hpp"
#include "math/vectors.hpp"

namespace vitreous::engine {
namespace {

/// The place at `way` (0 to the number of legs) on the lines through the corners.
math::Vectors along(const std::vector<PathPoint>& corners, double way) {
  const std::size_t leg = std::min(static_cast<std::size_t>(way), corners.size() - 2);
  const math::Vectors &from = corners[leg].position, &to = corners[leg + 1].position;
  math::Vectors place = from;
  math::add_scaled(place, math::difference(to, from), way - static_cast<double>(leg));
  return place;
}

}  // namespace

ElasticBand::ElasticBand(std::vector<std::unique_ptr<Forces>> forces) : images_(forces.size()) {
  if (forces.empty()) throw base::InputError("a path needs at least one image between its ends");
  for (std::size_t k = 0; k < forces.size(); ++k) images_[k].forces = std::move(forces[k]);
}

void ElasticBand::set(const core::Box& box, const core::Atoms& atoms) {
  box_ = box;
  for (Image& image : images_) {
    image.atoms = atoms;
    image.forces->reset();
  }
}

ElasticBand::Rest ElasticBand::rest(const math::Vectors& position) {
  Image& image = images_.front();
  image.atoms.position = position;
  image.forces->evaluate(box_, image.atoms, {}, image.result);
  const double largest = largest_force(image.result.force);
  image.forces->measure(box_, image.atoms, image.result);
  return {image.result.energy, largest};
}

void ElasticBand::lay(const std::vector<PathPoint>& corners) {
  first_ = corners.front();
  last_ = corners.back();
  const double legs = static_cast<double>(corners.size() - 1);
  for (std::size_t k = 0; k < images_.size(); ++k) {
    Image& image = images_[k];
    const double share = static_cast<double>(k + 1) / static_cast<double>(images_.size() + 1);
    image.atoms.position = along(corners, legs * share);
    relax_overlaps(*image.forces, box_, image.atoms);
    image.forces->evaluate(box_, image.atoms, {}, image.result);
  }
  measure_images();
}

void ElasticBand::measure_images() {
  for (Image& image : images_) {
    ForceResult measured;
    image.forces->measure(box_, image.atoms, measured);
    image.energy = measured.energy;
  }
}

BandPlace ElasticBand::place(std::size_t k) const {
  const bool is_first = k == 0, is_last = k + 1 == images_.size();
  const math::Vectors& here = images_[k].atoms.position;
  return {math::difference(here, is_first ? first_.position : images_[k - 1].atoms.position),
          math::difference(is_last ? last_.position : images_[k + 1].atoms.position, here),
          is_first ? first_.energy : images_[k - 1].energy, images_[k].energy,
          is_last ? last_.energy : images_[k + 1].energy};
}

/// Returns the largest residual.
double ElasticBand::find_band_forces(const BandRelaxation& how) {
  double residual = 0.0;
  const std::size_t n = first_.position.size();
  band_force_.resize(n * images_.size());
  for (std::size_t k = 0; k < images_.size(); ++k) {
    const math::Vectors& force = images_[k].result.force;
    const BandForce found = how.climber == k ? climbing_force(force, place(k))
                                             : nudged_force(force, place(k), how.spring);
    residual = std::max(residual, found.residual);
    for (std::size_t i = 0; i < n; ++i) band_force_.set(k * n + i, found.force[i]);
  }
  return residual;
}

/// Energies follow from the work of the forces: to measure them costs several evaluations.
void ElasticBand::move_images() {
  const std::size_t n = first_.position.size();
  math::Vectors move(n);
  for (std::size_t k = 0; k < images_.size(); ++k) {
    Image& image = images_[k];
    for (std::size_t i = 0; i < n; ++i) move.set(i, band_move_[k * n + i]);
    math::add_scaled(image.atoms.position, move, 1.0);
    const double before = math::dot(image.result.force, move);
    image.forces->evaluate(box_, image.atoms, {}, image.result);
    image.energy -= 0.5 * (before + math::dot(image.result.force, move));
  }
}

BandRelaxed ElasticBand::relax(const BandRelaxation& how) {
  Fire fire(first_.position.size() * images_.size());
  BandRelaxed done;
  double first_residual = 0.0;
  for (;; ++done.steps) {
    done.residual = find_band_forces(how);
    if (done.steps == 0) first_residual = done.residual;
    done.gave_up = done.residual > first_residual + how.give_up_rise;
    if (done.residual <= how.tolerance || done.gave_up || done.steps == how.most_steps) break;
    fire.find_move(band_force_, band_move_);
    move_images();
  }
  measure_images();
  return done;
}

std::vector<PathPoint> ElasticBand::path() const {
  std::vector<PathPoint> points = {first_};
  for (const Image& image : images_) points.push_back({image.atoms.position, image.energy});
  points.push_back(last_);
  return points;
}

}  // namespace vitreous::engine
