// Extended XYZ in ASE's dialect: a count, a line of key=value pairs, a line an atom.
// `Lattice` holds the edges a, b, c one after the other; `Properties` names the columns.
#pragma once

#include <map>
#include <string>

#include "core/declaration.hpp"
#include "io/frame_source.hpp"
#include "io/text_source.hpp"

namespace vitreous::io {

/// What may stand in a file beside box, species and positions.
struct ExtendedXyzFields {
  std::optional<std::int64_t> step;
  std::optional<double> time;        ///< ps
  std::optional<double> energy;      ///< eV
  std::optional<math::Mat3> virial;  ///< eV, positive where the atoms push outward
  bool stress = false;               ///< with `virial`: stress = -virial/volume, ASE's sign, eV/A^3
  bool velocities = false;           ///< column `vel`, A/ps
  bool unwrapped = true;             ///< false: positions may be folded into the box
  bool masses = false;               ///< column `masses`, amu
  std::array<bool, 3> periodic = {true, true, true};
  const math::Vectors* force = nullptr;                  ///< column `forces`, eV/A
  const std::vector<double>* energy_per_atom = nullptr;  ///< column `energies`, eV
};

/// One frame as text; numbers are the shortest that read back to the same bits. Positions stay
/// as they are, and the file says where they are unwrapped (`unwrapped=T`).
std::string to_extended_xyz(const core::Box& box, const core::Atoms& atoms,
                            const ExtendedXyzFields& fields);

/// The key=value pairs of a comment line: keys alone mean "T", values may stand in quotes.
/// Throws InputError (without place) where a quote is not closed.
std::map<std::string, std::string> parse_pairs(std::string_view line);

/// Reads species (S) or Z (I), pos, optional id, masses, and velocities: `vel` or `velocities` in
/// A/ps, `momenta` in ASE's units. Refuses a frame without Lattice or with pbc other than "T T T".
class ExtendedXyzSource : public FrameSource {
 public:
  explicit ExtendedXyzSource(const std::string& path);
  bool next_head(FrameHead& head) override;
  bool read_atoms(RawFrame& frame) override;
  bool skip_atoms() override;
  std::string truncation() const override;
  std::vector<std::string> passed_over() const override;

 private:
  struct Columns;
  void read_pairs(std::string_view line, FrameHead& head);
  bool cut_within_frame();
  bool cut_within_line();
  void read_atom(std::string_view line, std::size_t index, RawFrame& frame);

  TextSource text_;
  FrameHead head_;
  std::string properties_;
  bool unwrapped_ = false;
  std::string truncation_;
  std::vector<std::string_view> fields_;
  std::shared_ptr<Columns> columns_;
  std::vector<std::string> keys_passed_over_;
};

/// What the format is, for lists and help.
core::Declaration extended_xyz_declaration();

}  // namespace vitreous::io
