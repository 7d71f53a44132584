// Writes lib/contract/image-accounts.ts: which accounts hold the images of Model Monitor, by region.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const { accounts, sources } = JSON.parse(readFileSync(path.join(import.meta.dirname, 'model-monitor-images.json'), 'utf8'));

/** The whole file. */
export function imageAccountsSource() {
  const regions = Object.entries(accounts).map(([region, images]) => {
    const pairs = Object.entries(images).map(([image, account]) => `${image}: '${account}'`);
    return `  '${region}': { ${pairs.join(', ')} },`;
  });
  return `/**
 * Accounts that hold the images of Model Monitor, by region. Written by scripts/model-monitor-images.mjs from model-monitor-images.json.
 *
 * Sources:
${sources.map(source => ` * - ${source}`).join('\n')}
 */
export const IMAGE_ACCOUNTS: Readonly<Record<string, { readonly analyzer?: string; readonly clarify?: string }>> = {
${regions.join('\n')}
};
`;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(path.join(import.meta.dirname, '../lib/contract/image-accounts.ts'), imageAccountsSource());
}
