/**
 * A process that writes until the disk is full: `node filling-process.mjs FOLDER START`. Prints how many
 * documents were acknowledged, how the first refusal and the next try went, how many can be read, and
 * whether the store called itself ready.
 * Needs the build (`npm test` makes it first).
 */
import { openEmbeddedStore } from "../../dist/store/embedded/store.js";
import { writeSync } from "node:fs";

const [folder, start] = process.argv.slice(2);
const schema = {
  notes: [
    { fields: ["number"], unique: true },
    { fields: ["tags"], many: "tags" },
  ],
};
/** Fills pages, so that the end comes soon. */
const padding = "x".repeat(900);

const store = await openEmbeddedStore({ folder, schema });
const notes = store.collection("notes");
const write = async (number) => {
  await notes.insertOne({ _id: `n${number}`, number, tags: [`${padding}${number}`, "all"] });
  await notes.updateOne({ _id: `n${number}` }, { $set: { done: true }, $push: { tags: `d${number}` } });
};
const tried = (number) =>
  write(number).then(
    () => "",
    (error) => error.name,
  );

let written = 0;
let error = "";
for (let number = Number(start); error === "" && written < 20_000; number++) {
  error = await tried(number);
  if (error === "") written += 1;
}
const isReady = await store.ping().then(
  () => true,
  () => false,
);
const next = await tried(Number(start) + written + 1_000_000);
const readable = await notes.count({ tags: "all" }, { limit: 100_000 });
writeSync(1, JSON.stringify({ written, error, next, readable, isReady }));
process.exit(0);
