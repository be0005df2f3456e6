// What is wrong with a study, gathered instead of stopping at the first.
#pragma once

#include <vector>

#include "base/error.hpp"

namespace vitreous::study {

class Mistakes {
 public:
  /// Runs `work`; an InputError is kept. Returns whether there was none.
  template <class Work>
  bool attempt(Work work) {
    try {
      work();
      return true;
    } catch (const base::InputError& error) {
      all_.push_back(error.message());
      return false;
    }
  }

  bool any() const { return !all_.empty(); }
  /// In the order in which they were met.
  const std::vector<base::Message>& all() const { return all_; }

 private:
  std::vector<base::Message> all_;
};

}  // namespace vitreous::study
