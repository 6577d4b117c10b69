// What klew sweep has found: measures by the number of topics.

import { Sweep } from '../data';
import { Child, chart, h, s, words } from '../dom';
import { count, grouped, plain } from '../numbers';
import { Context, View } from '../view';

type Key = 'divergence' | 'perplexity' | 'npmi' | 'c_v' | 'diversity' | 'stability' | 'least';

const panels: { key: Key; other?: Key; title: string; note: string }[] = [
  { key: 'stability', other: 'least', title: 'Stability', note: 'mean of topics, and dashed the least; higher is better' },
  { key: 'perplexity', title: 'Held-out perplexity', note: 'lower is better' },
  { key: 'divergence', title: 'Divergence', note: 'part of that with one topic; always falls' },
  { key: 'npmi', title: 'Coherence, NPMI', note: '−1 to 1; higher is easier to read' },
  { key: 'c_v', title: 'Coherence, C_V', note: 'higher is easier to read' },
  { key: 'diversity', title: 'Diversity', note: 'distinct words; higher is better' },
];

const columns = ['topics', 'divergence', 'perplexity', 'npmi', 'c_v', 'diversity', 'stability', 'least', 'stable', 'seconds', 'advice'] as const;

export function sweepView(c: Context): View {
  const w = c.model.sweep!, own = c.model.topics.length;
  const known = panels.filter(p => w.sweep.some(row => row[p.key] !== null));
  return {
    title: 'Sweep',
    name: 'sweep',
    lead: [`Numbers of topics tried, as klew sweep prints them: of ${count(w.training + w.held_out, 'document')}, ${grouped(w.training)} to fit and ${grouped(w.held_out)} held out. `,
      w.missing > 0 ? `${count(w.missing, 'fit')} had not been made yet. ` : '', words(w.advice[0]?.toUpperCase() + w.advice.slice(1), 'span'), '.'],
    body: [h('ul.cards.wide', null, known.map(p => h('li.card', null, h('h2', null, p.title), h('p.note', null, p.note), panel(c, w, p.key, p.other, own)))),
      h('p.note', null, `Lines are means over fits, and dots the fits. An upright line is at the number that the sweep recommends, and a dotted one at that of this model, ${grouped(own)}.`),
      table(w)],
    table: () => ({ name: 'sweep', columns: [...columns], rows: w.sweep.map(row => columns.map(n => row[n])) }),
  };
}

function table(w: Sweep): HTMLElement {
  return h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': 'Table of the sweep' }, h('table.wide', null,
    h('thead', null, h('tr', null, columns.map(n => h(n === 'advice' ? 'th' : 'th.number', { scope: 'col' }, n)))),
    h('tbody', null, w.sweep.map(row => h(row.advice === 'recommended' ? 'tr.chosen' : 'tr', null, columns.map(n => {
      const x = row[n];
      return n === 'advice' ? h('td', null, words(String(x))) : h('td.number', { title: typeof x === 'number' ? plain(x) : null }, x === null ? '–' : n === 'topics' || n === 'stable' ? grouped(x as number) : short(x as number));
    }))))));
}

const short = (x: number): string => (Math.abs(x) >= 100 ? grouped(Math.round(x)) : String(Number(x.toPrecision(4)))).replace('-', '−');

function panel(c: Context, w: Sweep, key: Key, other: Key | undefined, own: number): SVGSVGElement {
  const shown = Math.max(1, Math.floor((c.width + 16) / 290)), width = Math.min(420, Math.floor((c.width - 16 * (shown - 1)) / shown)) - 32;
  const left = 52, high = 130, wide = width - left - 8;
  const numbers = w.sweep.map(row => row.topics), first = numbers[0], last = numbers[numbers.length - 1];
  const fits = (w.sweep_fits ?? []).flatMap(f => { const v = key in f ? (f as any)[key] as number | null : null; return v === null ? [] : [{ k: f.topics, v }]; });
  const values = [...w.sweep.flatMap(row => [row[key], other ? row[other] : null]).filter(v => v !== null), ...fits.map(f => f.v)];
  let low = Math.min(...values), top = Math.max(...values);
  if (key === 'stability') { low = 0; top = 1; }
  if (top - low < 1e-9) { low -= 0.5; top += 0.5; }
  const x = (k: number) => left + (last === first ? wide / 2 : ((k - first) / (last - first)) * wide), y = (v: number) => 6 + (high - 12) * (1 - (v - low) / (top - low));
  const marks: Child[] = [];
  for (const v of [low, (low + top) / 2, top]) marks.push(s('line.grid', { x1: left, x2: width, y1: y(v), y2: y(v) }), s('text.axis', { x: left - 6, y: y(v) + 4, 'text-anchor': 'end' }, short(v)));
  const chosen = w.sweep.find(row => row.advice === 'recommended')?.topics;
  if (chosen !== undefined) marks.push(s('line.advised', { x1: x(chosen), x2: x(chosen), y1: 0, y2: high }));
  if (own >= first && own <= last) marks.push(s('line.own', { x1: x(own), x2: x(own), y1: 0, y2: high }));
  const line = (of: Key, kind: string) => {
    const points = w.sweep.filter(row => row[of] !== null).map(row => `${x(row.topics)},${y(row[of]!)}`);
    marks.push(s(`path.line.${kind}`, { d: `M${points.join('L')}` }));
  };
  if (other && w.sweep.some(row => row[other] !== null)) line(other, 'second');
  line(key, 'first');
  for (const f of fits) marks.push(s('circle.fit', { cx: x(f.k), cy: y(f.v), r: 1.8 }));
  for (const row of w.sweep) {
    const v = row[key];
    if (v !== null) marks.push(s('circle.ink', { cx: x(row.topics), cy: y(v), r: 2.8 }, s('title', null, `${count(row.topics, 'topic')}: ${plain(v)}`)));
  }
  let taken = -99;
  for (const k of numbers) {
    if (x(k) - taken < 24) continue;
    taken = x(k);
    marks.push(s('text.axis', { x: x(k), y: high + 16, 'text-anchor': 'middle' }, k));
  }
  return chart(width, high + 22, `${key.replace('_', ' ')} by the number of topics`, marks);
}
