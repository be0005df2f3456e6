// The header of a column as people write it: `T_K`, `T (°C)`, `d [nm]`, `L/nm`, `D (10⁻⁹ m² s⁻¹)`.
#pragma once

#include <string>
#include <string_view>

namespace vitreous::io {

/// "D_m2_per_s" -> {"D", "m^2/s"}; a header that names no known unit has the unit "1".
struct HeaderField {
  std::string name, unit;
};

/// Units are looked for in brackets at the end, then as an end of the name after '_', then after a
/// slash ("L/nm"; not "L/d", which is a ratio more often than a length in days).
HeaderField parse_header_field(std::string_view text);

/// A unit as base::parse_unit reads it: raised digits as exponents, "deg C" and "℃" as "°C",
/// "10^-9 m²/s" as "1e-9 m²/s", "sec" as "s". What is understood already is left as it stands.
std::string plain_unit(std::string_view text);

/// "D error (m^2/s)" is told from "D (m^2/s)" by the end of its name: `_se` is a standard error,
/// `_sd` a standard deviation (also " se", "_SE").
enum class HeaderRole { value, standard_error, standard_deviation };

struct HeaderCell {
  std::string text;   ///< as it stands in the file
  HeaderField field;  ///< without the end that tells the role
  HeaderRole role = HeaderRole::value;
};

HeaderCell parse_header_cell(const std::string& text);

}  // namespace vitreous::io
