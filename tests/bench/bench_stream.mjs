// SPDX-License-Identifier: GPL-3.0-or-later
// The reference for bench_stream.py: npm's eventsource-parser on the same file, in the same pieces. Prints events, the
// length of their data, and the best times in milliseconds: from bytes, as they come from a socket, and from text that
// was decoded before.
import fs from 'node:fs';
import { createParser } from 'eventsource-parser';

const PIECE_BYTES = 16 * 1024;
const [, , path, rounds] = process.argv;
const bytes = fs.readFileSync(path);
let events = 0;
let characters = 0;

function* decode() {
  const decoder = new TextDecoder();
  for (let at = 0; at < bytes.length; at += PIECE_BYTES)
    yield decoder.decode(bytes.subarray(at, at + PIECE_BYTES), { stream: true });
}

function time(pieces) {
  events = 0;
  characters = 0;
  const parser = createParser({
    onEvent(event) {
      events++;
      characters += event.data.length;
    },
  });
  const start = performance.now();
  for (const piece of pieces)
    parser.feed(piece);
  return performance.now() - start;
}

const texts = [...decode()];
let fromBytes = Infinity;
let fromText = Infinity;
for (let round = 0; round < Number(rounds); round++) {
  fromBytes = Math.min(fromBytes, time(decode()));
  fromText = Math.min(fromText, time(texts));
}
console.log(events, characters, fromBytes.toFixed(2), fromText.toFixed(2));
