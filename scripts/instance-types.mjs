// Writes lib/private/instance-types.ts: which instance types SageMaker knows, as its SDK lists them.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ProcessingInstanceType, ProductionVariantInstanceType, TrainingInstanceType } from '@aws-sdk/client-sagemaker';

const uses = { endpoint: ProductionVariantInstanceType, processing: ProcessingInstanceType, training: TrainingInstanceType };

/** `['ml.m5.large', 'ml.m5.xlarge']` → `m5: 'large xlarge'`, one line a family; quoted if one of them must be. */
function familyLines(names) {
  const sizes = {};
  for (const [, family, size] of names.map(name => name.split('.'))) (sizes[family] ??= []).push(size);
  const families = Object.keys(sizes).sort();
  const quote = families.some(family => family.includes('-')) ? '\'' : '';
  return families.map(family => `    ${quote}${family}${quote}: '${sizes[family].join(' ')}',`);
}

/** The whole file. */
export function instanceTypesSource() {
  const sections = Object.entries(uses).map(([use, names]) => [`  ${use}: {`, ...familyLines(Object.values(names)), '  },'].join('\n'));
  return `/** Sizes of each instance family, by what SageMaker runs on it. Written by scripts/instance-types.mjs: run it when the SDK is updated. */
export const INSTANCE_FAMILIES = {
${sections.join('\n')}
} as const satisfies Record<string, Record<string, string>>;
`;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(path.join(import.meta.dirname, '../lib/private/instance-types.ts'), instanceTypesSource());
}
