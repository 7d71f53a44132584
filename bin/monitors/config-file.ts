import { Option } from 'commander';
import * as z from 'zod';
import { readJson } from '../../analyzer/json-file';

/** The service's own configuration of bias and explainability. */
export interface ConfigOptions {
  readonly config?: string;
}

export const CONFIG = new Option('--config <file>', 'analysis_config.json, as Clarify reads it; the other options go before it');

/** What the file says; without one, nothing. */
export function configOf({ config }: ConfigOptions): Record<string, unknown> {
  return config === undefined ? {} : readJson(config, z.record(z.string(), z.unknown()), 'settings');
}

/** A number where the text is one: a file's 1 and an option's 1 are the same. */
export function numberOrText(text: string): string | number {
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
