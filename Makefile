# make demo    install what is missing, build, convert a real trained model and show what it does
# make docs    update the pages of Documentation/ that follow from the sources: layers, command line, modules
# make install PREFIX=/usr/local  the command with manual page, completions of shells and functions for CMake
# make dist    the same as an archive for machines without Swift, tried in an empty root
# make test    everything that has to hold: lint, build without warnings, all tests, the real LiteRT runtime
# make test-long  what takes longer: real networks, threads, fuzzing, long campaigns of random and damaged input
# make fuzz SECONDS=60, make fuzz-models COUNT=500  mutated files for every reader; random models against Keras

SHELL := /bin/bash
PREFIX ?= /usr/local
CONFIGURATION ?= release
PYTHON ?= python3
VENV := .build/venv
VENV_PYTHON := $(VENV)/bin/python
# Libraries are linked from their archives if there are any.
SWIFT_BUILD := PKG_CONFIG_PATH="$$(Scripts/static-libraries)" swift build -c $(CONFIGURATION)
KCONVERT := .build/$(CONFIGURATION)/kconvert
# The Swift runtime goes into the binary on Linux; on macOS it is part of the system.
STATIC := $(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib)
# So do all libraries that have archives; if these are all, the command starts without a dynamic loader.
BUILD_COMMAND := KCONVERT_STATIC="$$(Scripts/static-command)" $(SWIFT_BUILD) $(STATIC) --product kconvert

.PHONY: setup build demo test test-long lint test-threads test-zoo test-classifiers bench bench-builds bench-interpreter bench-runtime bench-operators bench-approximation compare-operators measure-costs fuzz fuzz-models install dist clean docs

setup:
	@Scripts/setup

build: setup
	@$(BUILD_COMMAND)

demo: build
	@$(SWIFT_BUILD) $(STATIC) --product digits-example
	@Scripts/demo $(KCONVERT) .build/$(CONFIGURATION)/digits-example

docs: setup
	@$(SWIFT_BUILD) --product kconvert
	@$(SWIFT_BUILD) --product documentation
	@Scripts/document $(KCONVERT) .build/$(CONFIGURATION)/documentation

lint:
	@swift format lint --strict -r Package.swift Sources Scripts Tests Fuzz examples
	@Scripts/check-structure

test: setup lint $(VENV)/ready
	@$(SWIFT_BUILD) --build-tests
	@set -o pipefail; KCONVERT_PYTHON=$(abspath $(VENV_PYTHON)) \
	  swift test -c $(CONFIGURATION) --skip-build 2>&1 | tee .build/test.log
	@for simd in avx2 baseline; do KCONVERT_SIMD=$$simd swift test -c $(CONFIGURATION) --skip-build \
	  --filter 'KernelsTests|InterpreterTests'; done
	@Scripts/check-readme $(KCONVERT)
	@Scripts/check-library $(KCONVERT)
	@Scripts/check-tutorials .build/$(CONFIGURATION)
	@Scripts/check-builds $(KCONVERT)
	@Scripts/check-plugin $(KCONVERT) $(VENV_PYTHON)
	@Scripts/check-metadata $(KCONVERT) $(VENV_PYTHON)
	@grep 'skipped: ' .build/test.log || echo 'No test was skipped.'

# Suites of random and damaged input, of signals and full disks, which KCONVERT_LONG makes twenty times as long.
CAMPAIGNS := PassSuite|EachPass|Damage|Hostile|Interruption|Truncated|Pipeline|ConstantView|PythonEvaluator|Image|HDF5|JSONParser|NPZ|BadInput|GrowingLoop

test-long: test-threads test-zoo
	@$(SWIFT_BUILD) --build-tests
	@KCONVERT_LONG=1 swift test -c $(CONFIGURATION) --skip-build --filter '$(CAMPAIGNS)'
	@KCONVERT_LONG=1 KCONVERT_PYTHON=$(abspath $(VENV_PYTHON)) swift test -c $(CONFIGURATION) --skip-build \
	  --filter MicroSuite
	@Scripts/check-aarch64
	@$(MAKE) fuzz SECONDS=600
	@$(MAKE) fuzz-models COUNT=500

