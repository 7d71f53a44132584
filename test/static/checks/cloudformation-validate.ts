import { createRequire } from 'node:module';

/** What CDK itself writes into every stack, and what is advice. */
const TAKEN = ['W3005'];

/** What of the package is used here; aws-cdk-lib bundles it, and its types are out of reach. */
interface Validator {
  readonly CompositeEngine: new () => Engine;
  readonly TemplateFile: new (file: string) => object;
}

interface Engine {
  validateTemplate(template: object, config: { readonly severityLevel: 'WARN' }): { readonly diagnostics: readonly Diagnostic[] };
}

interface Diagnostic {
  readonly ruleId: string;
  readonly message: string;
  readonly propertyPath?: string;
  readonly entity?: { readonly logicalId?: string };
}

/** The engine that aws-cdk-lib brings along and runs at synth. Loading its rules takes seconds: one serves all templates. */
export class CloudFormationValidate {
  private readonly validator = createRequire(require.resolve('aws-cdk-lib'))('@aws/cloudformation-validate') as Validator;
  private readonly engine = new this.validator.CompositeEngine();

  /** Errors and warnings, as in strict mode. */
  public findings(templateFile: string): string[] {
    const { diagnostics } = this.engine.validateTemplate(new this.validator.TemplateFile(templateFile), { severityLevel: 'WARN' });
    return diagnostics.filter(({ ruleId }) => !TAKEN.includes(ruleId))
      .map(({ ruleId, message, entity, propertyPath }) => `${ruleId} ${entity?.logicalId ?? ''}.${propertyPath ?? ''}: ${message}`);
  }
}
