/**
 * The commands of a drill: quick actions of most kinds, spread over the issues, always the same for a
 * seed. They are made so that what comes out of an issue depends on their order there and on nothing else.
 */
import { seeded } from "./random.mjs";

/** The contacts every account begins with; numbers from 1. Two of them are inactive and refused. */
export const contacts = [
  ["Jane", "Doe", "active"],
  ["Bob", "Stone", "active"],
  ["Janet", "Dorn", "active"],
  ["Jonas", "Doermann", "inactive"],
  ["Ada", "Öztürk", "active"],
  ["José", "García Márquez", "active"],
  ["Frida", "Jönsson", "active"],
  ["Marc", "O'Brien", "inactive"],
  ["Łukasz", "Wiśniewski", "active"],
  ["Yuki", "Tanaka", "active"],
].map(([firstName, lastName, state], index) => ({
  firstName,
  lastName,
  state,
  email: `person${index + 1}@customer.example`,
}));

/**
 * @param {{ count: number, issues: number, seed: number }} options
 * @returns commands in the order they are typed; `issue` is the place in the list of issues, `creates`
 *   the address of the contact that the command makes
 */
export function makeCommands({ count, issues, seed }) {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, n) => {
    const issue = n % issues;
    const make = random.weighted(kinds);
    return { n, issue, ...make(random, n) };
  });
}

const add = (random) => `/add_contacts ${references(random, 1 + random.below(3))}`;
const remove = (random) => `/remove_contacts ${references(random, 1 + random.below(2))}`;

const kinds = [
  [8, (random) => ({ text: add(random) })],
  [4, (random) => ({ text: remove(random) })],
  [2, (random) => ({ text: `Two at once:\n\n${add(random)}\n${remove(random)}` })],
  [2, (random, n) => ({ text: `${add(random)} note:"said in ${n}" important:yes` })],
  [2, () => ({ text: "/contacts" })],
  [2, (_random, n) => ({ text: `/create_contact "Made By${n}" ${made(n)}`, creates: made(n) })],
];

const made = (n) => `made${n}@customer.example`;

function references(random, count) {
  return Array.from({ length: count }, () => {
    const number = 1 + random.below(contacts.length);
    const { email, firstName, lastName } = contacts[number - 1];
    return random.pick([
      `[contact:${number}]`,
      `[contact:${email}]`,
      email,
      `[contact:"${firstName} ${lastName}"]`,
    ]);
  }).join(" ");
}
