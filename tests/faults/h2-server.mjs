// h2-server.mjs — SPDX-License-Identifier: GPL-3.0-or-later
//
// A server whose HTTP/2 is broken: h2-server.mjs CERTIFICATE-AND-KEY PORT FAULT PROTOCOLS
//
// FAULT is "die" (the connection is lost in the body) or "refuse" (each stream is refused); PROTOCOLS is
// "alone" (HTTP/2) or "both" (and a sound HTTP/1.1, for those who ask for that). Prints a line for its port, and
// one for each connection and each stream. Ends when its input does.

import http2 from 'node:http2';
import fs from 'node:fs';

const [pem, port, fault, protocols] = process.argv.slice(2);
const text = fs.readFileSync(pem);
const server = http2.createSecureServer({ key: text, cert: text, allowHTTP1: protocols === 'both' });

server.on('secureConnection', (socket) => console.log(`connection ${socket.alpnProtocol || 'none'}`));
server.on('unknownProtocol', (socket) => socket.destroy());
server.on('sessionError', () => {});
server.on('stream', (stream, headers) => {
  console.log(`stream ${headers[':method']}`);
  stream.on('error', () => {});
  if (fault === 'refuse') {
    stream.close(http2.constants.NGHTTP2_REFUSED_STREAM);
    return;
  }
  stream.respond({ ':status': 200, 'content-type': 'application/json', 'content-length': '500' });
  stream.write('{');
  setTimeout(() => stream.session.socket.destroy(), 50);
});
server.on('request', (request, response) => {
  if (request.httpVersionMajor !== 1)
    return;
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end('{"all_brands":[]}');
});
server.listen(Number(port), '127.0.0.1', () => console.log(`port ${server.address().port}`));
process.stdin.on('end', () => process.exit(0)).resume();
