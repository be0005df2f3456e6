// The one interface through which state is saved and restored; `io` implements it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "core/atoms.hpp"
#include "core/box.hpp"

namespace vitreous::core {

/// Symmetric: the same `transfer` calls save when !loading() and restore when loading(), so that
/// what is saved and what is restored cannot differ. Keys are unique within their group.
class Archive {
 public:
  virtual ~Archive() = default;
  virtual bool loading() const = 0;

  virtual void transfer(std::string_view key, double& value) = 0;
  virtual void transfer(std::string_view key, std::int64_t& value) = 0;
  virtual void transfer(std::string_view key, std::string& value) = 0;
  virtual void transfer(std::string_view key, std::vector<double>& values) = 0;
  virtual void transfer(std::string_view key, std::vector<std::int64_t>& values) = 0;
  virtual void transfer(std::string_view key, std::vector<std::int32_t>& values) = 0;
  virtual void transfer(std::string_view key, std::vector<std::uint8_t>& values) = 0;

  void transfer(std::string_view key, bool& value);
  void transfer(std::string_view key, std::uint64_t& value);
  void transfer(std::string_view key, math::Vec3& value);
  void transfer(std::string_view key, math::Mat3& value);
  void transfer(std::string_view key, math::Vectors& values);
  void transfer(std::string_view key, Box& box);
  void transfer(std::string_view key, Atoms& atoms);
  void transfer(std::string_view key, base::RandomStream& stream);

  /// A group of keys, closed at the end of its scope.
  class Group {
   public:
    Group(Archive& archive, std::string_view name) : archive_(archive) { archive_.enter(name); }
    ~Group() { archive_.leave(); }
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;

   private:
    Archive& archive_;
  };

 protected:
  virtual void enter(std::string_view group) = 0;
  virtual void leave() = 0;
};

}  // namespace vitreous::core
