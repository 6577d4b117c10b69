// What became of the topics of another model in this one.

import { chart, h, s, words } from '../dom';
import { decimal, percent, plain } from '../numbers';
import { Context, View, topicAt, topicLink } from '../view';

const said: Record<string, string> = {
  same: 'is the same, but for little', changed: 'is recognisably the same', split: 'was split; this is a part of it',
  merged: 'became one with others', gone: 'is not there any more', new: 'is new',
};

export function comparedView(c: Context): View {
  const { name, rows } = c.model.older!;
  return {
    title: 'Compared',
    name: 'compared',
    lead: ['What became of the topics of ', words(name), ' in ', words(c.model.name), '. Likeness is the overlap of two topics beyond chance, from 0 to 1.'],
    body: h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': 'Changes of topics' }, h('table.changes', null,
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'In ', words(name)), h('th', { scope: 'col' }, 'Change'), h('th', { scope: 'col' }, 'In ', words(c.model.name)), h('th.number', { scope: 'col' }, 'Likeness'), h('th', { scope: 'col' }, 'Words that came, and went'))),
      h('tbody', null, rows.map(row => {
        const k = row.in_b === null ? -1 : topicAt(c.model, row.in_b);
        return h(`tr.${k < 0 ? 'c0' : c.colours.of(k)}`, null,
          h('td', null, row.topic === null ? null : [h('span.topic', null, h('span.chip.c0', null, row.topic), words(row.label ?? '', 'span')), h('div.note', null, percent(row.share ?? 0))]),
          h('td', { title: said[row.change] ?? null }, row.change),
          h('td', null, k < 0 ? null : [topicLink(c, k), h('div.note', null, percent(row.share_in_b ?? 0))]),
          h('td.number', { title: plain(row.likeness) }, decimal(row.likeness), chart(64, 5, '', s('rect.track', { width: 64, height: 5, rx: 1 }), s('rect.mark', { width: 64 * Math.max(0, Math.min(1, row.likeness)), height: 5, rx: 1 }))),
          h('td.words', null, row.came.length > 0 ? h('div', null, '+ ', row.came.map(w => [words(w), ' '])) : null, row.went.length > 0 ? h('div', null, '− ', row.went.map(w => [words(w), ' '])) : null));
      })))),
    table: () => ({
      name: 'compared', columns: ['change', 'topic', 'in_b', 'label', 'label_in_b', 'likeness', 'share', 'share_in_b', 'came', 'went', 'keywords'],
      rows: rows.map(r => [r.change, r.topic, r.in_b, r.label, r.label_in_b, r.likeness, r.share, r.share_in_b, r.came.join(' '), r.went.join(' '), r.keywords.join(' ')]),
    }),
  };
}
