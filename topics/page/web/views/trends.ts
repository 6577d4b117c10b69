// Shares of topics over time, a small picture for each, with intervals.

import { Trend } from '../data';
import { Child, chart, h, s, words } from '../dom';
import { count, grouped, percent, round } from '../numbers';
import { remember } from '../route';
import { Context, View, choice, topicLink } from '../view';
import { Layer, narrow, stack } from './stack';

const few = 4; // periods below which a shorter one comes first

export function trendsView(c: Context): View {
  const { trends } = c.model, o = c.place.options;
  const t = trends.find(x => x.by === o.get('by')) ?? trends.find(x => x.names.length >= few) ?? trends[trends.length - 1];
  const stacked = o.get('as') === 'stacked', by = o.get('order') ?? (stacked ? 'tree' : 'change'), byGroup = o.get('layers') === 'groups';
  const set = (options: Record<string, string | null>) => { remember(options); c.again(); };
  const change = c.model.topics.map((_, k) => changeOf(t, k));
  let order = c.model.topics.map((_, k) => k);
  if (by === 'change') order.sort((a, b) => change[b] - change[a]);
  if (by === 'tree') order = c.model.tree.order.slice();
  const most = endOf([...t.shares, ...t.high].flatMap(x => x ?? []));
  const own = o.get('scale') === 'own';
  return {
    title: 'Trends',
    name: `trends-${t.by}`,
    lead: [stacked ? `Shares of topics by ${t.by}, one upon the other. ` : `Shares of topics by ${t.by}, with the interval that holds 95 % of the shares of resampled documents: it is wide where there are few. `,
      t.without > 0 ? `${count(t.without, 'document')} without a date that tells the ${t.by} ${t.without === 1 ? 'is' : 'are'} left out.` : ''],
    body: [h('div.bar', null, trends.length > 1 ? choice('Period', trends.map(x => [x.by, `by ${x.by}`]), t.by, value => set({ by: value })) : null,
      choice('Show', [['lines', 'Lines'], ['stacked', 'Stacked']], stacked ? 'stacked' : 'lines', value => set({ as: value === 'lines' ? null : value, order: null })),
      choice('Order', [['change', 'Most changed first'], ['number', 'By number'], ['tree', 'By likeness']], by, value => set({ order: value })),
      stacked ? choice('Layers', [['topics', 'Topics'], ['groups', 'Groups']], byGroup ? 'groups' : 'topics', value => set({ layers: value === 'topics' ? null : value }))
        : choice('Scale', [['one', 'One scale'], ['own', 'Each its own']], own ? 'own' : 'one', value => set({ scale: value === 'one' ? null : value }))),
    stacked ? stackOf(c, t, order, byGroup) : panels(c, t, order, own ? null : most)],
    table: () => ({ name: 'trends', columns: ['topic', 'label', 'period', 'documents', 'share', 'low', 'high'],
      rows: c.model.topics.flatMap((topic, k) => t.names.map((name, n) => [topic.topic, topic.label, name, t.documents[n], t.shares[n]?.[k] ?? null, t.low[n]?.[k] ?? null, t.high[n]?.[k] ?? null])) }),
  };
}

// endOf is the end of a scale on which all of a share and its interval is seen.
function endOf(shares: number[]): number {
  return Math.min(1, round(shares.reduce((a, b) => Math.max(a, b), 1e-4)));
}

// changeOf is the standard deviation of a topic's share over the periods.
function changeOf(t: Trend, k: number): number {
  let n = 0, mean = 0, square = 0;
  t.shares.forEach((x, i) => {
    if (!x) return;
    const w = t.documents[i];
    n += w;
    const step = ((x[k] - mean) * w) / n;
    mean += step;
    square += w * (x[k] - mean) * (x[k] - mean + step);
  });
  return n > 0 ? Math.sqrt(square / n) : 0;
}

