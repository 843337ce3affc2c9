/**
 * A YAML document as a plain value, with the place of every key and value. Aliases are followed, but
 * only so often; keys are text and stand once. Mappings become objects without a prototype, so that
 * no key (`__proto__`) can mean more than it says.
 */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Alias,
  type Node,
  type ParsedNode,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { quote, startOfFile, type Finding, type Path, type Place } from "./findings.js";
import { readDocument, type YamlDocument } from "./yaml-syntax.js";

/** A file as read: broken as YAML (`findings` only), or a value that may have findings of its own. */
export interface Reading {
  readonly value: unknown;
  readonly findings: readonly Finding[];
  /** False when `value` means nothing because the file is not YAML. */
  readonly readable: boolean;
  /** The value at `path` as it was read, right or wrong; undefined where there is none. */
  readonly at: (path: Path) => unknown;
  /** Where the value at `path` stands, or its key; the nearest thing around it that has a place. */
  readonly placeOf: (path: Path, part: "key" | "value") => Place;
}

const maxNodes = 50_000;
const maxAliases = 100;
const maxDepth = 20;

type Places = Map<object, Map<string | number, { readonly key: Place; readonly value: Place }>>;

/** Reads a config file; never throws. */
export function readYaml(text: string): Reading {
  const syntax = readDocument(text);
  if ("findings" in syntax)
    return {
      value: undefined,
      findings: syntax.findings,
      readable: false,
      at: () => undefined,
      placeOf: () => startOfFile,
    };
  return new ValueReader(syntax.document).read();
}

class ValueReader {
  private readonly findings: Finding[] = [];
  private readonly places: Places = new Map();
  private readonly anchors = new Map<string, Node>();
  private nodes = 0;
  private aliases = 0;
  private exhausted = false;

  constructor(private readonly document: YamlDocument) {}

  read(): Reading {
    const value = this.valueOf(this.document.contents, []) ?? {};
    return {
      value,
      findings: this.findings,
      readable: true,
      at: (path) => path.reduce(childOf, value),
      placeOf: (path, part) => placeIn(this.places, value, path, part),
    };
  }

  private valueOf(node: Node | null, path: Path): unknown {
    this.nodes += 1;
    if (this.nodes > maxNodes || path.length > maxDepth) return this.exhaust(node, path);
    if (isAlias(node)) return this.aliasOf(node, path);
    if (node?.anchor !== undefined) this.anchors.set(node.anchor, node);
    if (isMap<ParsedNode, ParsedNode | null>(node)) return this.mappingOf(node, path);
    if (isSeq<ParsedNode>(node)) return this.listOf(node, path);
    return isScalar(node) ? node.value : null;
  }

  private aliasOf(node: Alias, path: Path): unknown {
    this.aliases += 1;
    if (this.aliases > maxAliases) return this.exhaust(node, path);
    const anchored = this.anchors.get(node.source);
    if (anchored) return this.valueOf(anchored, path);
    this.find(
      path,
      this.placeOf(node),
      () => `No anchor ${quote(`&${node.source}`)} stands above: write the value itself.`,
    );
    return null;
  }

  private mappingOf(map: YAMLMap<ParsedNode, ParsedNode | null>, path: Path): unknown {
    const value = Object.create(null) as Record<string, unknown>;
    const places = this.placesFor(value);
    for (const { key: keyNode, value: valueNode } of map.items) {
      if (this.exhausted) break;
      const at = this.placeOf(keyNode);
      const key = this.keyOf(keyNode, path);
      if (key === undefined) continue;
      const here = [...path, key];
      if (places.has(key)) {
        this.find(here, at, () => `The key ${quote(key)} stands here twice: keep one of them.`);
        continue;
      }
      places.set(key, { key: at, value: isNothing(valueNode) ? at : this.placeOf(valueNode) });
      value[key] = this.valueOf(valueNode, here);
    }
    return value;
  }

  private listOf(list: YAMLSeq<ParsedNode>, path: Path): unknown {
    const value: unknown[] = [];
    const places = this.placesFor(value);
    list.items.forEach((item, index) => {
      if (this.exhausted) return;
      const at = this.placeOf(item);
      places.set(index, { key: at, value: at });
      value.push(this.valueOf(item, [...path, index]));
    });
    return value;
  }

  private keyOf(node: ParsedNode, path: Path): string | undefined {
    if (isScalar(node) && node.value !== null) return node.source;
    this.find(
      path,
      this.placeOf(node),
      () => "A key must be plain text: write it as one word before the colon.",
    );
    return undefined;
  }

  private placesFor(value: object) {
    const places = new Map<string | number, { readonly key: Place; readonly value: Place }>();
    this.places.set(value, places);
    return places;
  }

  private placeOf(node: Node | null): Place {
    return node?.range ? this.document.placeOf(node.range[0]) : startOfFile;
  }

  private find(path: Path, at: Place, say: () => string): void {
    this.findings.push({ path, at, say });
  }

  private exhaust(node: Node | null, path: Path): null {
    if (!this.exhausted)
      this.find(
        path.slice(0, 1),
        this.placeOf(node),
        () => "Too much is repeated or nested here: write it out plainly, without aliases.",
      );
    this.exhausted = true;
    return null;
  }
}

/** `key:` with nothing behind it. */
const isNothing = (node: ParsedNode | null): boolean =>
  !node || (isScalar(node) && node.type === "PLAIN" && node.source === "");

function placeIn(places: Places, root: unknown, path: Path, part: "key" | "value"): Place {
  let at = startOfFile;
  let value = root;
  for (const [index, step] of path.entries()) {
    const here = typeof value === "object" && value ? places.get(value)?.get(step) : undefined;
    if (!here) return at;
    at = index === path.length - 1 && part === "key" ? here.key : here.value;
    value = childOf(value, step);
  }
  return at;
}

/** What stands under a key or a list position; undefined in anything else. */
export const childOf = (value: unknown, step: string | number): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, step)
    ? (value as Record<string | number, unknown>)[step]
    : undefined;
