import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Customer, customers, NUMERIC_FEATURES } from './customers';

/** The data that the sample's first model is trained with. */
export const TRAINING_DATA = { seed: 20_260_101, rows: 5_000, file: path.join(__dirname, 'data', 'training.csv') };

const COLUMNS = ['churn', 'age', 'income', 'credit_score', 'total_purchases', 'payment_type', 'email'] as const satisfies (keyof Customer)[];

/** Customers as CSV with a header, label first. */
export function customersCsv(rows: readonly Customer[]): string {
  return [COLUMNS.join(','), ...rows.map(csvLine)].join('\n') + '\n';
}

/** Every income keeps its cents, so that the whole column is Fractional; what is unknown is empty. */
function csvLine(customer: Customer): string {
  return COLUMNS.map((column) => {
    const value = customer[column];
    if (column === 'income') return customer.income.toFixed(NUMERIC_FEATURES.income.decimals);
    return value === undefined ? '' : String(value);
  }).join(',');
}

if (require.main === module) writeFileSync(TRAINING_DATA.file, customersCsv(customers(TRAINING_DATA.seed, TRAINING_DATA.rows)));
