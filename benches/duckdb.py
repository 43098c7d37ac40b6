#!/usr/bin/env python3
"""Token sums and statistics, by DuckDB and by tokencast, over the same files on one core.

    cargo build --release --bin tokencast --example token_sums
    python3 benches/duckdb.py LOGS TRACE [--runs N] [--target FOLDER]

LOGS is a folder of model invocation logs (.json.gz), TRACE a trace that tokencast wrote (.parquet); `-` leaves one out.

    logs          DuckDB sums the token columns; `tokencast trace stats LOGS`, which does that and more
    trace, sums   DuckDB sums the token columns; `token_sums TRACE`
    trace, stats  DuckDB counts, sums and takes quantiles by app, model, Region and tier; `tokencast trace stats TRACE`

The two take turns. What is compared is CPU time, which depends least on what else the machine does; the ratio is that of
the medians, and the noise the largest distance from a median. DuckDB runs in this process and is loaded before the
clock starts; tokencast starts anew each time.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time

sys.path.pop(0)  # this folder, in which this file has the name of the package

try:
    import duckdb
except ImportError:
    sys.exit("DuckDB is not there: python3 -m venv duck && duck/bin/pip install duckdb, then duck/bin/python " + sys.argv[0])

LOGS = """
SELECT count(*), sum(input.inputTokenCount), sum(input.cacheReadInputTokenCount), sum(input.cacheWriteInputTokenCount),
       sum(output.outputTokenCount)
FROM read_json(?, format = 'newline_delimited', ignore_errors = true, columns = {
    input: 'STRUCT(inputTokenCount BIGINT, cacheReadInputTokenCount BIGINT, cacheWriteInputTokenCount BIGINT)',
    output: 'STRUCT(outputTokenCount BIGINT)'})
"""

SUMS = """
SELECT count(*), sum(uncached_input), sum(cache_read), sum(cache_write_5m), sum(cache_write_1h), sum(output)
FROM read_parquet(?)
"""

STATS = """
SELECT app, model, region, tier, count(*), count(*) FILTER (outcome = 'answered'), min(time)::VARCHAR,
       max(time)::VARCHAR, sum(uncached_input), sum(cache_read), sum(cache_write_5m), sum(cache_write_1h), sum(output),
       quantile_cont(uncached_input + cache_read + cache_write_5m + cache_write_1h, [0.5, 0.95]),
       quantile_cont(output, [0.5, 0.95])
FROM read_parquet(?) GROUP BY ALL ORDER BY ALL
"""


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("logs", help="a folder of .json.gz invocation logs, or `-`")
    parser.add_argument("trace", help="a .parquet trace, or `-`")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--target", default="target/release", help="the folder of the programs")
    return parser.parse_args()


def by_duckdb(connection, query, files):
    """Seconds of CPU, and the row of sums."""
    before = time.process_time()
    sums = connection.execute(query, [files]).fetchone()
    return time.process_time() - before, sums


def by_tokencast(command, files):
    """Seconds of CPU, with those of the start."""
    used = lambda: sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    before = used()
    subprocess.run([*command, files], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return used() - before


def noise(seconds):
    median = statistics.median(seconds)
    return max(abs(each - median) for each in seconds) / median


def compare(name, connection, query, glob, command, files, runs):
    by_duckdb(connection, query, glob), by_tokencast(command, files)
    theirs, ours = [], []
    for _ in range(runs):
        seconds, sums = by_duckdb(connection, query, glob)
        theirs.append(seconds)
        ours.append(by_tokencast(command, files))
    print(f"{name}: DuckDB's first row is {sums}")
    for who, seconds in (("DuckDB", theirs), ("tokencast", ours)):
        print(f"  {who:9} {statistics.median(seconds):7.3f} s, least {min(seconds):7.3f} s, noise {noise(seconds):.0%}")
    print(f"  tokencast takes {statistics.median(ours) / statistics.median(theirs):.2f} times as long")


def main():
    given = arguments()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    print(f"DuckDB {duckdb.__version__}, one thread; {given.runs} runs each, in turns")
    stats = [os.path.join(given.target, "tokencast"), "trace", "stats"]
    sums = [os.path.join(given.target, "examples", "token_sums")]
    if given.logs != "-":
        every = os.path.join(given.logs, "**", "*.json.gz")
        compare("logs", connection, LOGS, every, stats, given.logs, given.runs)
    if given.trace != "-":
        compare("trace, sums", connection, SUMS, given.trace, sums, given.trace, given.runs)
        compare("trace, stats", connection, STATS, given.trace, stats, given.trace, given.runs)


main()
