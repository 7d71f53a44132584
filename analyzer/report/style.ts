/** The report's look; nothing is loaded from anywhere. */
export const STYLE = `
:root { --ink: #1d252c; --quiet: #5d6770; --line: #e3e7ea; --paper: #fff; --ground: #f5f6f7; --alarm: #c8452f; --calm: #2c7a4b; --window: #2f6db5; --base: #c5ccd3; --faint: #a3adb6; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e4e9ed; --quiet: #9ba7b2; --line: #313a43; --paper: #1c2228; --ground: #13171b; --alarm: #e2664f; --calm: #358a58; --window: #5a9ae0; --base: #56616c; --faint: #75818c; color-scheme: dark; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 48px 32px 72px; }
h1 { font-size: 28px; line-height: 1.25; font-weight: 650; letter-spacing: -0.015em; margin: 6px 0 0; }
h2 { font-size: 18px; font-weight: 650; letter-spacing: -0.01em; margin: 48px 0 14px; }
h3 { font-size: 15px; font-weight: 650; margin: 0; overflow-wrap: anywhere; }
.eyebrow { font-size: 12px; color: var(--quiet); letter-spacing: 0.06em; text-transform: uppercase; }
.verdict { display: inline-block; margin-top: 16px; padding: 5px 14px; border-radius: 99px; font-weight: 600; color: #fff; background: var(--calm); }
.verdict.alarm { background: var(--alarm); }
.facts { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 20px 28px; margin: 28px 0 0; padding: 22px 0 0; border-top: 1px solid var(--line); }
.facts dt { font-size: 12px; color: var(--quiet); }
.facts dd { margin: 2px 0 0; font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.panel { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 11px 18px; border-top: 1px solid var(--line); vertical-align: top; }
thead th { border-top: 0; font-size: 12px; font-weight: 500; color: var(--quiet); }
td.why { overflow-wrap: anywhere; }
td.why small { display: block; color: var(--quiet); }
code { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; color: var(--quiet); }
.legend { float: right; font-size: 13px; font-weight: 400; letter-spacing: 0; color: var(--quiet); }
.legend i { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin: 0 6px 0 16px; background: var(--base); }
.legend i.window { background: var(--window); }
.legend i.alarm { background: var(--alarm); }
.features { display: grid; grid-template-columns: repeat(auto-fill, minmax(460px, 1fr)); gap: 20px; }
.feature { padding: 18px 20px 8px; break-inside: avoid; }
.feature header { display: flex; justify-content: space-between; gap: 16px; align-items: baseline; }
.feature .distance { font-size: 13px; color: var(--quiet); white-space: nowrap; font-variant-numeric: tabular-nums; }
.feature .distance.alarm { color: var(--alarm); font-weight: 600; }
.feature svg { display: block; width: 100%; height: auto; margin: 12px 0 6px; }
.feature table { font-size: 13px; }
.feature td, .feature th { padding: 6px 0; font-weight: 400; }
.feature tr :first-child { color: var(--quiet); }
.feature td { text-align: right; white-space: nowrap; }
.feature td + td, .feature th + td { padding-left: 20px; }
.feature thead td { border-top: 0; color: var(--quiet); }
.feature table.confusion { margin: 14px 0 12px; }
.feature .confusion td { text-align: center; white-space: normal; padding: 12px 8px; }
.feature .confusion thead td { padding: 6px 0; }
.confusion small { display: block; color: var(--quiet); }
.broken { color: var(--alarm); }
.empty { color: var(--quiet); font-size: 13px; margin: 18px 0; }
.none { padding: 18px; color: var(--quiet); margin: 0; }
article { margin-top: 28px; }
article + article { margin-top: 72px; padding-top: 28px; border-top: 1px solid var(--line); }
article .verdict { margin-top: 8px; }
nav { display: flex; flex-wrap: wrap; gap: 8px 20px; margin-top: 14px; }
nav a { color: var(--window); text-decoration: none; }
.note { margin: 16px 0 0; font-size: 12px; color: var(--quiet); }
@media (max-width: 560px) {
  main { padding: 28px 16px; }
  .facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(130px, 1fr)); gap: 16px; }
  .features { grid-template-columns: 1fr; }
  .legend { float: none; display: block; margin-top: 4px; }
  .legend i:first-child { margin-left: 0; }
  .panel { overflow-x: auto; }
  th, td { padding: 9px 12px; }
  .violations thead { display: none; }
  .violations, .violations tbody, .violations tr, .violations td { display: block; }
  .violations tr { padding: 10px 0; border-top: 1px solid var(--line); }
  .violations tr:first-child { border-top: 0; }
  .violations td { padding: 2px 14px; border-top: 0; }
  .feature { padding: 16px 14px 8px; }
  .feature tbody td { white-space: normal; }
}
@media print { body { background: #fff; } .panel { border-color: #ccc; } }
`;
