/* The check of a receipt in the reader's own browser: the same as `lodged verify`, with nothing sent anywhere.
 *
 * A page served over plain http has no WebCrypto, so SHA-256, SHA-512 (FIPS 180-4) and the verification of
 * Ed25519 (RFC 8032) are written out here. Only public values are handled; nothing needs to run in constant time.
 * What is accepted and what is refused is kept equal to `lodged/log/receipt.py`; tests hold the two side by side.
 *
 * check(receipt, document, vkey) takes Uint8Array, Uint8Array or null, string or null, and gives the verdict:
 * {ok, trusted, proves, does_not_prove, origin, index, size, document_matches, witnesses, number, received_at, why}.
 */

class Refused extends Error {
  constructor(why, documentMatches = null) {
    super(why);
    this.documentMatches = documentMatches;
  }
}

function refuseUnless(holds, why) {
  if (!holds) throw new Refused(why);
}

/* ---- bytes ---------------------------------------------------------------------------------------------------- */

const utf8 = new TextEncoder();

function decodeUtf8(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused("a part of this file is not UTF-8 text");
  }
}

/** One character for each byte, so that byte positions and character positions are the same. */
function latin1(bytes) {
  const parts = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return parts.join("");
}

function concat(...parts) {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function equal(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromHex(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** Base64 in its one spelling (RFC 4648 §4): decoded, encoded again, compared. */
function fromBase64(text) {
  let raw;
  try {
    raw = atob(text);
  } catch {
    throw new Refused("a part of this file is not base64");
  }
  refuseUnless(btoa(raw) === text, "a part of this file is not base64 in its one spelling");
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}

function codePoints(text) {
  return [...text].length;
}

/* ---- SHA-2 (FIPS 180-4) --------------------------------------------------------------------------------------- */

function firstPrimes(count) {
  const primes = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}

/** The first 64 bits of the fraction of the k-th root of n (k = 2 or 3), as FIPS 180-4 §4.2 and §5.3 define constants. */
function rootFraction(n, k) {
  const scaled = BigInt(n) << BigInt(64 * k);
  let low = 0n;
  let high = 1n << 72n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(k) <= scaled) low = middle;
    else high = middle;
  }
  return low & MASK64;
}

const MASK64 = (1n << 64n) - 1n;
const K512 = firstPrimes(80).map((prime) => rootFraction(prime, 3));
const H512 = firstPrimes(8).map((prime) => rootFraction(prime, 2));
const K256 = Uint32Array.from(K512.slice(0, 64), (value) => Number(value >> 32n));
const H256 = Uint32Array.from(H512, (value) => Number(value >> 32n));

/** The message with its 1 bit, zeros and length in bits, a whole number of blocks (§5.1). */
function padded(message, block, lengthBytes) {
  const total = Math.ceil((message.length + 1 + lengthBytes) / block) * block;
  const out = new Uint8Array(total);
  out.set(message);
  out[message.length] = 0x80;
  new DataView(out.buffer).setBigUint64(total - 8, BigInt(message.length) * 8n);
  return out;
}

export function sha256(message) {
  const data = padded(message, 64, 8);
  const view = new DataView(data.buffer);
  const hash = Uint32Array.from(H256);
  const w = new Uint32Array(64);
  for (let at = 0; at < data.length; at += 64) sha256Block(view, at, hash, w);
  const out = new Uint8Array(32);
  hash.forEach((word, place) => new DataView(out.buffer).setUint32(place * 4, word));
  return out;
}

function sha256Block(view, at, hash, w) {
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  for (let t = 0; t < 16; t++) w[t] = view.getUint32(at + 4 * t);
  for (let t = 16; t < 64; t++) {
    const s0 = turn(w[t - 15], 7) ^ turn(w[t - 15], 18) ^ (w[t - 15] >>> 3);
    const s1 = turn(w[t - 2], 17) ^ turn(w[t - 2], 19) ^ (w[t - 2] >>> 10);
    w[t] = w[t - 16] + s0 + w[t - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = hash;
  for (let t = 0; t < 64; t++) {
    const t1 = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K256[t] + w[t]) | 0;
    const t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, place) => {
    hash[place] += word;
  });
}

export function sha512(message) {
  const data = padded(message, 128, 16);
  const view = new DataView(data.buffer);
  let hash = [...H512];
  for (let at = 0; at < data.length; at += 128) hash = sha512Block(view, at, hash);
  const out = new Uint8Array(64);
  hash.forEach((word, place) => new DataView(out.buffer).setBigUint64(place * 8, word));
  return out;
}

function sha512Block(view, at, hash) {
  const turn = (x, n) => ((x >> n) | (x << (64n - n))) & MASK64;
  const w = [];
  for (let t = 0; t < 16; t++) w.push(view.getBigUint64(at + 8 * t));
  for (let t = 16; t < 80; t++) {
    const s0 = turn(w[t - 15], 1n) ^ turn(w[t - 15], 8n) ^ (w[t - 15] >> 7n);
    const s1 = turn(w[t - 2], 19n) ^ turn(w[t - 2], 61n) ^ (w[t - 2] >> 6n);
    w.push((w[t - 16] + s0 + w[t - 7] + s1) & MASK64);
  }
  let [a, b, c, d, e, f, g, h] = hash;
  for (let t = 0; t < 80; t++) {
    const choice = (e & f) ^ (~e & MASK64 & g);
    const t1 = h + (turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n)) + choice + K512[t] + w[t];
    const t2 = (turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & MASK64, c, b, a, (t1 + t2) & MASK64];
  }
  return [a, b, c, d, e, f, g, h].map((word, place) => (hash[place] + word) & MASK64);
}

