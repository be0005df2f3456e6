// Runs that are interrupted, saved and restored: for the tests that they yield the same bits.
#pragma once

#include <gtest/gtest.h>

#include <bit>

#include "memory_archive.hpp"
#include "walkers.hpp"

namespace vitreous::analysis::testing {

/// A new set with all that `set` saves.
inline ObserverSet restored(ObserverSet& set, const Setting& setting,
                            const std::vector<ObserverRequest>& requests) {
  MemoryArchive archive;
  set.transfer(archive);
  archive.load();
  ObserverSet other(setting, requests);
  other.transfer(archive);
  return other;
}

/// NaN, where there is no value or no error, equals itself here.
inline std::vector<std::uint64_t> bits_of(const std::vector<double>& values) {
  std::vector<std::uint64_t> bits;
  for (const double value : values) bits.push_back(std::bit_cast<std::uint64_t>(value));
  return bits;
}

inline void expect_same_bits(const core::Result& a, const core::Result& b) {
  ASSERT_EQ(a.tables.size(), b.tables.size());
  ASSERT_EQ(a.quantities.size(), b.quantities.size());
  for (std::size_t t = 0; t < a.tables.size(); ++t) {
    ASSERT_EQ(a.tables[t].columns.size(), b.tables[t].columns.size());
    for (std::size_t k = 0; k < a.tables[t].columns.size(); ++k) {
      const core::Column &one = a.tables[t].columns[k], &other = b.tables[t].columns[k];
      const std::string name = a.tables[t].name + "." + one.name;
      ASSERT_EQ(one.values.index(), other.values.index()) << name;
      if (const auto* values = std::get_if<std::vector<double>>(&one.values)) {
        EXPECT_EQ(bits_of(*values), bits_of(std::get<std::vector<double>>(other.values))) << name;
      } else {
        EXPECT_EQ(one.values, other.values) << name;
      }
      EXPECT_EQ(bits_of(one.standard_error), bits_of(other.standard_error)) << name;
    }
  }
  for (std::size_t q = 0; q < a.quantities.size(); ++q) {
    const core::Reported &one = a.quantities[q], &other = b.quantities[q];
    EXPECT_EQ(one.reason, other.reason);
    ASSERT_EQ(one.measured.has_value(), other.measured.has_value()) << one.name;
    if (!one.measured) continue;
    EXPECT_EQ(one.measured->value, other.measured->value) << one.name;
    EXPECT_EQ(bits_of({one.measured->standard_error}), bits_of({other.measured->standard_error}));
  }
}

/// Observes a random walk twice, once without a stop and once saved and restored at step 389 of
/// 700, and expects the same bits of the results and of what is saved at the end.
inline void expect_same_bits_of_an_interrupted_walk(const std::vector<ObserverRequest>& requests) {
  const auto go = [&](std::int64_t interrupted_at, MemoryArchive& saved) {
    World world(11, 7);
    base::RandomStream random(42, "interrupted walk");
    ObserverSet set(world.setting(700), requests);
    for (std::int64_t step = 0; step <= 700; ++step) {
      if (step > 0) diffuse(world, random, [](std::int32_t) { return 0.003; });
      if (set.next_step(step - 1) == step) set.take(world.frame(step));
      if (step == interrupted_at) set = restored(set, world.setting(700), requests);
    }
    set.transfer(saved);
    return set.result();
  };
  MemoryArchive at_the_end, the_same;
  expect_same_bits(go(-1, at_the_end), go(389, the_same));
  EXPECT_TRUE(at_the_end == the_same);
}

}  // namespace vitreous::analysis::testing
