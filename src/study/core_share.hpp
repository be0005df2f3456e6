// How many cores a branch may use: its runner writes it as branches come and go, the branch reads
// it.
#pragma once

#include <string>

namespace vitreous::study {

/// FOLDER/cores, a number. Like the progress it is no part of the run: results have the same bits
/// on any number of cores.
void write_core_share(const std::string& folder, int cores);
/// 1 where there is none.
int read_core_share(const std::string& folder);
void remove_core_share(const std::string& folder);

}  // namespace vitreous::study