/* ---- Ed25519, verification only (RFC 8032 §5.1) ---------------------------------------------------------------- */

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = mod(-121665n * power(121666n, P - 2n));
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);
const NEUTRAL = { x: 0n, y: 1n, z: 1n, t: 0n };
const BASE = decodePoint(fromHex("58" + "66".repeat(31)));
// The y of the eight points of small order: such a key signs anything
const SMALL_ORDER = smallOrder();

function mod(value) {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
}

function power(base, exponent) {
  let result = 1n;
  for (let square = mod(base), left = exponent; left > 0n; left >>= 1n, square = mod(square * square)) {
    if (left & 1n) result = mod(result * square);
  }
  return result;
}

function littleEndian(bytes) {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

/** §5.1.4: addition in extended coordinates, complete for this curve, so it doubles as well. */
function add(one, other) {
  const a = mod((one.y - one.x) * (other.y - other.x));
  const b = mod((one.y + one.x) * (other.y + other.x));
  const c = mod(2n * D * one.t * other.t);
  const d = mod(2n * one.z * other.z);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return { x: mod(e * f), y: mod(g * h), z: mod(f * g), t: mod(e * h) };
}

function multiply(point, scalar) {
  let sum = NEUTRAL;
  for (let left = scalar, doubled = point; left > 0n; left >>= 1n, doubled = add(doubled, doubled)) {
    if (left & 1n) sum = add(sum, doubled);
  }
  return sum;
}

/** §5.1.3; null where the bytes are of no point. */
function decodePoint(bytes) {
  const sign = bytes[31] >> 7;
  const y = littleEndian(bytes) & (2n ** 255n - 1n);
  if (y >= P) return null;
  const u = mod(y * y - 1n);
  const v = mod(D * y * y + 1n);
  let x = mod(u * power(v, 3n) * power(u * power(v, 7n), (P - 5n) / 8n));
  if (mod(v * x * x) === mod(-u)) x = mod(x * ROOT_OF_MINUS_ONE);
  if (mod(v * x * x) !== u || (x === 0n && sign)) return null;
  if (Number(x & 1n) !== sign) x = P - x;
  return { x, y, z: 1n, t: mod(x * y) };
}

function encodePoint(point) {
  const inverse = power(point.z, P - 2n);
  let value = mod(point.y * inverse) | ((mod(point.x * inverse) & 1n) << 255n);
  const out = new Uint8Array(32);
  for (let at = 0; at < 32; at++, value >>= 8n) out[at] = Number(value & 255n);
  return out;
}

/** 0, 1, -1 and the two y of the points of order eight, found by multiplying points by L until all five are there. */
function smallOrder() {
  const found = new Set([0n, 1n, P - 1n]);
  for (let y = 2; found.size < 5; y++) {
    const bytes = new Uint8Array(32);
    bytes[0] = y;
    const point = decodePoint(bytes);
    if (point) found.add(littleEndian(encodePoint(multiply(point, L))) & (2n ** 255n - 1n));
  }
  return found;
}

/** §5.1.7: whether sB = R + hA, by comparing the bytes of R with those of sB - hA. */
export function verifyEd25519(publicKey, message, signature) {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  const a = decodePoint(publicKey);
  const s = littleEndian(signature.subarray(32));
  if (!a || s >= L) return false;
  const r = signature.subarray(0, 32);
  const h = littleEndian(sha512(concat(r, publicKey, message))) % L;
  const minusA = { x: mod(-a.x), y: a.y, z: 1n, t: mod(-a.t) };
  return equal(encodePoint(add(multiply(BASE, s), multiply(minusA, h))), r);
}

/* ---- canonical JSON (RFC 8785, whole numbers only) -------------------------------------------------------------- */

const DEEPEST = 32;

function canonical(value, depth = DEEPEST) {
  refuseUnless(depth >= 0, "a value nests too deep");
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return canonicalText(value);
  if (typeof value === "number") {
    refuseUnless(Number.isSafeInteger(value), "a number is not whole, or too large");
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one, depth - 1)).join(",")}]`;
  const keys = Object.keys(value).sort(); // by UTF-16 code units, as RFC 8785 §3.2.3 asks
  return `{${keys.map((key) => `${canonicalText(key)}:${canonical(value[key], depth - 1)}`).join(",")}}`;
}

function canonicalText(text) {
  refuseUnless(!/[\ud800-\udfff]/u.test(text), "half a character stands in the text");
  return JSON.stringify(text);
}

function parseCanonical(bytes) {
  const text = decodeUtf8(bytes);
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refused("this is not JSON");
  }
  refuseUnless(canonical(value) === text, "this JSON is not in canonical form (RFC 8785)");
  return value;
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function hasKeys(value, keys) {
  return isObject(value) && canonical(Object.keys(value).sort()) === canonical([...keys].sort());
}

function text(record, key) {
  refuseUnless(typeof record[key] === "string", `\`${key}\` is text`);
  return record[key];
}

