#include "study/core_share.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

namespace vitreous::study {
namespace {

std::string share_path(const std::string& folder) { return folder + "/cores"; }

}  // namespace

void write_core_share(const std::string& folder, int cores) {
  const std::string aside = share_path(folder) + ".writing";
  std::ofstream file(aside, std::ios::trunc);
  file << cores << '\n';
  file.close();
  if (file) std::rename(aside.c_str(), share_path(folder).c_str());
}

int read_core_share(const std::string& folder) {
  std::ifstream file(share_path(folder));
  int cores = 1;
  return file >> cores ? std::max(1, cores) : 1;
}

void remove_core_share(const std::string& folder) {
  std::error_code ignored;
  std::filesystem::remove(share_path(folder), ignored);
}

}  // namespace vitreous::study
