#include "analysis/depth_profile.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>

#include "base/error.hpp"
#include "core/crystal.hpp"
#include "interrupted_run.hpp"
#include "neighbor/voronoi.hpp"
#include "walkers.hpp"

namespace vitreous::analysis {
namespace {

using namespace testing;

/// Of a world, whose faces are at 4 and 16 A; periodic images included.
double depth_in_world(double z) {
  const double folded = z - 20.0 * std::floor(z / 20.0);
  return std::min(folded - 4.0, 16.0 - folded);
}

int naive_coordination(const World& world, std::size_t i, const std::array<double, 3>& cutoff) {
  int count = 0;
  for (std::size_t j = 0; j < world.atoms.size(); ++j) {
    if (j == i) continue;
    const auto d = world.box.nearest_image(world.atoms.position[j] - world.atoms.position[i]);
    const auto pair = static_cast<std::size_t>(world.atoms.species[i] + world.atoms.species[j]);
    count += math::norm(d) < cutoff[pair];
  }
  return count;
}

/// Rows of one species.
struct Rows {
  std::vector<std::size_t> at;
  Rows(const core::Table& table, const std::string& species) {
    const auto names = words(table, "species");
    for (std::size_t row = 0; row < names.size(); ++row)
      if (names[row] == species) at.push_back(row);
  }
};

TEST(DepthProfile, EqualsTheNaiveCount) {
  World world(150, 90);
  base::RandomStream random(71, "naive profile");
  const std::array<double, 3> cutoff{3.0, 3.5, 4.0};
  std::vector<std::int64_t> steps;
  for (std::int64_t s = 0; s < 24; ++s) steps.push_back(s);
  ObserverSet set(
      world.setting(23, steps),
      {{"depth_profile", {{"bin", "0.5 A"}, {"layer", "1.5 A"}, {"cutoff", "3 A, 3.5 A, 4 A"}}}});
  std::map<int, double> atoms, neighbors, layer_atoms, layer_zirconium, like;
  for (const auto step : steps) {
    diffuse(world, random, [](std::int32_t) { return 0.3; });
    set.take(world.frame(step));
    const auto cells = neighbor::voronoi_cells(world.box, world.atoms);
    for (std::size_t i = 0; i < world.atoms.size(); ++i) {
      const double depth = depth_in_world(world.atoms.position.z[i]);
      const int layer = std::max(0, static_cast<int>(std::floor(depth / 1.5)));
      layer_atoms[layer] += 1.0;
      layer_zirconium[layer] += world.atoms.species[i] == 1;
      if (world.atoms.species[i] != 1) continue;
      const int bin = static_cast<int>(std::floor(depth / 0.5));
      atoms[bin] += 1.0;
      neighbors[bin] += naive_coordination(world, i, cutoff);
      like[layer] += neighbor::is_icosahedron_like(cells[i].plain.index);
    }
  }
  const auto result = set.result();
  const auto bins = table_of(result, "depth_profile");
  const auto depth = numbers(bins, "depth"), density = numbers(bins, "density"),
             coordination = numbers(bins, "coordination");
  const Rows zirconium(bins, "Zr");
  ASSERT_EQ(zirconium.at.size(), 20u);  // from -4 to 6 A
  for (const auto row : zirconium.at) {
    const int bin = static_cast<int>(std::floor(depth[row] / 0.5));
    EXPECT_NEAR(density[row], atoms[bin] / 24.0 / (2.0 * 400.0 * 0.5), 1e-12) << depth[row];
    EXPECT_NEAR(coordination[row], neighbors[bin] / atoms[bin], 1e-12) << depth[row];
  }
  const auto layers = table_of(result, "depth_profile_layers");
  const auto composition = numbers(layers, "composition"), ico_like = numbers(layers, "ico_like");
  const Rows rows(layers, "Zr");
  ASSERT_EQ(rows.at.size(), 4u);
  for (int layer = 0; layer < 4; ++layer) {
    const auto row = rows.at[static_cast<std::size_t>(layer)];
    EXPECT_NEAR(composition[row], layer_zirconium[layer] / layer_atoms[layer], 1e-12);
    EXPECT_NEAR(ico_like[row], like[layer] / layer_zirconium[layer], 1e-12);
  }
  EXPECT_NEAR(quantity_of(result, "surface_composition.Zr").measured->value,
              layer_zirconium[0] / layer_atoms[0], 1e-12);
}

TEST(DepthProfile, FindsWhereASlabOfEvenDensityEnds) {
  // It ends 0.7 A below the lower face and 1.1 A outside the upper one.
  World world(300, 200);
  base::RandomStream random(72, "even slab");
  ObserverSet set(world.setting(1000),
                  {{"depth_profile", {{"cutoff", "2.5 A"}, {"every", "0.08 ps"}}}});
  drive(set, world, 1000, [&](std::int64_t) {
    for (std::size_t i = 0; i < world.atoms.size(); ++i)
      world.atoms.position.set(
          i, {20 * random.uniform(), 20 * random.uniform(), 4.7 + 12.4 * random.uniform() + 20.0});
  });
  const auto result = set.result();
  for (const auto& [face, depth] : {std::pair{"lower", 0.7}, {"upper", -1.1}}) {
    const auto surface = *quantity_of(result, std::string("gibbs_surface.") + face).measured;
    EXPECT_NEAR(surface.value, depth, 4.0 * surface.standard_error) << face;
    // 125 frames of 500 atoms, a third of them in the middle: 4 A/sqrt(161 * 125).
    EXPECT_LT(surface.standard_error, 0.1);
    EXPECT_GT(surface.standard_error, 0.01);
  }
  const auto table = table_of(result, "depth_profile");
  const auto depth = numbers(table, "depth"), relative = numbers(table, "relative_density");
  for (const auto row : Rows(table, "Cu").at) {
    const double truth = depth[row] < -1.1 ? 0.0 : depth[row] < 0.7 ? 0.5 : 1.0;
    EXPECT_NEAR(relative[row], truth, 0.25) << depth[row];
  }
}

/// Copper, face-centered cubic, 6 layers between (001) faces at 4 and 4 + 3 a, each layer 32 atoms;
/// `extra` more in hollows of the upper face.
World terraces(double a, std::size_t extra) {
  const auto crystal = core::supercell(core::fcc_cell(a), {{"Cu", 63.546}}, 4, 4, 3);
  World world(1, 1);
  world.atoms = crystal.atoms;
  world.box = core::Box::orthogonal(4 * a, 4 * a, 3 * a + 8.0);
  const std::size_t n = world.atoms.size();
  for (std::size_t i = 0; i < n; ++i) world.atoms.position.add(i, {0, 0, 4.0 + 0.25 * a});
  world.atoms.resize(n + extra);
  for (std::size_t k = 0; k < extra; ++k) {
    world.atoms.id[n + k] = static_cast<std::int64_t>(n + k) + 1;
    world.atoms.species[n + k] = 0;
    world.atoms.position.set(n + k, {a * (2.0 * static_cast<double>(k % 2)),
                                     a * (2.0 * static_cast<double>(k / 2)), 4.0 + 3.25 * a});
  }
  return world;
}

Setting setting_of(const World& world, std::int64_t last) {
  Setting setting;
  setting.timeline = {world.timestep, 0, last, {}};
  setting.kinds = world.atoms.kinds;
  setting.counts = {world.atoms.size()};
  setting.slab = world.slab;
  return setting;
}

TEST(DepthProfile, TellsAdatomsFromTerraces) {
  const double a = 3.6;
  const World world = terraces(a, 4);
  World moving = world;
  base::RandomStream random(73, "warm terraces");
  // The first minimum of g(r) is found between the first shell and the second.
  ObserverSet set(setting_of(world, 200),
                  {{"depth_profile", {{"adatom", "Cu:6"}, {"bin", "0.2 A"}, {"layer", "1 A"}}}});
  drive(set, moving, 200, [&](std::int64_t) {
    for (std::size_t i = 0; i < world.atoms.size(); ++i)
      moving.atoms.position.set(
          i, world.atoms.position[i] + math::Vec3{0.02 * random.normal(), 0.02 * random.normal(),
                                                  0.02 * random.normal()});
  });
  const auto result = set.result();
  // Two layers of 32 atoms with 8 neighbors, or 9 below an adatom, and four adatoms with 4.
  const auto adatoms = quantity_of(result, "adatoms.Cu");
  EXPECT_NEAR(adatoms.measured->value, 4.0 / 68.0, 1e-12);
  EXPECT_EQ(adatoms.how.at("adatom"), "at most 6 neighbors");
  const auto table = table_of(result, "depth_profile_layers");
  EXPECT_NEAR(numbers(table, "atoms")[0], 68.0, 1e-12);
  EXPECT_NEAR(numbers(table, "coordination")[0], (48.0 * 8 + 16.0 * 9 + 4.0 * 4) / 68.0, 1e-12);
  const auto bins = table_of(result, "depth_profile");
  const auto depth = numbers(bins, "depth"), coordination = numbers(bins, "coordination");
  for (std::size_t row = 0; row < depth.size(); ++row) {
    if (std::isnan(coordination[row]) || depth[row] < 2.0) continue;
    EXPECT_EQ(coordination[row], 12.0) << depth[row];
  }
  // Adatoms stand at -a/4, the terrace at a/4.
  const auto deep = quantity_of(result, "adatom_depth.Cu");
  ASSERT_TRUE(deep.measured) << deep.reason;
  EXPECT_GT(deep.measured->value, -a / 4 - 0.3);
  EXPECT_LT(deep.measured->value, a / 4 + 0.3);
}

TEST(DepthProfile, IsTheSameWhicheverEdgeIsOpenedAndHoweverItLeans) {
  const auto profile = [](const core::Box& box, std::size_t edge) {
    World world(90, 60);
    world.slab = Slab{edge, 4.0};
    base::RandomStream random(76, "turned slab");
    ObserverSet set(world.setting(200), {{"depth_profile", {{"cutoff", "3 A"}, {"bin", "1 A"}}}});
    for (std::int64_t step = 0; step <= 200; ++step) {
      if (step > 0) diffuse(world, random, [](std::int32_t) { return 0.05; });
      if (set.next_step(step - 1) != step) continue;
      World seen = world;
      seen.box = box;
      for (std::size_t i = 0; edge == 0 && i < seen.atoms.size(); ++i) {
        const math::Vec3 r = world.atoms.position[i];
        seen.atoms.position.set(i, {r.z, r.x, r.y});
      }
      set.take(seen.frame(step));
    }
    return set.result();
  };
  core::Mat3 cell = core::Mat3::diagonal(20, 20, 20);
  const auto straight = profile(core::Box(cell), 2), turned = profile(core::Box(cell), 0);
  cell(0, 2) = 20.0;  // c leans by a whole edge a: the same lattice
  const auto leaning = profile(core::Box(cell), 2);
  for (const auto& other : {turned, leaning})
    for (const std::string name : {"depth_profile", "depth_profile_layers"}) {
      const auto one = table_of(straight, name), two = table_of(other, name);
      ASSERT_EQ(one.rows(), two.rows());
      for (const std::string column :
           {name == "depth_profile" ? "density" : "ico_like", "coordination"}) {
        const auto a = numbers(one, column), b = numbers(two, column);
        for (std::size_t row = 0; row < a.size(); ++row) {
          EXPECT_EQ(std::isnan(a[row]), std::isnan(b[row]));
          if (!std::isnan(a[row])) {
            EXPECT_NEAR(a[row], b[row], 1e-9) << name << " " << column << " " << row;
          }
        }
      }
    }
}

TEST(DepthProfile, HalfOfTheMiddleIsAnAdatomWhereNothingElseIsSaid) {
  World world = terraces(3.6, 4);
  ObserverSet set(setting_of(world, 200), {{"depth_profile", {{"cutoff", "3.1 A"}}}});
  drive(set, world, 200, [](std::int64_t) {});
  EXPECT_EQ(quantity_of(set.result(), "adatoms.Cu").how.at("adatom"), "at most 6 neighbors");
}

TEST(DepthProfile, SaysWhereNothingIsSoSparse) {
  World world = terraces(3.6, 0);
  ObserverSet set(setting_of(world, 200),
                  {{"depth_profile", {{"cutoff", "3.1 A"}, {"adatom", "Cu:6"}}}});
  drive(set, world, 200, [](std::int64_t) {});
  const auto deep = quantity_of(set.result(), "adatom_depth.Cu");
  EXPECT_FALSE(deep.measured);
  EXPECT_EQ(deep.reason, "the mean coordination number is nowhere below 6");
  EXPECT_EQ(quantity_of(set.result(), "adatoms.Cu").measured->value, 0.0);
}

TEST(CoordinationNumbers, AreThoseOfTheNaiveCount) {
  World world(60, 40);
  core::Mat3 cell = core::Mat3::diagonal(14.0, 13.0, 12.0);
  cell(0, 1) = 5.0;
  cell(1, 2) = -4.0;
  world.box = core::Box(cell, {1, 2, 3});
  const std::array<double, 3> cutoff{3.0, 3.6, 4.2};
  PairCutoffs cutoffs{2, {cutoff.begin(), cutoff.end()}};
  const auto numbers = coordination_numbers(world.box, world.atoms, cutoffs);
  for (std::size_t i = 0; i < numbers.size(); ++i)
    EXPECT_EQ(numbers[i], naive_coordination(world, i, cutoff)) << i;
}

TEST(PairCutoffs, LieBetweenTheShellsOfACrystal) {
  // B2: unlike pairs at 0.87 a and 1.66 a, like ones at a and 1.41 a.
  const double a = 3.2;
  auto crystal = core::supercell(core::b2_cell(a), {{"Cu", 63.546}, {"Zr", 91.224}}, 5, 5, 5);
  base::RandomStream random(74, "warm crystal");
  for (std::size_t i = 0; i < crystal.atoms.size(); ++i)
    crystal.atoms.position.add(
        i, {0.1 * random.normal(), 0.1 * random.normal(), 0.1 * random.normal()});
  const auto cutoffs = PairCutoffs::first_minima(crystal.box, crystal.atoms);
  EXPECT_GT(cutoffs.of(0, 1), 0.87 * a + 0.2);
  EXPECT_LT(cutoffs.of(0, 1), 1.66 * a - 0.2);
  for (const std::size_t kind : {0u, 1u}) {
    EXPECT_GT(cutoffs.of(kind, kind), a + 0.2);
    EXPECT_LT(cutoffs.of(kind, kind), 1.414 * a - 0.2);
  }
  for (const int number : coordination_numbers(crystal.box, crystal.atoms, cutoffs))
    EXPECT_EQ(number, 14);
}

TEST(PairCutoffs, AreRefusedWhereAPairIsTooRare) {
  World world(100, 2);
  EXPECT_THROW(PairCutoffs::first_minima(world.box, world.atoms), base::RunError);
}

TEST(DepthProfile, OfAnInterruptedRunHasTheSameBits) {
  expect_same_bits_of_an_interrupted_walk({{"depth_profile", {{"cutoff", "3 A"}}}});
}

TEST(DepthProfile, OfALongerRunHasTheSameFramesAsIfItHadBeenPlannedSo) {
  const std::vector<ObserverRequest> requests = {
      {"depth_profile", {{"cutoff", "3 A"}, {"every", "0.1 ps"}}}};
  const auto observe = [&](std::int64_t planned) {
    World world(40, 40);
    base::RandomStream random(75, "longer walk");
    ObserverSet set(world.setting(planned), requests);
    for (std::int64_t step = 0; step <= 240; ++step) {
      if (step > 0) diffuse(world, random, [](std::int32_t) { return 0.01; });
      if (step == planned + 1) {
        ObserverSet longer(world.setting(240), requests);
        longer.continue_from(set);
        set = std::move(longer);
      }
      if (set.next_step(step - 1) == step) set.take(world.frame(step));
    }
    return set.result();
  };
  expect_same_bits(observe(240), observe(160));
}

TEST(DepthProfile, RefusesWhatItCannotDo) {
  World world(20, 20);
  const auto refused = [&](const std::map<std::string, std::string>& options) {
    try {
      ObserverSet set(world.setting(400), {{"depth_profile", options}});
    } catch (const base::InputError& error) {
      return error.message().problem;
    }
    return std::string("nothing");
  };
  EXPECT_EQ(refused({{"cutoff", "3 A, 4 A"}}), "cutoff: 2 distances for 3 pairs of elements");
  EXPECT_EQ(refused({{"adatom", "Cu:6, Ag:8"}}), "adatom: \"Ag:8\" names no element of the alloy");
  EXPECT_EQ(refused({{"adatom", "Cu"}}), "adatom: \"Cu\" has no colon");
  EXPECT_EQ(refused({{"adatom", "Cu:six"}}), "adatom: \"Cu:six\" has no whole number from 0 to 31");
  EXPECT_EQ(refused({{"bin", "0 A"}}), "depth_profile: bin = 0 A is not above zero");
  ObserverSet thick(world.setting(400), {{"depth_profile", {{"layer", "6.5 A"}}}});
  EXPECT_THROW(drive(thick, world, 400, [](std::int64_t) {}), base::RunError);
  world.slab.reset();
  EXPECT_NE(refused({}).find("nothing is opened"), std::string::npos);
}

}  // namespace
}  // namespace vitreous::analysis
