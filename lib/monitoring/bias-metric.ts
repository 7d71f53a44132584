/** A measure of bias, as the service abbreviates it; the first eight look at labels alone, the others at predictions. */
export enum BiasMetric {
  /** Class imbalance: how much rarer the group is. */
  CI = 'CI',
  /** Difference in proportions of labels: how much rarer the group's positive labels are. */
  DPL = 'DPL',
  /** Kullback-Leibler divergence of the labels. */
  KL = 'KL',
  /** Jensen-Shannon divergence of the labels. */
  JS = 'JS',
  /** L2 norm of the labels' difference. */
  LP = 'LP',
  /** Total variation distance of the labels. */
  TVD = 'TVD',
  /** Kolmogorov-Smirnov distance of the labels. */
  KS = 'KS',
  /** Conditional demographic disparity of labels. */
  CDDL = 'CDDL',
  /** Difference in positive proportions of predictions. */
  DPPL = 'DPPL',
  /** Disparate impact: how often the group is predicted positive, relative to the others; below 0.8 breaks the four-fifths rule. */
  DI = 'DI',
  /** Difference in conditional acceptance. */
  DCA = 'DCA',
  /** Difference in conditional rejection. */
  DCR = 'DCR',
  /** Recall difference. */
  RD = 'RD',
  /** Specificity difference. */
  SD = 'SD',
  /** Difference in acceptance rates. */
  DAR = 'DAR',
  /** Difference in rejection rates. */
  DRR = 'DRR',
  /** Accuracy difference. */
  AD = 'AD',
  /** Treatment equality. */
  TE = 'TE',
  /** Conditional demographic disparity of predictions. */
  CDDPL = 'CDDPL',
  /** Counterfactual flip test. */
  FT = 'FT',
  /** Generalized entropy. */
  GE = 'GE',
}
