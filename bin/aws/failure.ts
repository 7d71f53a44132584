const UNREACHABLE = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ECONNRESET', 'TimeoutError'];

/** Why AWS did not do what it was asked, in words; `undefined` where the error is none of its. */
export function awsFailure(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message } = error;
  const code = 'code' in error ? String(error.code) : name;
  if (message === 'Region is missing') return 'no AWS region is known: set AWS_REGION, or name a profile that has one with AWS_PROFILE';
  if (['CredentialsProviderError', 'TokenProviderError'].includes(name)) return `no AWS credentials were found: sign in, or name a profile with AWS_PROFILE (${message})`;
  if (UNREACHABLE.includes(code)) return `AWS cannot be reached (${code}): look at the network, AWS_REGION and AWS_ENDPOINT_URL`;
  return '$metadata' in error ? `AWS refused: ${message === '' || message === name ? name : `${message} (${name})`}` : undefined;
}
