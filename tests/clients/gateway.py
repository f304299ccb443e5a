#!/usr/bin/env python3
"""Whether bare agents finish through `strata serve` in a small window.

python3 gateway.py --upstream UPSTREAM --cli Strata.Cli.dll [--windows 32000 200000] [--turns 300] [--tool-kb 2.7] [--shapes …] [--work FOLDER]

UPSTREAM is a folder with a strict stand-in for the vendors (vendors.py) and a load driver (load.py). For each window and shape both the
stand-in and the gateway are started on free ports of loopback, one conversation of so many turns goes through them, and both are ended.
Printed are the answers that failed, what the stand-in refused and why, earlier messages that changed between two requests, the share of
the input that its prompt cache served, cost, and how many compactions the gateway archived. The exit code is 1 when a conversation
did not finish or a client saw an error. A refused request that the gateway mended by sending less is printed and is no failure."""
import argparse
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request

SHAPES = ("anthropic", "openai-chat", "openai-responses", "ollama")
UPSTREAM_NAMES = ("anthropic", "openai", "ollama")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def start(command, probe, log):
    process = subprocess.Popen(command, stdout=open(log, "w"), stderr=subprocess.STDOUT)
    for _ in range(300):
        try:
            urllib.request.urlopen(probe, timeout=1).read()
            return process
        except OSError:
            time.sleep(0.1)
    end(process)
    raise SystemExit(f"{command[:3]} did not start: see {log}")


def end(process):
    process.send_signal(signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()


def run(opts, window, shape, stream):
    work = os.path.join(opts.work, f"{shape}-{window}-{stream}")
    os.makedirs(work, exist_ok=True)
    vendor, gateway = (f"http://127.0.0.1:{free_port()}" for _ in range(2))
    archive = os.path.join(work, "archive.db")
    for old in (archive, archive + "-wal", archive + "-shm"):
        if os.path.exists(old):
            os.remove(old)
    stand_in = start([sys.executable, os.path.join(opts.upstream, "vendors.py"), "--port", vendor.rsplit(":", 1)[1], "--binding", "on",
                      "--window", str(window), "--log", os.path.join(work, "requests.jsonl")],
                     vendor + "/_vendor/report", os.path.join(work, "vendor.log"))
    serve = None
    try:
        command = ["dotnet", opts.cli, "serve", "--urls", gateway, "--window", str(window), "--archive", archive]
        for name in UPSTREAM_NAMES:
            command += ["--upstream", f"{name}={vendor}"]
        serve = start(command, gateway + "/healthz", os.path.join(work, "gateway.log"))
        load = subprocess.run(
            [sys.executable, os.path.join(opts.upstream, "load.py"), gateway, "--shape", shape, "--conversations", "1", "--turns",
             str(opts.turns), "--tool-kb", str(opts.tool_kb), "--num-ctx", str(window), "--stream", stream, "--retries", "0",
             *(["--thinking"] if opts.thinking else [])],
            capture_output=True, text=True)
        report = json.load(urllib.request.urlopen(vendor + "/_vendor/report"))
    finally:
        if serve:
            end(serve)
        end(stand_in)
    with open(os.path.join(work, "load.log"), "w", encoding="utf-8") as f:
        f.write(load.stdout + load.stderr)
    with open(os.path.join(work, "report.json"), "w", encoding="utf-8") as f:
        json.dump(report, f, indent=1)
    changed = len(find(report, "byte_breaks") or [])
    with sqlite3.connect(archive) as db:
        compactions = db.execute("select count(*) from receipts").fetchone()[0]
    last = next((line for line in load.stdout.splitlines() if line.startswith("conversations finished")), load.stderr[-200:])
    print(f"{shape:17} {window:7} stream={stream:4} {last} | refused {json.dumps(find(report, 'refused'))} | "
          f"prefix changed {changed} times | hit {find(report, 'prefix_hit_share')} | cost {find(report, 'cost_usd_total')} USD | "
          f"truncated {find(report, 'silently_truncated')} | compactions {compactions}", flush=True)
    return load.returncode == 0 and re.search(r"finished 1 of 1; failures 0", last) is not None


def find(node, name):
    """The value called so, wherever it stands in the report."""
    if isinstance(node, dict):
        if name in node:
            return node[name]
        for value in node.values():
            found = find(value, name)
            if found is not None:
                return found
    return None


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--upstream", required=True)
    p.add_argument("--cli", required=True)
    p.add_argument("--windows", type=int, nargs="+", default=[32_000, 200_000])
    p.add_argument("--shapes", nargs="+", choices=SHAPES, default=list(SHAPES))
    p.add_argument("--streams", nargs="+", choices=("yes", "no", "half"), default=["half"])
    p.add_argument("--turns", type=int, default=300)
    p.add_argument("--tool-kb", type=float, default=2.7)
    p.add_argument("--thinking", action="store_true")
    p.add_argument("--work", default=os.path.join(tempfile.gettempdir(), "strata-gateway"))
    opts = p.parse_args()
    fine = [run(opts, window, shape, stream) for window in opts.windows for shape in opts.shapes for stream in opts.streams]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
