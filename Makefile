# make demo | make test | make build | make install: each sets up what it needs on a fresh Debian 12.
PREFIX ?= /usr/local
.PHONY: build install demo test release asan tsan fuzz clean

build:
	tools/install_packages.sh build run
	cmake --preset release -DVITREOUS_TESTS=OFF
	cmake --build --preset release

# The program to PREFIX/bin, the Python package to PREFIX/share/vitreous/python.
install: build
	cmake --install build --prefix $(PREFIX)

demo: build
	tools/demo.sh

# Two of these at a time, so that the cores stay full while one waits for its last file or its longest test. What a command
# prints appears when it ends, in one piece. After a failure none is begun; the line with *** names it.
test:
	tools/install_packages.sh build run test
	$(MAKE) --jobs=2 --output-sync=line --no-print-directory release asan tsan fuzz

release:
	cmake --preset release -DVITREOUS_TESTS=ON
	cmake --build --preset release --parallel $$(nproc)
	ctest --preset release --label-exclude validation --parallel $$(nproc)

asan:
	cmake --preset asan
	cmake --build --preset asan --parallel $$(nproc)
	ctest --preset asan --label-regex unit --parallel $$(nproc)

# Where threads meet. The sanitizer's own map of memory wants addresses that are not shuffled.
tsan:
	cmake --preset tsan
	cmake --build --preset tsan --parallel $$(nproc)
	setarch -R build-tsan/tests/test_base --gtest_filter='ForEachPiece.*:MadeAhead.*'

# Some seconds for each reader, from a fixed corpus.
fuzz:
	cmake --preset fuzz
	cmake --build --preset fuzz --parallel $$(nproc)
	ctest --preset fuzz --parallel $$(nproc)

clean:
	rm -rf build build-dev build-asan build-tsan build-fuzz
