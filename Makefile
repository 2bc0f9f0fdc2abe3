# Two commands on a fresh Debian 12 with Python 3.11, python3-venv and make: `make demo`, `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo-data
comma := ,
# The slow parts of the tests: whole roads from the serial line to the form, over TLS too, pages and kiosk in a browser, the kiosk in
# a terminal of its own and at every size, ill-treated and killed, requests made up over the hub's whole document, its job killed.
SLOW := $(sort $(shell find tests/hub tests/kiosk -name 'test_*_in_chromium.py' -o -name 'test_*_in_xterm.py')) \
	tests/kiosk/test_geometry.py tests/kiosk/test_rough.py tests/kiosk/test_supervisor.py tests/kiosk/test_soak.py \
	tests/kiosk/test_terminal.py tests/kiosk/test_two_kiosks.py tests/hub/test_fuzz.py tests/hub/test_bad_inputs.py \
	tests/hub/test_road_with_mosquitto.py tests/hub/notices/test_killed.py tests/journeys

.PHONY: demo demo-reset kiosk kiosk-pictures check test test-slow test-postgres test-faults bench soak evaluate clean

# pip's own words go to a log; a dot a second says that it works.
define install
@$(BIN)/pip install --disable-pip-version-check --constraint constraints.txt --editable '.[$(1)]' >$(VENV)/install.log 2>&1 & \
	pid=$$!; while kill -0 $$pid 2>/dev/null; do printf .; sleep 1; done; echo; \
	wait $$pid || { tail -n 20 $(VENV)/install.log; echo "Installing failed; see $(VENV)/install.log"; exit 1; }
endef

$(VENV)/.programs: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Waystation needs Python 3.11 or later."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing: apt install python3-venv"; exit 1; }
	@printf "正在安装到 $(VENV)，约半分钟 Installing into $(VENV), about half a minute "
	$(call install,all)
	@touch $@

$(VENV)/.tools: $(VENV)/.programs
	@printf "Installing the tests' tools "
	$(call install,all$(comma)dev)
	@touch $@

demo: $(VENV)/.programs  ## three stations, hub and kiosk on loopback; Ctrl-C stops all of it
	@$(BIN)/waystation-sim demo --folder $(DEMO)

demo-reset:  ## begin the demo anew
	@$(if $(wildcard $(BIN)/waystation-sim),$(BIN)/waystation-sim demo-reset --folder $(DEMO),rm -rf $(DEMO))

kiosk: $(VENV)/.programs  ## the healthy demo station's kiosk in this terminal
	@$(BIN)/waystation-kiosk run --station $(DEMO)/stations/healthy

kiosk-pictures: $(VENV)/.tools  ## every screen of the kiosk, for docs/kiosk.md
	@$(BIN)/python -m tests.kiosk.pictures

check: $(VENV)/.tools  ## format, lint, types, imports
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

test: $(VENV)/.tools  ## everything but the slow parts, faults and benchmarks, within ten minutes on two cores
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --durations=10 --ignore=tests/benchmarks --ignore=tests/faults $(SLOW:%=--ignore=%) $(TEST_ARGS)

test-slow: $(VENV)/.tools  ## whole roads, pages and kiosk in a browser, a kiosk ill-treated, requests made up
	@$(BIN)/python -m pytest -n 2 --dist loadfile --durations=10 $(SLOW) $(TEST_ARGS)

test-postgres: $(VENV)/.tools  ## the hub's tests again, on a real PostgreSQL; a browser would see nothing else
	@$(BIN)/python -m pytest -n 2 --dist loadfile --durations=5 --postgres $(SLOW:%=--ignore=%) tests/hub $(TEST_ARGS)

test-faults: $(VENV)/.tools  ## kills, cuts, full disks, wrong clocks: FAULT_ARGS="--long --minutes 30 --seed 7"
	@$(BIN)/python -m pytest -s -q tests/faults $(FAULT_ARGS)

bench: $(VENV)/.tools  ## figures, printed and never gating; BENCH_ARGS="--quick": ingest in two minutes
	@$(BIN)/python -m tests.benchmarks $(BENCH_ARGS)

soak: $(VENV)/.tools  ## random input on a kiosk: MINUTES=5 SEED=1
	@$(BIN)/python -m tests.kiosk.soak --minutes $(or $(MINUTES),5) --seed $(or $(SEED),1)

evaluate: $(VENV)/.tools  ## does it propose 10 where things work, and 2 where they are broken?
	@$(BIN)/python -m tests.evaluation $(EVALUATE_ARGS)

clean:
	@rm -rf build $(VENV)
