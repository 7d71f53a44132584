/** Figures by their snake_case names; `undefined` where the rows cannot tell, such as a recall where nothing is positive. */
export type Figures = Readonly<Record<string, number | undefined>>;

/** The F measures, and how many times as much recall matters in each as precision. */
const F_MEASURES = { f0_5: 0.5, f1: 1, f2: 2 } as const;

/** Every F measure of a precision and a recall. */
export function fMeasures(precision: number, recall: number): Record<keyof typeof F_MEASURES, number> {
  const measure = (beta: number): number => ratio((1 + beta * beta) * precision * recall, beta * beta * precision + recall);
  return { f0_5: measure(F_MEASURES.f0_5), f1: measure(F_MEASURES.f1), f2: measure(F_MEASURES.f2) };
}

/** Nothing out of nothing is nothing, as in the service: a model that predicts no positive has a precision of 0. */
export function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** Figures under other names: those of the classifier that always predicts the same. */
export function ofBestConstant(figures: Figures): Figures {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [`${name}_best_constant_classifier`, value]));
}
