// The groups into which a cut of the tree parts the topics. All views that put topics in the
// order of the tree show the same ones.

import { Model } from './data';

export class Groups {
  count: number;
  of: number[] = []; // of each topic, from 0 in the order of the tree
  changed: () => void = () => {};
  private readonly key: string;

  constructor(private readonly model: Model) {
    this.key = `klew ${model.checksum} groups`;
    let kept = 0;
    try { kept = Number(localStorage.getItem(this.key)); } catch { /* a browser may keep nothing for a file */ }
    this.count = this.possible(kept || Math.ceil(Math.sqrt(model.topics.length)));
    this.cut();
  }

  private possible(n: number): number {
    return Math.max(1, Math.min(this.model.topics.length, Math.round(n) || 1));
  }

  // set cuts the tree into so many groups.
  set(n: number): void {
    if (this.possible(n) === this.count) return;
    this.count = this.possible(n);
    this.cut();
    try { localStorage.setItem(this.key, String(this.count)); } catch { /* as above */ }
    this.changed();
  }

  private cut(): void {
    const { a, b, order } = this.model.tree, k = this.model.topics.length;
    const up = Array.from({ length: Math.max(0, 2 * k - 1) }, (_, i) => i);
    for (let i = 0; i < k - this.count; i++) up[a[i]] = up[b[i]] = k + i;
    const root = (i: number): number => (up[i] === i ? i : root(up[i]));
    const seen = new Map<number, number>();
    for (const t of order) {
      const r = root(t);
      if (!seen.has(r)) seen.set(r, seen.size);
      this.of[t] = seen.get(r)!;
    }
  }

  // members are the topics of each group, in the order of the tree.
  members(): number[][] {
    const all: number[][] = Array.from({ length: this.count }, () => []);
    for (const t of this.model.tree.order) all[this.of[t]].push(t);
    return all;
  }

  share(group: number[]): number { return group.reduce((sum, t) => sum + this.model.topics[t].share, 0); }
}
