// Writes config/schema.json from the schema in bin/config.ts: node --import tsx scripts/config-schema.mjs
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { jsonSchema } from '../bin/config.ts';

writeFileSync(path.join(import.meta.dirname, '..', 'config', 'schema.json'), jsonSchema());
