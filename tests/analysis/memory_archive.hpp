// An Archive in memory: what is saved by one object is restored by another.
#pragma once

#include <map>
#include <string>
#include <variant>

#include "core/archive.hpp"

namespace vitreous::analysis::testing {

class MemoryArchive : public core::Archive {
 public:
  using core::Archive::transfer;
  bool loading() const override { return loading_; }
  void load() { loading_ = true; }
  bool operator==(const MemoryArchive& other) const { return values_ == other.values_; }

  void transfer(std::string_view key, double& v) override { move(key, v); }
  void transfer(std::string_view key, std::int64_t& v) override { move(key, v); }
  void transfer(std::string_view key, std::string& v) override { move(key, v); }
  void transfer(std::string_view key, std::vector<double>& v) override { move(key, v); }
  void transfer(std::string_view key, std::vector<std::int64_t>& v) override { move(key, v); }
  void transfer(std::string_view key, std::vector<std::int32_t>& v) override { move(key, v); }
  void transfer(std::string_view key, std::vector<std::uint8_t>& v) override { move(key, v); }

 protected:
  void enter(std::string_view group) override { path_ += std::string(group) + "/"; }
  void leave() override { path_.resize(path_.rfind('/', path_.size() - 2) + 1); }

 private:
  template <class T>
  void move(std::string_view key, T& value) {
    const std::string name = path_ + std::string(key);
    if (loading_)
      value = std::get<T>(values_.at(name));
    else if (!values_.emplace(name, value).second)
      throw std::logic_error("saved twice: " + name);
  }

  bool loading_ = false;
  std::string path_;
  std::map<std::string, std::variant<double, std::int64_t, std::string, std::vector<double>,
                                     std::vector<std::int64_t>, std::vector<std::int32_t>,
                                     std::vector<std::uint8_t>>>
      values_;
};

}  // namespace vitreous::analysis::testing
