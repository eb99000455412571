# Everything a developer types. `make help` lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help

.PHONY: help demo test test-swift test-hooks test-k8s test-turns test-readme test-server apus test-docker oracle build static image bench format lint deps clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: deps ## the main job on real input: a throwaway PostgreSQL, examples/shop, a backup, a webhook
	scripts/demo

test: deps lint ## every test that needs no container engine
	@$(MAKE) --no-print-directory -j2 --output-sync=target test-swift test-readme test-turns test-server test-k8s test-hooks

# What the tests start must not be built by one part while another one runs it.
apus:
	swift build --product apus

test-swift: apus ## the Swift tests, beside a throwaway PostgreSQL
	swift build --build-tests --explicit-target-dependency-import-check error
	scripts/with-postgres swift test --skip-build --ignore-lock

test-hooks: ## the example backup hooks, on a real server
	Tests/hooks/run

test-k8s: apus ## the manifests, without a cluster
	Tests/k8s/run

test-turns: apus ## Alembic and Apus in turn on one database (TURNS=60 SEED=1)
	Tests/turns/run $(TURNS) $(SEED)

test-readme: apus ## every command of the README, and what the documents say of flags and codes
	Tests/readme/run

test-server: ## examples/server, which migrates its database at start
	Tests/server/run

test-docker: deps ## the image and compose.yaml on a Docker engine of its own
	Tests/docker/run

oracle: ## the revision graph beside the real Alembic, on fresh cases (COUNT=2000 SEED=…)
	Tests/oracle/run $(COUNT) $(SEED)

build: deps ## a development build: .build/debug/apus
	swift build

static: ## the static binary: dist/apus
	scripts/build-static

image: ## the container images: apus and apus:pg-dump
	docker build --target apus -t apus .
	docker build --target pg-dump -t apus:pg-dump .

bench: deps static ## Apus beside psql, dbmate and Alembic
	bench/run

format: ## format the sources
	swift format -i -r -p Sources Tests bench examples Package.swift

lint: ## check the format, and that the binary stays small
	swift format lint --strict -r -p Sources Tests bench examples Package.swift
	scripts/check-sources

deps: ## install the Debian packages that are missing
	scripts/install-dependencies

clean: ## remove what the builds have made
	rm -rf .build .build-static .build-server dist
