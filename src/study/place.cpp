#include "study/place.hpp"

#include <fmt/format.h>

#include <sstream>

namespace vitreous::study {

std::shared_ptr<const SourceText> source_text(std::string name, const std::string& text,
                                              bool is_file) {
  auto source = std::make_shared<SourceText>();
  source->name = std::move(name);
  source->is_file = is_file;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.ends_with('\r')) line.pop_back();
    source->lines.push_back(line);
  }
  return source;
}

base::Message at_place(const Place& place, const std::string& key, base::Message message) {
  message.key = key;
  if (!place.source) return message;
  if (!message.file.empty() && message.file != place.source->name)
    message.problem = (message.line == 0 ? fmt::format("{}: ", message.file)
                                         : fmt::format("{}:{}: ", message.file, message.line)) +
                      message.problem;
  message.line = 0;
  message.file = place.source->name;
  if (place.line == 0 || place.line > place.source->lines.size()) return message;
  if (place.source->is_file) message.line = place.line;
  message.source = place.source->lines[place.line - 1];
  message.column = place.column;
  message.width = place.width;
  return message;
}

void refuse(const Place& place, const std::string& key, const std::string& problem,
            const std::string& why, std::vector<std::string> tries) {
  base::Message message;
  message.problem = problem;
  message.why = why;
  message.tries = std::move(tries);
  throw base::InputError(at_place(place, key, std::move(message)));
}

}  // namespace vitreous::study
