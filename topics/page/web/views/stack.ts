// Shares upon each other over time, and below them how many documents there are.

import { Trend } from '../data';
import { Child, chart, fitted, s } from '../dom';
import { count, grouped, percent } from '../numbers';
import { Context } from '../view';

// Layer is topics that are drawn as one. Its kind is the class of a colour, or even or odd.
export interface Layer { name: string; number: string; kind: string; topics: number[] }

export const narrow = 560; // pixels up to which names have no room beside the layers

export function stack(c: Context, t: Trend, layers: Layer[]): SVGSVGElement {
  const names = c.width > narrow ? Math.min(230, c.width * 0.28) : 0;
  const left = 44, high = Math.max(300, Math.min(560, innerHeight - 360)), below = 62, wide = Math.max(60, c.width - left - names - 8);
  const first = t.at[0], steps = Math.max(1, t.at[t.at.length - 1] - first);
  const x = (at: number) => left + ((at - first + 0.4) / (steps + 0.8)) * wide, y = (share: number) => 6 + (1 - share) * (high - 6);
  // tops are the shares up to the upper end of each layer; the first layer is at the top.
  const tops = t.shares.map(shares => {
    if (!shares) return null;
    const own = layers.map(l => l.topics.reduce((sum, k) => sum + shares[k], 0)), to = [1];
    for (const x of own) to.push(to[to.length - 1] - x);
    return to;
  });
  const runs = runsOf(t);
  const marks: Child[] = [0, 0.25, 0.5, 0.75, 1].map(v => [s('line.grid', { x1: left, x2: left + wide, y1: y(v), y2: y(v) }), s('text.axis', { x: left - 6, y: y(v) + 4, 'text-anchor': 'end' }, percent(v).replace('.0 ', ' '))]);
  const last = tops.map((to, n) => (to ? n : -1)).reduce((a, b) => Math.max(a, b), -1);
  layers.forEach((layer, i) => {
    const area = runs.map(run => areaOf(run, t, x, n => [y(tops[n]![i]), y(tops[n]![i + 1])])).join('');
    const mean = layer.topics.reduce((sum, k) => sum + c.model.topics[k].share, 0);
    marks.push(s(`path.layer.${layer.kind}`, { d: area }, s('title', null, `${layer.number} ${layer.name}: ${percent(mean)} of all`.trim())));
  });
  if (last >= 0 && names > 0) for (const { layer, at } of named(layers, tops[last]!.map(y), high)) {
    marks.push(s(`rect.swatch.${layer.kind}`, { x: left + wide + 6, y: at - 5, width: 6, height: 10 }),
      s('text.name', { x: left + wide + 17, y: at + 4 }, fitted(layer.number === '' ? layer.name : `${layer.number} ${layer.name}`, names - 22, 12)));
  }
  return chart(c.width, high + below, `Shares of topics by ${t.by}, stacked`, marks, counts(t, x, wide, high, left, steps));
}

// named are the layers that are named, and where: those with a colour, however thin, and of the
// others those that are thick enough where there is room.
function named(layers: Layer[], ends: number[], high: number): { layer: Layer; at: number }[] {
  const line = 13;
  const all = layers.map((layer, i) => ({ layer, at: (ends[i] + ends[i + 1]) / 2, thick: ends[i + 1] - ends[i] }));
  const coloured = all.filter(a => a.layer.kind.startsWith('c'));
  for (let i = 1; i < coloured.length; i++) coloured[i].at = Math.max(coloured[i].at, coloured[i - 1].at + line);
  for (let i = coloured.length - 1, most = high; i >= 0; most = coloured[i--].at - line) coloured[i].at = Math.min(coloured[i].at, most);
  const shown = coloured.slice();
  for (const a of all) if (a.thick >= 11 && shown.every(o => Math.abs(o.at - a.at) >= line)) shown.push(a);
  return shown;
}

// runsOf are the periods that follow each other.
function runsOf(t: Trend): number[][] {
  const runs: number[][] = [];
  t.shares.forEach((share, n) => {
    if (!share) return;
    const run = runs[runs.length - 1];
    if (run && t.at[n] === t.at[run[run.length - 1]] + 1) run.push(n);
    else runs.push([n]);
  });
  return runs;
}

// areaOf is the outline of a layer in a run; a period alone is a bar.
function areaOf(run: number[], t: Trend, x: (at: number) => number, ends: (n: number) => [number, number]): string {
  const places = run.length === 1 ? [[run[0], t.at[run[0]] - 0.3], [run[0], t.at[run[0]] + 0.3]] : run.map(n => [n, t.at[n]]);
  const r = (v: number) => v.toFixed(1);
  const up = places.map(([n, at]) => `${r(x(at))},${r(ends(n)[0])}`), down = places.map(([n, at]) => `${r(x(at))},${r(ends(n)[1])}`).reverse();
  return `M${[...up, ...down].join('L')}Z`;
}

function counts(t: Trend, x: (at: number) => number, wide: number, high: number, left: number, steps: number): Child[] {
  const busiest = Math.max(...t.documents, 1), bar = Math.max(1, Math.min(26, (wide / (steps + 1)) * 0.7)), base = high + 40;
  const bars: Child[] = t.documents.map((d, n) => s('rect.rest', { x: x(t.at[n]) - bar / 2, y: base - (d / busiest) * 28, width: bar, height: (d / busiest) * 28 }, s('title', null, `${t.names[n]}: ${count(d, 'document')}`)));
  let taken = -999;
  const names = t.names.map((name, n) => {
    const at = x(t.at[n]), room = name.length * 7 + 10;
    const last = n === t.names.length - 1;
    if (!last && (at - taken < room || x(t.at[t.at.length - 1]) - at < 1.5 * room)) return null;
    taken = at;
    const half = name.length * 3.5; // one at an end that reaches beyond the axis is set inside
    return s('text.axis', { x: at, y: base + 16, 'text-anchor': at - half < left ? 'start' : at + half > left + wide ? 'end' : 'middle' }, name);
  });
  return [bars, s('line.base', { x1: left, x2: left + wide, y1: base, y2: base }), names, s('text.axis', { x: left - 6, y: base - 18, 'text-anchor': 'end' }, grouped(busiest)), s('text.axis', { x: left - 6, y: base, 'text-anchor': 'end' }, '0')];
}
