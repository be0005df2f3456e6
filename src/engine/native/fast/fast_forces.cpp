#include "engine/native/fast/fast_forces.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "base/error.hpp"
#include "core/atom_loops.hpp"
#include "engine/native/fast/kernel_choice.hpp"

namespace vitreous::engine {
namespace {

/// Fewer close pairs than this never count as too many.
constexpr std::size_t close_pairs_at_least = 256;

/// How far (A) the list reaches beyond the functions, and its candidates beyond the list: see
/// docs/theory/force-kernel.md.
constexpr double skin = 0.4, slack = 1.6;

std::vector<fast::Reach> reaches(const fast::FastTables& tables) {
  std::vector<fast::Reach> all;
  for (const auto& f : tables.pairs)
    // The near stream alone looks for close pairs: it holds all that may come close.
    all.push_back(
        {std::max({f.phi_end, f.rho_end, f.low}) + skin, std::max(f.rho_end, f.low) + skin, f.low});
  return all;
}

[[noreturn]] void refuse_infinite(const core::Atoms& atoms, const math::Vectors& force) {
  std::size_t i = 0;
  while (i + 1 < atoms.size() && std::isfinite(force.x[i] + force.y[i] + force.z[i])) ++i;
  throw base::RunError(fmt::format("the force on atom {} is not a finite number", atoms.id[i]),
                       "atoms have come too close, or the potential's tables hold no number there");
}

}  // namespace

FastForces::FastForces(const potential::EamPotential& potential, const fast::Kernel& kernel,
                       fast::FastTables tables, std::string why, std::uint32_t in_class)
    : potential_(potential),
      tables_(std::move(tables)),
      kernel_(&kernel),
      why_kernel_(std::move(why)),
      candidates_from_(tables_.longest() + skin, slack),
      sifted_from_(tables_.longest(), skin),
      list_(reaches(tables_), slack, in_class),
      embedding_slopes_(potential),
      general_(potential),
      exact_(potential) {
  std::string objection = fast::objection_to_processor(kernel);
  if (objection.empty() && kernel.tables != tables_.form)
    objection = "the tables are not of the kernel's form";
  if (objection.empty()) objection = fast::objection_to_tables(potential_, tables_);
  if (!objection.empty())
    throw base::RunError(fmt::format("the {} kernel cannot be taken: {}", kernel.name, objection));
}

void FastForces::evaluate(const core::Box& box, const core::Atoms& atoms, Want want,
                          ForceResult& result) {
  why_general_ = list_.objection(box);
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
  fast::add_close_forces(potential_, box, atoms, {close_, list_.slots().atom()}, embedding_slope_,
                         result);
  return true;
}

template <class Work>
void FastForces::timed(const char* part, const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  seconds_[part] += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void FastForces::update_list(const core::Box& box, const core::Atoms& atoms) {
  if (!sifted_from_.holds(box, atoms)) {
    if (!candidates_from_.holds(box, atoms)) {
      candidates_from_.set(box, atoms);
      has_candidates_ = false;
    }
    sifted_from_.set(box, atoms);
    is_sifted_ = false;
  }
  place_atoms(box, atoms);
}

/// In the list of the present references, which may have been restored rather than just set.
void FastForces::place_atoms(const core::Box& box, const core::Atoms& atoms) {
  if (!has_candidates_)
    list_.build(candidates_from_.box(), candidates_from_.position(), atoms.species, *kernel_);
  has_candidates_ = true;
  if (!is_sifted_) list_.sift(sifted_from_.box(), sifted_from_.position(), *kernel_);
  is_sifted_ = true;
  list_.update_positions(box, atoms.position);
}

void FastForces::add_densities(Piece& mine, std::size_t piece) {
  mine.density.assign(list_.padded_size(), 0.0f);
  mine.close.resize(std::max(list_.slots().rank().size(), close_pairs_at_least));
  fast::CloseList close{mine.close.data(), mine.close.size(), 0};
  const fast::Share share = list_.density_share(piece, pieces);
  for (std::size_t b = share.begin.block; b < share.end_block(); ++b) {
    list_.get_parts(b, share, tables_, mine.near, mine.far);
    kernel_->density(list_.coordinates(), mine.near.data(), mine.near.size(), mine.density.data(),
                     close);
  }
  list_.slots().fold(mine.density.data());
  mine.close_count = close.count;
}

bool FastForces::collect_close_pairs() {
  close_.clear();
  for (const Piece& piece : piece_) {
    if (piece.close_count > piece.close.size()) return false;
    close_.insert(close_.end(), piece.close.begin(),
                  piece.close.begin() + static_cast<std::ptrdiff_t>(piece.close_count));
  }
  for (fast::ClosePair& pair : close_) pair.j = list_.slots().center()[pair.j];
  return true;
}

void FastForces::embed(const core::Box& box, const core::Atoms& atoms) {
  density_.assign(list_.slots().size(), 0.0);
  fast::add_close_densities(potential_, box, atoms, {close_, list_.slots().atom()}, density_);
  embedding_slope_.resize(density_.size());
  kernel_slope_.resize(list_.padded_size());
  base::for_each_piece(pieces, [&](std::size_t p) {
    const base::Range blocks = base::piece_range(list_.blocks().size(), pieces, p);
    for (std::size_t b = blocks.begin; b < blocks.end; ++b) embed(list_.blocks()[b]);
  });
  list_.slots().spread(kernel_slope_.data());
}

void FastForces::embed(const fast::Block& block) {
  const std::size_t first = block.first_atom, end = block.end_atom;
  for (const Piece& piece : piece_)
    for (std::size_t k = first; k < end; ++k) density_[k] += static_cast<double>(piece.density[k]);
  embedding_slopes_.find(block.kind, &density_[first], end - first, &embedding_slope_[first]);
  for (std::size_t k = first; k < end; ++k)
    kernel_slope_[k] = static_cast<float>(embedding_slope_[k]);
}

void FastForces::add_forces(Piece& mine, std::size_t piece, bool with_virial) {
  for (auto* component : {&mine.fx, &mine.fy, &mine.fz})
    component->assign(list_.padded_size(), 0.0f);
  mine.virial.fill(0.0);
  double* virial = with_virial ? mine.virial.data() : nullptr;
  const fast::Share share = list_.force_share(piece, pieces);
  for (std::size_t b = share.begin.block; b < share.end_block(); ++b) {
    list_.get_parts(b, share, tables_, mine.near, mine.far);
    kernel_->force(list_.coordinates(), mine.near.data(), mine.far.data(), mine.near.size(),
                   kernel_slope_.data(), mine.fx.data(), mine.fy.data(), mine.fz.data(), virial);
  }
  for (auto* component : {&mine.fx, &mine.fy, &mine.fz}) list_.slots().fold(component->data());
}

void FastForces::sum_pieces(const core::Atoms& atoms, ForceResult& result) const {
  result.force.resize(atoms.size());
  if (!core::all_atoms(atoms.size(),
                       [&](base::Range range) { return sum_forces(range, result.force); }))
    refuse_infinite(atoms, result.force);
  std::array<double, 6> v{};
  for (const Piece& p : piece_)
    for (std::size_t k = 0; k < 6; ++k) v[k] += p.virial[k];
  result.virial = math::Mat3{
      {math::Vec3{v[0], v[3], v[4]}, math::Vec3{v[3], v[1], v[5]}, math::Vec3{v[4], v[5], v[2]}}};
}

/// False where a force is not a finite number. By atoms, not in list order: two threads that write
/// to one cache line wait for each other.
bool FastForces::sum_forces(base::Range range, math::Vectors& force) const {
  std::array<const float*, pieces> fx{}, fy{}, fz{};
  for (std::size_t p = 0; p < pieces; ++p)
    fx[p] = piece_[p].fx.data(), fy[p] = piece_[p].fy.data(), fz[p] = piece_[p].fz.data();
  const std::uint32_t* rank = list_.slots().rank().data();
  double *x = force.x.data(), *y = force.y.data(), *z = force.z.data();
  bool finite = true;
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const std::size_t k = rank[i];
    math::Vec3 f;
    for (std::size_t p = 0; p < pieces; ++p) f += math::Vec3{fx[p][k], fy[p][k], fz[p][k]};
    finite &= std::isfinite(f.x + f.y + f.z);
    x[i] = f.x, y[i] = f.y, z[i] = f.z;
  }
  return finite;
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
  if (list_.objection(box).empty() && sifted_from_.holds(box, atoms)) {
    place_atoms(box, atoms);
    return list_energy_.measure(potential_, tables_, list_, box, pieces, result);
  }
  // A list of its own for each measurement: its bits then depend on the state alone.
  exact_.reset();
  exact_.evaluate(box, atoms, {.energy = true, .virial = true}, result);
}

void FastForces::reset() {
  candidates_from_.reset();
  sifted_from_.reset();
  has_candidates_ = is_sifted_ = false;
  general_.reset();
}

void FastForces::transfer(core::Archive& archive) {
  const core::Archive::Group group(archive, "fast_forces");
  for (const auto& [name, reference] :
       {std::pair{"candidates", &candidates_from_}, std::pair{"sifted", &sifted_from_}}) {
    const core::Archive::Group part(archive, name);
    reference->transfer(archive);
  }
  general_.transfer(archive);
  if (archive.loading()) has_candidates_ = is_sifted_ = false;
}

std::string FastForces::description() const {
  std::string text =
      fmt::format("fast ({}, single precision between pairs), skin {:g} + {:g} A, {} pieces",
                  kernel_->name, sifted_from_.skin(), candidates_from_.skin(), pieces);
  if (const std::string pairs = fast::pairs_on_knots(potential_, tables_); !pairs.empty())
    text += "; rough, hence in rows on the knots of their own tables: " + pairs;
  if (!why_kernel_.empty()) text += "; " + why_kernel_;
  if (!why_general_.empty())
    text += fmt::format("; now {}: {}", general_.description(), why_general_);
  return text;
}

}  // namespace vitreous::engine
