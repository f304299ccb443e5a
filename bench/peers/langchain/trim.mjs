// Trims an OpenAI conversation with @langchain/core: node trim.mjs FILE MESSAGES MESSAGES_PER_TURN MAX_TOKENS SECONDS
// The first MESSAGES are trimmed as one; then the whole file is fed turn by turn and trimmed after each, for SECONDS at most.
import { readFileSync } from 'node:fs';
import { AIMessage, HumanMessage, SystemMessage, ToolMessage, trimMessages } from '@langchain/core/messages';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { get_encoding } from 'tiktoken';

const [file, ...numbers] = process.argv.slice(2);
const [trimLength, perTurn, maxTokens, seconds] = numbers.map(Number);
const messages = JSON.parse(readFileSync(file, 'utf8')).map(toMessage);

function toMessage(m) {
  switch (m.role) {
    case 'system': return new SystemMessage(m.content);
    case 'user': return new HumanMessage(m.content);
    case 'tool': return new ToolMessage({ content: m.content, tool_call_id: m.tool_call_id });
    default: return new AIMessage({
      content: m.content ?? '',
      tool_calls: (m.tool_calls ?? []).map(c => ({ id: c.id, name: c.function.name, args: JSON.parse(c.function.arguments), type: 'tool_call' })),
    });
  }
}

const wasm = get_encoding('o200k_base');
const counters = {
  'gpt-tokenizer': text => countTokens(text),
  'tiktoken WASM': text => wasm.encode_ordinary(text).length,
  'chars/4': text => Math.ceil(text.length / 4),
};
// The framing of the OpenAI cookbook, as on the other side: 3 a message, 3 a call.
const tokenCounter = count => list => list.reduce((sum, m) =>
  sum + 3 + count(m.content) + (m.tool_calls ?? []).reduce((s, c) => s + 3 + count(c.name) + count(JSON.stringify(c.args)), 0), 3);

const options = counter => ({ maxTokens, strategy: 'last', includeSystem: true, startOn: 'human', tokenCounter: counter });
const clock = () => performance.now();
const exact = tokenCounter(counters['tiktoken WASM']);
const results = {};
for (const [name, count] of Object.entries(counters)) {
  const counter = tokenCounter(count), one = messages.slice(0, trimLength);
  counter(one);
  let start = clock();
  counter(one);
  const plain = clock() - start, ms = [];
  let kept;
  for (let run = 0; run < 3; run++) {
    start = clock();
    kept = await trimMessages(one, options(counter));
    ms.push(clock() - start);
  }

  const begun = clock();
  let turns = 0, total = 0, worst = 0;
  for (let length = 1 + perTurn; length <= messages.length && clock() - begun < seconds * 1000; length += perTurn) {
    start = clock();
    await trimMessages(messages.slice(0, length), options(counter));
    const took = clock() - start;
    turns++; total += took; worst = Math.max(worst, took);
  }

  results[name] = { plain, trim: { ms, kept: kept.length, tokens: exact(kept) }, session: { turns, ms: total, worst } };
}
console.log(JSON.stringify(results));
