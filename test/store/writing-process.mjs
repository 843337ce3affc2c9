/**
 * A process to be killed while it writes: `node writing-process.mjs FOLDER START`. It inserts and
 * updates one document after the other and prints each number only after both are acknowledged.
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

const store = await openEmbeddedStore({ folder, schema });
const notes = store.collection("notes");
for (let number = Number(start); ; number++) {
  await notes.insertOne({ _id: `n${number}`, number, tags: [`t${number}`, "all"] });
  await notes.updateOne({ _id: `n${number}` }, { $set: { done: true }, $push: { tags: `d${number}` } });
  writeSync(1, `${number}\n`);
}
