// `npm run docs`: writes the generated parts of the README, by the test that checks them.
import { spawnSync } from "node:child_process";

const jest = ["--experimental-vm-modules", "--no-warnings", "node_modules/jest/bin/jest.js", "test/docs"];
const env = { ...process.env, LIAISON_WRITE_DOCS: "1" };
process.exitCode = spawnSync(process.execPath, jest, { stdio: "inherit", env }).status ?? 1;
