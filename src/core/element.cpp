#include "core/element.hpp"

#include <array>
#include <cmath>

namespace vitreous::core {
namespace {

constexpr std::array<Element, 118> elements = {{
    {1, "H", 1.008},        {2, "He", 4.002602},  {3, "Li", 6.94},          {4, "Be", 9.0121831},
    {5, "B", 10.81},        {6, "C", 12.011},     {7, "N", 14.007},         {8, "O", 15.999},
    {9, "F", 18.998403162}, {10, "Ne", 20.1797},  {11, "Na", 22.98976928},  {12, "Mg", 24.305},
    {13, "Al", 26.9815384}, {14, "Si", 28.085},   {15, "P", 30.973761998},  {16, "S", 32.06},
    {17, "Cl", 35.45},      {18, "Ar", 39.95},    {19, "K", 39.0983},       {20, "Ca", 40.078},
    {21, "Sc", 44.955907},  {22, "Ti", 47.867},   {23, "V", 50.9415},       {24, "Cr", 51.9961},
    {25, "Mn", 54.938043},  {26, "Fe", 55.845},   {27, "Co", 58.933194},    {28, "Ni", 58.6934},
    {29, "Cu", 63.546},     {30, "Zn", 65.38},    {31, "Ga", 69.723},       {32, "Ge", 72.630},
    {33, "As", 74.921595},  {34, "Se", 78.971},   {35, "Br", 79.904},       {36, "Kr", 83.798},
    {37, "Rb", 85.4678},    {38, "Sr", 87.62},    {39, "Y", 88.905838},     {40, "Zr", 91.224},
    {41, "Nb", 92.90637},   {42, "Mo", 95.95},    {43, "Tc", 97},           {44, "Ru", 101.07},
    {45, "Rh", 102.90549},  {46, "Pd", 106.42},   {47, "Ag", 107.8682},     {48, "Cd", 112.414},
    {49, "In", 114.818},    {50, "Sn", 118.710},  {51, "Sb", 121.760},      {52, "Te", 127.60},
    {53, "I", 126.90447},   {54, "Xe", 131.293},  {55, "Cs", 132.90545196}, {56, "Ba", 137.327},
    {57, "La", 138.90547},  {58, "Ce", 140.116},  {59, "Pr", 140.90766},    {60, "Nd", 144.242},
    {61, "Pm", 145},        {62, "Sm", 150.36},   {63, "Eu", 151.964},      {64, "Gd", 157.25},
    {65, "Tb", 158.925354}, {66, "Dy", 162.500},  {67, "Ho", 164.930329},   {68, "Er", 167.259},
    {69, "Tm", 168.934219}, {70, "Yb", 173.045},  {71, "Lu", 174.9668},     {72, "Hf", 178.486},
    {73, "Ta", 180.94788},  {74, "W", 183.84},    {75, "Re", 186.207},      {76, "Os", 190.23},
    {77, "Ir", 192.217},    {78, "Pt", 195.084},  {79, "Au", 196.966570},   {80, "Hg", 200.592},
    {81, "Tl", 204.38},     {82, "Pb", 207.2},    {83, "Bi", 208.98040},    {84, "Po", 209},
    {85, "At", 210},        {86, "Rn", 222},      {87, "Fr", 223},          {88, "Ra", 226},
    {89, "Ac", 227},        {90, "Th", 232.0377}, {91, "Pa", 231.03588},    {92, "U", 238.02891},
    {93, "Np", 237},        {94, "Pu", 244},      {95, "Am", 243},          {96, "Cm", 247},
    {97, "Bk", 247},        {98, "Cf", 251},      {99, "Es", 252},          {100, "Fm", 257},
    {101, "Md", 258},       {102, "No", 259},     {103, "Lr", 262},         {104, "Rf", 267},
    {105, "Db", 268},       {106, "Sg", 269},     {107, "Bh", 270},         {108, "Hs", 269},
    {109, "Mt", 278},       {110, "Ds", 281},     {111, "Rg", 282},         {112, "Cn", 285},
    {113, "Nh", 286},       {114, "Fl", 289},     {115, "Mc", 290},         {116, "Lv", 293},
    {117, "Ts", 294},       {118, "Og", 294},
}};

}  // namespace

const Element* find_element(std::string_view symbol) {
  for (const auto& element : elements)
    if (element.symbol == symbol) return &element;
  return nullptr;
}

const Element* find_element(int number) {
  return number >= 1 && number <= static_cast<int>(elements.size())
             ? &elements[static_cast<std::size_t>(number - 1)]
             : nullptr;
}

const Element* element_of_mass(double mass, double tolerance) {
  const Element* found = nullptr;
  for (const auto& element : elements) {
    if (std::abs(element.mass - mass) > tolerance) continue;
    if (found) return nullptr;
    found = &element;
  }
  return found;
}

int atomic_number(std::string_view symbol) {
  const Element* element = find_element(symbol);
  return element ? element->number : 0;
}

std::string element_symbol(int number) {
  const Element* element = find_element(number);
  return element ? std::string(element->symbol) : std::string();
}

}  // namespace vitreous::core
