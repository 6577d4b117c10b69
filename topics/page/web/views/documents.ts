// All documents: a table that is filtered and sorted, of which only what is seen is made.

import { h, show, words } from '../dom';
import { count, grouped, percent } from '../numbers';
import { address, remember } from '../route';
import { Context, View, chip, documentLink, partly, strip, topicAt, topicLink } from '../view';

const line = 37; // pixels of a row
const mostPixels = 8_000_000; // beyond about ten million browsers lose count
const fewValues = 50;
const mostPrinted = 1000; // rows on paper: some 40 sheets

interface Bound { topic: number; least: number }

export function documentsView(c: Context): View {
  const { documents } = c.data, o = c.place.options;
  const sort = o.get('sort') ?? 'corpus';
  const byTopic = topicAt(c.model, Number(sort));
  const bounds = boundsOf(c);
  const several = documents.fields.filter(f => f.values.length > 1 && f.values.length <= fewValues);
  const fields = several.filter(f => !sameAsBefore(f, several));
  c.colours.about([...(byTopic >= 0 ? [byTopic] : []), ...bounds.map(b => b.topic), ...c.model.topics.keys()]);
  const list = order(c, chosen(c, bounds, fields), sort, byTopic);
  const column = fields.filter(f => !c.data.isTitle(f)).slice(0, 1), columns = c.width > 700 ? column : [];
  const set = (options: Record<string, string | null>) => { remember(options); c.again(); };
  return {
    title: 'Documents',
    name: 'documents',
    lead: list.length === documents.id.length ? `${count(list.length, 'document')}, each with its topics. ${partly(c)}` : `${grouped(list.length)} of ${count(documents.id.length, 'document')}. ${partly(c)}`,
    body: [
      h('div.bar.filters', null,
        h('input', { type: 'search', value: o.get('q') ?? '', placeholder: 'Title or id', 'aria-label': 'Filter by title or id', onchange: (e: any) => set({ q: e.target.value }) }),
        fields.slice(0, 4).map(f => h('select', { 'aria-label': `Filter by ${f.name}`, onchange: (e: any) => set({ [`f.${f.name}`]: e.target.value }) },
          h('option', { value: '' }, `any ${f.name}`),
          counted(f).map(([v, n]) => h('option', { value: f.values[v] || '(none)', selected: (o.get(`f.${f.name}`) ?? '') === (f.values[v] || '(none)') }, `${f.values[v] || '(none)'} (${grouped(n)})`)))),
        h('select', { 'aria-label': 'Only documents with a topic', onchange: (e: any) => e.target.value !== '' && set({ topics: [...bounds.map(written), `${e.target.value}:20`].join(',') }) },
          h('option', { value: '' }, 'with topic …'), c.model.topics.map(t => h('option', { value: t.topic }, `${t.topic} ${t.label}`))),
        h('label', null, 'Order ', h('select', { onchange: (e: any) => set({ sort: e.target.value === 'corpus' ? null : e.target.value }) },
          [['corpus', 'of the corpus'], ['tokens', 'by length'], ['mixed', 'most mixed first']].map(([v, text]) => h('option', { value: v, selected: sort === v }, text)),
          c.model.topics.map(t => h('option', { value: t.topic, selected: sort === String(t.topic) }, `by topic ${t.topic} ${t.label}`))))),
      bounds.length > 0 ? h('ul.bounds', null, bounds.map((b, i) => h('li', null, topicLink(c, b.topic), ' at least ',
        h('input', { type: 'number', min: 0, max: 100, value: Math.round(100 * b.least), 'aria-label': `Least percent of topic ${c.model.topics[b.topic].topic}`, onchange: (e: any) => { bounds[i].least = Number(e.target.value) / 100; set({ topics: bounds.map(written).join(',') }); } }),
        ' % ', h('button', { type: 'button', 'aria-label': 'Take this condition away', onclick: () => set({ topics: bounds.filter((_, n) => n !== i).map(written).join(',') }) }, '×')))) : null,
      rows(c, list, byTopic, columns),
    ],
    paper: () => printed(c, list, byTopic, column),
    table: () => ({
      name: 'documents',
      columns: ['document', ...documents.fields.map(f => f.name), 'tokens', ...c.model.topics.map(t => `topic_${t.topic}`)],
      rows: list.map(j => [documents.id[j], ...documents.fields.map(f => f.values[f.of[j]]), documents.tokens[j], ...c.model.topics.map((_, k) => c.data.proportion(j, k))]),
    }),
  };

  function written(b: Bound): string { return `${c.model.topics[b.topic].topic}:${Math.round(100 * b.least)}`; }
}

function sameAsBefore(f: { of: number[]; name: string }, fields: { of: number[]; name: string }[]): boolean {
  const before = fields.slice(0, fields.indexOf(f as any));
  return before.some(b => b.of.every((v, j) => v === f.of[j]));
}

function counted(f: { values: string[]; of: number[] }): [number, number][] {
  const n = f.values.map((_, v): [number, number] => [v, 0]);
  for (const v of f.of) n[v][1]++;
  return n.sort((a, b) => b[1] - a[1]);
}

function boundsOf(c: Context): Bound[] {
  return (c.place.options.get('topics') ?? '').split(',').flatMap(text => {
    const [number, least] = text.split(':').map(Number);
    const topic = topicAt(c.model, number);
    return topic < 0 ? [] : [{ topic, least: Math.min(1, Math.max(0, (least || 0) / 100)) }];
  });
}

