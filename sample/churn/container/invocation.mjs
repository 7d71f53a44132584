import { parseCsv } from './csv.mjs';
import { predict } from './model.mjs';
import { RequestError } from './request-error.mjs';
import { customerOf } from './schema.mjs';

/** How rows come in and probabilities go out, by content type. */
const FORMATS = {
  'text/csv': {
    rows: parseCsv,
    body: probabilities => `${probabilities.join('\n')}\n`,
  },
  'application/json': {
    rows: instances,
    body: probabilities => JSON.stringify({ predictions: probabilities.map(probability => ({ probability })) }),
  },
};

/** Probabilities that customers leave, one a row, in the format that they came in. */
export function answer(model, header, body) {
  const contentType = String(header).split(';', 1)[0].trim().toLowerCase();
  if (!Object.hasOwn(FORMATS, contentType)) {
    throw new RequestError(415, `content type ${JSON.stringify(contentType)} is not read here: send ${Object.keys(FORMATS).join(' or ')}`);
  }
  const format = FORMATS[contentType];
  const rows = format.rows(body);
  if (rows.length === 0) throw new RequestError(400, 'the request holds no row');
  const probabilities = rows.map((row, index) => probabilityOf(model, row, index));
  return { body: format.body(probabilities), contentType };
}

function probabilityOf(model, row, index) {
  try {
    return Number(predict(model, customerOf(row)).toFixed(6));
  } catch (error) {
    if (error instanceof RangeError) throw new RequestError(400, `row ${index + 1}: ${error.message}`);
    throw error;
  }
}

function instances(body) {
  const request = parseJson(body);
  if (!Array.isArray(request?.instances)) throw new RequestError(400, 'JSON must look like {"instances": [{"features": [34, 67500.25, …]}]}');
  return request.instances.map(instance => instance?.features);
}

function parseJson(body) {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new RequestError(400, `the body is no JSON: ${error.message}`);
  }
}
