// Adds up Jest's reports: `count.mjs <earlier failures> REPORT …`. A missing or empty report is a failure.
import { readFileSync } from "node:fs";

const [earlier, ...reports] = process.argv.slice(2);
let passed = 0;
let failed = Number(earlier);
for (const report of reports) {
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites, numTotalTests } = JSON.parse(
      readFileSync(report, "utf8"),
    );
    passed += numPassedTests;
    failed += Math.max(numFailedTests, numFailedTestSuites, numTotalTests === 0 ? 1 : 0);
  } catch {
    console.error(`No report ${report.replace(/.*\//, "")}: those tests did not run.`);
    failed += 1;
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
