// LAMMPS' headers name a few things of the fmt that LAMMPS carries with it, which is not installed;
// another fmt differs. The module calls nothing of it: that the names exist is enough.
#pragma once

namespace fmt {

struct string_view;
struct format_args;
template <class... Args, class Format>
format_args make_args_checked(const Format& format, const Args&... args);

}  // namespace fmt
