// Studies as text for tests: written to a folder of their own, read, and what the reading says.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "../io/expect_message.hpp"
#include "../io/scratch_folder.hpp"
#include "../io/small_potential.hpp"
#include "study/study_file.hpp"

namespace vitreous::test {

/// Lines 1 and 2 of every study here.
inline const std::string study_head =
    "alloy = { composition = \"Cu50Zr50\", atoms = 500, potential = \"" + small_potential() +
    "\" }\n"
    "engine = { timestep = \"2 fs\", seed = 7 }\n";

/// A melt, a quench and a liquid that leaves it on the way. Lines 3 to 20.
inline const std::string melt_quench_liquid = R"([[stage]]
name = "melt"
kind = "hold"
temperature = "2000 K"
duration = "10 ps"
[[stage]]
name = "quench"
kind = "quench"
from = "melt"
schedule = [{ to = "1000 K", rate = "1e14 K/s" }]
[[stage]]
name = "liquid"
kind = "hold"
from = "quench"
ensemble = "nvt"
temperature = ["2000 K", "1500 K", "1000 K"]
equilibrate = "5 ps"
duration = "20 ps"
)";

class StudyText : public testing::Test {
 protected:
  study::Plan read(const std::string& text, const study::StudyChoices& choices = {}) {
    put(path(), text);
    return study::read_study(path(), choices);
  }
  /// What is said of a study that cannot be read.
  std::string refusal(const std::string& text, const study::StudyChoices& choices = {}) {
    return input_error([&] { read(text, choices); });
  }
  /// The same for a melt with these lines more; they begin in line 8.
  std::string refusal_of_melt(const std::string& lines) {
    return refusal(study_head +
                   "[[stage]]\nname = \"melt\"\nkind = \"hold\"\ntemperature = \"2000 K\"\n"
                   "duration = \"10 ps\"\n" +
                   lines);
  }
  std::string path() const { return folder_ / "study.toml"; }

  ScratchFolder folder_;
};

/// The ids of a plan in its order.
inline std::vector<std::string> ids(const study::Plan& plan) {
  std::vector<std::string> all;
  for (const auto& branch : plan.branches) all.push_back(branch.id);
  return all;
}

inline const study::Branch& branch_of(const study::Plan& plan, const std::string& id) {
  for (const auto& branch : plan.branches)
    if (branch.id == id) return branch;
  throw std::runtime_error("no branch " + id);
}

}  // namespace vitreous::test
