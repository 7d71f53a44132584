import { TypedAnalysis } from '../contract';
import { Problems } from '../private/validation';
import { DataQualityAnalysisOptions } from './data-quality-analysis';
import { IInvocableEndpoint } from './invocable-endpoint';
import { ModelBiasAnalysisOptions } from './model-bias-analysis';
import { ModelExplainabilityAnalysisOptions } from './model-explainability-analysis';
import { ModelQualityAnalysisOptions } from './model-quality-analysis';
import { checkDataQuality, dataQualityAnalysis } from './private/data-quality';
import { checkModelBias, modelBiasAnalysis } from './private/model-bias';
import { checkModelExplainability, modelExplainabilityAnalysis } from './private/model-explainability';
import { checkModelQuality, modelQualityAnalysis } from './private/model-quality';

/** What is analysed and how: of a dataset by a BaselineJob, of traffic by a Monitor. Both take the same options. */
export class Analysis {
  /** Of the values: types, completeness, columns, categories and distributions. */
  public static dataQuality(options: DataQualityAnalysisOptions = {}): Analysis {
    const analysis = dataQualityAnalysis(options);
    return new Analysis({ type: 'data-quality', analysis }, (problems) => { checkDataQuality(analysis, problems); });
  }

  /** Of predictions against labels: accuracy, precision, recall and the like, or the errors of a regression. */
  public static modelQuality(options: ModelQualityAnalysisOptions): Analysis {
    const analysis = modelQualityAnalysis(options);
    return new Analysis({ type: 'model-quality', analysis }, (problems) => { checkModelQuality(analysis, problems); });
  }

  /** Of how differently groups fare, in labels and in predictions. */
  public static modelBias(options: ModelBiasAnalysisOptions): Analysis {
    const analysis = modelBiasAnalysis(options);
    return new Analysis({ type: 'model-bias', analysis }, (problems) => { checkModelBias(analysis, problems); });
  }

  /** Of what each feature contributes to the predictions, by asking the model. */
  public static modelExplainability(options: ModelExplainabilityAnalysisOptions): Analysis {
    const analysis = modelExplainabilityAnalysis(options);
    return new Analysis({ type: 'model-explainability', analysis }, (problems) => { checkModelExplainability(analysis, problems); }, options.endpoint);
  }

  /** Kind of analysis, as the service names it, such as `data-quality`. */
  public readonly type: string;
  /** @internal */
  public readonly _config: TypedAnalysis;
  /**
   * Notes what is wrong with it.
   *
   * @internal
   */
  public readonly _check: (problems: Problems) => void;
  /**
   * The model that it asks.
   *
   * @internal
   */
  public readonly _endpoint?: IInvocableEndpoint;

  private constructor(config: TypedAnalysis, check: (problems: Problems) => void, endpoint?: IInvocableEndpoint) {
    this.type = config.type;
    this._config = config;
    this._check = check;
    this._endpoint = endpoint;
  }
}
