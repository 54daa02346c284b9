.DEFAULT_GOAL := help
SHELL := bash
.SHELLFLAGS := -euo pipefail -c

PYTHON ?= python3
# Certificates are trusted as the machine trusts them, behind a company's proxy too.
export UV_SYSTEM_CERTS := true
HOME_DIR := .clipwire
UV := $(HOME_DIR)/uv/bin/uv
REQUIREMENTS := infra/dependencies

# Each environment is rebuilt when its pins change, and only then: the stamp is newer than the pins it was made from.
STAMP := .installed

.PHONY: bench browser chaos load pictures help setup tools build build-aws check-template audit run stop test lint clean
help: ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

build: $(HOME_DIR)/build/local.built ## build the functions and layers for the emulator

build-aws: $(HOME_DIR)/build/aws.built ## build them for AWS (arm64, Python 3.13), without Docker

check-template: $(foreach check,validate cfn-lint checkov,$(HOME_DIR)/build/template.$(check)) ## lint the template and scan it for what a careful account would not allow

audit: .venv/$(STAMP) $(HOME_DIR)/checks/$(STAMP) ## ask whether what is pinned has known vulnerabilities (needs the network, and says so)
	@.venv/bin/python -m infra.checks.audit $(HOME_DIR)/checks/bin/pip-audit $(foreach pins,runtime dev browser tools checks,$(REQUIREMENTS)/$(pins).txt)

run: .venv/$(STAMP) $(HOME_DIR)/tools/$(STAMP) ## start the local stack, upload the sample pages, show their records and alerts
	@.venv/bin/clipwire up
	@.venv/bin/clipwire demo

stop: .venv/$(STAMP) ## stop the local stack; what it holds is kept
	@.venv/bin/clipwire down

test: ## run everything that CI runs
	@$(MAKE) --silent --jobs 2 --output-sync=target lint check-template build build-aws
	@echo "· tests without the emulator"
	@.venv/bin/python -m pytest -q -n 2 -m "not emulator"
	@$(MAKE) --silent browser
	@echo "· tests on stacks of their own, deployed to two emulators"
	@.venv/bin/python -m pytest -q -n 2 --dist loadfile -m emulator

FIND_CHROMIUM := infra/checks/chromium.sh

# The driver of the browser has an environment of its own. CI=true fails where there is no browser; elsewhere it is said.
browser: .venv/$(STAMP) ## test the desk in a real Chromium, which is found, or installed where it may be
	@if chromium=$$($(FIND_CHROMIUM)); then \
		$(MAKE) --silent $(HOME_DIR)/browser/$(STAMP); \
		echo "· tests in a browser ($$chromium)"; \
		CHROMIUM=$$chromium $(HOME_DIR)/browser/bin/python -m pytest -q tests/browser; \
	elif [ "$${CI:-}" = true ]; then echo "· the tests in a browser cannot be left out with CI=true"; exit 1; \
	else echo "· LEFT OUT: the tests in a browser"; fi

pictures: .venv/$(STAMP) $(HOME_DIR)/tools/$(STAMP) $(HOME_DIR)/browser/$(STAMP) ## draw the README's pictures of the terminal and the desk anew
	@.venv/bin/python -m tests.terminal_pictures infra/pictures
	@CHROMIUM=$$($(FIND_CHROMIUM)) $(HOME_DIR)/browser/bin/python -m tests.browser.pictures infra/pictures

bench: .venv/$(STAMP) $(HOME_DIR)/tools/$(STAMP) ## measure extraction, enrichment, rules, imports and the whole path on this machine
	@for part in $(basename $(notdir $(wildcard tests/benchmarks/bench_*.py))); do echo "· $$part"; .venv/bin/python -m tests.benchmarks.$$part; done

chaos: .venv/$(STAMP) $(HOME_DIR)/tools/$(STAMP) ## throw a storm of faults at a stack of its own (DOCUMENTS=2000 SEED=1)
	@.venv/bin/python -m tests.chaos.ring --documents $(or $(DOCUMENTS),2000) --seed $(or $(SEED),1)

load: .venv/$(STAMP) $(HOME_DIR)/tools/$(STAMP) ## upload thousands of documents at once to a stack of its own; the largest takes an hour (DOCUMENTS="1000 5000 20000" SEED=1)
	@.venv/bin/python -m tests.chaos.load --documents $(or $(DOCUMENTS),1000 5000 20000) --seed $(or $(SEED),1) --orders 300

lint: .venv/$(STAMP) ## check style, types and the direction of imports
	@echo "· ruff, mypy, import-linter"
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --quiet --check . || { .venv/bin/ruff format --check .; exit 1; }
	@.venv/bin/mypy --no-error-summary
	@$(call quietly,$(HOME_DIR)/build/imports.log,.venv/bin/lint-imports)

clean: ## remove the local stack with all it holds, and what was built; environments stay
	@if test -x .venv/bin/clipwire; then .venv/bin/clipwire down --wipe; fi
	@rm -rf $(HOME_DIR)/emulator $(HOME_DIR)/built $(HOME_DIR)/built-for-aws $(HOME_DIR)/build $(HOME_DIR)/sam $(HOME_DIR)/sam-*.log .aws-sam

setup: .venv/$(STAMP) ## install the project's own interpreter at .venv/bin/python

