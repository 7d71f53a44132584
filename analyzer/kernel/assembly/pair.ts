import { Column } from './column';
import { addDistinct, newDistinctCounter } from './distinct-counter';
import { hashBits } from './hash';

/** Counts for columns whose distinct values are categories: nobody asks it. */
const unasked = newDistinctCounter();

/**
 * Adds finite numbers to the moments and the distinct values of two columns, but to no category. As `Column.count` does, but of both at once: each
 * average waits for the division before it, and what is summed stays in registers.
 */
export function addToBoth(first: Column, firstValues: usize, second: Column, secondValues: usize, size: u32): void {
  const firstCounter = first.counter || unasked;
  const secondCounter = second.counter || unasked;
  let numbers = both(first.numbers, second.numbers);
  let sum = both(first.sum, second.sum);
  let minimum = both(first.minimum, second.minimum);
  let maximum = both(first.maximum, second.maximum);
  let average = both(first.average, second.average);
  let squares = both(first.squares, second.squares);
  for (let at = firstValues, other = secondValues, end = firstValues + (<usize>size << 3); at < end; at += 8, other += 8) {
    const values = v128.load64_lane(other, v128.load64_zero(at), 1);
    numbers = f64x2.add(numbers, f64x2.splat(1));
    sum = f64x2.add(sum, values);
    minimum = f64x2.pmin(minimum, values);
    maximum = f64x2.pmax(maximum, values);
    const delta = f64x2.sub(values, average);
    const step = f64x2.div(delta, numbers);
    average = f64x2.add(average, step);
    squares = f64x2.add(squares, f64x2.mul(delta, f64x2.sub(delta, step)));
    addDistinct(firstCounter, hashBits(load<u64>(at)));
    addDistinct(secondCounter, hashBits(load<u64>(other)));
  }
  first.sum = f64x2.extract_lane(sum, 0);
  first.minimum = f64x2.extract_lane(minimum, 0);
  first.maximum = f64x2.extract_lane(maximum, 0);
  first.average = f64x2.extract_lane(average, 0);
  first.squares = f64x2.extract_lane(squares, 0);
  second.sum = f64x2.extract_lane(sum, 1);
  second.minimum = f64x2.extract_lane(minimum, 1);
  second.maximum = f64x2.extract_lane(maximum, 1);
  second.average = f64x2.extract_lane(average, 1);
  second.squares = f64x2.extract_lane(squares, 1);
}

@inline
function both(first: f64, second: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(first), 1, second);
}
