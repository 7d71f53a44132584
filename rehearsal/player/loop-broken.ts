import { TemplateResource, where } from '../assembly/stack';

/** The loop does not close: at which arrow, why, and where in the template to look. */
export class LoopBroken extends Error {
  public override readonly name = 'LoopBroken';
  public readonly where?: string;

  /**
   * @param arrow `<from> → <to>`, with the names that the template uses
   * @param reason what happened, and what would be right
   */
  constructor(public readonly arrow: string, public readonly reason: string, resource?: TemplateResource) {
    const at = resource === undefined ? undefined : where(resource);
    super(`loop broken at ${arrow}: ${reason}${at === undefined ? '' : `\n  in ${at}`}`);
    this.where = at;
  }
}
