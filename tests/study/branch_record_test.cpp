#include "study/branch_record.hpp"

#include <gmock/gmock.h>

#include "study_text.hpp"

namespace vitreous::study {
namespace {

using test::branch_of;
using test::melt_quench_liquid;
using test::study_head;
using testing::HasSubstr;

/// A study beside the records that an earlier version of it left.
class BranchRecords : public test::StudyText {
 protected:
  static std::string edited(const std::string& from, const std::string& to) {
    std::string text = study_head + melt_quench_liquid + "observe = [\"msd\"]\n";
    text.replace(text.find(from), from.size(), to);
    return text;
  }

  /// How `branch` of a study with `from` turned `to` compares with the finished study.
  Comparison after_edit(const std::string& from, const std::string& to, const std::string& branch,
                        const std::string& state = "done") {
    BranchRecord record = record_of(branch_of(read(edited("", "")), branch));
    record.state = state;
    write_record(folder_ / "", record);
    return compare_branch(branch_of(read(edited(from, to)), branch), read_record(folder_ / ""));
  }
};

TEST_F(BranchRecords, AreDoneWhateverTheSpellingOfNumbersAndComments) {
  EXPECT_EQ(after_edit("\"20 ps\"", "\"0.02 ns\"   # long", "liquid/1500K-r1").status,
            BranchStatus::done);
  EXPECT_EQ(after_edit("1e14 K/s", "100 K/ps", "quench/r1").status, BranchStatus::done);
}

TEST_F(BranchRecords, OfARunThatStoppedOrFailedAreResumed) {
  EXPECT_EQ(after_edit("", "", "liquid/1500K-r1", "running").status, BranchStatus::resumed);
  EXPECT_EQ(after_edit("", "", "liquid/1500K-r1", "failed").reason, "failed, tried again");
}

TEST_F(BranchRecords, NameTheKeyThatChangedWithOldAndNewValue) {
  const auto changed =
      after_edit("equilibrate = \"5 ps\"", "equilibrate = \"6 ps\"", "liquid/1500K-r1");
  EXPECT_EQ(changed.status, BranchStatus::changed);
  EXPECT_EQ(changed.reason, "changed equilibrate: 5 ps -> 6 ps");
}

TEST_F(BranchRecords, ChangeWithTheirParents) {
  EXPECT_EQ(after_edit("1e14 K/s", "2e14 K/s", "quench/r1").status, BranchStatus::changed);
  EXPECT_EQ(after_edit("1e14 K/s", "2e14 K/s", "liquid/1500K-r1").status, BranchStatus::changed);
  EXPECT_EQ(after_edit("1e14 K/s", "2e14 K/s", "melt/r1").status, BranchStatus::done);
}

TEST_F(BranchRecords, OfALongerHoldAskForMoreAndOfAShorterOneAreRefused) {
  const auto longer = after_edit("\"20 ps\"", "\"30 ps\"", "liquid/1500K-r1");
  EXPECT_EQ(longer.status, BranchStatus::longer);
  EXPECT_THAT(longer.reason, HasSubstr("20 ps -> 30 ps"));
  EXPECT_EQ(after_edit("\"20 ps\"", "\"10 ps\"", "liquid/1500K-r1").status, BranchStatus::changed);
}

TEST_F(BranchRecords, OfARampKnowWhereOthersLeaveIt) {
  EXPECT_EQ(after_edit("\"1500 K\", ", "\"1500 K\", \"1200 K\", ", "quench/r1").status,
            BranchStatus::left_more);
  EXPECT_EQ(after_edit("\"1500 K\", ", "", "quench/r1").status, BranchStatus::done);
}

TEST_F(BranchRecords, OfNewObserversAskForTheTrajectoryThatWasSaved) {
  const std::string msd = "observe = [\"msd\"]\n", save = "save = { every = \"1 ps\" }\n";
  const auto unsaved = after_edit("[\"msd\"]", "[\"msd\", \"rdf\"]", "liquid/1500K-r1");
  EXPECT_EQ(unsaved.status, BranchStatus::observed_anew);
  EXPECT_THAT(unsaved.reason, HasSubstr("rdf"));
  EXPECT_THAT(unsaved.reason, HasSubstr("no trajectory was saved"));

  const auto between = [&](const std::string& before, const std::string& after) {
    const std::string study = study_head + melt_quench_liquid;
    BranchRecord record = record_of(branch_of(read(study + before), "liquid/1500K-r1"));
    record.state = "done";
    return compare_branch(branch_of(read(study + after), "liquid/1500K-r1"), record);
  };
  const auto more = between(msd + save, "observe = [\"msd\", \"rdf\"]\n" + save);
  EXPECT_EQ(more.status, BranchStatus::replayed);
  EXPECT_THAT(more.reason, HasSubstr("rdf"));
  const auto energies = between(msd + save, "observe = [\"msd\", \"viscosity\"]\n" + save);
  EXPECT_EQ(energies.status, BranchStatus::observed_anew);
  EXPECT_THAT(energies.reason, HasSubstr("viscosity needs energies"));
  // Fewer observers or saves need nothing.
  EXPECT_EQ(between("observe = [\"msd\", \"rdf\"]\n" + save, msd).status, BranchStatus::done);
  EXPECT_EQ(between(msd, msd + save).status, BranchStatus::observed_anew);
}

TEST_F(BranchRecords, TakeTheSameObserverInOtherWordsForTheSame) {
  EXPECT_EQ(after_edit("[\"msd\"]", "[{ kind = \"msd\", fit_from = \"1000 fs\" }, \"thermo\"]",
                       "liquid/1500K-r1")
                .status,
            BranchStatus::done);
}

TEST_F(BranchRecords, NameObserversInWordsThatReadBack) {
  const std::string observers =
      "observe = [{ kind = \"van_hove\", times = [\"1 ps\", \"3 ps\"] }, { kind = "
      "\"intermediate_scattering\", q = \"3.1 1/A\" }, \"rdf\"]\n";
  const auto record =
      record_of(branch_of(read(study_head + melt_quench_liquid + observers), "liquid/1500K-r1"));
  ASSERT_EQ(record.observers.size(), 4u);  // thermo joins
  const auto requests = requests_of(record.observers);
  ASSERT_EQ(requests.size(), 4u);
  for (std::size_t i = 0; i < requests.size(); ++i)
    EXPECT_EQ(canonical_observer(requests[i]), record.observers[i]);
}

TEST_F(BranchRecords, ThatAreNotOursAreNamed) {
  test::put(folder_ / "branch.json", "{\"schema\": 1}");
  EXPECT_THAT(test::input_error([&] { read_record(folder_ / ""); }), HasSubstr("branch.json"));
}

}  // namespace
}  // namespace vitreous::study
