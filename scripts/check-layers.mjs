#!/usr/bin/env node
import { describeViolation, findLayerViolations } from './lib/layer-violations.mjs';
import { root } from './lib/paths.mjs';

const { files, violations } = findLayerViolations(root);
for (const violation of violations) console.log(describeViolation(violation));
console.log(`${files} files, ${violations.length} against the layer rules`);
process.exitCode = violations.length > 0 ? 1 : 0;
