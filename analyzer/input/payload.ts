import { CapturedPayload } from '../../lib/contract';
import { parseCsv } from './csv';
import { jsonRows, parseJson } from './json-rows';
import { Rejection, Row, unnamedRow } from './row';

/** Rows of one side of a capture record. Throws a Rejection that names the side. */
export function payloadRows(side: string, payload: CapturedPayload): Row[] {
  const rows = named(side, () => decodedRows(payload));
  if (rows.length === 0) throw new Rejection(`${side} is empty`);
  return rows;
}

function decodedRows({ data, encoding, observedContentType }: CapturedPayload): Row[] {
  switch (encoding) {
    case 'CSV': return csvRows(data);
    case 'JSON': return jsonRows(parseJson(data));
    case 'BASE64': return textRows(decodeText(data), `BASE64 of ${observedContentType ?? 'an unknown content type'} is neither CSV nor JSON`);
  }
}

/** A container may label CSV or JSON as anything, so the text itself decides. */
function textRows(text: string | undefined, reason: string): Row[] {
  const start = text?.trimStart()[0];
  if (text === undefined || start === '<') throw new Rejection(reason);
  if (start !== '{' && start !== '[') return csvRows(text);
  try {
    return jsonRows(parseJson(text));
  } catch {
    throw new Rejection(reason);
  }
}

/** `undefined` where the bytes are not text. */
function decodeText(base64: string): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'));
    return /[\x00-\x08\x0e-\x1f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

function csvRows(text: string): Row[] {
  return parseCsv(text).map(unnamedRow);
}

function named<T>(side: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Rejection) throw new Rejection(`${side}: ${error.message}`);
    // The only way to exhaust the stack is a payload of thousands of brackets.
    if (error instanceof RangeError) throw new Rejection(`${side}: payload is nested too deeply`);
    throw error;
  }
}
