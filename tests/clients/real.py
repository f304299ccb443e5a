#!/usr/bin/env python3
"""Whether today's agent programs go on with what Strata made of their sessions.

python3 real.py --upstream UPSTREAM --cli Strata.Cli.dll --work FOLDER [--npm FOLDER] [--clients claude codex pi opencode openclaw] [--ways plain own]

UPSTREAM is a folder with a strict stand-in for the vendors (vendors.py); it is started on a free port of loopback and ended. The programs are
installed by npm into --npm (default: FOLDER/npm), and each gets a fresh home. A program works for four turns of ten tool rounds each; its session is
compacted, it resumes for ten rounds, is compacted once more, resumes, the second compaction is undone, it resumes. In the way `own` the program
compacted its conversation by itself before Strata does. For each resumption the request before the compaction is compared with the first one after
it: a tool call, a message or a rule of the user must stand in it, or come back by a handle that stands in it.

Printed is a table: requests, those that the vendor refused, and what was lost without a handle. The exit code is 1 when anything was."""
import argparse
import glob
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import programs
from openclaw import OpenClaw

ALL = {program.name: program for program in (programs.Claude, programs.Codex, programs.Pi, programs.OpenCode, OpenClaw)}

RULE = "Never rename public functions; the release code is ZX-4471."
RULES = ("Never rename public functions", "ZX-4471")
FACTS = ("the harbour table keeps four decimals", "invoices are grouped by quarter", "the lamp colour is called dusk", "exports end with a newline",
         "the sorter must stay stable", "old drafts go to the attic folder", "the tide column is optional")
ROUNDS = 10
OWN = 45000   # tokens at which a program compacts by itself: below that its tools and the rounds since would not fit
HANDLES = re.compile(r"\b([0-9a-hjkmnp-tv-z]{12}(?:\.\.[0-9a-hjkmnp-tv-z]{12})?)\b")


class Vendor:
    def __init__(self, upstream, work):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        self.url, self.bodies = f"http://127.0.0.1:{port}", os.path.join(work, "bodies")
        script = os.path.join(work, "scenario.json")
        with open(script, "w", encoding="utf-8") as f:
            json.dump({"rounds": ROUNDS, "result_kb": [1, 4, 8, 2], "parallel": 2, "parallel_every": 5, "error_every": 7, "must_contain": [RULE]}, f)
        self.log = open(os.path.join(work, "vendor.log"), "w", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(upstream, "vendors.py"), "--port", str(port), "--binding", "on", "--script", script,
             "--bodies", self.bodies, "--log", os.path.join(work, "requests.jsonl")], stdout=self.log, stderr=subprocess.STDOUT)
        for _ in range(100):
            try:
                self.report()
                return
            except OSError:
                time.sleep(0.1)
        self.end()
        raise SystemExit("the stand-in did not start")

    def report(self):
        return json.load(urllib.request.urlopen(self.url + "/_vendor/report", timeout=10))

    def refused(self):
        """Rules of the vendor that were broken, and how often."""
        return {rule: count["count"] if isinstance(count, dict) else count for rule, count in self.report()["refused"].items()}

    def requests(self, since=0):
        """The bodies with tools, in order, those of side tasks left out."""
        for path in sorted(glob.glob(os.path.join(self.bodies, "*.json")))[since:]:
            with open(path, encoding="utf-8") as f:
                body = json.load(f)
            if isinstance(body, dict) and body.get("tools"):
                yield body

    def count(self):
        return len(glob.glob(os.path.join(self.bodies, "*.json")))

    def end(self):
        self.process.terminate()
        self.process.wait()
        self.log.close()


def items(body):
    return body.get("messages") or body.get("input") or []


def plain(call):
    """An id as programs may change it: OpenClaw leaves out the underscore for some vendors, pi adds the item's id."""
    return call.split("|")[0].replace("_", "")


def calls(body):
    """Ids of the tool calls."""
    found = []
    for item in items(body):
        if item.get("type") in ("function_call", "custom_tool_call"):
            found.append(item["call_id"])
        content = item.get("content")
        found += [b["id"] for b in content if b.get("type") == "tool_use"] if isinstance(content, list) else []
    return [plain(call) for call in found]


def text(body):
    return json.dumps(items(body), ensure_ascii=False)


