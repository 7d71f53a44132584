// Merely reads every value of a file, on two threads: the limit that the benchmark compares with.
import { DuckDBInstance } from '@duckdb/node-api';

const [kind, file] = process.argv.slice(2);
const queries = {
  captured: `SELECT sum(length(captureData.endpointInput.data)), sum(length(captureData.endpointOutput.data)),
    max(eventMetadata.eventId), max(eventMetadata.inferenceTime) FROM read_json('${file}', format = 'newline_delimited')`,
  csv: `SELECT max(COLUMNS(*)) FROM read_csv('${file}', header = true)`,
  parquet: `SELECT max(COLUMNS(*)) FROM read_parquet('${file}')`,
};
const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
await connection.runAndReadAll(queries[kind]);
