/** Column that the model predicts: 1 for a customer who left. */
export const LABEL = 'churn';

/** Columns of a request, in this order. The e-mail address says nothing of a customer, and is not learnt from. */
export const FEATURES = ['age', 'income', 'credit_score', 'total_purchases', 'payment_type', 'email'];

export const NUMERIC_FEATURES = ['age', 'income', 'credit_score', 'total_purchases'];
export const CATEGORICAL_FEATURES = ['payment_type'];

/** A number from the text or number of a field; undefined where it is missing. */
export function parseNumber(name, value) {
  if (value === undefined || value === null || String(value).trim() === '') return undefined;
  const number = ['string', 'number'].includes(typeof value) ? Number(value) : NaN;
  if (!Number.isFinite(number)) throw new RangeError(`${name} must be a number or empty, got ${JSON.stringify(value)}`);
  return number;
}

/** A customer from the fields of a request, which must be as many as there are features. */
export function customerOf(fields) {
  if (!Array.isArray(fields)) throw new RangeError(`features must be a list of ${FEATURES.length} values, got ${JSON.stringify(fields)}`);
  if (fields.length !== FEATURES.length) {
    throw new RangeError(`a row must have ${FEATURES.length} fields (${FEATURES.join(', ')}), got ${fields.length}`);
  }
  return Object.fromEntries(FEATURES.map((name, index) => [name, fields[index]]));
}
