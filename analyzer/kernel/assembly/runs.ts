import { bitsOf, keyOf, sortHalf } from './sort';

/** Two numbers for either end of a merge. */
const ENOUGH_FOR_BOTH_ENDS: usize = 4 * 8;

/** Writes, in order, every second of some numbers (no NaN among them) from the one at `offset` on; quickly where they come as one run or two. */
export function halve(values: usize, size: u32, offset: u32, target: usize): void {
  const end = values + (<usize>size << 3);
  let middle = endOfRun(values, end);
  if (middle == values + 8) middle = moveFirst(values, end);
  if (middle == end) takeHalf(values, end, offset, target);
  else if (endOfRun(middle, end) == end) mergeHalf(values, middle, end, offset, target);
  else sortHalf(values, size, offset, target);
}

/** Where the first number stands that is less than the one before it. */
function endOfRun(start: usize, end: usize): usize {
  let at = start + 8;
  while (at < end && !isLess(at, at - 8)) at += 8;
  return at;
}

/** Moves the first number to its place in the run behind it; returns where that ends. */
function moveFirst(values: usize, end: usize): usize {
  const runEnd = endOfRun(values + 8, end);
  const first = load<u64>(values);
  let at = values;
  for (; at + 8 < runEnd && keyOf(load<u64>(at + 8)) < keyOf(first); at += 8) store<u64>(at, load<u64>(at + 8));
  store<u64>(at, first);
  return runEnd;
}

function takeHalf(values: usize, end: usize, offset: u32, target: usize): void {
  for (let from = values + (<usize>offset << 3), to = target; from < end; to += 8, from += 16) store<u64>(to, load<u64>(from));
}

/** Merges two runs from both ends at once, without a branch: what comes next at one end does not wait for the other. */
function mergeHalf(start: usize, middle: usize, end: usize, offset: u32, target: usize): void {
  let left = start;
  let leftEnd = middle;
  let right = middle;
  let rightEnd = end;
  let to = target;
  let toEnd = target + ((end - start) >> 1);
  while (leftEnd - left >= ENOUGH_FOR_BOTH_ENDS && rightEnd - right >= ENOUGH_FOR_BOTH_ENDS) {
    let low = keyAt(left);
    let otherLow = keyAt(right);
    let high = keyAt(leftEnd - 8);
    let otherHigh = keyAt(rightEnd - 8);
    const first = min(low, otherLow);
    const last = max(high, otherHigh);
    let step = <usize>(otherLow < low) << 3;
    let endStep = <usize>(otherHigh >= high) << 3;
    left += 8 - step;
    right += step;
    leftEnd -= 8 - endStep;
    rightEnd -= endStep;
    low = keyAt(left);
    otherLow = keyAt(right);
    high = keyAt(leftEnd - 8);
    otherHigh = keyAt(rightEnd - 8);
    const second = min(low, otherLow);
    const lastButOne = max(high, otherHigh);
    step = <usize>(otherLow < low) << 3;
    endStep = <usize>(otherHigh >= high) << 3;
    left += 8 - step;
    right += step;
    leftEnd -= 8 - endStep;
    rightEnd -= endStep;
    store<u64>(to, bitsOf(offset ? second : first));
    to += 8;
    toEnd -= 8;
    store<u64>(toEnd, bitsOf(offset ? last : lastButOne));
  }
  for (let isWanted = offset == 0; to < toEnd; isWanted = !isWanted) {
    const isRight = left == leftEnd || (right < rightEnd && isLess(right, left));
    if (isWanted) {
      store<u64>(to, load<u64>(isRight ? right : left));
      to += 8;
    }
    left += <usize>!isRight << 3;
    right += <usize>isRight << 3;
  }
}

/** Whether the number at one place is less than that at another: -0 is less than 0. */
@inline
function isLess(place: usize, other: usize): bool {
  return keyAt(place) < keyAt(other);
}

@inline
function keyAt(place: usize): u64 {
  return keyOf(load<u64>(place));
}
