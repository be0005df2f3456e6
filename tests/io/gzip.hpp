// Gzipped text for tests.
#pragma once

#include <zlib.h>

#include <string>

namespace vitreous::test {

inline void put_gzipped(const std::string& path, const std::string& text) {
  const gzFile file = gzopen(path.c_str(), "wb6");
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
}

}  // namespace vitreous::test
