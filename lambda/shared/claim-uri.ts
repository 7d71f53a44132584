/** Claim on telling the world how an execution ended; a window without data may get an execution later, which has its own. */
export function publicationClaimUri(reportUri: string, execution: string): string {
  return `${reportUri}/publication-${execution}.json`;
}
