#include "cli/frame_choice.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "io/fields.hpp"

namespace vitreous::cli {

FrameChoice choose_frames(const std::string& text, std::size_t every, std::size_t frames) {
  const auto refuse = [&](const std::string& why) {
    base::Message message;
    message.key = "--frames " + text;
    message.problem = "is no choice of frames";
    message.why = why;
    message.tries = {fmt::format("--frames 1:{}", frames), "--frames last"};
    throw base::InputError(message);
  };
  const auto number = [&](std::string_view word, std::size_t otherwise) -> std::size_t {
    if (word.empty()) return otherwise;
    if (word == "last") return frames;
    const auto value = io::to_integer(word);
    if (!value) refuse(fmt::format("\"{}\" is neither a number nor last", word));
    if (*value < 1 || *value > static_cast<std::int64_t>(frames))
      refuse(fmt::format("there are frames 1 to {}", frames));
    return static_cast<std::size_t>(*value);
  };
  FrameChoice choice{1, frames, every};
  if (text.empty()) return choice;
  const std::size_t colon = text.find(':');
  const std::string_view all = text;
  choice.first = number(all.substr(0, colon), 1);
  choice.last = colon == text.npos ? choice.first : number(all.substr(colon + 1), frames);
  if (choice.last < choice.first) refuse("the last frame stands before the first");
  return choice;
}

}  // namespace vitreous::cli
