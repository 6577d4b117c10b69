// What the page writes in fewer letters, as it is.

import { Documents, Field, Terms } from './data';

interface Coded { same: number[] | null; rest: string[] | null }

// listed is a list of strings of which each has so many letters of the one before.
function listed(c: Coded): string[] {
  let before = '';
  return (c.rest ?? []).map((rest, i) => (before = before.slice(0, c.same![i]) + rest));
}

export interface CodedTerms { stem: Coded; df: number[] | null; count?: number[]; has: number[] | null; forms: Coded; counts: number[] | null; phrases: number[] | null }

export function termsOf(c: CodedTerms): Terms {
  const stem = listed(c.stem);
  let next = 0;
  const forms = stem.map((s, i) => {
    const list: (string | number)[] = [];
    for (let left = c.has![i]; left > 0; left--, next++) list.push(s.slice(0, c.forms.same![next]) + c.forms.rest![next], c.counts![next]);
    return list;
  });
  const count = c.count ?? forms.map(list => list.reduce<number>((sum, x) => (typeof x === 'number' ? sum + x : sum), 0));
  return { stem, df: c.df ?? [], forms, count, shown: forms.map((f, i) => String(f[0] ?? stem[i])), phrases: c.phrases };
}

export interface CodedDocuments { id: Coded; tokens: number[] | null; unknown: number[] | null; fields: Field[] }

export function documentsOf(c: CodedDocuments): Documents {
  for (const f of c.fields) {
    let next = 0;
    f.of = f.of.map(n => (n === 0 ? next++ : n - 1));
  }
  return { id: listed(c.id), tokens: c.tokens ?? [], unknown: c.unknown ?? [], fields: c.fields };
}

// unrun is lists of numbers written as runs: the first of one, and how many there are.
export function unrun(lists: number[][] | null): number[][] | null {
  return lists && lists.map(runs => {
    const list: number[] = [];
    for (let i = 0; i < runs.length; i += 2) for (let n = 0; n < runs[i + 1]; n++) list.push(runs[i] + n);
    return list;
  });
}