function textOrNull(record, key) {
  return record[key] === null ? null : text(record, key);
}

/* ---- keys, notes, checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature) ------------------------------ */

const ED25519 = 1;
const COSIGNATURE = 4;
const KEY_NAME = /^[^\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000+]+$/u;
const LATEST = 253402300799n;
const DECIMAL = /^(0|[1-9][0-9]{0,15})$/;

function parseVkey(line) {
  const found = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(line);
  refuseUnless(found, "this is not a key: it is written like `name+01234567+base64`");
  const [, name, id, encoded] = found;
  const raw = fromBase64(encoded);
  refuseUnless(KEY_NAME.test(name) && !/[\x00-\x1f]/.test(name), "this cannot name a key");
  refuseUnless(raw[0] === ED25519 || raw[0] === COSIGNATURE, "a key of this type is not known here");
  const publicKey = raw.subarray(1);
  refuseUnless(publicKey.length === 32, "these are not the 32 bytes of an Ed25519 public key");
  const y = littleEndian(publicKey) & (2n ** 255n - 1n);
  refuseUnless(y < P && !SMALL_ORDER.has(y), "these are not the 32 bytes of an Ed25519 public key");
  const keyId = sha256(concat(utf8.encode(`${name}\n`), raw)).subarray(0, 4);
  refuseUnless(toHex(keyId) === id, "the key ID belongs to another key");
  return { name, type: raw[0], publicKey, id, vkey: line };
}

