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

test('plots have the page\'s own colours, each of which is there by day and by night', () => {
  const plots = [...page.matchAll(/<svg.*?<\/svg>/gs)].join('');
  const used = [...plots.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, color]) => color!).filter(color => !/none|transparent/.test(color));
  const palettes = [...page.matchAll(/:root {([^}]+)}/g)].map(([, palette]) => palette!);

  expect(palettes).toHaveLength(2);
  expect(new Set(used)).toEqual(new Set(['base', 'quiet', 'line', 'alarm'].map(color => `var(--${color})`)));
  for (const palette of palettes) for (const color of used) expect(palette).toContain(`${color.slice(4, -1)}: #`);
});

test('of very many features, the hundred that matter most are plotted, and the page says how many are not', () => {
  const names = Array.from({ length: 130 }, (_, column) => `c${column}`);
  const rowsOf = (drifted: number): string[] => bell(60, 100, 10).map(value => names.map((_, column) => column >= 130 - drifted ? value * 2 : value).join(','));
  const [wide, window] = [new Workspace(), new Workspace()];
  wide.baselineOf([names.join(','), ...rowsOf(0)].join('\n')).run();
  window.executionOf(wide.baseline, { 'a.jsonl': rowsOf(2).map(row => record(row)).join('\n') }).run();
  const { html } = window.report;
  expect(html.match(/<svg/g)).toHaveLength(100);
  expect([...html.matchAll(/<h3>([^<]+)/g)].slice(0, 2).map(([, name]) => name).sort()).toEqual(['c128', 'c129']);
  expect(html).toContain('30 more are in statistics.json');
  wide.remove();
  window.remove();
});

test('a feature is plotted alike, whichever was plotted before it', () => {
  const rows = bell(200, 100, 10).map((amount, index) => [['north-north-west', 'east', 'south'][index % 3]!, amount, index % 7]);
  const plotOfLast = (columns: number): string | undefined => {
    const [trained, window] = [new Workspace(), new Workspace()];
    const lines = rows.map(row => row.slice(-columns).join(','));
    trained.baselineOf([['shop', 'amount', 'size'].slice(-columns).join(','), ...lines].join('\n')).run();
    window.executionOf(trained.baseline, { 'a.jsonl': lines.map(line => record(line)).join('\n') }).run();
    const { html } = window.report;
    trained.remove();
    window.remove();
    return /<h3>size.*?(<svg.*?<\/svg>)/s.exec(html)?.[1];
  };
  expect(plotOfLast(1)).toContain('<svg');
  expect(plotOfLast(3)).toBe(plotOfLast(1));
});
