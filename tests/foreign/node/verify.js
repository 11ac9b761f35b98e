// Checks a log that lodged wrote out with @sigstore/verify, the code by which npm checks its own packages.
//
// @sigstore/verify opens the checkpoint and follows the inclusion proof. What it lacks is written below, with Node's
// own Ed25519 and SHA-256: the type 04 cosignature, the consistency proof (RFC 9162 §2.1.4.2), the tiles.
//
//   node verify.js LOG EVIDENCE
//
// LOG is the folder of tiles. EVIDENCE holds log.vkey, witness.vkey, entry, entry.tlog-proof, old-checkpoint, growth.
"use strict";
const { createHash, createPublicKey, verify } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { verifyCheckpoint } = require("@sigstore/verify/dist/tlog/checkpoint.js");
const { verifyMerkleInclusion } = require("@sigstore/verify/dist/tlog/merkle.js");

const WIDTH = 256;
const SPKI_ED25519 = Buffer.from("302a300506032b6570032100", "hex"); // RFC 8410 §4: what stands before the 32 bytes

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const leafHash = (entry) => sha256(Buffer.of(0), entry);
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);

function refuseUnless(held, what) {
  if (!held) throw new Error(what);
}

function parseKey(line, type) {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(line.trim()) || [];
  refuseUnless(encoded, "this is not a key");
  const key = Buffer.from(encoded, "base64");
  refuseUnless(key.length === 33 && key[0] === type, `${name}: not a key of type ${type}`);
  refuseUnless(sha256(name, "\n", key).subarray(0, 4).toString("hex") === id, `${name}: another key ID`);
  const der = Buffer.concat([SPKI_ED25519, key.subarray(1)]);
  return { name, id: Buffer.from(id, "hex"), public: createPublicKey({ key: der, format: "der", type: "spki" }) };
}

// The checkpoint, signed by the log (as @sigstore/verify sees it) and by the witness (as C2SP tlog-cosignature says).
function openCheckpoint(envelope, log, witness) {
  const trusted = { logID: log.id, publicKey: log.public, baseURL: log.name };
  const checkpoint = verifyCheckpoint({ inclusionProof: { checkpoint: { envelope } } }, [trusted]);
  refuseUnless(checkpoint.origin === log.name && checkpoint.rest.length === 0, "these are not the three lines of this log");
  const [text, signatures] = envelope.split("\n\n");
  const blobs = signatures.split("\n").filter((line) => line.startsWith(`\u2014 ${witness.name} `));
  const blob = Buffer.from((blobs[0] || "").split(" ")[2] || "", "base64");
  refuseUnless(blobs.length === 1 && blob.length === 76, "the witness has not cosigned");
  const message = `cosignature/v1\ntime ${blob.readBigUInt64BE(4)}\n${text}\n`;
  const held = blob.subarray(0, 4).equals(witness.id) && verify(null, Buffer.from(message), witness.public, blob.subarray(12));
  refuseUnless(held, "the cosignature fails");
  return checkpoint;
}

function checkProof(text, entry, log, witness) {
  const [above, ...below] = text.split("\n\n");
  const [header, index, ...hashes] = above.split("\n");
  refuseUnless(header === "c2sp.org/tlog-proof@v1" && /^index \d+$/.test(index), "this is not a tlog-proof");
  const checkpoint = openCheckpoint(below.join("\n\n"), log, witness);
  const inclusionProof = { logIndex: index.slice(6), hashes: hashes.map((one) => Buffer.from(one, "base64")) };
  verifyMerkleInclusion({ canonicalizedBody: entry, inclusionProof }, checkpoint);
}

