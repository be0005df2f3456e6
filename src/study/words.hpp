// Words of a study: names, kinds, keys.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace vitreous::study {

inline bool contains(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace vitreous::study
