#include "stage/stage_run.hpp"

#include <gtest/gtest.h>

#include "analysis/memory_archive.hpp"
#include "io/csv.hpp"
#include "stage/stage_fixture.hpp"

namespace vitreous::stage {
namespace {

using analysis::testing::MemoryArchive;
using testing::fluid;
using testing::fluid_engine;

StageOptions nvt_hold() {
  return testing::hold({{"temperature", "120 K"},
                        {"equilibrate", "1 ps"},
                        {"duration", "2 ps"},
                        {"ensemble", "nvt"}});
}

StageOptions short_quench() {
  StageOptions options = testing::quench({{"schedule.to", "80 K, 60 K"},
                                          {"schedule.rate", "2e13 K/s, 2e13 K/s"},
                                          {"schedule.step", "0 K, 10 K"}});
  options.left_at = {120.0, 100.0, 70.0, 60.0};
  return options;
}

std::string all_tables(const StageRun& run) {
  std::string text;
  for (const auto& table : run.result().tables) text += table.name + "\n" + io::to_csv(table);
  return text;
}

/// Runs to the end in calls of `most` steps.
void finish(StageRun& run, engine::Engine& engine, std::int64_t most) {
  while (!run.done()) run.advance(engine, most);
}

void expect_same_end(const StageRun& a, const StageRun& b) {
  EXPECT_EQ(a.state().atoms.position.x, b.state().atoms.position.x);
  EXPECT_EQ(a.state().atoms.velocity.z, b.state().atoms.velocity.z);
  EXPECT_EQ(a.state().box.volume(), b.state().box.volume());
  EXPECT_EQ(all_tables(a), all_tables(b));
  EXPECT_FALSE(all_tables(a).empty());
}

void expect_cuts_change_nothing(const StageOptions& options) {
  auto first = fluid_engine(), second = fluid_engine();
  StageRun whole(options, fluid()), cut(options, fluid());
  finish(whole, first, 1000000);
  finish(cut, second, 7);
  expect_same_end(whole, cut);
}

void expect_resume_changes_nothing(const StageOptions& options) {
  auto first = fluid_engine();
  StageRun whole(options, fluid());
  finish(whole, first, 1000000);

  auto before = fluid_engine();
  auto run = std::make_unique<StageRun>(options, fluid());
  base::RandomStream random(3, "moments of a stop");
  while (!run->done()) {
    run->advance(before, 1 + static_cast<std::int64_t>(random.below(120)));
    MemoryArchive archive;
    run->transfer(archive);
    before.transfer(archive);
    archive.load();
    run = std::make_unique<StageRun>(options, fluid());
    before = fluid_engine();
    run->transfer(archive);
    before.transfer(archive);
  }
  expect_same_end(whole, *run);
}

TEST(StageRun, WhereCallsAreCutChangesNothing) {
  expect_cuts_change_nothing(nvt_hold());
  expect_cuts_change_nothing(short_quench());
}

TEST(StageRun, GoesOnBitForBitFromAnArchiveOfAnyMoment) {
  expect_resume_changes_nothing(nvt_hold());
  expect_resume_changes_nothing(short_quench());
}

TEST(StageRun, ProducesAtTheMeanVolumeOfTheSecondHalfOfItsEquilibration) {
  auto engine = fluid_engine();
  StageRun run(nvt_hold(), fluid());
  double sum = 0.0;
  int samples = 0;
  while (run.step() < 250) {  // 1 ps of 4 fs
    run.advance(engine, 1);
    const std::int64_t since_half = run.step() - 125;
    if (since_half < 0 || since_half % 20 != 0) continue;
    sum += run.state().box.volume();
    ++samples;
  }
  const double last = run.state().box.volume();
  run.advance(engine, 1);
  EXPECT_NEAR(run.state().box.volume(), sum / samples, 1e-9 * last);
  EXPECT_NE(run.state().box.volume(), last);
}

TEST(StageRun, HandsOnTheStateOfARampAtEveryTemperatureAskedFor) {
  std::map<double, std::pair<std::int64_t, double>> left;
  StageEvents events;
  events.leave = [&](double temperature, engine::State& state) {
    left[temperature] = {state.step, state.atoms.position.x[0]};
  };
  auto engine = fluid_engine();
  StageRun run(short_quench(), fluid(), events);
  finish(run, engine, 33);
  ASSERT_EQ(left.size(), 4u);
  EXPECT_EQ(left[120.0].first, 0);
  EXPECT_EQ(left[120.0].second, fluid().atoms.position.x[0]);
  EXPECT_EQ(left[100.0].first, 250);  // 20 K at 20 K/ps
  EXPECT_EQ(left[70.0].first, 500 + 124);
  EXPECT_EQ(left[60.0].first, run.steps());
  EXPECT_EQ(left[60.0].second, run.state().atoms.position.x[0]);
}

TEST(StageRun, SavesFramesOfWhatIsObservedAlone) {
  StageOptions options = nvt_hold();
  options.save_every = 100;
  std::vector<std::int64_t> steps;
  StageEvents events;
  events.save = [&](const core::Frame& frame) { steps.push_back(frame.step); };
  auto engine = fluid_engine();
  StageRun run(options, fluid(), events);
  finish(run, engine, 64);
  EXPECT_EQ(steps, (std::vector<std::int64_t>{250, 350, 450, 550, 650, 750}));
}

TEST(StageRun, ARampTellsVolumeAndEnthalpyOfEachInterval) {
  auto engine = fluid_engine();
  StageRun run(short_quench(), fluid());
  finish(run, engine, 100);
  const auto tables = run.result().tables;
  ASSERT_EQ(tables.size(), 1u);
  EXPECT_EQ(tables[0].name, "ramp");
  ASSERT_GE(tables[0].rows(), 2u);
  for (const auto& column : tables[0].columns)
    for (const double value : std::get<std::vector<double>>(column.values))
      EXPECT_TRUE(std::isfinite(value));
}

TEST(StageRun, ThatTurnsOutLongerMovesAsIfItHadBeenPlannedSo) {
  const auto run_to_end = [](StageRun& stage, engine::Engine& engine) {
    while (!stage.done()) stage.advance(engine, 37);
  };
  const auto options = [](const char* duration) {
    return testing::hold({{"temperature", "120 K"},
                          {"equilibrate", "0.4 ps"},
                          {"duration", duration},
                          {"ensemble", "nvt"}});
  };
  StageRun planned(options("3 ps"), fluid());
  auto engine = fluid_engine();
  run_to_end(planned, engine);

  for (const std::int64_t stop : {1000, 400}) {  // at its end, and before
    StageRun shorter(options("2 ps"), fluid());
    auto other = fluid_engine();
    if (stop == 1000) run_to_end(shorter, other);
    shorter.advance(other, stop);
    StageRun longer(options("3 ps"), fluid());
    longer.continue_from(shorter);
    EXPECT_FALSE(longer.done());
    run_to_end(longer, other);
    EXPECT_EQ(longer.step(), planned.step());
    EXPECT_EQ(longer.state().atoms.position.x, planned.state().atoms.position.x);
    EXPECT_EQ(longer.state().atoms.velocity.y, planned.state().atoms.velocity.y);
    EXPECT_EQ(longer.observed_time(), planned.observed_time());
    const auto a = planned.result().tables.front(), b = longer.result().tables.front();
    EXPECT_EQ(a.rows(), b.rows());
    EXPECT_EQ(std::get<std::vector<double>>(a.columns[2].values).front(),
              std::get<std::vector<double>>(b.columns[2].values).front());
  }
}

}  // namespace
}  // namespace vitreous::stage
