// Speed of npm tiktoken (WASM) and gpt-tokenizer: node speed.mjs FILE [passes]
// The file is counted with o200k_base in messages of 8,192 UTF-16 units; the median of the passes is printed as JSON.
import { readFileSync } from "node:fs";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { get_encoding } from "tiktoken";

const [file, passes = "3"] = process.argv.slice(2);
const wasm = get_encoding("o200k_base");
const peers = {
  tiktoken: (text) => wasm.encode_ordinary(text).length,
  "gpt-tokenizer": (text) => countTokens(text, { disallowedSpecial: new Set() }),
};

const text = readFileSync(file, "utf8");
const messages = [];
for (let start = 0; start < text.length; start += 8192) messages.push(text.slice(start, start + 8192));

const results = {};
for (const [name, count] of Object.entries(peers)) {
  const speeds = [];
  let tokens = 0;
  for (let pass = 0; pass < Number(passes); pass++) {
    const start = performance.now();
    tokens = 0;
    for (const message of messages) tokens += count(message);
    speeds.push(Buffer.byteLength(text) / 1e3 / (performance.now() - start));
  }
  speeds.sort((a, b) => a - b);
  results[name] = { tokens, megabytesPerSecond: +speeds[speeds.length >> 1].toFixed(2) };
}
console.log(JSON.stringify(results));
