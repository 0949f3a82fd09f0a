// node validate.mjs FILE...: what AsyncAPI's own parser says of each document, as JSON: {file: [{severity, code, ...}]}.
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

const SEVERITIES = ["error", "warning", "information", "hint"];
const parser = new Parser();
const found = {};
for (const file of process.argv.slice(2)) {
  const { diagnostics } = await parser.parse(readFileSync(file, "utf8"));
  found[file] = diagnostics.map(({ severity, code, path, message }) => ({
    severity: SEVERITIES[severity],
    code: String(code),
    path: path.join("."),
    message,
  }));
}
process.stdout.write(JSON.stringify(found));
