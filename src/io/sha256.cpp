#include "io/sha256.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <fstream>

#include "base/error.hpp"

namespace vitreous::io {
namespace {

void require_hash(int succeeded) {
  if (succeeded != 1) throw base::RunError("OpenSSL cannot compute SHA-256 on this machine");
}

}  // namespace

struct Sha256::Context {
  EVP_MD_CTX* hash = EVP_MD_CTX_new();
  ~Context() { EVP_MD_CTX_free(hash); }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  require_hash(EVP_DigestInit_ex(context_->hash, EVP_sha256(), nullptr));
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  require_hash(EVP_DigestUpdate(context_->hash, bytes.data(), bytes.size()));
}

std::string Sha256::digits() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes;
  unsigned int length = 0;
  require_hash(EVP_DigestFinal_ex(context_->hash, bytes.data(), &length));
  std::string text;
  for (unsigned int k = 0; k < length; ++k) text += fmt::format("{:02x}", bytes[k]);
  return text;
}

std::string sha256_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  Sha256 hash;
  std::array<char, 1 << 16> piece;
  while (file.read(piece.data(), piece.size()) || file.gcount() > 0)
    hash.add({piece.data(), static_cast<std::size_t>(file.gcount())});
  if (!file.eof()) throw base::InputError(path + ": cannot be read");
  return hash.digits();
}

}  // namespace vitreous::io
