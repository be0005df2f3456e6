// Runs something that must fail and hands out what it says.
#pragma once

#include <functional>
#include <string>

#include "base/error.hpp"

namespace vitreous::test {

/// The text of the InputError that `work` throws; "nothing was thrown" where it throws none.
inline std::string input_error(const std::function<void()>& work) {
  try {
    work();
  } catch (const base::InputError& error) {
    return error.what();
  }
  return "nothing was thrown";
}

}  // namespace vitreous::test
