/** What this program uses of d3-dsv, which ships no types. */
declare module 'd3-dsv' {
  export function csvParseRows(text: string): string[][];
}
