import { closeSync, openSync, readSync } from 'node:fs';

/** A first line is shorter. */
const LONGEST = 1 << 20;

/** Column names of a CSV file, as its first line has them; quotes around a name are not part of it, and a quoted name may hold commas. */
export function csvHeader(file: string): string[] {
  const [line = ''] = beginning(file).split(/\r?\n/, 1);
  return [...line.matchAll(/(?:^|,)\s*("(?:[^"]|"")*"|[^,]*)/g)].map(([, name = '']) => {
    const column = name.trim();
    return /^".*"$/.test(column) ? column.slice(1, -1).replaceAll('""', '"') : column;
  });
}

function beginning(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(LONGEST);
    return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, LONGEST, 0));
  } finally {
    closeSync(descriptor);
  }
}