// stackOf is all topics, or the groups of the tree, upon each other: the first at the top.
function stackOf(c: Context, t: Trend, order: number[], byGroup: boolean): Child {
  const { topics } = c.model, groups = c.groups.members();
  const layers: Layer[] = byGroup
    ? groups.map((group, g) => ({ name: `Group ${g + 1}: ${topics[group.slice().sort((a, b) => topics[b].share - topics[a].share)[0]].label}`, number: '', kind: g % 2 === 0 ? 'even' : 'odd', topics: group }))
    : order.map((k, i) => ({ name: topics[k].label, number: String(topics[k].topic), kind: c.colours.has(k) ? c.colours.of(k) : i % 2 === 0 ? 'even' : 'odd', topics: [k] }));
  const told = layers.filter(l => byGroup || l.kind.startsWith('c')); // where there is no room beside the layers
  return [stack(c, t, layers), c.width > narrow ? null : h('ol.found.inline', { 'aria-label': 'Layers, from the top' }, told.map(l => h('li', null, byGroup ? words(l.name) : topicLink(c, l.topics[0])))), h('p.note', null, byGroup ? `The ${count(groups.length, 'group')} into which the view Tree cuts the tree, each called after its largest topic.`
    : 'Eight topics at most have a colour: choose them in the list of topics.')];
}

function panels(c: Context, t: Trend, order: number[], most: number | null): HTMLElement {
  const columns = Math.max(1, Math.floor((c.width + 16) / 290));
  const width = Math.min(420, Math.floor((c.width - 16 * (columns - 1)) / columns)) - 32;
  return h('ul.cards.wide', null, order.map(k => h(`li.card.${c.colours.of(k)}`, null, h('h2', null, topicLink(c, k)), panel(c, t, k, width, most))));
}

function panel(c: Context, t: Trend, k: number, width: number, most: number | null): SVGSVGElement {
  const high = 120, left = 38, bottom = 38, wide = width - left - 6;
  const first = t.at[0], last = t.at[t.at.length - 1];
  const top = most ?? endOf(t.shares.map((x, n) => (x ? Math.max(x[k], t.high[n]?.[k] ?? 0) : 0)));
  const x = (n: number) => left + 4 + (last === first ? 0 : ((t.at[n] - first) / (last - first)) * (wide - 8)), y = (v: number) => high - Math.min(1, v / top) * (high - 8);
  const marks: Child[] = [];
  for (const v of [0, top / 2, top]) marks.push(s('line.grid', { x1: left, x2: width, y1: y(v), y2: y(v) }), s('text.axis', { x: left - 5, y: y(v) + 4, 'text-anchor': 'end' }, percent(v).replace('.0 ', ' ')));
  // Lines break where there are periods without documents between two.
  let path = '', band = '', back = '', pen = false;
  const flush = () => {
    if (band !== '') marks.push(s('path.band', { d: `M${band}L${back}Z` }));
    band = back = '';
  };
  t.shares.forEach((share, n) => {
    if (!share || (n > 0 && t.at[n] !== t.at[n - 1] + 1)) { flush(); pen = false; }
    if (!share) return;
    path += `${pen ? 'L' : 'M'}${x(n)},${y(share[k])}`;
    pen = true;
    const low = t.low[n]?.[k] ?? share[k], up = t.high[n]?.[k] ?? share[k];
    band += `${band === '' ? '' : 'L'}${x(n)},${y(up)}`;
    back = `${x(n)},${y(low)}${back === '' ? '' : 'L'}${back}`;
  });
  flush();
  marks.push(s('path.line', { d: path }));
  const sparse = t.names.length <= 40;
  t.shares.forEach((share, n) => share && marks.push(s('circle.mark', { cx: x(n), cy: y(share[k]), r: sparse ? 2.4 : 1.2 }, s('title', null, `${t.names[n]}: ${percent(share[k])} of ${count(t.documents[n], 'document')}`))));
  const busiest = Math.max(...t.documents, 1), bar = Math.max(1, Math.min(10, (wide / (last - first + 1)) * 0.7));
  t.documents.forEach((d, n) => marks.push(s('rect.rest', { x: x(n) - bar / 2, y: high + 20 - (d / busiest) * 14, width: bar, height: (d / busiest) * 14 }, s('title', null, `${t.names[n]}: ${count(d, 'document')}`))));
  marks.push(s('text.axis', { x: left, y: high + 34 }, t.names[0]), s('text.axis', { x: width, y: high + 34, 'text-anchor': 'end' }, t.names[t.names.length - 1]), s('text.axis', { x: left - 5, y: high + 20, 'text-anchor': 'end' }, grouped(busiest)));
  return chart(width, high + bottom, `Share of topic ${c.model.topics[k].topic} by ${t.by}`, marks);
}
