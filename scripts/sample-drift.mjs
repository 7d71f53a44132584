import { readFileSync } from 'node:fs';
import path from 'node:path';

const drift = JSON.parse(readFileSync(path.join(import.meta.dirname, '../sample/churn/drift.json'), 'utf8'));

/** What happens to the churn model once it drifts, as options of `model-monitor rehearse`. */
export const sampleDrift = Object.entries(drift).flatMap(([kind, values]) => values.flatMap(value => [`--${kind}`, value]));
