const LENGTH = 200;

/** What a model said, on one line and short enough for a sentence. */
export function clipWords(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  if (line === '') return 'an empty answer';
  return line.length > LENGTH ? `${line.slice(0, LENGTH - 1)}…` : line;
}