// RFC 9162 §2.1.4.2, for 0 < old < new.
function checkGrowth(old, now, hashes) {
  let [fn, sn] = [old.logSize - 1n, now.logSize - 1n];
  refuseUnless(0n <= fn && fn < sn, "the log has not grown");
  const path = (old.logSize & (old.logSize - 1n)) === 0n ? [old.logHash, ...hashes] : hashes;
  refuseUnless(path.length > 0, "the proof of growth is empty");
  while (fn & 1n) [fn, sn] = [fn >> 1n, sn >> 1n];
  let [fr, sr] = [path[0], path[0]];
  for (const hash of path.slice(1)) {
    refuseUnless(sn !== 0n, "the proof of growth is too long");
    if (fn & 1n || fn === sn) {
      [fr, sr] = [nodeHash(hash, fr), nodeHash(hash, sr)];
      while (!(fn & 1n) && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else {
      sr = nodeHash(sr, hash);
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  refuseUnless(sn === 0n && fr.equals(old.logHash) && sr.equals(now.logHash), "the old log is not the beginning of this one");
}

function tilePath(level, number, width) {
  const threes = [];
  for (let rest = number, last = true; last || rest; rest = Math.floor(rest / 1000), last = false) {
    threes.unshift(`${last ? "" : "x"}${String(rest % 1000).padStart(3, "0")}`);
  }
  return `tile/${level}/${threes.join("/")}${width === WIDTH ? "" : `.p/${width}`}`;
}

function readBundle(log, number, width) {
  const path = tilePath("entries", number, width);
  let rest = readFileSync(join(log, path));
  const entries = [];
  for (; entries.length < width; rest = rest.subarray(2 + rest.readUInt16BE(0))) {
    refuseUnless(rest.length >= 2 && rest.length >= 2 + rest.readUInt16BE(0), `${path} ends after ${entries.length} entries`);
    entries.push(rest.subarray(2, 2 + rest.readUInt16BE(0)));
  }
  refuseUnless(rest.length === 0, `${path} goes on after ${width} entries`);
  return entries;
}

// The root over a row of hashes (RFC 9162 §2.1.1): a last one without a neighbour goes up as it is.
function rootOf(row) {
  let level = row;
  while (level.length > 1) {
    const above = [];
    for (let at = 0; at + 1 < level.length; at += 2) above.push(nodeHash(level[at], level[at + 1]));
    level = level.length % 2 ? [...above, level[level.length - 1]] : above;
  }
  return level[0];
}

// Every entry is hashed, every tile made again and compared with what is kept, and the root at the end with the signed one.
function rehash(log, checkpoint) {
  const size = Number(checkpoint.logSize);
  const leaves = [];
  for (let first = 0; first < size; first += WIDTH) {
    leaves.push(...readBundle(log, first / WIDTH, Math.min(WIDTH, size - first)).map(leafHash));
  }
  for (let level = 0, row = leaves; row.length; level += 1) {
    const full = [];
    for (let first = 0; first < row.length; first += WIDTH) {
      const made = row.slice(first, first + WIDTH);
      const path = tilePath(level, first / WIDTH, made.length);
      refuseUnless(readFileSync(join(log, path)).equals(Buffer.concat(made)), `${path} is not what lies below it`);
      if (made.length === WIDTH) full.push(rootOf(made));
    }
    row = full;
  }
  refuseUnless(rootOf(leaves).equals(checkpoint.logHash), "entries and tiles agree, but another root was signed");
}

function main(log, evidence) {
  const read = (name) => readFileSync(join(evidence, name), "utf8");
  const [key, witness] = [parseKey(read("log.vkey"), 1), parseKey(read("witness.vkey"), 4)];
  const checkpoint = openCheckpoint(readFileSync(join(log, "checkpoint"), "utf8"), key, witness);
  checkProof(read("entry.tlog-proof"), readFileSync(join(evidence, "entry")), key, witness);
  const hashes = read("growth").split("\n").filter(Boolean).map((line) => Buffer.from(line, "base64"));
  checkGrowth(openCheckpoint(read("old-checkpoint"), key, witness), checkpoint, hashes);
  rehash(log, checkpoint);
  return checkpoint.logSize;
}

try {
  console.log(`holds: ${main(process.argv[2], process.argv[3])} entries`);
} catch (error) {
  console.log(`refused: ${error.message}`);
  process.exitCode = 1;
}