function parseNote(content) {
  refuseUnless(utf8.encode(content).length <= 1_000_000, "a note is too long");
  refuseUnless(!/[\x00-\x09\x0b-\x1f]/.test(content), "a note holds no control characters but newlines");
  const at = content.lastIndexOf("\n\n");
  refuseUnless(at > 0 && content.endsWith("\n"), "a note is text, an empty line, and lines of signatures");
  refuseUnless(content.length > at + 2, "a note has signatures");
  const lines = content.slice(at + 2, -1).split("\n");
  refuseUnless(lines.length <= 100, "a note has too many signatures");
  return { text: content.slice(0, at + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line) {
  const found = /^\u2014 ([^ ]+) (.*)$/su.exec(line);
  refuseUnless(found && KEY_NAME.test(found[1]), "this is not a line of a signature");
  const blob = fromBase64(found[2]);
  refuseUnless(blob.length >= 5, "a signature is too short");
  return { name: found[1], id: toHex(blob.subarray(0, 4)), blob: blob.subarray(4) };
}

/** The checkpoint in a note that the log signed, and the cosignatures of known witnesses, each verified. */
function openCheckpoint(content, log, witnesses) {
  refuseUnless(log.type === ED25519, "a log signs with a key of type 01");
  const note = parseNote(content);
  const signed = new Map();
  for (const signature of note.signatures) {
    const key = [log, ...witnesses].find((one) => one.name === signature.name && one.id === signature.id);
    if (!key) continue;
    refuseUnless(!signed.has(key), "a key signed twice");
    signed.set(key, signature.blob);
  }
  refuseUnless(signed.has(log), "the log did not sign this checkpoint");
  const message = utf8.encode(note.text);
  refuseUnless(verifyEd25519(log.publicKey, message, signed.get(log)), "the log's signature fails");
  const checkpoint = parseCheckpoint(note.text);
  refuseUnless(checkpoint.origin === log.name, "a key does not sign for another log");
  const seen = witnesses.filter((one) => signed.has(one)).map((one) => checkCosignature(note.text, one, signed.get(one)));
  return { ...checkpoint, cosignatures: seen };
}

function parseCheckpoint(written) {
  const lines = written.split("\n");
  refuseUnless(lines.length === 4 && lines[3] === "" && lines[0], "a checkpoint has three lines");
  refuseUnless(DECIMAL.test(lines[1]), "this is not the size of a log");
  const [size, root] = [Number(lines[1]), fromBase64(lines[2])];
  refuseUnless(Number.isSafeInteger(size) && root.length === 32, "a checkpoint has a size and a root of 32 bytes");
  return { origin: lines[0], size, root };
}

function checkCosignature(written, witness, blob) {
  refuseUnless(blob.length === 72, "a cosignature is 72 bytes long");
  const time = new DataView(blob.buffer, blob.byteOffset, 8).getBigUint64(0);
  refuseUnless(time <= LATEST, "a cosignature is from after the year 9999");
  const message = utf8.encode(`cosignature/v1\ntime ${time}\n${written}`);
  refuseUnless(verifyEd25519(witness.publicKey, message, blob.subarray(8)), "a cosignature fails");
  return { witness, time: Number(time) };
}

/* ---- policy (C2SP tlog-policy) ----------------------------------------------------------------------------------- */

function parsePolicy(content) {
  refuseUnless(codePoints(content) <= 100_000 && !/[\x00-\x08\x0b-\x1f\x7f]/.test(content), "the policy is not text");
  const policy = { logs: [], witnesses: new Map(), groups: new Map(), members: new Set(), quorum: null };
  for (const line of content.split("\n")) {
    const words = line.replace(/^[ \t]+|[ \t]+$/g, "").split(/[ \t]+/);
    if (words[0] !== "" && !words[0].startsWith("#")) takePolicyLine(policy, words);
  }
  refuseUnless(policy.quorum !== null, "a policy has one line `quorum`");
  return policy;
}

function takePolicyLine(policy, words) {
  const [kind, name, third, ...rest] = words;
  const isNew = () => name !== "none" && !policy.witnesses.has(name) && !policy.groups.has(name);
  if (kind === "log" && (words.length === 2 || words.length === 3)) {
    policy.logs.push(newKey(name, ED25519, policy));
  } else if (kind === "witness" && (words.length === 3 || words.length === 4)) {
    refuseUnless(isNew(), "a name in the policy is taken");
    policy.witnesses.set(name, newKey(third, COSIGNATURE, policy));
  } else if (kind === "group" && rest.length > 0) {
    refuseUnless(isNew(), "a name in the policy is taken");
    policy.groups.set(name, newGroup(policy, third, rest));
  } else if (kind === "quorum" && words.length === 2 && policy.quorum === null) {
    refuseUnless(name === "none" || policy.witnesses.has(name) || policy.groups.has(name), "the quorum is not named above");
    policy.quorum = name;
  } else {
    throw new Refused("a line of the policy says nothing");
  }
}

/** A key that stands once; nor may a log be its own witness. */
function newKey(vkey, type, policy) {
  const [key, others] = [parseVkey(vkey), [...policy.logs, ...policy.witnesses.values()]];
  refuseUnless(key.type === type, "a key of another type stands in the policy");
  refuseUnless(!others.some((other) => equal(other.publicKey, key.publicKey)), "a key stands twice in the policy");
  return key;
}

function newGroup(policy, least, members) {
  for (const name of members) {
    refuseUnless(policy.witnesses.has(name) || policy.groups.has(name), "a member of a group is not named above");
    refuseUnless(!policy.members.has(name), "a member stands twice in the policy");
    policy.members.add(name);
  }
  refuseUnless(least === "all" || least === "any" || /^[1-9][0-9]{0,3}$/.test(least), "a group has no number");
  const count = least === "all" ? members.length : least === "any" ? 1 : Number(least);
  refuseUnless(count <= members.length, "a group asks for more members than it has");
  return { least: count, members };
}

function satisfied(policy, cosigners, name = policy.quorum) {
  if (name === "none") return true;
  if (policy.witnesses.has(name)) return cosigners.includes(policy.witnesses.get(name));
  const group = policy.groups.get(name);
  return group.members.filter((member) => satisfied(policy, cosigners, member)).length >= group.least;
}

function isWitnessed(policy, cosignatures) {
  return cosignatures.length > 0 && satisfied(policy, cosignatures.map((one) => one.witness));
}

/* ---- inclusion (RFC 9162 §2.1.3.2, C2SP tlog-proof) -------------------------------------------------------------- */

function parseProof(written) {
  const at = written.indexOf("\n\n");
  const lines = written.slice(0, Math.max(at, 0)).split("\n");
  refuseUnless(at >= 0 && lines.shift() === "c2sp.org/tlog-proof@v1", "this is not a proof");
  const number = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? "");
  refuseUnless(number, "a proof names the `index` of its entry");
  const hashes = lines.map(fromBase64);
  refuseUnless(hashes.length <= 63 && hashes.every((one) => one.length === 32), "a proof holds hashes of 32 bytes");
  return { index: Number(number[1]), hashes, checkpoint: written.slice(at + 2) };
}

function leafHash(entry) {
  return sha256(concat(Uint8Array.of(0), entry));
}

function nodeHash(left, right) {
  return sha256(concat(Uint8Array.of(1), left, right));
}

function checkEntry(index, size, leaf, hashes, root) {
  refuseUnless(Number.isSafeInteger(index) && index < size, "the entry is not in the log");
  let [fn, sn, r] = [index, size - 1, leaf];
  for (const p of hashes) {
    refuseUnless(sn !== 0, "the proof is longer than the tree is high");
    if (fn % 2 === 1 || fn === sn) {
      r = nodeHash(p, r);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else {
      r = nodeHash(r, p);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  refuseUnless(sn === 0, "the proof is shorter than the tree is high");
  refuseUnless(equal(r, root), "the proof of the entry does not lead to the root");
}

/* ---- the event --------------------------------------------------------------------------------------------------- */

const EVENT_KEYS = ["format", "event", "custodian", "clocks", "number", "channel", "document", "sealed", "facts", "cosigned"];
const COMMITMENT = /^[0-9a-f]{64}$/;

function checkEvent(event) {
  refuseUnless(hasKeys(event, EVENT_KEYS) && event.format === "lodged-entry/v1", "this is not an event of this format");
  refuseUnless(/^[A-Z][A-Za-z]{1,63}$/.test(text(event, "event")), "this is not a kind of event");
  text(event, "custodian");
  for (const key of ["number", "channel", "document", "cosigned"]) textOrNull(event, key);
  refuseUnless(hasKeys(event.clocks, ["host", "sender", "channel"]), "an event has three clocks");
  refuseUnless(isMoment(text(event.clocks, "host")), "a clock of the event shows no moment");
  textOrNull(event.clocks, "sender");
  refuseUnless(event.clocks.channel === null || isMoment(text(event.clocks, "channel")), "a clock shows no moment");
  refuseUnless(isObject(event.sealed) && isObject(event.facts), "`sealed` and `facts` of an event are objects");
  const commitments = [...Object.values(event.sealed), ...(event.document === null ? [] : [event.document])];
  refuseUnless(commitments.every((one) => typeof one === "string" && COMMITMENT.test(one)), "a value is not sealed");
  refuseUnless(utf8.encode(canonical(event)).length <= 65_535, "the event is too long");
}

function isMoment(written) {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,6})?[+-](\d\d):(\d\d)$/.exec(written);
  if (!found) return false;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number);
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return day <= days && hour < 24 && minute < 60 && second < 60 && Number(found[8]) < 24 && Number(found[9]) < 60;
}

/* ---- the receipt ------------------------------------------------------------------------------------------------- */

const MARKER = "lodged-receipt/v1\n";
const KEYS = [
  "number", "channel", "received_at", "custodian", "origin", "vkey", "index", "size", "event", "salt",
  "document_salt", "document_commitment", "proof", "policy", "unwitnessed", "how_to_verify",
];
const UNSEEN = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const NOBODY_VOUCHES = "consistent with the key inside; nobody vouches for that key";

/** Where the one attachment stands in the file: its JSON, and the place of the 128 digits. */
function findSlot(file) {
  const whole = latin1(file);
  const slots = [...whole.matchAll(/signature ([0-9a-f]{128})\n/g)];
  const first = whole.indexOf(MARKER);
  refuseUnless(
    first >= 0 && whole.indexOf(MARKER, first + 1) < 0 && slots.length === 1,
    "this is not a lodged receipt: one attachment with one signature is what it would hold",
  );
  const from = first + MARKER.length;
  const length = /^([1-9][0-9]{0,5})\n/.exec(whole.slice(from, from + 7));
  refuseUnless(length, "the attachment does not tell its length");
  const start = from + length[0].length;
  const end = start + Number(length[1]);
  refuseUnless(whole[end] === "\n" && slots[0].index === end + 1, "the attachment has another length than it tells");
  return { json: file.subarray(start, end), start: end + 1 + "signature ".length, digits: slots[0][1] };
}

function checkContents(record) {
  refuseUnless(hasKeys(record, KEYS), "the receipt has other fields than its format names");
  const log = parseVkey(text(record, "vkey"));
  checkEvent(record.event);
  const leaf = sha256(concat(salt(record, "salt"), utf8.encode(canonical(record.event))));
  const proof = parseProof(text(record, "proof"));
  const policy = parsePolicy(text(record, "policy"));
  const logs = policy.logs.map((one) => one.vkey);
  refuseUnless(canonical(logs) === canonical([log.vkey]), "the policy on the receipt is about another log");
  const signed = openCheckpoint(proof.checkpoint, log, [...policy.witnesses.values()]);
  checkEntry(proof.index, signed.size, leafHash(leaf), proof.hashes, signed.root);
  checkShown(record, proof, policy, signed);
  const how = record.how_to_verify;
  refuseUnless(Array.isArray(how) && how.every((line) => typeof line === "string"), "`how_to_verify` is sentences");
  const together = (record.document_salt === null) === (record.document_commitment === null);
  refuseUnless(together, "a commitment to a document and its salt go together");
  const documentSalt = record.document_salt === null ? null : salt(record, "document_salt");
  return { record, log, proof, policy, signed, documentSalt };
}

/** What is shown on the receipt is what its proof says. */
function checkShown(record, proof, policy, signed) {
  const shown = {
    number: record.event.number,
    channel: record.event.channel,
    received_at: record.event.clocks.host,
    custodian: record.event.custodian,
    document_commitment: record.event.document,
    origin: signed.origin,
    index: proof.index,
    size: signed.size,
    unwitnessed: !isWitnessed(policy, signed.cosignatures),
  };
  for (const [key, proved] of Object.entries(shown)) {
    refuseUnless(canonical(record[key]) === canonical(proved), `\`${key}\` on the receipt is not what its proof says`);
  }
  for (const key of ["number", "channel", "custodian", "origin"]) {
    const written = text(record, key);
    const fits = written.length > 0 && codePoints(written) <= 200 && !UNSEEN.test(written);
    refuseUnless(fits, `\`${key}\` on the receipt cannot be shown`);
  }
}

function salt(record, key) {
  refuseUnless(COMMITMENT.test(text(record, key)), `\`${key}\` on the receipt is 64 lower-case hex digits`);
  return fromHex(record[key]);
}

function checkFile(file, slot, log) {
  const zeroed = Uint8Array.from(file);
  zeroed.fill("0".charCodeAt(0), slot.start, slot.start + 128);
  const message = concat(utf8.encode(MARKER), sha256(zeroed));
  const holds = verifyEd25519(log.publicKey, message, fromHex(slot.digits));
  refuseUnless(holds, "the file was altered after it was signed, or never signed");
}

/** The SHA-256 of the document in hex, once it is known to be the one that was received; null without a document. */
function checkDocument(contents, document) {
  if (document === null) return null;
  const { documentSalt, record } = contents;
  if (documentSalt === null) throw new Refused("this receipt is for a message that came without a document", false);
  const digest = sha256(document);
  if (toHex(sha256(concat(documentSalt, digest))) !== record.document_commitment) {
    throw new Refused("the receipt holds, but this is not the document that was received", false);
  }
  return toHex(digest);
}

/* ---- what may be said of it -------------------------------------------------------------------------------------- */

const NO_RECEIPT = "Whatever it says: this file is not a whole, unaltered receipt that could be relied on.";
const OTHER_DOCUMENT =
  "That this document was received. The receipt itself is whole and unaltered; it is for another document.";

function refusal(why, documentMatches) {
  const other = documentMatches === false;
  return {
    ok: false,
    trusted: false,
    proves: other ? "Nothing about this document." : "Nothing.",
    does_not_prove: other ? OTHER_DOCUMENT : NO_RECEIPT,
    origin: null,
    index: null,
    size: null,
    document_matches: documentMatches,
    witnesses: [],
    number: null,
    received_at: null,
    why: why.replace(new RegExp(UNSEEN, "g"), "\ufffd"),
  };
}

function acceptance(contents, documentHash, why) {
  const { record, signed, policy } = contents;
  let held = `${record.custodian} held ${what(record, documentHash)} no later than ${record.received_at} by its own clock, `;
  held += `as entry ${record.index} of its log \`${record.origin}\`, under the number ${record.number}`;
  const proves =
    why === null
      ? `This receipt proves that ${held}.`
      : `This receipt is ${why}. If that key is the custodian's, it proves that ${held}.`;
  return {
    ok: true,
    trusted: why === null,
    proves: proves + signed.cosignatures.map((one) => ` ${saw(one)}`).join(""),
    does_not_prove: doesNotProve(record, documentHash, isWitnessed(policy, signed.cosignatures)),
    origin: record.origin,
    index: record.index,
    size: record.size,
    document_matches: documentHash === null ? null : true,
    witnesses: signed.cosignatures.map((one) => one.witness.name),
    number: record.number,
    received_at: record.received_at,
    why,
  };
}

function what(record, documentHash) {
  if (documentHash !== null) return `this document (SHA-256 ${documentHash})`;
  if (record.document_commitment !== null) return `a document (salted SHA-256 ${record.document_commitment})`;
  return "a message without a document";
}

function saw(one) {
  const moment = `${new Date(one.time * 1000).toISOString().slice(0, 19)}Z`;
  const name = one.witness.name.replace(new RegExp(UNSEEN, "g"), "\ufffd");
  return `The witness \`${name}\` saw the log with this entry at ${moment}.`;
}

function doesNotProve(record, documentHash, witnessed) {
  const sentences = ["It does not prove who sent it, whether what it says is true, or what was decided."];
  if (record.document_commitment !== null && documentHash === null) {
    sentences.push("Which document it was shows only when the document is compared with it.");
  }
  const sealed = Object.keys(record.event.sealed).length;
  if (sealed) {
    sentences.push(
      `It opens none of ${sealed === 1 ? "the one value" : `the ${sealed} values`} sealed in its entry: without the salt ` +
        "nobody can test a guess, and once an order has destroyed the salt nobody ever can.",
    );
  }
  if (!witnessed) {
    sentences.push(
      "No outside witness has cosigned (unwitnessed): that the clock was right, and that the log shows " +
        "everybody the same entries, rests on the custodian's word.",
    );
  }
  return sentences.join(" ");
}

function judge(file, document, vkey) {
  const trusted = vkey === null ? null : parseVkey(vkey.trim());
  const slot = findSlot(file);
  const contents = checkContents(parseCanonical(slot.json));
  checkFile(file, slot, contents.log);
  const documentHash = checkDocument(contents, document);
  if (trusted !== null && trusted.vkey !== contents.log.vkey) {
    throw new Refused(`it is signed by another key than you trust: \`${contents.log.vkey}\``, documentHash ? true : null);
  }
  return acceptance(contents, documentHash, trusted === null ? NOBODY_VOUCHES : null);
}

/** Whether the file is a whole receipt, what it proves, and for whom. Never throws for what the file holds. */
export async function check(receiptBytes, documentBytes, vkey) {
  try {
    return judge(receiptBytes, documentBytes ?? null, vkey ?? null);
  } catch (error) {
    if (error instanceof Refused) return refusal(error.message, error.documentMatches);
    return refusal(`this file cannot be read as a receipt (${error})`, null);
  }
}
