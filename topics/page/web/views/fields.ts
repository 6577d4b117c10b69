// Topics by the values of a field of the metadata, as a heat map with numbers.

import { h, words } from '../dom';
import { grouped, percent } from '../numbers';
import { remember } from '../route';
import { Context, View, choice, topicLink } from '../view';

export function fieldNames(c: { model: Context['model'] }): string[] {
  const sheet = c.model.sheets[0];
  if (!sheet) return [];
  const seen = new Set<string>();
  return [...new Set(sheet.spread.map(v => v.field))].filter(field => {
    const same = JSON.stringify(sheet.spread.filter(v => v.field === field).map(v => [v.value, v.documents, v.share]));
    return !seen.has(same) && seen.add(same);
  });
}

export function fieldsView(c: Context): View {
  const names = fieldNames(c), field = names.includes(c.place.options.get('field') ?? '') ? c.place.options.get('field')! : names[0];
  const of = c.place.options.get('of') ?? 'share';
  const set = (options: Record<string, string | null>) => { remember(options); c.again(); };
  const first = c.model.sheets[0].spread.filter(v => v.field === field);
  const values = first.map(v => v.value).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const documents = new Map(first.map(v => [v.value, v.documents]));
  const cell = c.model.sheets.map(sheet => new Map(sheet.spread.filter(v => v.field === field).map(v => [v.value, v])));
  const number = (k: number, value: string) => {
    const v = cell[k].get(value);
    if (!v) return 0;
    if (of === 'of_topic') return v.of_topic;
    return of === 'lift' ? v.share / (c.model.topics[k].share || 1) : v.share;
  };
  const most = Math.max(...c.model.topics.flatMap((_, k) => values.map(v => number(k, v))), 1e-9);
  // A lift of 1 is as in the corpus; shades go by its logarithm on both sides.
  const shade = (x: number) => (of === 'lift' ? Math.max(0, Math.min(6, Math.round(1 + Math.log2(Math.max(x, 0.5)) * 1.6))) : Math.min(6, Math.round((x / most) ** 0.75 * 6)));
  return {
    title: 'Topics by field',
    name: `topics-by-${field}`,
    lead: of === 'share' ? 'The topic’s part of the documents with a value: columns sum to 100 %.' : of === 'lift' ? 'How many times larger the topic’s part of the documents with a value is than of all: 1 is as in the corpus.' : 'The part of the topic that lies in documents with a value: rows sum to 100 %.',
    body: [h('div.bar', null, names.length > 1 ? h('label', null, 'Field ', h('select', { onchange: (e: any) => set({ field: e.target.value }) }, names.map(n => h('option', { value: n, selected: n === field }, n)))) : null,
      choice('Numbers', [['share', 'Of the value'], ['of_topic', 'Of the topic'], ['lift', 'Lift']], of, value => set({ of: value }))),
    h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': 'Topics by field' }, h('table.heat', null,
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Topic'), values.map(v => h('th.number', { scope: 'col' }, words(v === '' ? '(none)' : v), h('div.note', null, grouped(documents.get(v) ?? 0)))))),
      h('tbody', null, c.model.tree.order.map(k => h('tr', null, h('th', { scope: 'row' }, topicLink(c, k)),
        values.map(v => { const x = number(k, v); return h(`td.number.h${shade(x)}`, null, of === 'lift' ? x.toFixed(x < 9.95 ? 1 : 0) : percent(x)); })))))),
    h('p.note', null, 'Topics stand in the order of the tree: those of like words together. Below a value is the number of its documents.')],
    table: () => ({ name: 'topics-by-field', columns: ['topic', 'label', 'field', 'value', 'documents', 'first_in', 'of_topic', 'share'],
      rows: c.model.sheets.flatMap(sheet => sheet.spread.filter(v => v.field === field).map(v => [sheet.topic, sheet.label, v.field, v.value, v.documents, v.first_in, v.of_topic, v.share])) }),
  };
}