$(UV): $(REQUIREMENTS)/uv.txt
	@echo "· fetching uv, the installer"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Clipwire needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m pip install -qq --root-user-action=ignore --disable-pip-version-check --target $(HOME_DIR)/uv --upgrade --require-hashes -r $(REQUIREMENTS)/uv.txt \
		|| { echo "Could not install uv: the first set-up needs pip and the network. Check both and run the command again."; exit 1; }
	@touch $(UV)

.venv/$(STAMP): $(REQUIREMENTS)/dev.txt pyproject.toml | $(UV)
	@echo "· installing the project's environment (.venv)"
	@test -x .venv/bin/python || $(UV) venv --quiet --python $(PYTHON) .venv
	@$(UV) pip sync --quiet --python .venv/bin/python --require-hashes $(REQUIREMENTS)/dev.txt \
		|| { echo "Could not install $(REQUIREMENTS)/dev.txt: the first set-up needs the network. Check it and run the command again."; exit 1; }
	@$(UV) pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
	@touch $@

# SAM holds pydantic back and checkov pins half the world: neither shares an environment with what runs.
define install_environment
	@test -x $(HOME_DIR)/$(1)/bin/python || $(UV) venv --quiet --python $(PYTHON) $(HOME_DIR)/$(1)
	@$(UV) pip sync --quiet --python $(HOME_DIR)/$(1)/bin/python --require-hashes $(REQUIREMENTS)/$(1).txt \
		|| { echo "Could not install $(REQUIREMENTS)/$(1).txt: the first set-up needs the network. Check it and run the command again."; exit 1; }
	@touch $@
endef

tools: $(HOME_DIR)/tools/$(STAMP) ## install the emulator and SAM, in an environment of their own

$(HOME_DIR)/tools/$(STAMP): $(REQUIREMENTS)/tools.txt | $(UV)
	@echo "· installing the emulator and SAM (.clipwire/tools)"
	$(call install_environment,tools)

$(HOME_DIR)/checks/$(STAMP): $(REQUIREMENTS)/checks.txt | $(UV)
	@echo "· installing the policy scan and the audit (.clipwire/checks)"
	$(call install_environment,checks)

$(HOME_DIR)/browser/$(STAMP): .venv/$(STAMP) $(REQUIREMENTS)/browser.txt | $(UV)
	@echo "· installing what drives the browser (.clipwire/browser)"
	@test -x $(HOME_DIR)/browser/bin/python || $(UV) venv --quiet --python .venv/bin/python $(HOME_DIR)/browser
	@$(UV) pip sync --quiet --python $(HOME_DIR)/browser/bin/python --require-hashes $(REQUIREMENTS)/dev.txt $(REQUIREMENTS)/browser.txt \
		|| { echo "Could not install $(REQUIREMENTS)/browser.txt: the first set-up needs the network. Check it and run the command again."; exit 1; }
	@$(UV) pip install --quiet --python $(HOME_DIR)/browser/bin/python --no-deps --no-build-isolation --editable .
	@touch $@

# Built anew when something that goes into it changed: a file, or a folder that lost one.
SOURCES := template.yaml $(addprefix infra/build/,Makefile layers.sh interpreter.sh) $(REQUIREMENTS)/runtime.txt $(REQUIREMENTS)/export.txt $(shell find functions shared -not -path '*__pycache__*')
SAM := SAM_CLI_TELEMETRY=0 __SAM_CLI_APP_DIR=$(CURDIR)/$(HOME_DIR)/sam $(HOME_DIR)/tools/bin/sam

# $(call quietly,LOG,COMMAND): what it said is shown only if it failed.
quietly = mkdir -p $(dir $(1)) && { $(2); } >$(1) 2>&1 || { cat $(1); exit 1; }

# Tests look at what is built for AWS on machines without its Python too, and say so. `clipwire deploy` never builds without byte code.
$(HOME_DIR)/build/aws.built: BYTE_CODE = $(shell infra/build/interpreter.sh $(UV) 3.13 $(HOME_DIR)/python --fetch >/dev/null 2>&1 \
	&& echo required || { echo "· no Python 3.13 here: the build for AWS is tested without its byte code" >&2; echo none; })

$(HOME_DIR)/build/%.built: $(SOURCES) $(HOME_DIR)/tools/$(STAMP)
	@echo "· building the functions and layers ($*)"
	@$(call quietly,$(HOME_DIR)/build/$*.log,CLIPWIRE_TARGET=$* CLIPWIRE_BYTE_CODE=$(or $(BYTE_CODE),required) $(SAM) build --build-dir $(HOME_DIR)/build/sam-$*)
	@touch $@

$(HOME_DIR)/build/template.validate: template.yaml $(HOME_DIR)/tools/$(STAMP)
	@echo "· checking template.yaml (sam validate --lint)"
	@$(call quietly,$@.log,$(SAM) validate --lint --region eu-west-1)
	@touch $@

$(HOME_DIR)/build/template.cfn-lint: template.yaml $(HOME_DIR)/tools/$(STAMP)
	@echo "· checking template.yaml (cfn-lint)"
	@$(call quietly,$@.log,$(HOME_DIR)/tools/bin/cfn-lint template.yaml)
	@touch $@

$(HOME_DIR)/build/template.checkov: template.yaml infra/checks/checkov.yaml $(HOME_DIR)/checks/$(STAMP)
	@echo "· checking template.yaml (checkov)"
	@$(call quietly,$@.log,$(HOME_DIR)/checks/bin/checkov --config-file infra/checks/checkov.yaml --file template.yaml)
	@touch $@
