// All topics at once: small multiples of their keywords, or a table.

import { chart, fitted, h, s, words } from '../dom';
import { grouped, decimal, percent, plain } from '../numbers';
import { remember } from '../route';
import { Context, View, choice, topicLink } from '../view';

const shown = 10; // keywords of a topic
const mostCards = 60; // topics beyond which the table comes first

export function topicsView(c: Context): View {
  const m = c.model;
  const as = c.place.options.get('as') ?? (m.topics.length > mostCards ? 'table' : 'bars');
  const stable = m.topics.some(t => t.stability !== null);
  const documents = m.info.documents as number;
  return {
    title: 'Topics',
    name: 'topics',
    lead: `${grouped(m.topics.length)} topics of ${grouped(documents)} documents, ${grouped(m.terms)} words and ${grouped(m.info.tokens)} tokens. ` +
      'Each is a distribution over words; its share is its part of all tokens.',
    body: [
      h('div.bar', null, choice('Show topics as', [['bars', 'Bars'], ['table', 'Table']], as, value => { remember({ as: value }); c.again(); }),
        as === 'bars' ? h('span.note', null, 'Bars are p(word | topic) in percent, all on one scale. Words that tell the topic from the corpus come first.') : null),
      as === 'table' ? table(c, stable) : cards(c),
    ],
    table: () => ({
      name: 'topics',
      columns: ['topic', 'label', 'share', 'stability', 'entropy', 'first_in', 'typical', 'keywords'],
      rows: m.topics.map(t => [t.topic, t.label, t.share, t.stability, t.entropy, t.first_in, t.typical.join('; '), t.keywords.join(' ')]),
    }),
  };
}

function cards(c: Context): HTMLElement {
  const lists = c.model.sheets.map(sheet => sheet.keywords.filter(w => w.ranking === 'divergence').slice(0, shown));
  const most = Math.max(...lists.flat().map(w => w.weight), 1e-9);
  const columns = Math.max(1, Math.floor((c.width + 16) / 256));
  const width = Math.min(380, Math.floor((c.width - 16 * (columns - 1)) / columns)) - 32;
  return h('ul.cards', null, lists.map((list, k) => {
    const t = c.model.topics[k];
    return h(`li.card.${c.colours.of(k)}`, null,
      h('h2', null, topicLink(c, k)),
      h('p.note', null, `${percent(t.share)} · first in ${grouped(t.first_in)}`, t.stability === null ? null : ` · stability ${decimal(t.stability)}`),
      bars(list, most, width, `Keywords of topic ${t.topic}`));
  }));
}

// bars are words with their probabilities. The longest bars of any topic are as long as the
// room beside the words; a bar has a dot at its end, so that short ones are seen.
function bars(list: { term: string; weight: number }[], most: number, width: number, title: string): SVGSVGElement {
  const line = 20, left = Math.min(120, Math.round(width * 0.46)), room = width - left - 44;
  return chart(width, Math.max(1, list.length) * line, title, list.map((w, i) => {
    const y = i * line, long = Math.max(1.5, (w.weight / most) * room);
    return s('g', null, s('title', null, `${w.term} ${plain(w.weight)}`),
      s('text.word', { x: left - 8, y: y + 14, 'text-anchor': 'end' }, fitted(w.term, left - 10)),
      s('rect.mark', { x: left, y: y + 5, width: long, height: 11, rx: 1.5 }),
      s('text.value', { x: left + long + 5, y: y + 14 }, small(w.weight)));
  }));
}

const small = (x: number): string => `${(100 * x).toFixed(100 * x < 0.095 ? 2 : 1)}`;

type Key = 'topic' | 'label' | 'share' | 'stability' | 'entropy' | 'first_in';

function table(c: Context, stable: boolean): HTMLElement {
  const by = (c.place.options.get('by') ?? 'topic') as Key;
  const down = c.place.options.get('down') === '1';
  const most = Math.max(...c.model.topics.map(t => t.share));
  const order = c.model.topics.map((_, k) => k).sort((a, b) => {
    const x = c.model.topics[a][by], y = c.model.topics[b][by];
    const sign = typeof x === 'string' ? x.localeCompare(String(y)) : (x ?? 0) - ((y ?? 0) as number);
    return (down ? -1 : 1) * sign || a - b;
  });
  const head = (key: Key, text: string, kind = '') => h(`th${kind}`, { scope: 'col', 'aria-sort': by === key ? (down ? 'descending' : 'ascending') : null },
    h('button', { type: 'button', onclick: () => { remember({ by: key, down: by === key ? (down ? null : '1') : key === 'topic' || key === 'label' ? null : '1' }); c.again(); } }, text));
  return h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': 'Table of topics' }, h('table', null,
    h('thead', null, h('tr', null, head('topic', 'Topic'), head('share', 'Share', '.number'), stable ? head('stability', 'Stability', '.number') : null,
      head('first_in', 'First in', '.number'), head('entropy', 'Width', '.number'), h('th', { scope: 'col' }, 'Keywords'))),
    h('tbody', null, order.map(k => {
      const t = c.model.topics[k];
      return h(`tr.${c.colours.of(k)}`, null,
        h('th', { scope: 'row' }, topicLink(c, k)),
        h('td.number', null, percent(t.share), chart(64, 5, '', s('rect.track', { width: 64, height: 5, rx: 1 }), s('rect.mark', { width: (64 * t.share) / (most || 1), height: 5, rx: 1 }))),
        stable ? h('td.number', null, decimal(t.stability)) : null,
        h('td.number', null, grouped(t.first_in)),
        h('td.number', { title: `entropy ${decimal(t.entropy)} nats` }, grouped(Math.round(Math.exp(t.entropy)))),
        h('td.words', null, t.keywords.map(w => [words(w), ' '])));
    }))), h('p.note', null, 'Width is how many equally probable words would be as wide: e to the power of the entropy.'));
}