class Run:
    def __init__(self, opts, program, way):
        self.opts, self.name, self.way = opts, program, way
        self.work = os.path.join(opts.work, f"{program}-{way}")
        shutil.rmtree(self.work, ignore_errors=True)
        os.makedirs(self.work)
        self.vendor = Vendor(opts.upstream, self.work)
        self.program = ALL[program](opts.npm, self.work, self.vendor.url)
        self.archive = os.path.join(self.work, "archive.db")
        self.own = 0   # refusals before Strata did anything
        self.turn, self.steps, self.lost, self.wrong = 0, [], {"calls": 0, "rules": 0, "messages": 0}, []

    def strata(self, *arguments):
        done = subprocess.run(["dotnet", self.opts.cli, *arguments, "--archive", self.archive], capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"strata {arguments[0]}: exit {done.returncode}: {done.stderr.strip()[-400:]}")
        return done.stdout

    def ask(self):
        """One turn. Returns the first and the last request of it."""
        prompt = f"Turn {self.turn + 1}: go on with the parts; {FACTS[self.turn]}. rounds={ROUNDS}"
        if self.turn == 0:
            prompt = f"Look at every part of the project. Rule: {RULE} And {FACTS[0]}. rounds={ROUNDS}"
        before = self.vendor.count()
        said, wrong = self.program.ask(prompt, self.turn > 0)
        if wrong or "All parts are done." not in said:
            self.wrong.append(f"turn {self.turn + 1}: {wrong or 'no final text: ' + said[-200:]}")
        mine = [body for body in self.vendor.requests(before) if FACTS[self.turn] in text(body)]
        self.turn += 1
        if not mine:
            raise RuntimeError(f"turn {self.turn} sent no request; {self.wrong}")
        return mine[0], mine[-1]

    def edit(self, step, *command):
        """Lets Strata rewrite the session where it lies. Returns its report."""
        session = self.program.session()
        path = session or os.path.join(self.work, "session.jsonl" if self.name == "openclaw" else "session.json")
        if session is None:
            self.program.export(path)
        shutil.copy(path, os.path.join(self.work, f"{step}.before" + os.path.splitext(path)[1]))
        os.utime(path, (time.time() - 60,) * 2)   # what was written in the last seconds is in use
        report = json.loads(self.strata(command[0], path, *command[1:], "--in-place", "--json"))
        shutil.copy(path, os.path.join(self.work, f"{step}.after" + os.path.splitext(path)[1]))
        if session is None:
            self.program.put_back(path)
        return report

    def compare(self, step, before, after):
        """What of one request is neither in the other nor behind a handle that it holds."""
        now = text(after)
        behind = []
        for handle in sorted(set(HANDLES.findall(now)) - set(calls(after))):
            if re.search(r"[0-9]", handle):
                try:
                    behind.append(self.strata("recall", handle, "--json"))
                except RuntimeError:
                    pass   # twelve letters and digits that are no handle
        there = now + "".join(behind)
        kept = set(calls(after))
        gone = [call for call in calls(before) if call not in kept and call not in there.replace("_", "")]
        rules = [rule for rule in RULES if rule in text(before) and rule not in now]
        facts = [fact for fact in FACTS if fact in text(before) and fact not in there]
        for kind, what in (("calls", gone), ("rules", rules), ("messages", facts)):
            self.lost[kind] += len(what)
            if what:
                self.wrong.append(f"{step}: {kind} lost: {', '.join(what[:5])}")
        self.steps.append(f"{step}: {len(calls(before))} calls before, {len([c for c in calls(before) if c in kept])} in the request, "
                          f"{len(text(before)):,} → {len(now):,} chars")

    def whole(self):
        if self.way == "own":
            self.program.configure(OWN)
        for _ in range(4 if self.way == "plain" else 3):
            _, before = self.ask()
        if self.way == "own":
            if not self.program.compact_itself() and not self.compacted_itself():
                self.wrong.append("the program did not compact its conversation")
            self.program.configure(None)
            _, before = self.ask()
        self.steps += [f"before Strata did anything: {wrong}" for wrong in self.wrong]
        self.own, self.wrong = sum(self.vendor.refused().values()), []
        for step in ("first", "second"):
            report = self.edit(step, "compact", "--target", self.opts.target)
            self.steps.append(f"{step}: {report['outcome']}, {report['before']:,} → {report['after']:,} tokens")
            resumed, last = self.ask()
            self.compare(step, before, resumed)
            uncut, before = before, last
        report = self.edit("undo", "undo")
        resumed, _ = self.ask()
        self.compare("undo", uncut, resumed)
        self.compare("undo, since", before, resumed)

    def compacted_itself(self):
        return len(set(calls(list(self.vendor.requests())[-1]))) < 2 * ROUNDS

    def finish(self):
        try:
            self.whole()
        except (RuntimeError, OSError, ValueError, KeyError, IndexError, subprocess.TimeoutExpired) as e:
            self.wrong.append(f"{type(e).__name__}: {e}")
        finally:
            self.refused = self.vendor.refused()
            self.vendor.end()
        cells = [f"{self.name} {self.program.seen()}", self.way, self.vendor.count(), sum(self.refused.values()) - self.own, *self.lost.values()]
        print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)
        bad = self.wrong + [f"refused, {self.own} of them before Strata did anything: {self.refused}"] * (sum(self.refused.values()) > self.own)
        print("\n".join(f"    {line}" for line in self.steps * self.opts.verbose + bad), file=sys.stderr, flush=True)
        return bool(bad)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--upstream", required=True)
    p.add_argument("--cli", required=True)
    p.add_argument("--work", required=True)
    p.add_argument("--npm")
    p.add_argument("--clients", nargs="*", default=list(ALL), choices=list(ALL))
    p.add_argument("--ways", nargs="*", default=["plain", "own"], choices=["plain", "own"])
    p.add_argument("--target", default="20%")
    p.add_argument("--verbose", action="store_true", help="also says what each step did")
    opts = p.parse_args()
    for name in ("work", "cli", "upstream", "npm"):
        setattr(opts, name, os.path.abspath(getattr(opts, name) or os.path.join(opts.work, "npm")))
    os.makedirs(opts.work, exist_ok=True)
    programs.install(opts.npm, [ALL[name] for name in opts.clients])
    print("| program | way | requests | refused | calls lost | rules lost | messages lost |\n|---|---|--:|--:|--:|--:|--:|", flush=True)
    sys.exit(1 if any([Run(opts, name, way).finish() for name in opts.clients for way in opts.ways]) else 0)


if __name__ == "__main__":
    main()
