# Code that is compiled more often than it runs long: the compiler is spared the work.
set(VITREOUS_COLD_CODE $<$<CONFIG:Release>:-O1>)
if(VITREOUS_SANITIZE)  # checks of an access are called, not written out: the same checks, a seventh less to compile
  list(APPEND VITREOUS_COLD_CODE -O0 $<$<CXX_COMPILER_ID:GNU>:--param=asan-instrumentation-with-call-threshold=0>)
endif()

# vitreous_precompile(TARGET HEADERS...): large headers of others, parsed once a target. With ccache there is
# no need, and it would find less.
function(vitreous_precompile target)
  if(NOT CCACHE)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()

# vitreous_compile_together(TARGET): files of a target a few at a time, which halves the work of the compiler. With
# ccache a file is compiled by itself, for then the next change costs one file. So that both build, no two files of a
# room share a name of their own: the test lint.local_names.
function(vitreous_compile_together target)
  if(NOT CCACHE)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 24)
    target_compile_options(${target} PRIVATE -Wno-shadow)  # of a name in another file, which means nothing
  endif()
endfunction()

# vitreous_room(NAME LINKS ...): one folder under src = one static library = one namespace.
# Every .cpp in the folder belongs to it, so a new file needs no edit here; but for main.cpp, and what a folder `module`
# holds, which is loaded at run time.
function(vitreous_room name)
  cmake_parse_arguments(ROOM "" "" "LINKS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$|/module/")
  if(sources)
    add_library(vitreous_${name} STATIC ${sources})
    set(scope PUBLIC)
  else()
    add_library(vitreous_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(vitreous_${name} ${scope} ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(vitreous_${name} ${scope} ${ROOM_LINKS})
endfunction()

# vitreous_room_tests(NAME): tests/NAME/*_test.cpp as one GoogleTest program, each test a ctest entry. Under a sanitizer
# the room is one entry, for there it takes long to start and to read a potential; and what measures time, counts how
# often errors cover, asks LAMMPS or runs the portable kernel's loops by AVX2 has nothing more to show.
function(vitreous_room_tests name)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*_test.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(test_${name} ${sources})
  target_include_directories(test_${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(test_${name} PRIVATE vitreous_${name} ${ARGN} GTest::gtest GTest::gmock GTest::gtest_main)
  target_compile_options(test_${name} PRIVATE ${VITREOUS_COLD_CODE})
  if(name STREQUAL base)
    vitreous_precompile(test_base <fmt/format.h> <gmock/gmock.h> <gtest/gtest.h>)
  elseif(NOT CCACHE)
    target_precompile_headers(test_${name} REUSE_FROM test_base)
  endif()
  vitreous_compile_together(test_${name})
  if(VITREOUS_SANITIZE)
    add_test(NAME ${name} COMMAND test_${name} --gtest_filter=-LammpsAgreement.*:LammpsEngineTest.*:*LammpsWrites*:PlanCost.*Measured:*CoverTheTruth*:*CoversTheNoise:Composition.MeetsAWire*:*ErrorsThatCover:*ContainTheTruth*:*/AVX2*)
    set_tests_properties(${name} PROPERTIES TIMEOUT 900 LABELS unit)
  else()
    gtest_discover_tests(test_${name} TEST_PREFIX "${name}." DISCOVERY_MODE PRE_TEST
                         PROPERTIES TIMEOUT 300 LABELS unit)
  endif()
endfunction()