function chosen(c: Context, bounds: Bound[], fields: { name: string; values: string[]; of: number[] }[]): number[] {
  const o = c.place.options, q = (o.get('q') ?? '').toLowerCase(), { id } = c.data.documents;
  const wanted = fields.flatMap(f => {
    const value = o.get(`f.${f.name}`);
    return value ? [{ of: f.of, value: f.values.indexOf(value === '(none)' ? '' : value) }] : [];
  });
  const list: number[] = [];
  for (let j = 0; j < id.length; j++) {
    if (q !== '' && !id[j].toLowerCase().includes(q) && !c.data.title(j).toLowerCase().includes(q)) continue;
    if (!wanted.every(w => w.of[j] === w.value)) continue;
    if (!bounds.every(b => c.data.proportion(j, b.topic) >= b.least)) continue;
    list.push(j);
  }
  return list;
}

function order(c: Context, list: number[], sort: string, topic: number): number[] {
  if (sort === 'corpus') return list;
  const value = new Map<number, number>();
  for (const j of list) {
    if (sort === 'tokens') value.set(j, c.data.documents.tokens[j]);
    else if (sort === 'mixed') value.set(j, -(c.data.proportions(j)[0]?.part ?? 2));
    else value.set(j, topic < 0 ? 0 : c.data.proportion(j, topic));
  }
  return list.sort((a, b) => value.get(b)! - value.get(a)! || a - b);
}

// end is what a document is called where there is little room: the last part of a path.
function end(c: Context, j: number): string {
  const title = c.data.title(j);
  return c.data.documents.id[j].endsWith(title) ? title.slice(title.lastIndexOf('/') + 1) || title : title;
}

// Columns are fields that have one, and whether there is room for all else.
interface Columns { topic: number; fields: { name: string; values: string[]; of: number[] }[]; wide: boolean }

function head(c: Context, { topic, fields, wide }: Columns): HTMLElement {
  return h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Document'), fields.map(f => h('th', { scope: 'col' }, words(f.name))),
    wide ? h('th.number', { scope: 'col' }, 'Tokens') : null, h('th', { scope: 'col' }, 'Topics'), h('th', { scope: 'col' }, topic < 0 ? 'First topic' : `Topic ${c.model.topics[topic].topic}`)));
}

// row is a document; i says how many stand above it.
function row(c: Context, { topic, fields, wide }: Columns, j: number, i: number): HTMLElement {
  const parts = c.data.proportions(j);
  const k = topic >= 0 ? topic : parts[0]?.topic ?? -1;
  return h('tr', { 'aria-rowindex': i + 2 }, h('td.id', { title: c.data.title(j) }, documentLink(c, j, wide ? undefined : end(c, j))), fields.map(f => h('td', null, words(f.values[f.of[j]]))),
    wide ? h('td.number', null, grouped(c.data.documents.tokens[j])) : null,
    h('td', null, strip(c, parts, wide ? 150 : 70, 13)),
    h('td', null, k < 0 ? h('span.note', null, 'nothing counted') : h('div.first', null, h('span.number.part', null, percent(topic >= 0 ? c.data.proportion(j, k) : parts[0].part)), wide ? topicLink(c, k) : h('a.topic', { href: address('topic', c.model.topics[k].topic), 'aria-label': `${c.model.topics[k].topic} ${c.model.topics[k].label}` }, chip(c, k)))));
}

// printed is the table as it goes on paper: what cannot be scrolled there stands in full, up to
// a bound.
function printed(c: Context, list: number[], topic: number, fields: Columns['fields']): HTMLElement {
  const columns = { topic, fields, wide: true }, left = list.length - mostPrinted;
  return h('div', null, h('table.rows', null, head(c, columns), h('tbody', null, list.slice(0, mostPrinted).map((j, i) => row(c, columns, j, i)))),
    left > 0 ? h('p.note', null, `These are the first ${grouped(mostPrinted)} in this order; ${count(left, 'document')} more ${left === 1 ? 'is' : 'are'} not printed. CSV saves all.`) : null);
}

// rows is the table. It stands still while the room that it is in is scrolled, and its rows
// are those that the place asks for.
function rows(c: Context, list: number[], topic: number, fields: Columns['fields']): HTMLElement {
  const wide = c.width >= 620, columns = { topic, fields, wide };
  const body = h('tbody');
  const table = h(wide ? 'table.rows' : 'table.rows.narrow', { 'aria-rowcount': list.length + 1 }, head(c, columns), body);
  const spacer = h('div.spacer', null, table);
  const box = h('div.scroller', { tabindex: '0', role: 'region', 'aria-label': 'Table of documents' }, spacer);
  const shown = Math.max(6, Math.floor((innerHeight - 330) / line));
  const visible = Math.min(shown, list.length);
  const pixels = Math.min(mostPixels, list.length * line);
  spacer.style.height = `${pixels + 40}px`;
  box.style.height = `${visible * line + 42}px`;
  let from = -1;
  const draw = () => {
    const top = box.scrollTop >= box.scrollHeight - box.clientHeight - 1 && box.scrollTop > 0 ? list.length - visible : Math.round((box.scrollTop / pixels) * list.length);
    const next = Math.max(0, Math.min(list.length - visible, top || 0));
    if (next === from) return;
    from = next;
    show(body, list.slice(from, from + visible).map((j, i) => row(c, columns, j, from + i)));
  };
  box.addEventListener('scroll', draw, { passive: true });
  draw();
  return list.length > 0 ? box : h('p', null, 'No document is like this. ', h('a', { href: address('documents') }, 'All documents'));
}
