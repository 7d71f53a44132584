import fc from 'fast-check';
import { EXPLANATION_INFERENCE_ID_PREFIX } from '../../../lib/contract';
import { linesOf } from './damage';

/** What callers send: values as the baseline has them, and worse ones. */
const VALUE = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -50, max: 1000 }).map(String) },
  { weight: 2, arbitrary: fc.double({ noDefaultInfinity: true }).map(String) },
  { weight: 2, arbitrary: fc.constantFrom('Paris', 'Wien', 'Köln', '', 'NaN', 'true', 'null', '1e999', '-0', '"', '","', '\r', '\n', '\\', '\u2028', '{', '[1]', '__proto__') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);
export const CSV = fc.array(fc.array(VALUE, { minLength: 1, maxLength: 5 }).map(values => values.join(',')), { minLength: 1, maxLength: 3 }).map(rows => rows.join('\n'));
const NAME = fc.constantFrom('price', 'count', 'shop', 'instances', 'predictions', '__proto__', 'constructor', 'a.b', '', 'größe');
export const JSON_TEXT = fc.oneof(
  fc.dictionary(NAME, fc.oneof(VALUE, fc.jsonValue({ maxDepth: 3 }))).map(object => JSON.stringify(object)),
  fc.jsonValue({ maxDepth: 4 }).map(value => JSON.stringify(value)),
  fc.array(fc.array(fc.integer(), { maxLength: 4 }), { maxLength: 3 }).map(instances => JSON.stringify({ instances })),
  CSV,
);
const PAYLOAD = fc.oneof(
  { weight: 4, arbitrary: CSV.map(data => ({ data, encoding: 'CSV' })) },
  { weight: 3, arbitrary: JSON_TEXT.map(data => ({ data, encoding: 'JSON' })) },
  { weight: 1, arbitrary: fc.oneof(CSV, JSON_TEXT).map(text => ({ data: Buffer.from(text).toString('base64'), encoding: 'BASE64' })) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }).map(bytes => ({ data: Buffer.from(bytes).toString('base64'), encoding: 'BASE64', observedContentType: 'image/png' })) },
);
const TIME = fc.oneof(
  { weight: 6, arbitrary: fc.date({ min: new Date('2026-01-31T08:59:58Z'), max: new Date('2026-01-31T10:00:02Z'), noInvalidDate: true }).map(date => date.toISOString()) },
  { weight: 1, arbitrary: fc.constantFrom('2026-01-31T09:00:00Z', '2026-01-31T10:00:00Z', '2026-01-31T11:30:00+02:00', '2026-02-30T09:00:00Z', 'yesterday', '', '0') },
);
export const ID = fc.oneof({ weight: 5, arbitrary: fc.uuid() }, { weight: 1, arbitrary: fc.constantFrom('e1', 'e2', '', `${EXPLANATION_INFERENCE_ID_PREFIX}1`) });

const RECORD = fc.record({
  captureData: fc.record({ endpointInput: PAYLOAD, endpointOutput: PAYLOAD }, { requiredKeys: ['endpointInput'] }),
  eventMetadata: fc.record({ eventId: ID, inferenceId: ID, inferenceTime: TIME, endpointInput: CSV }, { requiredKeys: ['eventId', 'inferenceTime'] }),
  eventVersion: fc.constant('0'),
}, { requiredKeys: ['captureData', 'eventMetadata'] }).map(record => JSON.stringify(record));

/** The lines of a window's files. Their texts repeat, so that readers which remember shapes are led astray where that is possible. */
export const LINES = linesOf(RECORD);
