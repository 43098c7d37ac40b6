# The everyday commands; `just` lists them.

default:
    @just --list

# Everything that has to hold before a merge.
ci:
    bash .ci/run

test:
    cargo test --locked

lint:
    cargo fmt --check
    cargo clippy --all-targets --locked -- -D warnings

# Run one scenario: `just run scenarios/support-triage.yaml`.
run scenario:
    cargo run --release --locked -- run {{scenario}}

# Regenerate the checked-in reports of all bundled scenarios.
reports:
    for scenario in scenarios/*.yaml; do cargo run --release --locked -- run "$scenario"; done
    for scenario in $(grep -lE '^  (provisioned|reserved):$' scenarios/*.yaml); do cargo run --release --locked -- breakeven "$scenario"; done

# Regenerate the checked-in JSON Schemas.
schema:
    cargo run --release --locked -- schema scenario > schema/scenario.schema.json
    cargo run --release --locked -- schema pricing > schema/pricing.schema.json
    cargo run --release --locked -- schema report > schema/report.schema.json
    cargo run --release --locked -- schema breakeven > schema/breakeven.schema.json

bench:
    cargo bench --locked --bench engine --bench load

# The reference job on a peers' trace file: `just m0 FILE QUOTA_TPM`.
m0 file quota:
    cargo run --release --locked --example m0 -- {{file}} {{quota}}

# Memory and time as the calls grow a hundredfold over the same ten hours.
growth:
    for calls in 1e6 2e6 1e7 1e8; do cargo run --release --locked --example m0 -- synthetic "$calls"; done

# Instructions per call: from the difference of two sizes, so that start-up does not count. Needs valgrind.
instructions:
    cargo build --release --locked --example m0
    for calls in 6e5 10e5; do valgrind --tool=callgrind --callgrind-out-file=/dev/null target/release/examples/m0 synthetic "$calls"; done
