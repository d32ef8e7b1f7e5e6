// What JavaScript gives to the module, looked at so that nothing throws and nothing large is copied.
// What is taken goes behind `=`, what is wrong with it behind `!`; the words for it are Rust's.

const LONE_SURROGATE = /\p{Surrogate}/u;

// What stands for a whole number that only a BigInt holds, until it is JSON.
const BIG = "\0whole:";
const QUOTED_BIG = /"\\u0000whole:(-?\d+)"/g;

/** A string, where it is one. */
export function textOf(value, limit) {
  if (typeof value !== "string") return `!type:${nameOf(value)}`;
  if (value.length > limit) return "!large";
  if (LONE_SURROGATE.test(value)) return "!surrogate";
  return `=${value}`;
}

/** The JSON of a value, nothing for `undefined`. */
export function jsonOf(value, limit, indent) {
  if (value === undefined) return "=";
  let left = limit;
  let big = false;
  let fault = "!threw";
  const stop = (what) => {
    fault = what;
    throw fault;
  };
  const look = (key, one) => {
    left -= key.length + 1 + (typeof one === "string" ? one.length : 1);
    if (left < 0) stop("!large");
    if (LONE_SURROGATE.test(key)) stop("!surrogate");
    switch (typeof one) {
      case "string":
        if (LONE_SURROGATE.test(one)) stop(`!surrogate:${key}`);
        if (one.startsWith(BIG)) stop(`!value:${key}`);
        return one;
      case "number":
        if (!Number.isFinite(one) || (Number.isInteger(one) && !Number.isSafeInteger(one))) {
          stop(`!number:${key}`);
        }
        return one;
      case "bigint":
        left -= 20;
        if (BigInt.asIntN(64, one) !== one) stop(`!number:${key}`);
        big = true;
        return BIG + one;
      case "function":
      case "symbol":
        return stop(`!value:${key}`);
      case "object":
        // Their entries would be lost without a word.
        if (one instanceof Map || one instanceof Set) stop(`!value:${key}`);
        return one;
      default:
        return one;
    }
  };
  try {
    const json = JSON.stringify(value, look, indent) ?? "";
    return `=${big ? json.replace(QUOTED_BIG, "$1") : json}`;
  } catch (error) {
    if (fault === "!threw" && /circular|cyclic/i.test(wordsOf(error))) return "!cyclic";
    return fault;
  }
}

/** The text itself for a string; for an object its JSON, laid out for people. */
export function documentOf(value, limit) {
  if (typeof value === "object" && value !== null) return jsonOf(value, limit, 2);
  return textOf(value, limit);
}

/** The length of a list, -1 for anything else. */
export function lengthOf(value) {
  try {
    return Array.isArray(value) ? value.length : -1;
  } catch {
    return -1;
  }
}

/** What `jsonOf` gives for an item of a list. */
export function itemOf(list, index, limit) {
  let item;
  try {
    item = list[index];
  } catch {
    return "!threw";
  }
  return item === undefined ? "!type:nothing" : jsonOf(item, limit);
}

/** The number of each object that the module handed out. */
const handles = new WeakMap();

/** The number of an object that the module handed out, -1 for anything else. */
export function handleOf(value) {
  return handles.get(value) ?? -1;
}

export function done(value, handle) {
  handles.set(value, handle);
  return { ok: true, value };
}

const ALLOW = Object.freeze({ ok: true, value: "allow" });
const DENY = Object.freeze({ ok: true, value: "deny" });

export function decided(allowed) {
  return allowed ? ALLOW : DENY;
}

export function bytes(values) {
  return { ok: true, value: values.slice() };
}

export function fromJson(text) {
  return JSON.parse(text);
}

export function now() {
  return Date.now();
}

export function isNfc(text) {
  return text.normalize("NFC") === text;
}

/**
 * Makes the classes of the module safe to misuse. `free` drops what an object stands for and keeps
 * the object, so that its methods can say that it was freed; and a method that is called on anything
 * else says so, too.
 */
export function adopt(...classes) {
  for (const { prototype } of classes) {
    for (const name of Object.getOwnPropertyNames(prototype)) {
      const { value: method } = Object.getOwnPropertyDescriptor(prototype, name);
      if (typeof method !== "function" || name === "constructor" || name.startsWith("__")) continue;
      prototype[name] = function (...given) {
        if (handles.has(this)) return method.apply(this, given);
        const message = `\`${name}\` was called on an object that this module did not make`;
        return { ok: false, error: { id: "wrong-type", message } };
      };
    }
    prototype.free = prototype.release;
    if (Symbol.dispose) prototype[Symbol.dispose] = prototype.release;
  }
}

function nameOf(value) {
  if (value === null) return "null";
  switch (typeof value) {
    case "undefined":
      return "nothing";
    case "object":
      return lengthOf(value) < 0 ? "an object" : "a list";
    default:
      return `a ${typeof value}`;
  }
}

function wordsOf(error) {
  try {
    return String(error?.message);
  } catch {
    return "";
  }
}
