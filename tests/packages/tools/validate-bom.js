// Says what CycloneDX's own JSON Schema has against a bill of materials; status 1 if anything.
'use strict';

const { readFileSync } = require('node:fs');
const { Spec, Validation } = require('@cyclonedx/cyclonedx-library');

const text = readFileSync(process.argv[2], 'utf8');
const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
// A judge that finds nothing wrong with nonsense is none.
const nonsense = JSON.stringify({ ...JSON.parse(text), serialNumber: 'urn:uuid:nonsense' });
Promise.all([validator.validate(text), validator.validate(nonsense)]).then(([problems, expected]) => {
  if (problems !== null) throw new Error(JSON.stringify(problems, null, 1));
  if (expected === null) throw new Error('the validator accepts a serial number that is none');
}).catch((error) => {
  console.error(`${process.argv[2]}: ${error.message}`);
  process.exitCode = 1;
});
