#!/usr/bin/env python3
"""Whether a vendor that binds reasoning to its prefix takes what Strata compacts.

python3 binding.py --upstream UPSTREAM --cli Strata.Cli.dll [--data FOLDER…] [--made 12] [--turns 10] [--targets 10 20 50] [--work FOLDER]

UPSTREAM is a folder with a strict stand-in for the vendors (vendors.py, post.py, load.py); it is started on a free port of loopback and ended.
Every request body under FOLDER, every session there in the vendor's format that fits it, and as many more as --made says, is signed by the stand-in and posted as it is. Those that pass are compacted
to each target and posted; then the conversation goes on for some turns, is compacted once more, and is posted again. Printed are, by shape,
how many passed, how many of the compacted ones were refused at any of these steps and why, how many still carried signed reasoning (Anthropic's
may not, OpenAI's may), and whether all reasoning made since is still there. The exit code is 1 when anything was refused."""
import argparse
import collections
import glob
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

MODEL = "claude-opus-5-5"

# The vendor's format that a client's sessions become.
WIRE = {"claude-code": "anthropic", "pi": "anthropic", "opencode": "anthropic", "codex": "openai-responses", "meai": "openai-chat", "ai-sdk": "openai-chat"}


def start(upstream, work):
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    server = subprocess.Popen([sys.executable, os.path.join(upstream, "vendors.py"), "--port", str(port), "--binding", "on"],
                              stdout=open(os.path.join(work, "vendors.log"), "w"), stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            urllib.request.urlopen(url + "/_vendor/report", timeout=1).read()
            return server, url
        except OSError:
            time.sleep(0.1)
    server.terminate()
    raise SystemExit("the stand-in did not start")


def bodies(opts, folders):
    for folder in folders:
        for path in sorted(glob.glob(os.path.join(folder, "**", "*.json*"), recursive=True)):
            try:
                body = load(path)
                body = body.get("body", body) if isinstance(body, dict) else body   # a request with its headers
            except ValueError:
                body = None
            body = body if is_body(body) else converted(opts, path)
            if is_body(body):
                yield path, body


def load(path):
    """A JSON document, or the list of what stands on the lines."""
    with open(path, encoding="utf-8") as f:
        text = f.read()
    try:
        return json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def is_body(body):
    items = isinstance(body, dict) and (body.get("messages") or body.get("input"))
    return isinstance(items, list) and all(isinstance(item, dict) and ("role" in item or "type" in item) for item in items)


def converted(opts, path):
    count = subprocess.run(["dotnet", opts.cli, "count", path, "--json"], capture_output=True, text=True)
    if count.returncode:
        return None
    form = json.loads(count.stdout)["format"]
    output = os.path.join(opts.work, "converted.json")
    subprocess.run(["dotnet", opts.cli, "compact", path, "--to", WIRE.get(form, "openai-chat" if form == "ollama" else form), "-o", output,
                    "--window", "100000000", "--no-archive", "--overwrite"], capture_output=True, check=True)
    body = load(output)
    if isinstance(body, list):
        body = {"input" if form == "openai-responses" else "messages": body, **({"max_tokens": 4096} if form == "anthropic" else {})}
    return body


def reasoning(body):
    """Signatures and encrypted contents, in order."""
    found = []
    for item in body.get("messages") or body.get("input") or []:
        if item.get("type") == "reasoning":
            found.append(item.get("encrypted_content") or item.get("id"))
        for block in item.get("content") if isinstance(item.get("content"), list) else []:
            if block.get("type") in ("thinking", "redacted_thinking"):
                found.append(block.get("signature") or block.get("data"))
    return found


def grow(body, shape, reply, turn):
    """The body with the answer and what a client sends next."""
    words = f"result {turn} " + "part line unit " * 60
    if shape == "anthropic":
        calls = [b["id"] for b in reply["content"] if b["type"] == "tool_use"]
        said = {"role": "user", "content": [{"type": "tool_result", "tool_use_id": i, "content": words} for i in calls]
                or f"Go on with part {turn}, rounds=3. {words}"}
        return {**body, "messages": body["messages"] + [{"role": "assistant", "content": reply["content"]}, said]}
    if shape == "openai-chat":
        message = {k: v for k, v in reply["choices"][0]["message"].items() if k in ("role", "content", "tool_calls") and v is not None}
        next_ = [{"role": "tool", "tool_call_id": c["id"], "content": words} for c in message.get("tool_calls") or []]
        return {**body, "messages": body["messages"] + [message] + (next_ or [{"role": "user", "content": f"Go on with part {turn}, rounds=3."}])}
    next_ = [{"type": "function_call_output", "call_id": i["call_id"], "output": words} for i in reply["output"] if i["type"] == "function_call"]
    return {**body, "input": body["input"] + reply["output"] + (next_ or [
        {"type": "message", "role": "user", "content": [{"type": "input_text", "text": f"Go on with part {turn}, rounds=3."}]}])}


class Run:
    def __init__(self, opts, post, seal, url):
        self.opts, self.tool, self.seal, self.url = opts, post, seal, url
        self.count = collections.defaultdict(collections.Counter)
        self.faults = []

    def post(self, body, shape):
        body = self.tool.complete({k: v for k, v in body.items() if k != "stream"}, shape, MODEL if shape == "anthropic" else None, True)
        status, raw = self.tool.post(self.url, self.tool.PATHS[shape], body)
        return body, (json.loads(raw) if status == 200 else None), raw[:300]

    def compact(self, body, target):
        source, output = (os.path.join(self.opts.work, name) for name in ("in.json", "out.json"))
        with open(source, "w", encoding="utf-8") as f:
            json.dump(body, f, ensure_ascii=False)
        done = subprocess.run(["dotnet", self.opts.cli, "compact", source, "-o", output, "--target", target, "--no-archive", "--overwrite"],
                              capture_output=True, text=True)
        if done.returncode:
            return None
        return load(output)

    def one(self, path, body):
        shape = self.tool.shape_of(body)
        count = self.count[shape]
        count["sessions"] += 1
        try:
            body = self.tool.complete(dict(body), shape, MODEL if shape == "anthropic" else None, True)
            self.tool.sign(body, shape, self.seal)
            body, reply, _ = self.post(body, shape)
        except (KeyError, TypeError, AttributeError):
            return   # no body of a vendor
        if reply is None:
            return
        count["pass"] += 1
        count["signed"] += bool(reasoning(body))
        for percent in self.opts.targets:
            self.follow(f"{path} at {percent} %", body, shape, percent)

    def follow(self, name, body, shape, percent):
        count = self.count[shape]
        compacted = self.compact(body, f"{percent}%")
        if compacted is None:
            count["cannot fit"] += 1
            return
        count["compacted"] += 1
        count["still signed"] += bool(reasoning(compacted))
        kept = len(reasoning(compacted))
        for turn in range(self.opts.turns + 1):
            compacted, reply, why = self.post(compacted, shape)
            if reply is None:
                self.refuse(count, name, f"turn {turn}", why)
                return
            kept += len(reasoning({"messages": [reply]} if shape == "anthropic" else {"input": reply.get("output") or []}))
            compacted = grow(compacted, shape, reply, turn)
        if len(reasoning(compacted)) != kept:
            self.refuse(count, name, "reasoning made since is gone", "")
        again = self.compact(compacted, "50%")
        if again is not None:
            count["again"] += 1
            if self.post(again, shape)[1] is None:
                self.refuse(count, name, "compacted again", self.post(again, shape)[2])

    def refuse(self, count, name, step, why):
        count["refused"] += 1
        self.faults.append(f"{name}: {step}: {why}")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--upstream", required=True)
    p.add_argument("--cli", required=True)
    p.add_argument("--data", nargs="*", default=[])
    p.add_argument("--made", type=int, default=12)
    p.add_argument("--turns", type=int, default=10)
    p.add_argument("--targets", nargs="*", type=int, default=[10, 20, 50])
    p.add_argument("--work", default="binding-work")
    opts = p.parse_args()
    os.makedirs(opts.work, exist_ok=True)
    sys.path.insert(0, opts.upstream)
    import core
    import post
    server, url = start(opts.upstream, opts.work)
    try:
        made = os.path.join(opts.work, "made")
        if opts.made:
            subprocess.run([sys.executable, os.path.join(opts.upstream, "load.py"), url, "--shape", "mix", "--conversations", str(opts.made),
                            "--turns", "30", "--thinking", "--save", made], check=True, stdout=subprocess.DEVNULL)
        run = Run(opts, post, core.Seal("simulated vendor"), url)
        for path, body in bodies(opts, opts.data + [made] * bool(opts.made)):
            run.one(path, body)
    finally:
        server.terminate()
        server.wait()
    names = ("sessions", "pass", "signed", "compacted", "cannot fit", "still signed", "again", "refused")
    print("| shape | " + " | ".join(names) + " |\n|---|" + "--:|" * len(names))
    for shape, count in sorted(run.count.items()):
        print(f"| {shape} | " + " | ".join(str(count[name]) for name in names) + " |")
    print("\n".join(run.faults))
    sys.exit(1 if run.faults else 0)


if __name__ == "__main__":
    main()
