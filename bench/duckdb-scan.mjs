// Merely reads every value of a file, on two threads: inside the engine, or handed over to this process, which does nothing with it.
import { DuckDBInstance } from '@duckdb/node-api';

const [kind, file, handedOver] = process.argv.slice(2);
const sources = {
  captured: `read_json('${file}', format = 'newline_delimited')`,
  csv: `read_csv('${file}', header = true)`,
  parquet: `read_parquet('${file}')`,
};
const captured = ['captureData.endpointInput.data', 'captureData.endpointOutput.data', 'eventMetadata.eventId', 'eventMetadata.inferenceTime'];
const columns = kind === 'captured' ? captured : ['COLUMNS(*)'];
const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
if (handedOver === undefined) {
  await connection.runAndReadAll(`SELECT ${columns.map(column => `max(${column})`).join(', ')} FROM ${sources[kind]}`);
} else {
  const result = await connection.stream(`SELECT ${columns.join(', ')} FROM ${sources[kind]}`);
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) chunk.getColumns();
}
