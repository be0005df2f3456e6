// Laws of frames that were read from a fuzzer's bytes: they are whole and finite, and written by us
// they read back to the same bits.
#pragma once

#include <cmath>
#include <optional>
#include <vector>

#include "fuzzed_file.hpp"
#include "io/extended_xyz.hpp"
#include "io/lammps_dump.hpp"
#include "io/lammps_dump_text.hpp"
#include "io/species_table.hpp"

namespace vitreous::fuzz {

inline void require_whole(const io::RawFrame& frame) {
  const std::size_t n = frame.head.atoms;
  require(n > 0 && frame.position.size() == n);
  const auto fits = [&](std::size_t size) { require(size == 0 || size == n); };
  fits(frame.id.size()), fits(frame.type.size()), fits(frame.element.size());
  fits(frame.mass.size()), fits(frame.velocity.size());
  require(!frame.type.empty() || !frame.element.empty());
  require(frame.has_velocities == (frame.velocity.size() == n));
  for (const auto index : frame.element)
    require(index >= 0 && static_cast<std::size_t>(index) < frame.element_names.size());
}

/// The whole frames of a file, as far as it is sound.
template <class Source>
std::vector<io::RawFrame> read_frames(const std::string& path) {
  std::vector<io::RawFrame> frames;
  accepted([&] {
    Source source(path);
    io::RawFrame frame;
    while (source.next_head(frame.head) && source.read_atoms(frame)) {
      require_whole(frame);
      frames.push_back(frame);
    }
  });
  return frames;
}

/// Passing over atoms finds the frames that reading them finds, or more: what is wrong with an
/// atom only its reader sees.
template <class Source>
void require_scan_agrees(const std::string& path, const std::vector<io::RawFrame>& frames) {
  std::size_t found = 0;
  accepted([&] {
    Source source(path);
    io::FrameHead head;
    while (source.next_head(head) && source.skip_atoms()) {
      require(found >= frames.size() || head.atoms == frames[found].head.atoms);
      ++found;
    }
  });
  require(found >= frames.size());
}

inline bool is_finite(const math::Vectors& vectors) {
  for (const auto* component : {&vectors.x, &vectors.y, &vectors.z})
    for (const double x : *component)
      if (!std::isfinite(x)) return false;
  return true;
}

/// Through a configuration and our own text, and back.
template <class Source, class ToText>
void require_round_trip(const std::vector<io::RawFrame>& frames, ToText to_text) {
  for (const auto& frame : frames) {
    std::optional<io::Configuration> before;
    accepted([&] { before = io::make_configuration(frame, io::SpeciesTable(frame, {})); });
    if (!before || !is_finite(before->atoms.position) || !is_finite(before->atoms.velocity))
      continue;
    std::optional<std::string> text;
    accepted([&] { text = to_text(*before); });
    if (!text) continue;
    const FuzzedFile file(*text);
    const auto again = read_frames<Source>(file.path());
    require(again.size() == 1);
    const auto after = io::make_configuration(again[0], io::SpeciesTable(again[0], {}));
    require(after.atoms.id == before->atoms.id && after.step == before->step);
    require(after.atoms.position.x == before->atoms.position.x &&
            after.atoms.position.y == before->atoms.position.y &&
            after.atoms.position.z == before->atoms.position.z);
    require(after.atoms.velocity.x == before->atoms.velocity.x);
  }
}

}  // namespace vitreous::fuzz
