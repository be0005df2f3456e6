// Runs `vitreous` inside the test and hands out what a user would see.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace vitreous::test {

struct Outcome {
  int status = 0;
  std::string out, err;
};

/// The words behind `vitreous`.
inline Outcome vitreous_command(const std::vector<std::string>& words) {
  std::vector<const char*> argv = {"vitreous"};
  for (const auto& word : words) argv.push_back(word.c_str());
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  Outcome outcome;
  outcome.status = cli::run(static_cast<int>(argv.size()), argv.data());
  outcome.out = ::testing::internal::GetCapturedStdout();
  outcome.err = ::testing::internal::GetCapturedStderr();
  return outcome;
}

}  // namespace vitreous::test
