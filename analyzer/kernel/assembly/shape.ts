import { areEqual } from './bytes';
import { find, textEnd } from './lines';

const NEWLINE: u8 = 0x0a;
const BACKSLASH: u8 = 0x5c;
/** The place of a value that lines do not have. */
const NONE: u32 = 0xffff_ffff;

/** Bytes [start, end) of a line. */
@unmanaged
class Span {
  start: usize;
  end: usize;

  get size(): usize {
    return this.end - this.start;
  }
}

@unmanaged
class Text {
  start: usize;
  size: usize;
}

/** What lines of capture files have in common: literals, with a value behind each but the last. */
@unmanaged
export class Shape {
  size: u32;
  literals: usize;
  eventId: u32;
  inferenceId: u32;
  inferenceTime: u32;
  /** What the ids of the analyzer's own requests begin with. */
  ownPrefix: usize;
  ownPrefixSize: usize;

  literal(index: u32): Text {
    return changetype<Text>(this.literals + <usize>index * offsetof<Text>());
  }

  /** What a line takes in a table of spans: one for each value, and last that of the line itself. */
  get stride(): usize {
    return offsetof<Span>() * this.size;
  }

  /** What labels are found by: the caller's inferenceId, else the eventId. */
  id(line: usize): Span {
    if (this.inferenceId == NONE) return spanOf(line, this.eventId);
    const inferenceId = spanOf(line, this.inferenceId);
    return inferenceId.size > 0 ? inferenceId : spanOf(line, this.eventId);
  }
}

/** A shape of so many literals; values are numbered as they come. */
export function newShape(size: u32, eventId: u32, inferenceId: u32, inferenceTime: u32, ownPrefix: usize, ownPrefixSize: u32): Shape {
  const shape = changetype<Shape>(heap.alloc(offsetof<Shape>()));
  shape.size = size;
  shape.literals = heap.alloc(<usize>size * offsetof<Text>());
  shape.eventId = eventId;
  shape.inferenceId = inferenceId;
  shape.inferenceTime = inferenceTime;
  shape.ownPrefix = ownPrefix;
  shape.ownPrefixSize = ownPrefixSize;
  return shape;
}

export function setLiteral(shape: Shape, index: u32, text: usize, size: u32): void {
  const literal = shape.literal(index);
  literal.start = text;
  literal.size = size;
}

/**
 * Reads lines of a shape that follow each other, all of one time, and all of them the analyzer's own requests or none: at most `room`. Where their
 * values are, it writes into the table at `spans`; returns how many lines there are. A line may lack its end only where nothing comes after it.
 */
export function readRun(shape: Shape, start: usize, end: usize, isLast: bool, spans: usize, room: u32): u32 {
  let line = spans;
  let count: u32 = 0;
  for (let place = start; count < room && place < end; count++, line += shape.stride) {
    const lineEnd = readLine(shape, place, end, line);
    if (lineEnd == 0 || (lineEnd == end ? !isLast : load<u8>(lineEnd) != NEWLINE)) break;
    if (mayHideOrigin(shape, line) || (count > 0 && !areAlike(shape, spans, line))) break;
    place = lineEnd + 1;
  }
  return count;
}

/** Where a line of the shape ends; 0 where it has another one. */
@inline
function readLine(shape: Shape, start: usize, end: usize, line: usize): usize {
  const last = shape.size - 1;
  let place = start;
  for (let index: u32 = 0; index < last; index++) {
    place = behind(shape.literal(index), place, end);
    if (place == 0) return 0;
    const span = spanOf(line, index);
    span.start = place;
    place = textEnd(place, end);
    span.end = place;
  }
  const span = spanOf(line, last);
  span.start = start;
  span.end = behind(shape.literal(last), place, end);
  return span.end;
}

/** Where the text goes on after a literal; 0 where it is not there. */
@inline
function behind(literal: Text, place: usize, end: usize): usize {
  return end - place >= literal.size && areEqual(literal.start, place, literal.size) ? place + literal.size : 0;
}

/** Whether an escape hides if the id is one of ours. */
@inline
function mayHideOrigin(shape: Shape, line: usize): bool {
  const id = shape.id(line);
  const end = min(id.end, id.start + shape.ownPrefixSize);
  return find(BACKSLASH, id.start, end) != end;
}

@inline
function areAlike(shape: Shape, first: usize, line: usize): bool {
  const time = spanOf(first, shape.inferenceTime);
  const other = spanOf(line, shape.inferenceTime);
  return time.size == other.size && areEqual(time.start, other.start, time.size) && isOwn(shape, first) == isOwn(shape, line);
}

@inline
function isOwn(shape: Shape, line: usize): bool {
  const id = shape.id(line);
  return id.size >= shape.ownPrefixSize && areEqual(id.start, shape.ownPrefix, shape.ownPrefixSize);
}

@inline
function spanOf(line: usize, index: u32): Span {
  return changetype<Span>(line + <usize>index * offsetof<Span>());
}
