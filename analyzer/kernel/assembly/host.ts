/** What TypeScript does for the kernel; none of it happens often. */

/** The number nearest to a text that is one. */
@external('host', 'numberOf')
export declare function numberOf(start: usize, end: usize): f64;

/** Writes the text of a number that was stored as such; returns where it ends. */
@external('host', 'writeNumber')
export declare function writeNumber(target: usize, number: f64, isFractional: bool): usize;

/** Writes the text of a whole number that was stored as such; returns where it ends. */
@external('host', 'writeInteger')
export declare function writeInteger(target: usize, number: i64): usize;

/** Whether a value is none that the baseline allows; those of a column that are not told apart any more are counted there. */
@external('host', 'isOutsideDomain')
export declare function isOutsideDomain(column: usize, start: usize, end: usize): bool;

/** Replaces the value of a sensitive column, and adds what stands for it. */
@external('host', 'addSensitive')
export declare function addSensitive(column: usize, start: usize, end: usize): void;
