# The front door. `make` lists what there is.

PORT ?= 8080

# The command has a package of its own, with the only dependencies there are.
COMMAND := --package-path CommandLine --scratch-path .build-command
PYTHON := .build-python/bin/python
# Everything is built with the same flags, as SwiftPM compiles all of it again when one changes. Colours would be one
# that depends on the terminal, testable imports one that depends on the command.
BUILD := -c release --no-color-diagnostics
# SwiftPM does not look for new files in a package that it depends on by path, unless it plans the build anew.
BENCH := Tools/setup-zlib.sh && rm -f .build-benchmarks/swift/release.yaml && swift build $(BUILD) --package-path Benchmarks --scratch-path .build-benchmarks/swift
SWIFT_FILES = Package.swift Sources Tests Tools Snippets Examples Benchmarks \
	CommandLine/Package.swift CommandLine/Sources CommandLine/Tests Web/Package.swift Web/Sources
# SwiftPM looks for new files in a package that it depends on by path only when it plans the build anew.
REPLAN_COMMAND := rm -f .build-command/release.yaml

.PHONY: help lab site screenshots docs test test-swift test-python fuzz sanitize examples bench bench-kernels bench-tables bench-read bench-fashion bench-browser setup lint format clean
.NOTPARALLEL:

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

lab: site ## Build everything and serve the lab on http://127.0.0.1:8080/ (PORT=… for another port)
	@Tools/setup-zlib.sh
	@echo "==> Building chainrule in release mode (the first build takes some minutes, later ones seconds)"
	@$(REPLAN_COMMAND)
	swift build $(BUILD) $(COMMAND) --product chainrule
	@.build-command/release/chainrule lab --site .build-site --port $(PORT)

site: ## Build the whole site into .build-site, for any static host (SITE_URL=… for the picture in social networks)
	@Tools/setup-zlib.sh
	@Tools/build-site.sh

screenshots: setup site ## Take pictures of every figure and of the pages, in all widths and colours, into .build-screenshots
	@CHAINRULE_CHROMIUM="$$(Tools/setup-chromium.sh)" PYTHONDONTWRITEBYTECODE=1 \
	$(PYTHON) Tools/screenshots.py .build-site .build-screenshots

docs: ## Build the library's documentation into .build-docs
	@Tools/setup-zlib.sh
	@Tools/build-docs.sh

test: setup lint test-swift test-python ## Set up what the tests need and run them all

# Tests use the public interface, so they share their objects with the program that people run.
TEST := swift test $(BUILD) --disable-testable-imports --disable-xctest

# `date` is asked once, when the first recipe needs it.
FUZZ_SEED = $(eval FUZZ_SEED := $(or $(SEED),$(shell date +%s)))$(FUZZ_SEED)

test-swift: ## Run the Swift tests, in release mode (FILTER=… for some of them)
	@Tools/setup-zlib.sh
	@Tools/strictly.sh $(TEST) $(FILTER:%=--filter %)
	@$(REPLAN_COMMAND)
	@Tools/strictly.sh $(TEST) $(COMMAND) $(FILTER:%=--filter %)
	@for kernels in portable reference; do \
	  echo "==> What runs native loops, once more with CHAINRULE_KERNELS=$$kernels"; \
	  CHAINRULE_KERNELS=$$kernels $(TEST) --skip-build \
	  --filter '$(or $(FILTER),ChainruleKernelsTests|ChainruleCoreTests|ChainruleTests|ChainruleFormatsTests)' && \
	  CHAINRULE_KERNELS=$$kernels $(TEST) $(COMMAND) --skip-build \
	  --filter '$(or $(FILTER),ChainruleCLITests)' || exit 1; done

test-python: setup ## Build the site and run the Python tests: WebAssembly, the browser, the files written
	@Tools/setup-zlib.sh
	@Tools/strictly.sh Tools/build-site.sh --tests
	@$(REPLAN_COMMAND)
	@Tools/strictly.sh swift build $(BUILD) $(COMMAND) --product chainrule
	@CHAINRULE_BINARY="$(CURDIR)/.build-command/release/chainrule" CHAINRULE_SITE="$(CURDIR)/.build-site" \
	CHAINRULE_CHROMIUM="$$(Tools/setup-chromium.sh)" CHAINRULE_FIREFOX="$$(Tools/setup-firefox.sh)" \
	CHAINRULE_WEBKIT_DRIVER="$$(Tools/setup-webkit.sh)" PYTHONDONTWRITEBYTECODE=1 \
	$(PYTHON) -m pytest -p no:cacheprovider --numprocesses 2 Tests/Python Tests/Browser

