#include "io/lammps_binary_dump.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/error.hpp"
#include "io/fields.hpp"

namespace vitreous::io {
namespace {

/// Thrown and caught here alone: the file ends within a frame.
struct EndOfBytes {};

constexpr std::string_view magic_of_custom = "DUMPCUSTOM", magic_of_atom = "DUMPATOM";

bool is_magic(std::string_view text) { return text == magic_of_custom || text == magic_of_atom; }

}  // namespace

bool is_binary_dump(const std::string& path) {
  const auto bytes = open_bytes(path);
  std::array<char, 18> head{};
  std::size_t length = 0;
  while (length < head.size()) {
    const std::size_t got = bytes->read(head.data() + length, head.size() - length);
    if (got == 0) return false;
    length += got;
  }
  std::int64_t negative_length = 0;
  std::memcpy(&negative_length, head.data(), sizeof negative_length);
  const std::string_view behind(head.data() + 8, head.size() - 8);
  return negative_length < 0 && negative_length >= -10 &&
         is_magic(behind.substr(0, static_cast<std::size_t>(-negative_length)));
}

LammpsBinaryDumpSource::LammpsBinaryDumpSource(const std::string& path)
    : path_(path), bytes_(open_bytes(path)) {}

void LammpsBinaryDumpSource::fail(const std::string& problem, const std::string& why) const {
  base::Message message;
  message.file = path_;
  message.key = fmt::format("frame {}", frame_);
  message.problem = problem;
  message.why = why;
  throw base::InputError(message);
}

/// False where nothing at all is left.
bool LammpsBinaryDumpSource::take(void* to, std::size_t bytes) {
  std::size_t have = 0;
  while (have < bytes) {
    std::size_t got = 0;
    try {
      got = bytes_->read(static_cast<char*>(to) + have, bytes - have);
    } catch (const base::InputError& error) {
      fail(error.message().problem, error.message().why);
    }
    if (got == 0 && have == 0) return false;
    if (got == 0) throw EndOfBytes{};
    have += got;
  }
  return true;
}

template <class T>
T LammpsBinaryDumpSource::number() {
  T value{};
  if (!take(&value, sizeof value)) throw EndOfBytes{};
  return value;
}

std::string LammpsBinaryDumpSource::text(std::size_t longest) {
  const auto length = number<std::int32_t>();
  if (length < 0 || static_cast<std::size_t>(length) > longest)
    fail("is damaged: a text in its head has an impossible length");
  std::string value(static_cast<std::size_t>(length), '\0');
  if (length > 0 && !take(value.data(), value.size())) throw EndOfBytes{};
  return value;
}

bool LammpsBinaryDumpSource::next_head(FrameHead& head) {
  ++frame_;
  try {
    std::int64_t length = 0;
    if (!take(&length, sizeof length)) {
      if (bytes_->is_cut_short())
        truncation_ = fmt::format("the {} data end before their time", bytes_->packing());
      return false;
    }
    require_magic(length);
    head_ = {};
    read_head(head_);
  } catch (const EndOfBytes&) {
    truncation_ = fmt::format("it ends within frame {}", frame_);
    return false;
  }
  head = head_;
  return true;
}

void LammpsBinaryDumpSource::require_magic(std::int64_t length) {
  if (length < -10 || length > -8)
    fail("does not start as a binary dump does",
         "the frame before is damaged, or LAMMPS wrote it before 2020 and named no columns");
  std::string magic(static_cast<std::size_t>(-length), '\0');
  if (!take(magic.data(), magic.size())) throw EndOfBytes{};
  if (!is_magic(magic)) fail("does not start as a binary dump does", "the file is damaged here");
  if (number<std::int32_t>() != 1) fail("was written on a processor of another byte order");
  const auto revision = number<std::int32_t>();
  if (revision < 2) fail(fmt::format("is of revision {}, which names no columns", revision));
}

void LammpsBinaryDumpSource::read_head(FrameHead& head) {
  head.step = number<std::int64_t>();
  const auto atoms = number<std::int64_t>();
  if (atoms < 1 || atoms > 1'000'000'000) fail(fmt::format("tells of {} atoms", atoms));
  head.atoms = static_cast<std::size_t>(atoms);
  const auto form = number<std::int32_t>();
  if (form != 0 && form != 1) fail("its box is in a form that is not read", "it is a general one");
  for (std::size_t k = 0; k < 3; ++k) {
    const auto low = number<std::int32_t>(), high = number<std::int32_t>();
    head.periodic[k] = low == 0 && high == 0;
  }
  std::array<std::array<double, 3>, 3> bounds{};
  for (auto& row : bounds) row[0] = number<double>(), row[1] = number<double>();
  if (form == 1)
    for (auto& row : bounds) row[2] = number<double>();
  try {
    head.box = box_of_bounds(bounds);
  } catch (const base::InputError& error) {
    fail(error.message().problem, error.message().why);
  }
  const auto width = number<std::int32_t>();
  if (width < 1 || width > 100'000) fail(fmt::format("tells of {} columns", width));
  width_ = static_cast<std::size_t>(width);
  const std::string units = text(100);
  if (!units.empty()) try {
      velocity_factor_ = velocity_factor_of_units(units);
    } catch (const base::InputError& error) {
      fail(error.message().problem, error.message().why);
    }
  if (number<char>()) head.time = number<double>() / velocity_factor_;
  read_columns();
}

void LammpsBinaryDumpSource::read_columns() {
  const std::string line = text(1'000'000);
  auto names = split_fields(line);
  // Binary dumps hold numbers alone: an element is the number of its type.
  const bool typed = std::find(names.begin(), names.end(), "type") != names.end();
  for (auto& name : names)
    if (name == "element") name = typed ? "(type)" : "type";
  try {
    columns_ = DumpColumns(names);
  } catch (const base::InputError& error) {
    fail(error.message().problem, error.message().why);
  }
  if (names.size() != width_)
    fail(fmt::format("names {} columns and holds {}", names.size(), width_));
}

template <class Use>
bool LammpsBinaryDumpSource::each_row(Use use) {
  constexpr std::size_t values_at_once = std::size_t{1} << 16;
  try {
    std::size_t left = head_.atoms;
    for (auto pieces = number<std::int32_t>(); pieces > 0; --pieces) {
      const auto values = number<std::int32_t>();
      if (values < 0 || static_cast<std::size_t>(values) % width_ != 0 ||
          static_cast<std::size_t>(values) / width_ > left)
        fail("is damaged: a piece of it has an impossible length");
      std::size_t rows = static_cast<std::size_t>(values) / width_;
      left -= rows;
      while (rows > 0) {
        const std::size_t now = std::min(rows, std::max<std::size_t>(values_at_once / width_, 1));
        rows_.resize(now * width_);
        if (!take(rows_.data(), rows_.size() * sizeof(double))) throw EndOfBytes{};
        for (std::size_t k = 0; k < now; ++k) use(rows_.data() + k * width_);
        rows -= now;
      }
    }
    if (left > 0) fail(fmt::format("lacks {} of its {} atoms", left, head_.atoms));
    return true;
  } catch (const EndOfBytes&) {
    truncation_ = fmt::format("it ends within frame {}", frame_);
    return false;
  }
}

bool LammpsBinaryDumpSource::read_atoms(RawFrame& frame) {
  frame.clear();
  frame.head = head_;
  columns_.start(frame);
  return each_row([&](const double* row) { add_row(row, frame); });
}

bool LammpsBinaryDumpSource::skip_atoms() {
  return each_row([](const double*) {});
}

std::int64_t LammpsBinaryDumpSource::whole(double value, const char* what) const {
  constexpr double exact = 9007199254740992.0;
  if (!(std::abs(value) <= exact) || value != std::floor(value))
    fail(fmt::format("{} is not {}", value, what));
  return static_cast<std::int64_t>(value);
}

void LammpsBinaryDumpSource::add_row(const double* row, RawFrame& frame) const {
  DumpColumns::Numbers number{};
  const auto& holds = columns_.holds();
  for (std::size_t k = 0; k < holds.size(); ++k) {
    if (holds[k] == DumpColumn::other) continue;
    if (holds[k] == DumpColumn::id) {
      frame.id.push_back(whole(row[k], "an id"));
    } else if (holds[k] == DumpColumn::type) {
      const auto type = whole(row[k], "a type");
      if (type < 1 || type > 100'000) fail(fmt::format("{} is not a type", type));
      frame.type.push_back(static_cast<std::int32_t>(type));
    } else {
      if (!std::isfinite(row[k])) fail("holds a number that is not finite");
      number[static_cast<std::size_t>(holds[k])] = row[k];
    }
  }
  columns_.place(number, velocity_factor_, frame);
}

}  // namespace vitreous::io
