import { areEqual } from './bytes';
import { textEnd } from './lines';

/** A text that lines have in common, and where the value behind it was found last. */
@unmanaged
class Literal {
  text: usize;
  size: u32;
  valueStart: usize;
  valueEnd: usize;
}

/** Memory for what lines of capture files have in common: so many literals, with a value behind each but the last. */
export function newShape(literals: u32): usize {
  return heap.alloc(<usize>literals * offsetof<Literal>());
}

export function setLiteral(shape: usize, index: u32, text: usize, size: u32): void {
  const literal = at(shape, index);
  literal.text = text;
  literal.size = size;
}

/** Whether a line has a shape; where its values are, is known until the shape is looked for in another line. */
export function hasShape(shape: usize, literals: u32, start: usize, end: usize): bool {
  let place = start;
  for (let index: u32 = 0; index < literals; index++) {
    const literal = at(shape, index);
    if (end - place < literal.size || !areEqual(literal.text, place, literal.size)) return false;
    place += literal.size;
    literal.valueStart = place;
    if (index + 1 < literals) place = textEnd(place, end);
    literal.valueEnd = place;
  }
  return place == end;
}

export function valueStart(shape: usize, index: u32): usize {
  return at(shape, index).valueStart;
}

export function valueEnd(shape: usize, index: u32): usize {
  return at(shape, index).valueEnd;
}

@inline
function at(shape: usize, index: u32): Literal {
  return changetype<Literal>(shape + <usize>index * offsetof<Literal>());
}
