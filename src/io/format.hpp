// The file formats that are read and written.
#pragma once

#include <vector>

#include "core/declaration.hpp"

namespace vitreous::io {

/// The declarations of every format, in the order in which they are listed. Their `formula` is the
/// file's layout.
const std::vector<core::Declaration>& format_declarations();

}  // namespace vitreous::io
