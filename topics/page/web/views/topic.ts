// One topic: its words, in several orders, its documents, and what is near to it.

import { correctTopic } from '../correct';
import { Child, chart, fitted, h, s, words } from '../dom';
import { count, decimal, grouped, percent, plain } from '../numbers';
import { relevance } from '../rank';
import { address, remember } from '../route';
import { Context, View, chip, documentLink, section, topicAt, topicLink } from '../view';

const bars = 24; // words in the picture
const ranked = 15; // words of each order
// From the most frequent words to the most exclusive ones, so that many lines can be drawn.
const orders = ['probability', 'divergence', 'relevance', 'frex', 'lift'];

export function topicView(c: Context): View {
  const m = c.model, k = topicAt(m, Number(c.place.id));
  if (k < 0) {
    return { title: `No topic ${c.place.id}`, name: 'topic', body: h('p', null, 'There is no topic of this number: it may have been merged or dropped. ', h('a', { href: address('topics') }, 'All topics'), '.') };
  }
  const sheet = m.sheets[k];
  return {
    title: [h('span', null, chip(c, k), words(sheet.label)), steps(c, k)],
    name: `topic-${sheet.topic}`,
    lead: `${percent(sheet.share)} of the corpus, and first in ${grouped(sheet.first_in)} of ${count(m.info.documents, 'document')}. ` +
      `As wide as ${count(Math.round(Math.exp(sheet.entropy)), 'word')} of one probability, of ${grouped(sheet.terms)} that it has.`,
    body: h(`div.${c.colours.of(k)}`, null, keywords(c, k), orderSection(c, k), documents(c, k), forms(c, k)),
    aside: h(`div.${c.colours.of(k)}`, null, trust(sheet.stability), correctTopic(c, k), nearest(c, k), spread(c, k)),
    table: () => ({
      name: `topic-${sheet.topic}`,
      columns: ['ranking', 'rank', 'term', 'weight', 'score'],
      rows: sheet.keywords.map(w => [w.ranking, w.rank, w.term, w.weight, w.score]),
    }),
  };
}

function steps(c: Context, k: number): HTMLElement {
  const link = (to: number, rel: string, text: string, sign: string) => {
    const t = c.model.topics[to];
    return t ? h('a', { href: address('topic', t.topic, kept(c)), rel, 'aria-label': `${text}: ${t.topic} ${t.label}`, title: text }, sign) : h('span', { 'aria-hidden': 'true' }, sign);
  };
  return h('span.steps', null, link(k - 1, 'prev', 'Topic before, key [', '←'), link(k + 1, 'next', 'Next topic, key ]', '→'));
}

function kept(c: Context): Record<string, string> {
  const lambda = c.place.options.get('lambda');
  return lambda === null ? {} : { lambda };
}

// keywords are bars of the topic's tokens of a word over all tokens of it.
function keywords(c: Context, k: number): HTMLElement {
  const given = Number(c.place.options.get('lambda') ?? 0.6);
  let lambda = given >= 0 && given <= 1 ? given : 0.6;
  const room = h('div');
  const out = h('output', null, lambda.toFixed(2));
  const draw = () => {
    out.textContent = lambda.toFixed(2);
    room.replaceChildren(barsOf(c, k, lambda));
  };
  const slider = h<HTMLInputElement>('input', {
    type: 'range', min: 0, max: 1, step: 0.01, value: lambda, 'aria-label': 'λ of relevance',
    oninput: (e: any) => { lambda = Number(e.target.value); draw(); },
    onchange: () => remember({ lambda: lambda === 0.6 ? null : String(lambda) }),
  });
  draw();
  return section('Words by relevance',
    h('div.slider', null, h('span', null, 'exclusive to the topic'), slider, h('span', null, 'frequent in it'), h('label', null, 'λ = ', out)),
    room,
    h('p.key', null, h('i.mark'), ' tokens of the word in this topic ', h('i.rest'), ' in all texts'));
}

