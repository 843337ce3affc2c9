/**
 * Text -> one YAML document, or what is wrong with it. The library's composer recurses once for every
 * level of nesting and takes the process down on deep input, so the tokens are counted and their
 * depth is bounded before it sees them.
 */
import {
  Composer,
  Lexer,
  LineCounter,
  Parser,
  type CST,
  type Document,
  type ParsedNode,
  type YAMLError,
} from "yaml";
import { placeAt, startOfFile, type Finding, type Place } from "./findings.js";

export const maxBytes = 256 * 1024;
/** The parser's stack: two or three entries a level; our files need seven levels at most. */
const maxStack = 40;
const maxTokens = 100_000;

export interface YamlDocument {
  readonly contents: ParsedNode | null;
  readonly placeOf: (offset: number) => Place;
}

type Syntax = { readonly document: YamlDocument } | { readonly findings: readonly Finding[] };

/** Reads the one document of a config file; never throws. */
export function readDocument(text: string): Syntax {
  if (Buffer.byteLength(text) > maxBytes)
    return broken(startOfFile, "The file is larger than 256 KB: make it shorter.");
  const lines = new LineCounter();
  try {
    const tokens = tokensOf(text, lines);
    return "tooMuch" in tokens
      ? broken(placeAt(lines, tokens.at), tokens.tooMuch)
      : compose(text, tokens.all, lines);
  } catch {
    // The library promises not to throw; if it does, the file is refused like any other that it cannot read.
    return broken(startOfFile, "The file cannot be read as YAML: write it anew from the sample.");
  }
}

const broken = (at: Place, sentence: string): Syntax => ({
  findings: [{ path: [], at, say: () => sentence }],
});

type Tokens = { readonly all: readonly CST.Token[] } | { readonly tooMuch: string; readonly at: number };

function tokensOf(text: string, lines: LineCounter): Tokens {
  const parser = new Parser(lines.addNewLine);
  const all: CST.Token[] = [];
  let count = 0;
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    all.push(...parser.next(lexeme));
    count += 1;
    if (parser.stack.length > maxStack)
      return {
        tooMuch: "Values are nested too deeply here: no key needs more than 7 levels.",
        at: parser.offset,
      };
    if (count > maxTokens)
      return { tooMuch: "The file has too many entries: from here on it is not read.", at: parser.offset };
  }
  all.push(...parser.end());
  return { all };
}

function compose(text: string, tokens: readonly CST.Token[], lines: LineCounter): Syntax {
  // Duplicate keys are found in yaml-value.ts: the library compares every key with every other.
  const composer = new Composer({
    version: "1.2",
    schema: "core",
    uniqueKeys: false,
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  const documents = composer.compose(tokens, true, text.length);
  const first = documents.next().value ?? undefined;
  const second = documents.next().value ?? undefined;
  const findings = first ? mistakesOf(first, lines) : [];
  if (second) findings.push(finding(placeAt(lines, second.range[0]), sentences.MULTIPLE_DOCS));
  if (findings.length > 0) return { findings };
  return { document: { contents: first?.contents ?? null, placeOf: (offset) => placeAt(lines, offset) } };
}

/** Unknown tags are mere warnings to the library; to us they are mistakes, too. */
const mistakesOf = (document: Document.Parsed, lines: LineCounter): Finding[] =>
  [...document.errors, ...document.warnings].map((error) =>
    finding(placeAt(lines, error.pos[0]), sentences[error.code]),
  );

const finding = (at: Place, sentence: string): Finding => ({ path: [], at, say: () => sentence });

const indent =
  "The indentation does not fit here, or a bracket is not closed: indent one level by the same number of spaces.";
const unexpected =
  "YAML cannot be read on from here: check brackets, quotes and colons, also on the line above.";
const property = "Anchors and tags are out of place here: remove them.";

/** Our words for the library's codes: its own messages quote the file at any length. */
const sentences: Readonly<Record<YAMLError["code"], string>> = {
  ALIAS_PROPS: property,
  BAD_ALIAS: "This alias (*name) is not complete: name an anchor (&name) that stands above it.",
  BAD_DIRECTIVE: 'A line that starts with "%" is a YAML directive: remove it.',
  BAD_DQ_ESCAPE: "This backslash means nothing in double quotes: write it twice, or use single quotes.",
  BAD_INDENT: indent,
  BAD_PROP_ORDER: property,
  BAD_SCALAR_START: 'A value cannot start with this character: put it in quotes, as in "@alice".',
  BLOCK_AS_IMPLICIT_KEY:
    "A second key on the same line: put each key on its own line, or the value in quotes.",
  BLOCK_IN_FLOW: "An indented block cannot stand in brackets: write it in brackets, too.",
  DUPLICATE_KEY: "This key stands here twice: keep one of them.",
  IMPOSSIBLE: unexpected,
  KEY_OVER_1024_CHARS: "A key is at most 1,024 characters long: shorten it.",
  MISSING_CHAR: "Something is not closed here: add the missing quote, bracket, comma, colon or space.",
  MULTILINE_IMPLICIT_KEY:
    "A key must be on one line with its colon: add the missing colon, or indent the value.",
  MULTIPLE_ANCHORS: property,
  MULTIPLE_DOCS:
    'The file holds more than one document: remove the line "---" or "..." and what does not belong.',
  MULTIPLE_TAGS: property,
  NON_STRING_KEY: "Keys are plain text: write this one as text.",
  RESOURCE_EXHAUSTION: unexpected,
  TAB_AS_INDENT: "A tab cannot indent: use spaces.",
  TAG_RESOLVE_FAILED: 'Tags ("!name") are not used here: remove it.',
  UNEXPECTED_TOKEN: unexpected,
  BAD_COLLECTION_TYPE: 'Tags ("!name") are not used here: remove it.',
};
