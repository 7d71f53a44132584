/** Why a metric has no value; the message is the `error` of the file. */
export class Uncomputable extends Error {}
