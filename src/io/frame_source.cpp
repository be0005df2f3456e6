#include "io/frame_source.hpp"

#include <algorithm>

namespace vitreous::io {

void RawFrame::clear() {
  head = {};
  id.clear(), type.clear(), element.clear(), element_names.clear(), mass.clear();
  for (auto* vectors : {&position, &velocity})
    vectors->x.clear(), vectors->y.clear(), vectors->z.clear();
  has_velocities = is_unwrapped = false;
}

std::int32_t RawFrame::element_index(std::string_view name) {
  constexpr std::size_t most = 1000;  // a column of numbers is no column of elements
  const auto found = std::find(element_names.begin(), element_names.end(), name);
  const auto index = static_cast<std::int32_t>(found - element_names.begin());
  if (found != element_names.end()) return index;
  if (element_names.size() == most) return -1;
  element_names.emplace_back(name);
  return index;
}

}  // namespace vitreous::io
