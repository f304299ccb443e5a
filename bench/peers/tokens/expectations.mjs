// Writes the expectations of the token tests as C#, computed with npm tiktoken:
//   node expectations.mjs gold  > ../../../tests/Strata.Tests/Tokens/Bpe/GoldVectors.cs
//   node expectations.mjs sweep > ../../../tests/Strata.Tests/Tokens/Bpe/SweepDigests.cs     (some minutes)
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { get_encoding } from "tiktoken";

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
const sha256 = (data) => createHash("sha256").update(data).digest("hex");
const encodings = ["o200k_base", "cl100k_base"].map((name) => ({ name, encoding: get_encoding(name) }));
const literal = (text) =>
  `"${[...text].map((c) => {
    const point = c.codePointAt(0);
    if (c === '"' || c === "\\") return "\\" + c;
    if (point >= 0x20 && point < 0x7f) return c;
    return point > 0xffff ? `\\U${point.toString(16).padStart(8, "0")}` : `\\u${point.toString(16).padStart(4, "0")}`;
  }).join("")}"`;

const header = (what) => `namespace Strata.Tests.Tokens.Bpe;

/// <summary>${what}, computed with npm tiktoken 1.0.22 (encode_ordinary) by bench/peers/tokens/expectations.mjs.</summary>`;

function gold() {
  console.log(`${header("Texts with the number of their tokens and the SHA-256 of the comma-joined ids")}
internal static class GoldVectors
{
    public static readonly (string Text, int O200k, string O200kIds, int Cl100k, string Cl100kIds)[] All =
    [`);
  for (const text of read("gold-texts.json")) {
    const values = encodings.map(({ encoding }) => {
      const ids = encoding.encode_ordinary(text);
      return `${ids.length}, "${sha256([...ids].join(","))}"`;
    });
    console.log(`        (${literal(text)},\n            ${values.join(",\n            ")}),`);
  }
  console.log("    ];\n}");
}

function sweep() {
  console.log(`${header("For each context the SHA-256 of the token counts (a byte each) of all code points but the surrogates")}
internal static class SweepDigests
{
    public static readonly (string Encoding, string Before, string After, string Digest)[] All =
    [`);
  for (const { name, encoding } of encodings) {
    for (const [before, after] of read("contexts.json")) {
      const counts = Buffer.alloc(0x110000 - 0x800);
      let next = 0;
      for (let point = 0; point < 0x110000; point++) {
        if (point < 0xd800 || point > 0xdfff)
          counts[next++] = encoding.encode_ordinary(before + String.fromCodePoint(point) + after).length;
      }
      console.log(`        ("${name}", ${literal(before)}, ${literal(after)}, "${sha256(counts)}"),`);
    }
  }
  console.log("    ];\n}");
}

process.argv[2] === "sweep" ? sweep() : gold();
