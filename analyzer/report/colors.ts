/** Colours of plots: the page's own, so that they change with it between light and dark. */
export const COLORS = {
  baseline: 'var(--base)',
  window: 'var(--window)',
  alarm: 'var(--alarm)',
  /** Of what is thin: lines and points. */
  faint: 'var(--faint)',
  rule: 'var(--line)',
  quiet: 'var(--quiet)',
} as const;
