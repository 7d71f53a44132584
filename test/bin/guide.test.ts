import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { fullSchedule, latestKey, reportFolder, result, schedule } from '../lambda/stage';
import { Deployed } from './deployed';

const ROOT = path.join(__dirname, '../..');
const GUIDE = readFileSync(path.join(ROOT, 'docs/guides/command-line.md'), 'utf8');
const COMMANDS = [...GUIDE.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block]) => block!.trimEnd().split('\n'));

describe('every command of docs/guides/command-line.md', () => {
  const deployed = new Deployed();
  const model = createServer((request, response) => {
    let body = '';
    request.on('data', (text: Buffer) => { body += text.toString(); });
    request.on('end', () => { response.end(body.trim().split('\n').map(row => row.split(',')[0]).join('\n')); });
  });
  beforeAll(async () => {
    const training = readFileSync(path.join(ROOT, 'sample/churn/data/training.csv'), 'utf8').trimEnd();
    const [header, ...rows] = training.split('\n');
    deployed.line
      .write('training.csv', training)
      .write('scored.csv', [`${header!},predicted`, ...rows.map((row, index) => `${row},${index % 10 === 0 ? 1 - Number(row[0]) : row[0]!}`)])
      .write('numbers.csv', ['age,score', ...rows.slice(0, 100).map((row, index) => `${row.split(',')[1]!},${index % 9}`)])
      .write('transform/in/customers.csv', rows.map(row => row.slice(row.indexOf(',') + 1)))
      .write('requests.csv', ['age,score', '34,2', '35,3'])
      .write('labels.csv', ['id,label', 'a,1'])
      .write('labels.jsonl', '{"groundTruthData":{"data":"1","encoding":"CSV"},"eventMetadata":{"eventId":"a"}}')
      .write('analysis_config.json', JSON.stringify({
        label: 'churn', label_values_or_threshold: [1], facet: [{ name_or_index: 'payment_type', value_or_threshold: ['card'] }],
      }));
    await deployed.open();
    deployed.cloud.deploy(schedule);
    deployed.cloud.deploy({ ...fullSchedule, name: 'lending-daily' });
    for (const hour of ['2026/02/28/09', '2026/03/01/06']) deployed.cloud.put(`capture/churn/AllTraffic/${hour}/10-00-000-a.jsonl`, {});
    deployed.cloud.put(latestKey, { ...result, status: 'Completed', violations: 0 });
    deployed.cloud.put(`${reportFolder}/constraint_violations.json`, { violations: [] });
    await new Promise<void>((resolve) => { model.listen(0, '127.0.0.1', resolve); });
  });
  afterAll(() => {
    model.close();
    return deployed.close();
  });

  test.each(COMMANDS)('%s', async (command) => {
    const port = (model.address() as AddressInfo).port;
    const [program, ...words] = command.replace('localhost:8080', `127.0.0.1:${port}`).split(' ');

    expect(program).toBe('model-monitor');
    expect(await deployed.run(...words)).toMatchObject({ status: 0, stderr: '' });
  });

  test('there are some of each monitor', () => {
    for (const monitor of ['data-quality', 'model-quality', 'model-bias', 'model-explainability']) {
      expect(COMMANDS.filter(command => command.includes(` ${monitor} `)).length).toBeGreaterThan(1);
    }
  });
});
