import { Window } from './execution';

/** Longest schedule name, so that every job's name fits. */
export const SCHEDULE_NAME_LENGTH = 36;

/** Deterministic, so that a duplicate start is refused as "in use": `<prefix>-<yyyymmddhh of the window's end>-<attempt>`. */
export function executionJobName(namePrefix: string, window: Window, attempt = 1): string {
  return `${namePrefix}-${window.end.slice(0, 13).replace(/[-T]/g, '')}-${attempt}`;
}
