import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Exchange } from '../../../rehearsal/traffic/traffic';
import { readScenario } from '../../../rehearsal/traffic/scenario';
import { ScenarioSource, scenarioTraffic } from '../../../rehearsal/traffic/scenario-traffic';

const folder = mkdtempSync(path.join(tmpdir(), 'scenario-'));
const source: ScenarioSource = {
  file: path.join(folder, 'rows.csv'), format: { csv: { header: true } }, columns: { input: ['income', 'sex'], output: ['approved'] }, label: 'worthy',
};

beforeAll(() => {
  writeFileSync(source.file, ['income,sex,approved,worthy', '100,f,1,1', '200,m,1,1', '300,f,0,0', '400,m,0,0'].join('\n'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function scenario(days: readonly object[], more: object = {}): string {
  const file = path.join(folder, 'scenario.json');
  writeFileSync(file, JSON.stringify({ firstHour: 9, hours: 1, recordsPerHour: 4, days, ...more }));
  return file;
}

async function firstHour(day: object): Promise<readonly Exchange[]> {
  const [traffic] = await scenarioTraffic(readScenario(scenario([{ what: 'a day', ...day }])), source, 1);
  return traffic!.hour(0) as readonly Exchange[];
}

test('a day holds rows of the file, with the answer and the label of each', async () => {
  const exchanges = await firstHour({});

  expect([...exchanges].sort((a, b) => a.input.localeCompare(b.input))).toEqual([
    { input: '100,f', output: '1', label: '1' }, { input: '200,m', output: '1', label: '1' },
    { input: '300,f', output: '0', label: '0' }, { input: '400,m', output: '0', label: '0' },
  ]);
});

test('only those ask whom the condition means', async () => {
  expect(new Set((await firstHour({ only: 'sex = \'f\' AND income::INT > 100' })).map(({ input }) => input))).toEqual(new Set(['300,f']));
});

test('a share of the labels is another one, and inputs are shifted', async () => {
  const exchanges = await firstHour({ mislabel: '50%', shift: ['income=+10%'] });

  expect(exchanges.filter(({ output, label }) => output !== label)).toHaveLength(2);
  expect(new Set(exchanges.map(({ input }) => input))).toEqual(new Set(['110,f', '220,m', '330,f', '440,m']));
});

test.each<[object, RegExp]>([
  [{ only: 'height > 3' }, /^a day: Binder Error.*height/],
  [{ only: 'sex = \'x\'' }, /^a day: no row of .*rows\.csv is meant by "sex = 'x'"$/],
])('%j is refused in words', async (day, message) => {
  await expect(firstHour(day)).rejects.toThrow(message);
});

test.each<[() => string, RegExp]>([
  [() => path.join(folder, 'nothing.json'), /nothing\.json does not exist$/],
  [() => source.file, /rows\.csv cannot be read as JSON: /],
  [() => scenario([]), /is no scenario:\n.*days: /],
  [() => scenario([{ what: 'a day', shifts: [] }]), /days\.0: .*shifts/],
  [() => scenario([{ what: 'a day' }], { firstHour: 23, hours: 2 }), /firstHour and hours reach into the next day/],
  [() => scenario([{ what: 'a day', mislabel: 'half' }]), /mislabel half: "half" is not a percentage/],
  [() => scenario([{ what: 'a day', shift: ['income'] }]), /--shift income: give a feature and a value/],
])('a file that is no scenario is refused in words', (file, message) => {
  expect(() => readScenario(file())).toThrow(message);
});
