# make          set up, then the whole pipeline        make setup    only set up (.venv)
# make preview  a first PDF from the bundled digits    make test     set up, then the tests
# make test-long  what takes longer: failures of every rule, killed calls
# make test-slurm the pipeline on a SLURM cluster that is set up here (docs/cluster.md)
# make bench    speed and memory beside PyTorch and JAX (docs/performance.md)
SHELL := /bin/bash
PYTHON ?= python3
CORES ?= $(shell $(PYTHON) workflow/cores.py 2>/dev/null || echo 1)
BIN := .venv/bin
VNU := 26.9.27
ROC_VALIDATOR := 0.13.0

.DEFAULT_GOAL := all
.PHONY: all setup checker preview test test-slurm test-long bench publish lint lock help clean

all: setup ## Set up, then fetch, train, draw and report: results/<dataset>/report.pdf
	$(BIN)/snakemake --cores $(CORES)

setup: .venv/.ready ## Set up only: a virtual environment in .venv (as root on Debian, Pango too)

preview: setup ## A first PDF from scikit-learn's bundled digits, in one to four minutes
	$(BIN)/snakemake --cores $(CORES) --configfile config/preview.yaml

test: setup checker ## Set up, then all tests
	$(BIN)/python -m pytest -n $(CORES) --dist loadscope --no-loadscope-reorder

test-slurm: setup ## Both ways of docs/cluster.md on a SLURM cluster of this machine (root, Debian)
	@command -v slurmd >/dev/null || $(call as_root,slurm-wlm munge) || \
		{ echo "found no slurmd; as root on Debian: apt install slurm-wlm munge" >&2; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check 'snakemake-executor-plugin-slurm>=2.8'
	$(BIN)/python -m pytest -m slurm -n 0

test-long: setup ## What takes longer: every rule made to fail, calls killed at random
	$(BIN)/python -m pytest -m long -n $(CORES) --dist load

bench: setup ## Speed and memory, side by side with PyTorch and JAX where they are installed
	$(BIN)/snakemake --cores 1 --quiet --config offline_fallback=null -- results/mnist/data/dataset.npz
	$(BIN)/python -m benchmarks --cores $(CORES)

publish: setup ## Renew expected/ and docs/report.pdf: the deep run, what others verify theirs against, its report
	$(BIN)/snakemake --cores $(CORES) publish --configfile config/deep.yaml
	$(BIN)/snakemake --cores $(CORES) --configfile config/deep.yaml
	cp results/mnist/report.pdf docs/report.pdf

lint: setup ## Layout and lint of Python and Snakemake files
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/snakefmt --check Snakefile workflow
	$(BIN)/snakemake --lint

lock: ## Renew requirements.lock from pyproject.toml (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --extra test --upgrade pyproject.toml -o requirements.lock

clean: ## Remove all results and Snakemake's records, keep the environment
	rm -rf results .snakemake

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# The Nu HTML checker, where npm and Java are there, and the validator of RO-Crates, whose packages are too old for
# ours; without them a test skips and says so.
checker: setup
	@[ -e .venv/crates/.ready ] || { $(PYTHON) -m venv .venv/crates && \
		.venv/crates/bin/pip install --quiet --disable-pip-version-check roc-validator==$(ROC_VALIDATOR) && \
		touch .venv/crates/.ready; } || true
	@[ -e .venv/node_modules/vnu-jar ] || ! command -v npm >/dev/null || ! command -v java >/dev/null || \
		npm install --silent --ignore-scripts --no-save --prefix .venv vnu-jar@$(VNU) || true

# Everything that is missing is said at once, before anything is installed; as root, with apt, it is installed.
PACKAGES := python3 python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
INTERRUPTED := interrupted: the same call begins to set up again
.venv/.ready: requirements.lock
	@command -v $(PYTHON) >/dev/null || $(call as_root,$(PACKAGES)) || \
		{ echo "found no $(PYTHON); type: sudo apt install $(PACKAGES) (or: brew install python pango), or name one: make PYTHON=python3.12" >&2; exit 1; }
	@packages=$$($(PYTHON) workflow/needed.py --packages); \
		[ -z "$$packages" ] || $(call as_root,$$packages) || true
	@$(PYTHON) workflow/needed.py
	@echo "Setting up .venv (about a minute)"
	@trap 'echo "$(INTERRUPTED)" >&2; exit 130' INT; set -o pipefail; mkdir -p .venv; \
		$(PYTHON) -m venv .venv 2>.venv/setup.log && \
		$(BIN)/pip install --disable-pip-version-check --progress-bar off --require-hashes -r requirements.lock 2>>.venv/setup.log \
		| awk -v all=$$(grep -c '==' requirements.lock) '/^Collecting/ {if (++n % 25 == 0) print "  " n " of about " all " packages"}' || \
		{ tail -1 .venv/setup.log >&2; \
		echo "pip: found no way to install what requirements.lock lists, expected a network with a package index; the same call goes on (more: .venv/setup.log)" >&2; exit 1; }
	@$(BIN)/python -c 'import weasyprint' >/dev/null 2>&1 || \
		{ echo "WeasyPrint: found no Pango that it can load, expected one for the PDF; its page on installing has the steps for this system" >&2; exit 1; }
	@touch $@

# Install packages as root with apt, and say what it says only if it fails; false for anybody else.
as_root = { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "Installing $(1)" && \
	said=$$(export DEBIAN_FRONTEND=noninteractive; { apt-get update -qq && apt-get install -y -qq $(1); } 2>&1) || \
	{ [ -z "$$said" ] || echo "$$said" | tail -1 >&2; false; }; }
