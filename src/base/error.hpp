// Errors that a user can act on: where, what, why, and what to try.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

namespace vitreous::base {

/// Everything that a message can say. Empty fields are left out when it is printed.
struct Message {
  std::string file;        ///< the file the user gave, as the user spelled it
  std::size_t line = 0;    ///< 1-based; 0 where a line makes no sense
  std::string source;      ///< the text of that line
  std::size_t column = 0;  ///< 1-based start of the marked part of `source`; 0 marks nothing
  std::size_t width = 0;   ///< length of the marked part
  std::string key;         ///< the key or column at fault, e.g. `quench.schedule[0].rate`
  std::string problem;     ///< one sentence
  std::string why;         ///< the reason, where it is not plain
  std::vector<std::string> tries;  ///< what to do, best first
};

/// "error: FILE:LINE: KEY: PROBLEM", the marked source line, why, try. No trailing newline.
std::string to_text(const Message& message, const std::string& label = "error");

/// A failure with a message for the user.
class Error : public std::runtime_error {
 public:
  explicit Error(Message message);
  const Message& message() const { return message_; }

 private:
  Message message_;
};

/// The user's input is at fault (exit status 2).
class InputError : public Error {
 public:
  using Error::Error;
  explicit InputError(std::string problem, std::string why = {},
                      std::vector<std::string> tries = {});
};

/// The run failed although its input was sound: disk full, NaN forces (exit status 1).
class RunError : public Error {
 public:
  using Error::Error;
  explicit RunError(std::string problem, std::string why = {}, std::vector<std::string> tries = {});
};

/// The candidate nearest to `word` by edit distance, or "" where none is near enough to suggest.
std::string nearest_name(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace vitreous::base
