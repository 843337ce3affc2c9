/**
 * `npm run bench [-- --quick] [-- --kill]`: what is measured of records (records.mjs). Needs the build;
 * not part of `npm test`.
 */
import { benchRecords } from "./records.mjs";

const asked = (option) => process.argv.includes(option);

await benchRecords({ rows: asked("--quick") ? 10_000 : 100_000, kill: asked("--kill") });