$(VENV)/ready: Tests/requirements.txt
	@mkdir -p .build
	@$(PYTHON) -m venv $(VENV)
	@$(VENV_PYTHON) -m pip install --quiet --disable-pip-version-check -r Tests/requirements.txt
	@touch $@

# The interpreter under ThreadSanitizer, in a build of its own.
test-threads: setup
	@swift test --sanitize=thread --scratch-path .build/threads --filter InterpreterTests

test-zoo: build $(VENV)/ready
	@Scripts/test-zoo $(KCONVERT) $(abspath $(VENV_PYTHON))
	@$(SWIFT_BUILD) --build-tests
	@KCONVERT_ZOO=$(abspath .build/zoo-chaotic) swift test -c $(CONFIGURATION) --skip-build \
	  --filter faultsInNetworksAreFound

# Trains small classifiers of real images and counts the answers that quantized files of them lose.
test-classifiers: build $(VENV)/ready
	@Scripts/test-classifiers $(KCONVERT) $(abspath $(VENV_PYTHON))

bench: build
	@Scripts/bench $(KCONVERT)

# Processor time and memory of conversions by another build and by this one: make bench-builds OLD=path/to/kconvert
OLD ?=
BUILD_OPTIONS ?=
bench-builds: build
	@$(PYTHON) Benchmarks/compare_builds.py $(OLD) $(KCONVERT) "--options=$(BUILD_OPTIONS)" $(if $(wildcard $(ZOO)),--zoo $(ZOO))

# The rates of the cost model on this machine.
measure-costs: build $(VENV)/ready
	@$(VENV_PYTHON) Benchmarks/measure_costs.py
	@$(VENV_PYTHON) Benchmarks/measure_costs.py --recurrent $(KCONVERT)

bench-interpreter: build $(VENV)/ready
	@Scripts/bench-interpreter $(KCONVERT) $(abspath $(VENV_PYTHON))

# Our files against those of TensorFlow's converter in LiteRT: make bench-runtime ZOO=folder STOCK=python-with-tensorflow
ZOO ?= .build/zoo
STOCK ?=
bench-runtime: build $(VENV)/ready
	@$(abspath $(VENV_PYTHON)) Benchmarks/runtime.py --kconvert $(KCONVERT) --zoo $(ZOO) \
	  $(if $(STOCK),--stock $(STOCK))

bench-operators: build $(VENV)/ready
	@$(abspath $(VENV_PYTHON)) Benchmarks/operators.py --kconvert $(KCONVERT)

# An approximated network against narrower ones that were trained the same way, which STOCK trains if NETWORKS is empty.
NETWORKS ?= .build/approximation
bench-approximation: build $(VENV)/ready
	@mkdir -p $(NETWORKS)
	@test -e $(NETWORKS)/cnn-0.125.keras || $(STOCK) Benchmarks/approximation/train.py $(NETWORKS)
	@$(VENV_PYTHON) Benchmarks/approximation/compare.py --kconvert $(KCONVERT) $(NETWORKS)

# Whether the files have more operators than those of TensorFlow's converter.
compare-operators: build $(VENV)/ready
	@$(VENV_PYTHON) Benchmarks/compare_operators.py --kconvert $(KCONVERT)

# Coverage-guided mutation of files for each reader, one after the other: make fuzz SECONDS=60
SECONDS ?= 60
READERS ?=
fuzz: build
	@Scripts/fuzz $(SECONDS) $(KCONVERT) $(READERS)

# Random models of Keras 3 and of tf_keras against what Keras computes: make fuzz-models COUNT=500
COUNT ?= 500
fuzz-models: build
	@Scripts/fuzz-models $(COUNT) $(KCONVERT)

install: build
	@Scripts/stage $(KCONVERT) $(DESTDIR)$(PREFIX)

dist: build
	@Scripts/dist $(KCONVERT)

clean:
	@rm -rf .build
