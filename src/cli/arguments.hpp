// What several commands read from their command lines.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/measured.hpp"

namespace vitreous::cli {

/// "Cu,Zr" as words; "" as none. (CLI11's own lists would swallow the files that follow.)
/// Throws InputError where a word is empty.
std::vector<std::string> comma_list(const std::string& text);

/// "25 +- 2 GPa" or "25(2) GPa" of an option, in `unit`; the error is zero where none is written.
/// Throws InputError that names the option where it is no such quantity, or is not positive.
core::Measured measured_option(const std::string& option, const std::string& text,
                               const std::string& unit);

/// A positive quantity in `unit`; nothing for "". Throws InputError that names the option.
std::optional<double> positive_quantity(const std::string& option, const std::string& text,
                                        const std::string& unit);

/// A word as a shell takes it, whatever it holds.
std::string shell_word(const std::string& word);

/// Where a study's run goes if its user names no folder: STUDY or STUDY-SCALE, in the present
/// folder.
std::string default_run_folder(const std::string& study, const std::string& scale);

}  // namespace vitreous::cli
