// What an order carries, as bytes.
#pragma once

#include <cstring>
#include <string>
#include <vector>

namespace vitreous::engine {

class Packed {
 public:
  template <class T>
  void add(const std::vector<T>& values) {
    const std::size_t count = values.size();
    add_bytes(&count, sizeof count);
    add_bytes(values.data(), count * sizeof(T));
  }
  void add(const std::string& text) { add(std::vector<char>(text.begin(), text.end())); }

  std::vector<char>& bytes() { return bytes_; }

 private:
  void add_bytes(const void* from, std::size_t size) {
    const char* begin = static_cast<const char*>(from);
    bytes_.insert(bytes_.end(), begin, begin + size);
  }
  std::vector<char> bytes_;
};

/// Takes out what was put in, in the same order.
class Unpacked {
 public:
  explicit Unpacked(const std::vector<char>& bytes) : bytes_(bytes) {}

  template <class T>
  std::vector<T> values() {
    std::size_t count = 0;
    take(&count, sizeof count);
    std::vector<T> values(count);
    take(values.data(), count * sizeof(T));
    return values;
  }
  std::string text() {
    const auto letters = values<char>();
    return {letters.begin(), letters.end()};
  }
  bool at_end() const { return at_ == bytes_.size(); }

 private:
  void take(void* to, std::size_t size) {
    if (size > 0) std::memcpy(to, bytes_.data() + at_, size);
    at_ += size;
  }
  const std::vector<char>& bytes_;
  std::size_t at_ = 0;
};

}  // namespace vitreous::engine
