// How an error on one process ends all.
#pragma once

#include <string>

namespace vitreous::engine {

/// Says what went wrong on this process, once, and ends all processes with status 1.
[[noreturn]] void end_all(const std::string& problem);

}  // namespace vitreous::engine
