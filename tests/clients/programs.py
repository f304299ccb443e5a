"""The real agent programs that real.py drives: how each is installed, asked, told where its vendor is, and where its sessions lie.

Every program gets a home and a project of its own below a work folder, talks to one URL of loopback, and sends nothing elsewhere."""
import glob
import json
import os
import re
import subprocess


def newest(pattern):
    files = [f for f in glob.glob(pattern, recursive=True) if "/subagents/" not in f]
    return max(files, key=os.path.getmtime) if files else None


def only(pattern, otherwise):
    return (sorted(glob.glob(pattern)) or [otherwise])[0]


class Program:
    """An agent program with a fresh home. `limit` is the size, in tokens, at which it compacts by itself; None: never."""
    name = package = version = ""
    needs = ()
    patience = 400   # seconds a run

    def __init__(self, npm, work, url):
        self.npm, self.url = npm, url
        self.home, self.project = os.path.join(work, "home"), os.path.join(work, "project")
        os.makedirs(self.home)
        os.makedirs(self.project)
        for n in range(1, 4):
            with open(os.path.join(self.project, f"notes-{n}.txt"), "w", encoding="utf-8") as f:
                f.writelines(f"note {n} line {line} of the project file\n" for line in range(1, 121))
        for note in ("CLAUDE.md", "AGENTS.md"):
            with open(os.path.join(self.project, note), "w", encoding="utf-8") as f:
                f.write("Project notes: keep public names stable.\n")
        for git in (["init", "-q", "."], ["add", "-A"], ["-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "init"]):
            subprocess.run(["git"] + git, cwd=self.project, check=True)
        self.configure(None)

    def ask(self, prompt, again):
        """Runs the program once. Returns what it printed, and None or what went wrong."""
        done = self.run(self.command(prompt, again))
        wrong = None if done.returncode == 0 else f"exit {done.returncode}: {done.stderr[-300:] or done.stdout[-300:]}"
        return done.stdout, wrong

    def run(self, command, output=subprocess.PIPE):
        keep = {k: v for k, v in os.environ.items() if k in ("PATH", "LANG", "TERM", "TMPDIR")}
        return subprocess.run(command, cwd=self.project, env={**keep, "HOME": self.home, **self.environment()},
                              stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.PIPE, text=True, timeout=self.patience)

    def seen(self):
        done = self.run([self.binary(), "--version"])
        return (re.findall(r"\d+\.\d+\.\d+", done.stdout + done.stderr) or ["?"])[0]

    def binary(self):
        return os.path.join(self.npm, "node_modules", ".bin", self.name)

    def configure(self, limit):
        """Writes the program's settings."""

    def environment(self):
        return {}

    def compact_itself(self):
        """Makes the program compact now where it has a command for that; returns whether it has."""
        return False

    def export(self, path):
        """Only for programs without session files: writes the session to `path`."""

    def put_back(self, path):
        """Only for programs without session files: the session becomes what stands in `path`."""


class Claude(Program):
    name, package, version = "claude", "@anthropic-ai/claude-code", "2.1.332"

    def binary(self):
        return only(f"{self.npm}/node_modules/@anthropic-ai/claude-code-linux-x64/claude", super().binary())

    def environment(self):
        return {"IS_SANDBOX": "1", "ANTHROPIC_BASE_URL": self.url, "ANTHROPIC_API_KEY": "sk-ant-none", "ANTHROPIC_MODEL": "claude-opus-5-5",
                "DISABLE_TELEMETRY": "1", "DISABLE_ERROR_REPORTING": "1", "DISABLE_AUTOUPDATER": "1",
                "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1"}

    def command(self, prompt, again):
        return [self.binary(), *(["-c"] if again else []), "-p", prompt, "--dangerously-skip-permissions"]

    def compact_itself(self):
        self.run(self.command("/compact", True))
        return True

    def session(self):
        return newest(f"{self.home}/.claude/projects/*/*.jsonl")


class Codex(Program):
    name, package, version = "codex", "@openai/codex", "0.171.0"

    def binary(self):
        return only(f"{self.npm}/node_modules/@openai/codex-linux-x64/vendor/*/bin/codex", super().binary())

    def configure(self, limit):
        os.makedirs(f"{self.home}/.codex", exist_ok=True)
        with open(f"{self.home}/.codex/config.toml", "w", encoding="utf-8") as f:
            f.write(f'model = "gpt-5.6"\nmodel_provider = "test"\ncheck_for_update_on_startup = false\n'
                    + (f"model_auto_compact_token_limit = {limit}\n" if limit else "")
                    + f'[analytics]\nenabled = false\n[model_providers.test]\nname = "test"\nbase_url = "{self.url}/v1"\n'
                    + 'wire_api = "responses"\nenv_key = "TEST_KEY"\n')

    def environment(self):
        return {"CODEX_HOME": f"{self.home}/.codex", "TEST_KEY": "sk-none"}

    def command(self, prompt, again):
        return [self.binary(), *(["exec", "resume", "--last"] if again else ["exec"]), "--skip-git-repo-check",
                "--dangerously-bypass-approvals-and-sandbox", prompt]

    def session(self):
        return newest(f"{self.home}/.codex/sessions/**/rollout-*.jsonl")


class Pi(Program):
    name, package, version = "pi", "@mariozechner/pi-coding-agent", "0.73.1"
    model = "claude-opus-5-5"

    def configure(self, limit):
        os.makedirs(f"{self.home}/.pi/agent", exist_ok=True)
        model = {"id": self.model, "name": "test", "reasoning": True, "input": ["text"], "contextWindow": limit + 16384 if limit else 1000000,
                 "maxTokens": 32000, "cost": {"input": 3, "output": 15, "cacheRead": 0.3, "cacheWrite": 3.75}}
        with open(f"{self.home}/.pi/agent/models.json", "w", encoding="utf-8") as f:
            json.dump({"providers": {"test": {"baseUrl": self.url, "api": "anthropic-messages", "apiKey": "sk-none", "models": [model]}}}, f)

    def environment(self):
        return {"PI_OFFLINE": "1", "PI_SKIP_VERSION_CHECK": "1"}

    def command(self, prompt, again):
        return [self.binary(), *(["-c"] if again else []), "--provider", "test", "--model", self.model, "-p", prompt]

    def session(self):
        return newest(f"{self.home}/.pi/agent/sessions/**/*.jsonl")


class OpenCode(Program):
    name, package, version = "opencode", "opencode-ai", "1.18.33"
    model = "claude-opus-5-5"

    def binary(self):
        return only(f"{self.npm}/node_modules/opencode-linux-x64/bin/opencode", super().binary())

    def configure(self, limit):
        os.makedirs(f"{self.home}/.config/opencode", exist_ok=True)
        models = {self.model: {"name": "s", "limit": {"context": limit + 32000 if limit else 1000000, "output": 32000}},
                  "claude-haiku-4-5": {"name": "h", "limit": {"context": 200000, "output": 8000}}}
        settings = {"autoupdate": False, "share": "disabled", "model": f"test/{self.model}", "small_model": "test/claude-haiku-4-5",
                    "permission": {"bash": "allow", "edit": "allow"},
                    "provider": {"test": {"npm": "@ai-sdk/anthropic", "name": "test", "models": models,
                                          "options": {"baseURL": self.url + "/v1", "apiKey": "sk-none"}}}}
        with open(f"{self.home}/.config/opencode/opencode.json", "w", encoding="utf-8") as f:
            json.dump(settings, f)

    def environment(self):
        return {"OPENCODE_DISABLE_AUTOUPDATE": "1", "OPENCODE_DISABLE_MODELS_FETCH": "1", "XDG_CONFIG_HOME": f"{self.home}/.config",
                "XDG_DATA_HOME": f"{self.home}/.local/share", "XDG_CACHE_HOME": f"{self.home}/.cache",
                "XDG_STATE_HOME": f"{self.home}/.local/state"}

    def command(self, prompt, again):
        return [self.binary(), "run", *(["-c"] if again else []), prompt]

    def session(self):
        return None

    def identity(self):
        return json.loads(self.run([self.binary(), "session", "list", "--format", "json"]).stdout)[0]["id"]

    def export(self, path):
        with open(path, "w", encoding="utf-8") as f:   # into a pipe it writes only a part
            self.run([self.binary(), "export", self.identity()], output=f)

    def put_back(self, path):
        self.run([self.binary(), "session", "delete", self.identity()])
        done = self.run([self.binary(), "import", path])
        if done.returncode:
            raise RuntimeError(f"opencode import: {done.stderr[-300:]}")


def install(npm, programs):
    """Installs what is not there yet, without running scripts of packages."""
    wanted = [package for p in programs if not os.path.isdir(os.path.join(npm, "node_modules", p.package))
              for package in (f"{p.package}@{p.version}", *p.needs)]
    if wanted:
        os.makedirs(npm, exist_ok=True)
        subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", *wanted], cwd=npm, check=True)
