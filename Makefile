# The front door. `make run` and `make test` each do everything, from a fresh clone on.

SHELL := /bin/bash
.DEFAULT_GOAL := help

ARGS ?=
ONLY ?=
SECONDS_EACH ?= 60

# Optimized, and one test at a time: under a sanitizer deadlines pass otherwise that should not.
SANITIZE = swift test --no-parallel --configuration release -Xswiftc -enable-testing --filter '$(SANITIZED)'
SANITIZED ?= A2ATests|A2AWireTests|AgentKitTests|GatewayTests|HTTPTests|IdentityTests|JSONTests|JournalTests|TelemetryTests|WireTests

.PHONY: setup python kit browser node deploy build run deb test lint bench asan tsan fuzz clean help

setup: ## Check the toolchain and install the Debian packages that are missing
	@scripts/setup

python: setup ## Make the environment with the Python SDK that tests talk to
	@scripts/python-env

kit: setup ## Fetch the public conformance kit of A2A, which tests run; KIT_SOURCE names another repository
	@scripts/conformance-kit

browser: setup ## Install the browser that tests drive, and make the environment of those that drive it as people do
	@scripts/setup browser
	@scripts/browser-env

deploy: setup ## Install what the Debian package is made with, and the HAProxy that tests use
	@scripts/setup deploy

build: setup ## Build the program (release)
	swift build --configuration release --product signalbox

run: build ## Start the demo on this machine; ARGS="--port 0" passes flags on
	.build/release/signalbox demo $(ARGS)

deb: deploy build ## Make a Debian package of it, in .build/deb
	@scripts/deb .build/release/signalbox .build/deb

test: setup python browser node deploy ## Build and run all tests
	@scripts/conformance-kit --if-possible
	swift build --build-tests
	@scripts/all-tests

lint: ## Check formatting, layering and the syntax of scripts and pages
	@scripts/lint

bench: ## Run all benchmarks; ONLY=json, ONLY=journal, ONLY=surveillance, ONLY=sockets or ONLY=sse-1000-paced picks some
	@scripts/setup bench
	bench/all $(ONLY)

asan: setup ## Run the tests of the libraries under AddressSanitizer
	ASAN_OPTIONS=detect_leaks=0 $(SANITIZE) --sanitize=address --scratch-path .build/asan

tsan: setup ## Run the tests of the libraries under ThreadSanitizer
	TSAN_OPTIONS=suppressions=$(CURDIR)/scripts/tsan.suppressions \
	$(SANITIZE) --sanitize=thread --scratch-path .build/tsan

fuzz: setup ## Fuzz each target for SECONDS_EACH seconds (60)
	scripts/fuzz $(SECONDS_EACH)

clean: ## Remove what was built
	rm -rf .build

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
