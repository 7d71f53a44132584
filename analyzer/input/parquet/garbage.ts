import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { readonly type: 'minor' }) => void;

let collect: Collect | undefined;

/** Gives back the native memory of objects that nobody has any more. They look small to V8, which would let hundreds of megabytes wait for it. */
export function collectGarbage(): void {
  collect ??= exposed();
  collect({ type: 'minor' });
}

/** The collector is offered to contexts that are made once the flag is set. */
function exposed(): Collect {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as Collect;
}