function barsOf(c: Context, k: number, lambda: number): SVGSVGElement {
  const d = c.data, list = relevance(d, k, lambda, bars);
  const all = d.mass.reduce((a, b) => a + b, 0);
  const own = (w: { weight: number }) => w.weight * d.mass[k];
  const total = (row: number) => d.marginal[row] * all;
  const most = Math.max(1e-9, ...list.map(w => total(w.row)));
  const line = 21, left = Math.min(150, Math.round(c.width * 0.34)), room = Math.max(60, c.width - left - 110);
  return chart(c.width, Math.max(1, list.length) * line, `Words of topic ${c.model.topics[k].topic} by relevance, λ ${lambda}`, list.map((w, i) => {
    const y = i * line, x = (n: number) => Math.max(1, (n / most) * room), term = d.terms.shown[w.row];
    return s('a', { href: address('word', d.terms.stem[w.row]) },
      s('title', null, `${term}: ${plain(own(w))} of ${plain(total(w.row))} tokens are in this topic; p(word | topic) ${plain(w.weight)}, relevance ${plain(w.score)}`),
      s('rect.hit', { x: 0, y, width: c.width, height: line }),
      s('text.word', { x: left - 10, y: y + 15, 'text-anchor': 'end' }, fitted(term, left - 14)),
      s('rect.rest', { x: left, y: y + 4, width: x(total(w.row)), height: 13, rx: 2 }),
      s('rect.mark', { x: left, y: y + 4, width: x(own(w)), height: 13, rx: 2 }),
      s('text.value', { x: left + x(total(w.row)) + 6, y: y + 15 }, `${grouped(Math.round(own(w)))} of ${grouped(Math.round(total(w.row)))}`));
  }));
}

// orderSection shows the orders side by side, with lines from a word to itself.
function orderSection(c: Context, k: number): HTMLElement {
  const sheet = c.model.sheets[k], rows = c.model.rows[k];
  const all = sheet.keywords.map((w, i) => ({ ...w, row: rows[i] }));
  const names = c.width < 560 ? [orders[0], orders[1], orders[3]] : orders;
  const columns = names.map(order => all.filter(w => w.ranking === order).slice(0, ranked));
  const line = 21, top = 26, gap = Math.min(40, c.width * 0.05), wide = (c.width - gap * (columns.length - 1)) / columns.length;
  const y = (rank: number) => top + rank * line;
  const marks: Child[] = [];
  columns.forEach((list, n) => {
    const x = n * (wide + gap);
    marks.push(s('text.head', { x: x + 2, y: 12 }, names[n]));
    list.forEach((w, rank) => {
      const next = columns[n + 1]?.findIndex(o => o.row === w.row) ?? -1;
      if (next >= 0) marks.push(s('line.link', { x1: x + wide, y1: y(rank) + 10, x2: x + wide + gap, y2: y(next) + 10 }));
      const everywhere = columns.every(other => other.some(o => o.row === w.row));
      marks.push(s(everywhere ? 'g.rank.all' : 'g.rank', null,
        s('title', null, `${w.term}: rank ${w.rank}, p(word | topic) ${plain(w.weight)}, score ${plain(w.score)}`),
        s('rect.cell', { x, y: y(rank) + 1, width: wide, height: line - 2, rx: 3 }),
        s('text.word', { x: x + 7, y: y(rank) + 15 }, fitted(w.term, wide - 12))));
    });
  });
  return section('Words in other orders',
    chart(c.width, 4 + top + Math.max(...columns.map(l => l.length), 1) * line, `The first words by ${names.join(', ')}`, marks),
    h('p.note', null, 'Lines lead to the same word in the next order; words in a stronger frame are in all. Divergence: what the topic has more of than the corpus, weighed by how much. ' +
      'Lift: how many times more. Frex: frequent and exclusive at once.'));
}

function documents(c: Context, k: number): HTMLElement {
  const sheet = c.model.sheets[k], places = c.model.places[k];
  if (places.length === 0) return section('Typical documents', h('p', null, 'No document has this topic.'));
  const some = sheet.sentences.length > 0;
  return section('Typical documents',
    some ? h('p.note', null, 'With the sentences that carry the topic most.') : h('p.note', null, c.model.texts.why || 'The texts are not there to quote from.'),
    h('ol.documents', null, sheet.documents.map((d, i) => h('li', null,
      h('div.head', null, documentLink(c, places[i]), h('span.number', null, percent(d.proportion))),
      sheet.sentences.filter(q => q.document === d.document).map(q => h('blockquote', { dir: 'auto' }, q.sentence))))),
    h('p', null, h('a', { href: address('documents', '', { sort: String(sheet.topic) }) }, 'All documents by this topic')));
}