fuzz: ## Try the fuzz tests on fresh inputs, twenty times as many as the tests do (FUZZ=… times as many, SEED=… again)
	@Tools/setup-zlib.sh
	@echo "==> Fuzzing with SEED=$(FUZZ_SEED)"
	@CHAINRULE_FUZZ=$(or $(FUZZ),20) CHAINRULE_FUZZ_SEED=$(FUZZ_SEED) $(TEST) --filter '$(or $(FILTER),FuzzTests)'

sanitize: ## Run the Swift tests under the address sanitizer, and those with threads under the thread sanitizer (FILTER=…)
	@Tools/setup-zlib.sh
	@echo "==> Address sanitizer"
	@$(TEST) --sanitize=address --scratch-path .build-address --skip Trap --skip Misuse --filter '$(or $(FILTER),ChainruleKernelsTests|ChainruleTests|ChainruleTablesTests|FuzzTests)'
	@echo "==> Thread sanitizer"
	@$(TEST) --sanitize=thread --scratch-path .build-thread --skip Trap --skip Misuse --filter '$(or $(FILTER),ChainruleKernelsTests|ChainruleTests)'

examples: ## Build the programs of Examples and run them
	@Tools/setup-zlib.sh
	@rm -f .build-examples/release.yaml
	@swift build -c release --no-color-diagnostics --package-path Examples --scratch-path .build-examples
	@cd Examples && for program in Penguins ClassifyTable FitCurve Autoencoder ResumeTraining InspectGradients; do \
	  echo "==> $$program"; ../.build-examples/release/$$program || exit 1; done

bench: ## Time Chainrule and its peers in turns, under ten minutes (QUICK=1 under one; ONLY=ours,jax,curve for some of it)
	@Tools/setup-python.sh .build-benchmarks/peers Benchmarks/peers/requirements.txt
	@$(BENCH) --product StepBenchmark
	@$(BENCH) --product QualityBenchmark
	@fann="$$(Tools/setup-fann.sh)" && fashion="$$(Tools/setup-fashion-mnist.sh)" && \
	CHAINRULE_FANN="$$fann" PYTHONDONTWRITEBYTECODE=1 .build-benchmarks/peers/bin/python Benchmarks/bench.py \
	--build .build-benchmarks --swift .build-benchmarks/swift/release --fashion "$$fashion" \
	$(QUICK:%=--quick) $(ONLY:%=--only %)

bench-kernels: ## Time every loop of every table, at three sizes (FILTER=affine for some of them)
	@$(BENCH) --product KernelBenchmark
	@.build-benchmarks/swift/release/KernelBenchmark $(FILTER)

bench-tables: ## Compare the default settings with scikit-learn's, on twelve tables
	@Tools/setup-python.sh .build-benchmarks/python Benchmarks/requirements.txt
	@Tools/setup-packages.sh .build-benchmarks/table-packages Benchmarks/table-packages.txt
	@$(BENCH) --product TableBenchmark
	@env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE OPENBLAS_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE=1 \
	.build-benchmarks/python/bin/python Benchmarks/tables.py --binary .build-benchmarks/swift/release/TableBenchmark \
	--packages .build-benchmarks/table-packages --folder .build-benchmarks/tables

bench-read: ## Read tables of a million rows, in turns with pandas, polars and pyarrow (QUICK=1: fewer rows, once)
	@Tools/setup-python.sh .build-benchmarks/read Benchmarks/read-requirements.txt
	@$(BENCH) --product ReadBenchmark
	@PYTHONDONTWRITEBYTECODE=1 .build-benchmarks/read/bin/python Benchmarks/read.py \
	--binary .build-benchmarks/swift/release/ReadBenchmark --folder .build-benchmarks/read-tables $(QUICK:%=--quick)

bench-fashion: ## Train on Fashion-MNIST and show the test accuracy
	@$(BENCH) --product FashionBenchmark
	@.build-benchmarks/swift/release/FashionBenchmark "$$(Tools/setup-fashion-mnist.sh)"

bench-browser: setup ## Time the engine in Chromium: training in WebAssembly, and the outputs of a whole plot
	@Tools/build-modules.sh BenchmarkWasm=benchmark.wasm
	@CHAINRULE_CHROMIUM="$$(Tools/setup-chromium.sh)" PYTHONDONTWRITEBYTECODE=1 $(PYTHON) Benchmarks/browser.py

setup: ## Set up Python, Chromium, Firefox and WebKit for the tests
	@Tools/setup-python.sh
	@Tools/setup-chromium.sh >/dev/null
	@Tools/setup-firefox.sh >/dev/null
	@Tools/setup-webkit.sh >/dev/null

lint: ## Check the format of the Swift code
	swift format lint --strict --recursive $(SWIFT_FILES)

format: ## Format the Swift code
	swift format --in-place --recursive $(SWIFT_FILES)

clean: ## Remove everything that was built or set up here
	rm -rf .build .build-wasm .build-material .build-site .build-site-python .build-screenshots .build-docs .build-python .build-examples .build-command .build-embedded .build-benchmarks .build-address .build-thread
