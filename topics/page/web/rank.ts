// The orders of a topic's terms, by the rules of the package topics.

import { Data } from './data';
import { fiveDigits } from './numbers';

export interface Ranked { row: number; weight: number; score: number }

// relevance orders the terms of topic k by λ log φ + (1 − λ) log(φ/p). As in Ranker.Top, scores
// are compared as e to that power, and those that agree to five digits count as equal; then
// probabilities decide, then the order of the vocabulary.
export function relevance(data: Data, k: number, lambda: number, n: number): Ranked[] {
  const { start, at, value } = data.w;
  const list: (Ranked & { key: number; size: number })[] = [];
  for (let e = start[k]; e < start[k + 1]; e++) {
    const weight = value[e], row = at[e];
    const score = lambda * Math.log(weight) + (1 - lambda) * Math.log(weight / data.marginal[row]);
    list.push({ row, weight, score, key: fiveDigits(Math.exp(score)), size: fiveDigits(weight) });
  }
  list.sort((a, b) => b.key - a.key || b.size - a.size || a.row - b.row);
  return list.slice(0, n);
}
