import { listenToProgress, Phase } from '../../analyzer/progress';
import { withProgress } from './progress';

/** In bytes. */
const MEGABYTE = 1_000_000;

/** Does the analyzer's work, shows which phase it is in and how much of that is done, and tells at the end what there is to note. */
export async function withAnalysisProgress<T>(work: () => Promise<T>, stream?: NodeJS.WriteStream): Promise<T> {
  let phase: Phase = { doing: 'starting' };
  let done = 0;
  const notes: string[] = [];
  const result = await withProgress(() => phaseText(phase, done), async (show) => {
    const stop = listenToProgress({
      begin: (next) => {
        phase = next;
        done = 0;
        show();
      },
      advance: (count) => { done += count; },
      note: text => notes.push(text),
    });
    try {
      return await work();
    } finally {
      stop();
    }
  }, stream);
  for (const text of notes) tellNote(text);
  return result;
}

/** Tells a person what hinders nothing. */
export function tellNote(text: string): void {
  process.stderr.write(`note: ${text}\n`);
}

function phaseText({ doing, total }: Phase, done: number): string {
  if (total === undefined) return doing;
  if (total.unit === 'rows') return `${doing}: ${done} of ${total.count} rows`;
  const percent = total.count === 0 ? 100 : Math.min(100, Math.floor(done / total.count * 100));
  return `${doing}: ${percent} % of ${Math.ceil(total.count / MEGABYTE)} MB`;
}
