/** Column that the model predicts: 1 for an applicant who is worth the credit. */
export const LABEL = 'creditworthy';

/** Columns of a request, in this order. Sex and age are asked for by law, to watch how groups fare, and are not learnt from. */
export const COLUMNS = ['credit_score', 'income', 'debt_ratio', 'age', 'zip_code', 'sex'];

/** What the model looks at. */
export const FEATURES = ['credit_score', 'income', 'debt_ratio', 'zip_code'];
export const NUMERIC_FEATURES = ['credit_score', 'income', 'debt_ratio'];

/** A number from the text of a field; undefined where it is missing. */
export function parseNumber(name, text) {
  if (text === undefined || text.trim() === '') return undefined;
  const number = Number(text);
  if (!Number.isFinite(number)) throw new RangeError(`${name} must be a number or empty, got ${JSON.stringify(text)}`);
  return number;
}

/** An applicant from the fields of a request's row. */
export function applicantOf(fields) {
  if (fields.length !== COLUMNS.length) throw new RangeError(`a row must have ${COLUMNS.length} fields (${COLUMNS.join(', ')}), got ${fields.length}`);
  return Object.fromEntries(COLUMNS.map((name, index) => [name, fields[index]]));
}
