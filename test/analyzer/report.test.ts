import { bell, record, Workspace } from './workspace';

const baseline = new Workspace();
const execution = new Workspace();
let page = '';

beforeAll(() => {
  const rows = bell(200, 100, 10).map((amount, index) => `${amount},${['<b>x</b>', 'y'][index % 2]!},id${index}`);
  baseline.baselineOf(['amount,<i>kind</i>,id', ...rows].join('\n')).run();
  const shifted = bell(200, 130, 10).map((amount, index) => `${amount},${index % 50 === 0 ? '"<script>alert(1)</script>"' : 'y'},id${index}`);
  execution.executionOf(baseline.baseline, { 'a.jsonl': shifted.map(row => record(row)).join('\n') }).run();
  page = execution.report.html;
});
afterAll(() => {
  baseline.remove();
  execution.remove();
});

test('the page loads nothing from anywhere and runs nothing', () => {
  expect(page.match(/(src|href)\s*=|url\(|@import|<script|<link/gi)).toBeNull();
});

test('what the data says is text, not markup', () => {
  expect(page.includes('<i>kind')).toBe(false);
  expect(page.includes('&#60;i&#62;kind')).toBe(true);
});

test('violations come first, then the features, most drifted first', () => {
  const places = ['>3 violations<', 'new category', 'amount: mean 99.', '<section', '<h3>amount', '<h3>id'].map(text => page.indexOf(text));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

test('numbers and categories are plotted, baseline and window beside each other; what has too many values says so', () => {
  expect(page.match(/<svg/g)).toHaveLength(2);
  expect(page.includes('Too many different values for a plot.')).toBe(true);
  expect(/above 1\d\d/.test(page)).toBe(true);
});
