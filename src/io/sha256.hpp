// SHA-256 (FIPS 180-4) of what streams by, by OpenSSL's libcrypto.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace vitreous::io {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view bytes);
  /// 64 hexadecimal digits of all that was added; nothing may be added behind it.
  std::string digits();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// Of a whole file, in constant memory. Throws InputError where it cannot be read.
std::string sha256_of_file(const std::string& path);

}  // namespace vitreous::io