function forms(c: Context, k: number): HTMLElement {
  const sheet = c.model.sheets[k], by = new Map<string, { form: string; count: number }[]>();
  for (const f of sheet.forms) by.set(f.term, [...(by.get(f.term) ?? []), f]);
  const several = [...by].filter(([, list]) => list.length > 1);
  const phrases = sheet.phrases;
  if (several.length === 0 && phrases.length === 0) return h('div');
  return section('How they are written', h('dl.forms', null, several.map(([term, list]) => h('div', null, h('dt', null, words(term)),
    h('dd', null, list.map((f, i) => [i > 0 ? ', ' : '', words(f.form), ' ', h('span.number', null, grouped(f.count))]))))),
    phrases.length > 0 ? h('p', null, 'Phrases: ', phrases.map((p, i) => [i > 0 ? ', ' : '', words(p.term)])) : null);
}

// trust says in words how far the topic may be relied on.
function trust(stability: number | null): HTMLElement {
  let text = 'Not known: the model was fitted once. klew fit --halves 2 finds out whether random halves of the documents have this topic, too.';
  if (stability !== null) {
    const measured = `Stability ${decimal(stability)}: `;
    if (stability >= 0.8) text = measured + 'halves of the documents have this topic, too, nearly as it is.';
    else if (stability >= 0.55) text = measured + 'halves of the documents have a topic that is recognisably this one.';
    else text = measured + 'halves of the documents do not have this topic. Other texts of the kind may not have it either; take it with care.';
  }
  return section('How far to trust it', stability === null ? null : gauge(stability), h('p', null, text));
}

function gauge(x: number): SVGSVGElement {
  const wide = 240;
  return chart(wide, 12, `Stability ${decimal(x)}`, s('rect.track', { y: 3, width: wide, height: 6, rx: 3 }), s('rect.ink', { y: 3, width: wide * x, height: 6, rx: 3 }),
    s('line.tick', { x1: wide * 0.55, x2: wide * 0.55, y1: 0, y2: 12 }));
}

function nearest(c: Context, k: number): HTMLElement {
  const list = c.model.sheets[k].nearest;
  if (list.length === 0) return h('div');
  return section('Nearest topics', h('ol.plain', null, list.map(n => h('li', null, topicLink(c, topicAt(c.model, n.neighbour)),
    h('div.note.number', null, `distance ${decimal(n.distance)} · together ${decimal(n.correlation).replace('-', '−')}`)))),
    h('p.note', null, 'Distance is Hellinger’s, of their words, from 0 to 1. Together is the correlation of their parts of documents: above 0 if both come in the same ones.'));
}

function spread(c: Context, k: number): HTMLElement[] {
  const seen = new Set<string>();
  const fields = [...new Set(c.model.sheets[k].spread.map(v => v.field))].filter(field => {
    const same = JSON.stringify(c.model.sheets[k].spread.filter(v => v.field === field).map(v => [v.value, v.documents, v.of_topic]));
    return !seen.has(same) && seen.add(same); // a folder may be a field of its own as well
  });
  return fields.map(field => {
    const list = c.model.sheets[k].spread.filter(v => v.field === field && v.of_topic >= 0.0005).slice(0, 12);
    const most = Math.max(...list.map(v => v.of_topic), 1e-9), line = 20, wide = 240;
    return section(['Where it is: ', words(field)], chart(wide, list.length * line, `Parts of the topic by ${field}`, list.map((v, i) => s('g', null,
      s('title', null, `${v.value}: ${percent(v.of_topic)} of the topic; the topic is ${percent(v.share)} of these ${grouped(v.documents)} documents`),
      s('text.word', { x: 86, y: i * line + 14, 'text-anchor': 'end' }, fitted(v.value === '' ? '(none)' : v.value, 84)),
      s('rect.mark', { x: 94, y: i * line + 5, width: Math.max(1, (v.of_topic / most) * 92), height: 11, rx: 1.5 }),
      s('text.value', { x: 94 + Math.max(1, (v.of_topic / most) * 92) + 5, y: i * line + 14 }, percent(v.of_topic))))));
  });
}

