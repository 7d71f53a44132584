/** What plots need of the library that draws them. */
export { parse, View } from 'vega';
export { compile } from 'vega-lite';
