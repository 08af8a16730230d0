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
PANGO_APT := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

.DEFAULT_GOAL := all
.PHONY: all setup checker preview test test-slurm test-long bench publish lint lock help clean

all: setup ## Set up, then fetch, train, draw and report: results/<dataset>/report.pdf
	$(BIN)/snakemake --cores $(CORES)

setup: .venv/.ready .venv/.pango ## Set up only: a virtual environment in .venv, and Pango

preview: setup ## A first PDF from scikit-learn's bundled digits, in one to four minutes
	$(BIN)/snakemake --cores $(CORES) --configfile config/preview.yaml

test: setup checker ## Set up, then all tests
	$(BIN)/python -m pytest -n $(CORES) --dist loadscope --no-loadscope-reorder

test-slurm: setup ## Both ways of docs/cluster.md on a SLURM cluster of this machine (root, Debian)
	@command -v slurmd >/dev/null || { apt-get update -qq && apt-get install -y -qq slurm-wlm munge; }
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
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /make \1\t/' | expand -t 16

# The Nu HTML checker, where npm and Java are there, and the validator of RO-Crates, whose packages are too old for
# ours; without them a test skips and says so.
checker: setup
	@[ -e .venv/crates/.ready ] || { $(PYTHON) -m venv .venv/crates && \
		.venv/crates/bin/pip install --quiet --disable-pip-version-check roc-validator==$(ROC_VALIDATOR) && \
		touch .venv/crates/.ready; } || true
	@[ -e .venv/node_modules/vnu-jar ] || ! command -v npm >/dev/null || ! command -v java >/dev/null || \
		npm install --silent --ignore-scripts --no-save --prefix .venv vnu-jar@$(VNU) || true

.venv/.ready: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "$(PYTHON): found $$($(PYTHON) --version 2>/dev/null || echo no such program), expected Python 3.11 or newer; install one (Debian: apt install python3 python3-venv) or name it: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq python3-venv; } || \
		{ echo "$(PYTHON): found no venv module, expected one; install it (Debian: apt install python3-venv)" >&2; exit 1; }
	@echo "Setting up .venv (about a minute)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/.pango: .venv/.ready
	@$(BIN)/python -c 'import weasyprint' 2>/dev/null || \
		{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq $(PANGO_APT); } || true
	@$(BIN)/python -c 'import weasyprint' 2>/dev/null || \
		{ echo "Pango: found none, and WeasyPrint needs it for the PDF; install it, one of: apt install $(PANGO_APT) | dnf install pango | brew install pango | conda install -c conda-forge pango" >&2; exit 1; }
	@touch $@
