// Topics by the values of a field of the metadata, as a heat map with numbers.

import { Child, h, words } from '../dom';
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

const leads: Record<string, string> = {
  share: 'The topic’s part of the documents with a value: columns sum to 100 %.',
  of_topic: 'The part of the topic that lies in documents with a value: rows sum to 100 %.',
  lift: 'How many times larger the topic’s part of the documents with a value is than of all: 1 is as in the corpus.',
};

export function fieldsView(c: Context): View {
  const names = fieldNames(c), field = names.includes(c.place.options.get('field') ?? '') ? c.place.options.get('field')! : names[0];
  const asked = c.place.options.get('of') ?? 'share', of = asked in leads ? asked : 'share';
  const byGroup = c.place.options.get('rows') === 'groups';
  const set = (options: Record<string, string | null>) => { remember(options); c.again(); };
  const first = c.model.sheets[0].spread.filter(v => v.field === field);
  const values = first.map(v => v.value).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const documents = new Map(first.map(v => [v.value, v.documents]));
  const cell = c.model.sheets.map(sheet => new Map(sheet.spread.filter(v => v.field === field).map(v => [v.value, v])));
  const groups = c.groups.members();
  // number is that of topics taken together.
  const number = (topics: number[], value: string) => {
    const own = topics.reduce((sum, k) => sum + c.model.topics[k].share, 0);
    const sum = (x: (k: number) => number) => topics.reduce((all, k) => all + x(k), 0);
    if (of === 'of_topic') return topics.length === 1 ? cell[topics[0]].get(value)?.of_topic ?? 0 : sum(k => (cell[k].get(value)?.of_topic ?? 0) * c.model.topics[k].share) / (own || 1);
    const share = sum(k => cell[k].get(value)?.share ?? 0);
    return of === 'lift' ? share / (own || 1) : share;
  };
  const rows = byGroup ? groups : groups.flat().map(k => [k]);
  const most = Math.max(...rows.flatMap(topics => values.map(v => number(topics, v))), 1e-9);
  // A lift of 1 is as in the corpus; shades go by its logarithm on both sides.
  const shade = (x: number) => (of === 'lift' ? Math.max(0, Math.min(6, Math.round(1 + Math.log2(Math.max(x, 0.5)) * 1.6))) : Math.min(6, Math.round((x / most) ** 0.75 * 6)));
  const cells = (topics: number[]) => values.map(v => { const x = number(topics, v); return h(`td.number.h${shade(x)}`, null, of === 'lift' ? x.toFixed(x < 9.95 ? 1 : 0) : percent(x)); });
  const group = (topics: number[], g: number): Child => byGroup
    ? h('tr', null, h('th', { scope: 'row' }, `Group ${g + 1}`, h('div.note', null, topics.slice().sort((a, b) => c.model.topics[b].share - c.model.topics[a].share).slice(0, 3).map((k, i) => [i > 0 ? ', ' : '', words(c.model.topics[k].label)]), topics.length > 3 ? ` and ${topics.length - 3} more` : '')), cells(topics))
    : topics.map(k => h('tr', null, h('th', { scope: 'row' }, topicLink(c, k)), cells([k])));
  return {
    title: 'Topics by field',
    name: `topics-by-${field}`,
    lead: leads[of],
    body: [h('div.bar', null, names.length > 1 ? h('label', null, 'Field ', h('select', { onchange: (e: any) => set({ field: e.target.value }) }, names.map(n => h('option', { value: n, selected: n === field }, n)))) : null,
      choice('Numbers', [['share', 'Of the value'], ['of_topic', 'Of the topic'], ['lift', 'Lift']], of, value => set({ of: value === 'share' ? null : value })),
      choice('Rows', [['topics', 'Topics'], ['groups', 'Groups']], byGroup ? 'groups' : 'topics', value => set({ rows: value === 'topics' ? null : value }))),
    h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': 'Topics by field' }, h('table.heat', null,
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, byGroup ? 'Group' : 'Topic'), values.map(v => h('th.number', { scope: 'col' }, words(v === '' ? '(none)' : v), h('div.note', null, grouped(documents.get(v) ?? 0)))))),
      groups.map((topics, g) => h('tbody', null, group(topics, g))))),
    h('p.note', null, `Topics stand in the order of the tree, those of like words together, in the ${grouped(c.groups.count)} groups into which the view Tree cuts it. Below a value is the number of its documents.`)],
    table: () => ({ name: 'topics-by-field', columns: ['topic', 'label', 'field', 'value', 'documents', 'first_in', 'of_topic', 'share'],
      rows: c.model.sheets.flatMap(sheet => sheet.spread.filter(v => v.field === field).map(v => [sheet.topic, sheet.label, v.field, v.value, v.documents, v.first_in, v.of_topic, v.share])) }),
  };
}
