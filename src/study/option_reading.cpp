#include "study/option_reading.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "base/units.hpp"

namespace vitreous::study {
namespace {

using core::OptionType;

std::string last_word(const std::string& key) { return key.substr(key.rfind('.') + 1); }

void require_single(const Value& value, const std::string& key) {
  if (!value.is_single()) refuse(value.place, key, "one value is expected here");
}

std::vector<double> read_number_list(const core::OptionDeclaration& option, const Value& value,
                                     const std::string& key) {
  std::vector<double> numbers;
  if (value.is_single()) return {read_quantity(value, option.unit, key)};
  for (const auto& number : read_numbers(value, option.unit, key)) numbers.push_back(number.number);
  return numbers;
}

std::vector<std::string> read_words(const core::OptionDeclaration& option, const Value& value,
                                    const std::string& key) {
  const auto one = [&](const Value& item) {
    require_text(item, key);
    return placed(item.place, key, [&] {
      return std::get<std::vector<std::string>>(core::parse_option(option, item.text));
    });
  };
  if (!value.is(Value::Kind::list)) return one(value);
  std::vector<std::string> words;
  for (const auto& item : value.items)
    for (const auto& word : one(item)) words.push_back(word);
  return words;
}

std::vector<PlacedNumber> read_range(const Value& value, const std::string& unit,
                                     const std::string& key) {
  require_known_keys(value, key, "a range", {"from", "to", "step"});
  for (const char* end : {"from", "to", "step"})
    if (!value.find(end))
      refuse(value.place, key, fmt::format("the range lacks `{}`", end), "",
             {fmt::format("{} = {{ from = \"2000 K\", to = \"1000 K\", step = \"200 K\" }}",
                          last_word(key))});
  const double from = read_quantity(value.find("from")->value, unit, key + ".from");
  const double to = read_quantity(value.find("to")->value, unit, key + ".to");
  const double step = read_positive(value.find("step")->value, unit, key + ".step");
  const double count = std::abs(to - from) / step;
  const double whole = std::round(count);
  if (whole > 1e5)
    refuse(value.find("step")->value.place, key + ".step", "makes more than 100000 points");
  if (std::abs(count - whole) > 1e-6)
    refuse(value.find("step")->value.place, key + ".step",
           fmt::format("steps of {:g} {} do not lead from {:g} to {:g}", step, unit, from, to),
           "a range holds both of its ends");
  std::vector<PlacedNumber> numbers;
  const auto points = static_cast<std::int64_t>(whole);
  for (std::int64_t k = 0; k <= points; ++k)
    numbers.push_back(
        {k == points ? to : from + (to < from ? -step : step) * double(k), value.place});
  return numbers;
}

}  // namespace

std::string words_of(const Value& value) {
  if (!value.is(Value::Kind::list)) return value.text;
  std::vector<std::string> parts;
  for (const auto& item : value.items) parts.push_back(item.text);
  return fmt::format("{}", fmt::join(parts, "; "));
}

double read_quantity(const Value& value, const std::string& unit, const std::string& key) {
  require_single(value, key);
  const bool bare = value.is(Value::Kind::integer) || value.is(Value::Kind::number);
  if (bare && unit != "1")
    refuse(value.place, key, fmt::format("{} has no unit", value.text),
           fmt::format("this is {}", base::describe(base::parse_unit(unit).dimension)),
           {fmt::format("{} = \"{} {}\"", last_word(key), value.text, unit)});
  return placed(value.place, key, [&] { return base::quantity_in(value.text, unit); });
}

double read_positive(const Value& value, const std::string& unit, const std::string& key) {
  const double number = read_quantity(value, unit, key);
  if (!(number > 0.0)) refuse(value.place, key, "must be above zero");
  return number;
}

std::int64_t read_count(const Value& value, std::int64_t least, const std::string& key) {
  const core::OptionDeclaration option{
      last_word(key), OptionType::integer, "1", "required", "", {}};
  const auto count = std::get<std::int64_t>(read_option(option, value, key));
  if (count < least)
    refuse(value.place, key, fmt::format("{} is too few: at least {}", count, least));
  return count;
}

std::vector<PlacedNumber> read_numbers(const Value& value, const std::string& unit,
                                       const std::string& key) {
  if (value.is(Value::Kind::table)) return read_range(value, unit, key);
  std::vector<PlacedNumber> numbers;
  for (const auto& item : value.items)
    numbers.push_back({read_quantity(item, unit, key), item.place});
  if (numbers.empty()) refuse(value.place, key, "the list is empty");
  return numbers;
}

core::OptionValue read_option(const core::OptionDeclaration& option, const Value& value,
                              const std::string& key) {
  switch (option.type) {
    case OptionType::number:
      return read_quantity(value, option.unit, key);
    case OptionType::numbers:
      return read_number_list(option, value, key);
    case OptionType::words:
      return read_words(option, value, key);
    case OptionType::integer:
    case OptionType::flag:
    case OptionType::text:
      break;
  }
  require_single(value, key);
  if (option.type == OptionType::text) require_text(value, key);
  try {
    return core::parse_option(option, value.text);
  } catch (const base::InputError& error) {
    base::Message message = error.message();
    const std::string own = option.name + ": ";
    if (message.problem.starts_with(own)) message.problem.erase(0, own.size());
    const std::string nearest = base::nearest_name(value.text, option.choices);
    if (!nearest.empty()) message.tries = {fmt::format("{} = \"{}\"", last_word(key), nearest)};
    throw base::InputError(at_place(value.place, key, message));
  }
}

}  // namespace vitreous::study
