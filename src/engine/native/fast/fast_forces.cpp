#include "engine/native/fast/fast_forces.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "base/error.hpp"

namespace vitreous::engine {
namespace {

/// Fewer close pairs than this never count as too many.
constexpr std::size_t close_pairs_at_least = 256;

std::vector<fast::Reach> reaches(const fast::FastTables& tables, double skin) {
  std::vector<fast::Reach> all;
  for (const auto& f : tables.pairs)
    // The near stream alone looks for close pairs: it holds all that may come close.
    all.push_back(
        {std::max({f.phi_end, f.rho_end, f.low}) + skin, std::max(f.rho_end, f.low) + skin});
  return all;
}

}  // namespace

std::string FastForces::objection_to_processor() {
  return fast::avx512_kernel() ? "" : "this processor has no AVX-512";
}

FastForces::FastForces(const potential::EamPotential& potential, fast::FastTables tables,
                       double skin)
    : potential_(potential),
      tables_(std::move(tables)),
      kernel_(fast::avx512_kernel()),
      reference_(tables_.longest(), skin),
      list_(reaches(tables_, skin)),
      general_(potential),
      exact_(potential) {
  for (const std::string& why :
       {objection_to_processor(), fast::objection_to_tables(potential_, tables_)})
    if (!why.empty()) throw base::RunError("the fast forces cannot be taken: " + why);
}

void FastForces::evaluate(const core::Box& box, const core::Atoms& atoms, Want want,
                          ForceResult& result) {
  why_general_ = list_.objection(box, atoms.size());
  if (why_general_.empty() && !evaluate_fast(box, atoms, want, result))
    why_general_ = "atoms overlap all over";
  if (!why_general_.empty())
    general_.evaluate(box, atoms, want, result);
  else if (want.energy || want.energy_per_atom)
    add_energies(box, atoms, want, result);
}

bool FastForces::evaluate_fast(const core::Box& box, const core::Atoms& atoms, Want want,
                               ForceResult& result) {
  timed("list", [&] { update_list(box, atoms); });
  timed("density",
        [&] { base::for_each_piece(pieces, [&](std::size_t p) { add_densities(piece_[p], p); }); });
  if (!collect_close_pairs()) return false;
  timed("density", [&] { embed(box, atoms); });
  timed("force", [&] {
    base::for_each_piece(pieces, [&](std::size_t p) { add_forces(piece_[p], p, want.virial); });
    sum_pieces(atoms, result);
  });
  fast::add_close_forces(potential_, box, atoms, close_, embedding_slope_, result);
  return true;
}

template <class Work>
void FastForces::timed(const char* part, const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  seconds_[part] += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void FastForces::update_list(const core::Box& box, const core::Atoms& atoms) {
  if (!reference_.holds(box, atoms)) {
    reference_.set(box, atoms);
    list_is_built_ = false;
  }
  place_atoms(box, atoms);
}

/// In the list of the present reference, which may have been restored rather than just set.
void FastForces::place_atoms(const core::Box& box, const core::Atoms& atoms) {
  if (!list_is_built_)
    list_.build(reference_.box(), reference_.position(), atoms.species, *kernel_);
  list_is_built_ = true;
  list_.update_positions(box, atoms.position);
}

void FastForces::add_densities(Piece& mine, std::size_t piece) {
  mine.density.assign(list_.padded_size(), 0.0f);
  mine.close.resize(std::max(list_.order().size(), close_pairs_at_least));
  fast::CloseList close{mine.close.data(), mine.close.size(), 0};
  const base::Range blocks = list_.share(piece, pieces);
  for (std::size_t b = blocks.begin; b < blocks.end; ++b) {
    const fast::Block& block = list_.blocks()[b];
    list_.get_parts(block, tables_, mine.near, mine.far);
    kernel_->density(list_.coordinates(), block.first_atom, mine.near.data(), mine.near.size(),
                     mine.density.data(), close);
  }
  mine.close_count = close.count;
}

bool FastForces::collect_close_pairs() {
  close_.clear();
  for (const Piece& piece : piece_) {
    if (piece.close_count > piece.close.size()) return false;
    for (std::size_t k = 0; k < piece.close_count; ++k)
      close_.push_back({list_.order()[piece.close[k].i], list_.order()[piece.close[k].j]});
  }
  return true;
}

void FastForces::embed(const core::Box& box, const core::Atoms& atoms) {
  const auto& order = list_.order();
  density_.resize(order.size());
  embedding_slope_.resize(order.size());
  sorted_slope_.resize(list_.padded_size());
  for (std::size_t k = 0; k < order.size(); ++k) {
    double density = 0.0;
    for (const Piece& piece : piece_) density += piece.density[k];
    density_[order[k]] = density;
  }
  fast::add_close_densities(potential_, box, atoms, close_, density_);
  for (std::size_t k = 0; k < order.size(); ++k) {
    const std::size_t i = order[k];
    embedding_slope_[i] =
        potential_.embedding(static_cast<std::size_t>(atoms.species[i]), density_[i]).slope;
    sorted_slope_[k] = static_cast<float>(embedding_slope_[i]);
  }
}

void FastForces::add_forces(Piece& mine, std::size_t piece, bool with_virial) {
  for (auto* component : {&mine.fx, &mine.fy, &mine.fz})
    component->assign(list_.padded_size(), 0.0f);
  mine.virial.fill(0.0);
  double* virial = with_virial ? mine.virial.data() : nullptr;
  const base::Range blocks = list_.share(piece, pieces);
  for (std::size_t b = blocks.begin; b < blocks.end; ++b) {
    const fast::Block& block = list_.blocks()[b];
    list_.get_parts(block, tables_, mine.near, mine.far);
    kernel_->force(list_.coordinates(), block.first_atom, mine.near.data(), mine.far.data(),
                   mine.near.size(), sorted_slope_.data(), mine.fx.data(), mine.fy.data(),
                   mine.fz.data(), virial);
  }
}

void FastForces::sum_pieces(const core::Atoms& atoms, ForceResult& result) const {
  const auto& order = list_.order();
  result.force.resize(order.size());
  for (std::size_t k = 0; k < order.size(); ++k) {
    math::Vec3 f;
    for (const Piece& p : piece_) f += math::Vec3{p.fx[k], p.fy[k], p.fz[k]};
    if (!std::isfinite(f.x + f.y + f.z))
      throw base::RunError(
          fmt::format("the force on atom {} is not a finite number", atoms.id[order[k]]),
          "atoms have come too close, or the potential's tables hold no number there");
    result.force.set(order[k], f);
  }
  std::array<double, 6> v{};
  for (const Piece& p : piece_)
    for (std::size_t k = 0; k < 6; ++k) v[k] += p.virial[k];
  result.virial = math::Mat3{
      {math::Vec3{v[0], v[3], v[4]}, math::Vec3{v[3], v[1], v[5]}, math::Vec3{v[4], v[5], v[2]}}};
}

void FastForces::add_energies(const core::Box& box, const core::Atoms& atoms, Want want,
                              ForceResult& result) {
  ForceResult exact;
  exact_.reset();
  exact_.evaluate(box, atoms, {.energy = true, .energy_per_atom = want.energy_per_atom}, exact);
  result.energy = exact.energy;
  result.energy_per_atom = std::move(exact.energy_per_atom);
}

void FastForces::measure(const core::Box& box, const core::Atoms& atoms, ForceResult& result) {
  if (list_.objection(box, atoms.size()).empty() && reference_.holds(box, atoms)) {
    place_atoms(box, atoms);
    return list_energy_.measure(potential_, tables_, list_, box, pieces, result);
  }
  // A list of its own for each measurement: its bits then depend on the state alone.
  exact_.reset();
  exact_.evaluate(box, atoms, {.energy = true, .virial = true}, result);
}

void FastForces::reset() {
  reference_.reset();
  list_is_built_ = false;
  general_.reset();
}

void FastForces::transfer(core::Archive& archive) {
  const core::Archive::Group group(archive, "fast_forces");
  reference_.transfer(archive);
  general_.transfer(archive);
  if (archive.loading()) list_is_built_ = false;
}

std::string FastForces::description() const {
  const std::string form =
      fmt::format("fast ({}, single precision between pairs), skin {:g} A, {} pieces",
                  kernel_->name, reference_.skin(), pieces);
  if (why_general_.empty()) return form;
  return fmt::format("{}; now {}: {}", form, general_.description(), why_general_);
}

}  // namespace vitreous::engine
