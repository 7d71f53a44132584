import { spawnSync } from 'node:child_process';
import path from 'node:path';

const SCRIPT = path.join(__dirname, '../../assets/model-monitor');
/** Hands the script a record, as the service's container does. */
const CONTAINER = `
import json, sys
from types import SimpleNamespace
sys.path.insert(0, ${JSON.stringify(SCRIPT)})
from requests_only import preprocess_handler
side = SimpleNamespace(**json.load(sys.stdin))
print(json.dumps(preprocess_handler(SimpleNamespace(endpoint_input=side, endpoint_output=None))))
`;

function preprocess(encoding: string, data: string): unknown {
  const { status, stdout, stderr } = spawnSync('python3', ['-B', '-c', CONTAINER], { encoding: 'utf8', input: JSON.stringify({ encoding, data }) });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as unknown;
}
const columns = (...values: string[]): object => Object.fromEntries(values.map((value, place) => [String(place).padStart(20, '0'), value]));

if (spawnSync('python3', ['--version']).status !== 0) {
  process.stderr.write('the script that reads requests was not run: Python 3 was not found\n');
  test.skip('the script that reads requests is run', () => undefined);
} else {
  test.each<[string, string, string, unknown]>([
    ['a row', 'CSV', '20,31997.06,card\n', columns('20', '31997.06', 'card')],
    ['a field with a comma', 'CSV', '20,"a, b",', columns('20', 'a, b', '')],
    ['several rows', 'CSV', '1,a\n2,b\n', [columns('1', 'a'), columns('2', 'b')]],
    ['no row', 'CSV', '\n', []],
    ['bytes', 'BASE64', Buffer.from('1,ä').toString('base64'), columns('1', 'ä')],
    ['an object', 'JSON', '{"age":20,"card":null}', { age: 20, card: null }],
  ])('%s of a request becomes columns in their order', (_, encoding, data, expected) => {
    expect(preprocess(encoding, data)).toEqual(expected);
  });
}
