import { createHash } from 'node:crypto';

/** Stands for a value of a sensitive column: 16 hex digits of a SHA-256 that is salted with the column's name. */
export function hashValue(column: string, value: string): string {
  return createHash('sha256').update(`${column}\0${value}`).digest('hex').slice(0, 16);
}

/** Stands for a record that may hold sensitive values. */
export function hashRecord(record: string): string {
  return createHash('sha256').update(record).digest('hex');
}
