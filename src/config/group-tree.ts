/**
 * The `groups:` of an account config as a tree: paths normalised, groups above a declared one added,
 * sources found, members read. What names a group that is not there, or groups that name each other
 * in a circle, is a finding.
 */
import { ancestors, type Group, type GroupTree, type SourceName } from "../crm/groups.js";
import type { GroupPath } from "../store/documents.js";
import { quote, type Finding, type Path } from "./findings.js";
import { declaredPath, findSource } from "./group-names.js";
import { readMembers } from "./members.js";
import type { AccountFile, GroupEntry } from "./schema.js";
import type { Reading } from "./yaml-value.js";

export interface ReadGroups {
  readonly tree: GroupTree;
  readonly findings: readonly Finding[];
}

interface Declared {
  /** As the file writes it. */
  readonly key: string;
  readonly entry: GroupEntry;
}

/** Reads `groups:` of the account `login`. `entries` fits the schema already. */
export function readGroups(entries: AccountFile["groups"], login: string, reading: Reading): ReadGroups {
  const findings: Finding[] = [];
  const declared = declare(entries ?? {}, login, reading, findings);
  const paths = new Set<GroupPath>([""]);
  for (const path of declared.keys()) for (const each of [path, ...ancestors(path)]) paths.add(each);
  const tree = new Map<GroupPath, Group>();
  for (const path of paths) tree.set(path, groupOf(declared.get(path), login, paths, reading, findings));
  findings.push(...circles(tree, declared, reading));
  return { tree, findings };
}

function declare(
  entries: Readonly<Record<string, GroupEntry | null>>,
  login: string,
  reading: Reading,
  findings: Finding[],
): Map<GroupPath, Declared> {
  const declared = new Map<GroupPath, Declared>();
  for (const [key, entry] of Object.entries(entries)) {
    const path = declaredPath(key, login);
    const other = declared.get(path);
    if (!other) {
      declared.set(path, { key, entry: entry ?? {} });
      continue;
    }
    const say = () => `${quote(key)} and ${quote(other.key)} are the same group: keep one of them.`;
    findings.push({ path: ["groups", key], at: reading.placeOf(["groups", key], "key"), say });
  }
  return declared;
}

/** The group as declared; one that only exists as part of another's path says nothing itself. */
function groupOf(
  declared: Declared | undefined,
  login: string,
  paths: ReadonlySet<GroupPath>,
  reading: Reading,
  findings: Finding[],
): Group {
  if (!declared) return { enabled: true, members: [] };
  const { key, entry } = declared;
  const members = readMembers(entry.members, login, ["groups", key, "members"], reading);
  findings.push(...members.findings);
  const group: Group = { enabled: entry.enabled ?? true, members: members.memberships };
  if (entry.contact_source === undefined) return group;
  const source = findSource(entry.contact_source, login, paths);
  if ("found" in source) return { ...group, contactSource: source.found };
  const path = sourcePath(key);
  findings.push({ path, at: reading.placeOf(path, "value"), say: source.unknown.toAccount });
  return group;
}

const sourcePath = (key: string): Path => ["groups", key, "contact_source"];

/**
 * Sources are not followed, so a circle would not hang anything; but it leaves each group with the
 * other's contacts, which nobody means.
 */
function circles(tree: GroupTree, declared: ReadonlyMap<GroupPath, Declared>, reading: Reading): Finding[] {
  const done = new Set<GroupPath>();
  return [...declared.keys()].flatMap((start) => {
    const circle = circleFrom(start, tree, done);
    return circle.flatMap((path, index) => {
      const next = circle[(index + 1) % circle.length];
      const group = declared.get(path);
      const nextKey = next === undefined ? undefined : declared.get(next)?.key;
      if (!group || nextKey === undefined) return [];
      const at = reading.placeOf(sourcePath(group.key), "value");
      return [{ path: sourcePath(group.key), at, say: () => circleSentence(group.key, nextKey) }];
    });
  });
}

/** The groups that name each other in a circle, if following sources from `start` runs into a new one. */
function circleFrom(start: GroupPath, tree: GroupTree, done: Set<GroupPath>): GroupPath[] {
  const way: GroupPath[] = [];
  const onWay = new Map<GroupPath, number>();
  let path: GroupPath | undefined = start;
  while (path !== undefined && !done.has(path)) {
    done.add(path);
    onWay.set(path, way.length);
    way.push(path);
    path = ownSource(tree.get(path)?.contactSource);
  }
  const from = path === undefined ? undefined : onWay.get(path);
  const circle = from === undefined ? [] : way.slice(from);
  return circle.length > 1 ? circle : []; // a group that names itself keeps contacts of its own
}

const ownSource = (source: SourceName | undefined): GroupPath | undefined =>
  source?.kind === "own" ? source.group : undefined;

const circleSentence = (key: string, next: string): string =>
  `${quote(key)} and ${quote(next)} name each other as contact source in a circle: let one of them name none.`;
