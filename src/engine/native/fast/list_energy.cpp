#include "engine/native/fast/list_energy.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/parallel.hpp"

namespace vitreous::engine::fast {
namespace {

/// Twice as wide as the integers' range: the difference of two of them wraps to the nearest image.
double difference(std::int32_t a, std::int32_t b) {
  return static_cast<double>(
      static_cast<std::int32_t>(static_cast<std::uint32_t>(a) - static_cast<std::uint32_t>(b)));
}

/// sum += factor d (x) d
void add(Symmetric& sum, const math::Vec3& d, double factor) {
  const math::Vec3 f = factor * d;
  sum[0] += f.x * d.x;
  sum[1] += f.y * d.y;
  sum[2] += f.z * d.z;
  sum[3] += f.x * d.y;
  sum[4] += f.x * d.z;
  sum[5] += f.y * d.z;
}

}  // namespace

/// Pairs within reach of some functions. They are found a handful at a time before anything is done
/// with them: branches on distances, which no processor foresees, would cost as much as the
/// splines.
struct ListEnergy::Pairs {
  struct Pair {
    math::Vec3 d;
    double r;
    std::uint32_t i, j;
  };
  static constexpr std::size_t enough = 256, most = enough + 16;
  std::array<Pair, most> pair;
  std::array<std::uint32_t, most> dense;  ///< those within reach of the densities
  std::size_t count = 0, dense_count = 0;

  void add(const math::Vec3& d, std::uint32_t i, std::uint32_t j, double end, double rho_end) {
    const double r = math::norm(d);
    pair[count] = {d, r, i, j};
    dense[dense_count] = static_cast<std::uint32_t>(count);
    dense_count += r < rho_end;
    count += r < end;
  }
};

void ListEnergy::add_pairs(const potential::EamPotential& potential, std::size_t a, std::size_t b,
                           bool symmetric, const Pairs& pairs, Piece& piece) {
  const potential::UniformSpline &r_phi = potential.r_phi_spline(a, b),
                                 &rho_at_i = potential.density_spline(b, a),
                                 &rho_at_j = potential.density_spline(a, b);
  for (std::size_t k = 0; k < pairs.count; ++k) {
    const Pairs::Pair& pair = pairs.pair[k];
    const double per_r = 1.0 / pair.r;
    const auto z = r_phi(pair.r);
    const double phi = z.value * per_r;
    piece.energy += phi;
    add(piece.virial, pair.d, (phi - z.slope) * per_r * per_r);
  }
  for (std::size_t k = 0; k < pairs.dense_count; ++k) {
    const Pairs::Pair& pair = pairs.pair[pairs.dense[k]];
    const double per_r = 1.0 / pair.r;
    const auto to_i = rho_at_i(pair.r);
    const auto to_j = symmetric ? to_i : rho_at_j(pair.r);
    piece.density[pair.i] += to_i.value;
    piece.density[pair.j] += to_j.value;
    add(piece.pull[pair.i], pair.d, to_i.slope * per_r);
    add(piece.pull[pair.j], pair.d, to_j.slope * per_r);
  }
}

void ListEnergy::add_part(const potential::EamPotential& potential, const FittedPair& fit,
                          std::size_t a, const Part& part, const FastList& list,
                          const core::Box& box, Piece& piece) {
  const Coordinates c = list.coordinates();
  const math::Mat3 cell = list.slots().repeated(box).cell() * std::ldexp(1.0, -32);
  const std::uint32_t* center = list.slots().center().data();
  const double end = std::max(fit.phi_end, fit.rho_end);
  Pairs pairs;
  const auto add_found = [&] {
    add_pairs(potential, a, part.partner_kind, fit.tables.symmetric, pairs, piece);
    pairs.count = pairs.dense_count = 0;
  };
  for (const Entry* e = part.begin; e != part.end; ++e) {
    for (std::uint32_t lanes = e->mask; lanes != 0; lanes &= lanes - 1) {
      const auto lane = static_cast<std::uint32_t>(std::countr_zero(lanes));
      const std::uint32_t i = part.first_atom + e->i;
      const std::uint32_t j =
          part.first_partner + (lane < 8 ? e->start0 + lane : e->start1 + lane - 8);
      const math::Vec3 d = cell * math::Vec3{difference(c.x[i], c.x[j]), difference(c.y[i], c.y[j]),
                                             difference(c.z[i], c.z[j])};
      pairs.add(d, i, center[j], end, fit.rho_end);
    }
    if (pairs.count >= Pairs::enough) add_found();
  }
  add_found();
}

void ListEnergy::measure(const potential::EamPotential& potential, const FastTables& tables,
                         const FastList& list, const core::Box& box, std::size_t pieces,
                         ForceResult& result) {
  const std::size_t n = list.slots().size(), kinds = potential.species_count();
  pieces_.resize(pieces);
  base::for_each_piece(pieces, [&](std::size_t p) {
    Piece& piece = pieces_[p];
    piece.density.assign(n, 0.0);
    piece.pull.assign(n, {});
    piece.energy = 0.0;
    piece.virial = {};
    std::vector<Part> near, far;
    const Share share = list.force_share(p, pieces);
    for (std::size_t k = share.begin.block; k < share.end_block(); ++k) {
      const Block& block = list.blocks()[k];
      list.get_parts(k, share, tables, near, far);
      for (std::size_t part = 0; part < near.size(); ++part)
        for (const Part& entries : {near[part], far[part]})
          add_part(potential, tables.pairs[block.kind * kinds + entries.partner_kind], block.kind,
                   entries, list, box, piece);
    }
  });

  result.energy = 0.0;
  Symmetric v{};
  for (const Piece& piece : pieces_) {
    result.energy += piece.energy;
    for (std::size_t k = 0; k < 6; ++k) v[k] += piece.virial[k];
  }
  for (const Block& block : list.blocks())
    for (std::uint32_t i = block.first_atom; i < block.end_atom; ++i) {
      double density = 0.0;
      for (const Piece& piece : pieces_) density += piece.density[i];
      const auto embedding = potential.embedding(block.kind, density);
      result.energy += embedding.value;
      for (const Piece& piece : pieces_)
        for (std::size_t k = 0; k < 6; ++k) v[k] -= embedding.slope * piece.pull[i][k];
    }
  result.virial = math::Mat3{
      {math::Vec3{v[0], v[3], v[4]}, math::Vec3{v[3], v[1], v[5]}, math::Vec3{v[4], v[5], v[2]}}};
}

}  // namespace vitreous::engine::fast
