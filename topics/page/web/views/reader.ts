// One document: its text, with the topic that each word speaks for.

import { Text, why } from '../data';
import { Child, chart, h, s, show, words } from '../dom';
import { count, decimal, grouped, percent, plain } from '../numbers';
import { address } from '../route';
import { Piece, piecesOf } from '../pieces';
import { Context, View, documentLink, facts, partly, section, strip, topicAt, topicLink, wordLink } from '../view';

const mainPart = 0.01; // of a topic that gets a colour
const bins = 120; // of the strip of density

// Subject is the document that is read: its topics, what the model expects in it of a term, and
// the address of it with some choices.
export interface Subject { parts: { topic: number; part: number }[]; expected(row: number): number; at(options: Record<string, string>): string }

// subjectOf is a document of the model.
function subjectOf(c: Context, j: number): Subject {
  return { parts: c.data.proportions(j), expected: row => c.data.expected(row, j), at: options => address('doc', j, options) };
}

export async function readerView(c: Context): Promise<View> {
  const j = Number(c.place.id), { documents } = c.data;
  if (!(j >= 0 && j < documents.id.length && Number.isInteger(j)) || c.place.id === '') {
    return { title: 'No such document', name: 'document', body: h('p', null, h('a', { href: address('documents') }, 'All documents')) };
  }
  const subject = subjectOf(c, j), { parts } = subject, text = await c.data.text(j);
  const detail = wordDetail();
  return {
    title: [h('span', null, words(c.data.title(j))), steps(c, j)],
    name: `document-${j}`,
    lead: [words(documents.id[j].length > 300 ? documents.id[j].slice(0, 300) + '…' : documents.id[j]), ` · ${count(documents.tokens[j], 'token')} counted`, documents.unknown[j] > 0 ? `, ${grouped(documents.unknown[j])} not in the vocabulary` : ''],
    body: parts.length === 0 ? [h('p', null, 'Nothing of this document was counted: it has no topic.'), text ? plainText(text) : null] : [
      readText(c, subject, text ? { text, pieces: piecesOf(c.data, text, j) } : null, detail)],
    aside: h('div', null, section('Word', detail), metadata(c, j), similar(c, j)),
    table: () => ({
      name: `document-${j}`, columns: ['topic', 'label', 'proportion', 'weight'],
      rows: parts.map(p => [c.model.topics[p.topic].topic, c.model.topics[p.topic].label, p.part, p.part * weightOf(c, j)]),
    }),
  };
}

// wordDetail is room for what there is to say of the word that is chosen.
export function wordDetail(): HTMLElement {
  return h('div.detail', { 'aria-live': 'polite' }, h('p.note', null, 'Choose a word to see the topics that it speaks for: with the mouse, or in the text with the arrow keys.'));
}

// readText is a document's topics, and its text with the topic of each word, or why that is not
// there.
export function readText(c: Context, subject: Subject, own: { text: Text; pieces: Piece[] } | null, detail: HTMLElement): Child[] {
  const { parts } = subject, main = parts.filter(p => p.part >= mainPart).map(p => p.topic);
  const one = topicAt(c.model, Number(c.place.options.get('topic') ?? NaN));
  c.colours.about(one >= 0 ? [one, ...main] : main);
  return [strip(c, parts, c.width, 24), legend(c, subject, one),
    own ? [one >= 0 || own.pieces.length > 0 ? density(c, own.text, own.pieces, one) : null, written(c, subject, own.text, own.pieces, one, detail)] : absent(c)];
}

function weightOf(c: Context, j: number): number {
  let sum = 0;
  for (let e = c.data.h.start[j]; e < c.data.h.start[j + 1]; e++) sum += c.data.h.value[e];
  return sum;
}

function steps(c: Context, j: number): HTMLElement {
  const link = (to: number, rel: string, text: string, sign: string) => to >= 0 && to < c.data.documents.id.length
    ? h('a', { href: address('doc', to), rel, 'aria-label': text, title: text }, sign) : h('span', { 'aria-hidden': 'true' }, sign);
  return h('span.steps', null, link(j - 1, 'prev', 'Document before, key [', '←'), link(j + 1, 'next', 'Next document, key ]', '→'));
}

// legend is the topics of the document. One can be looked at alone.
function legend(c: Context, subject: Subject, one: number): HTMLElement {
  const { parts } = subject;
  return h('ul.legend', null, parts.slice(0, 10).map(p => {
    const t = c.model.topics[p.topic], alone = p.topic === one;
    return h('li', null, topicLink(c, p.topic), h('span.number', null, percent(p.part)),
      h('a.only', { href: subject.at(alone ? {} : { topic: String(t.topic) }), 'aria-label': alone ? 'all topics' : `only topic ${t.topic}`, title: alone ? 'Mark all topics in the text' : `Mark topic ${t.topic} alone in the text` }, alone ? 'all' : 'only'));
  }), parts.length > 10 ? h('li.note', null, `and ${count(parts.length - 10, 'other')}`) : null);
}

function absent(c: Context): HTMLElement {
  return h('p.box', null, 'The text of this document is not in this page. ', c.data.absence || c.model.texts.why || 'It was not there any more, or had changed, when the page was made.');
}

export function plainText(text: Text): HTMLElement { return h('div.text', { dir: 'auto' }, unwrapped(text.text)); }

// unwrapped is a text of the same length with a blank in the place of each end of a line that
// only breaks a paragraph to a width: the line is long, and the next goes on as a sentence does.
function unwrapped(text: string): string {
  const lines = text.split('\n');
  return lines.map((line, i) => {
    if (i === lines.length - 1) return line;
    return line + (line.length >= 50 && line.length <= 110 && goesOn.test(lines[i + 1]) ? ' ' : '\n');
  }).join('');
}

const goesOn = /^[\p{L}("'‘“]/u;

// density is where in the text which topics are: for each stretch of it the parts of all of
// its words that are grey, and of topics.
function density(c: Context, text: Text, pieces: Piece[], one: number): HTMLElement {
  const n = Math.max(1, Math.min(bins, Math.floor(c.width / 5), Math.ceil(text.text.length / 12))), k = c.model.topics.length;
  const sums = Array.from({ length: n }, () => new Float64Array(k));
  for (const p of pieces) {
    if (!p.shares) continue;
    const to = sums[Math.min(n - 1, Math.floor((p.from / Math.max(1, text.text.length)) * n))];
    for (let t = 0; t < k; t++) to[t] += p.shares[t] * p.weight;
  }
  const most = Math.max(1e-9, ...sums.map(x => (one >= 0 ? x[one] : x.reduce((a, b) => a + b, 0))));
  const high = 44, wide = c.width / n;
  const marks: Child[] = [];
  sums.forEach((sum, i) => {
    let y = high;
    const shown = one >= 0 ? [one] : [...sum.keys()].filter(t => sum[t] > 0.02 * most).sort((a, b) => Number(c.colours.has(b)) - Number(c.colours.has(a)) || a - b);
    for (const t of shown) {
      const tall = (sum[t] / most) * high;
      y -= tall;
      if (tall > 0.2) marks.push(s(`rect.mark.${c.colours.of(t)}`, { x: i * wide, y, width: Math.max(0.5, wide - 1), height: tall }));
    }
  });
  return h('figure.density', null, chart(c.width, high, one >= 0 ? `Where in the text topic ${c.model.topics[one].topic} is` : 'Where in the text which topics are', marks, s('line.base', { x1: 0, x2: c.width, y1: high, y2: high })),
    h('figcaption.note', null, one >= 0 ? 'Where in the text the topic is, from its beginning to its end.' : 'Where in the text which topics are, from its beginning to its end.'));
}

// written is the text. Arrow keys go from word to word; Enter opens the word.
function written(c: Context, subject: Subject, text: Text, pieces: Piece[], one: number, detail: HTMLElement): HTMLElement {
  const box = h('div.text', { dir: 'auto', tabindex: '0', role: 'group', 'aria-label': 'Text. Arrow keys go from word to word.' });
  const spans: { e: HTMLElement; p: Piece }[] = [];
  let before = -1;
  const shown = unwrapped(text.text);
  for (const p of pieces) {
    const said = shown.slice(p.from, p.to);
    if (p.token === null) {
      box.append(said);
      continue;
    }
    const e = h('span', null, said);
    const first = p.shares ? (one >= 0 ? one : p.first) : -1;
    const share = p.shares && first >= 0 ? p.shares[first] : 0;
    if (p.shares === null) e.className = 'out';
    else if (one >= 0 ? share < 0.05 : false) e.className = 'weak';
    else {
      e.className = `w ${c.colours.of(first)} s${Math.min(4, Math.ceil(share * 4))}`;
      if (first !== before && one < 0) e.dataset.k = String(c.model.topics[first].topic);
      before = first;
    }
    box.append(e);
    spans.push({ e, p });
  }
  let at = -1;
  const choose = (i: number) => {
    if (i < 0 || i >= spans.length) return;
    spans[at]?.e.classList.remove('now');
    at = i;
    spans[at].e.classList.add('now');
    show(detail, tokenDetail(c, subject, text, spans[at].p));
  };
  box.addEventListener('click', e => choose(spans.findIndex(x => x.e === e.target)));
  box.addEventListener('mouseover', e => { if (e.target !== box) choose(spans.findIndex(x => x.e === e.target)); });
  box.addEventListener('keydown', e => {
    const step = e.key === 'ArrowRight' || e.key === 'ArrowDown' ? 1 : e.key === 'ArrowLeft' || e.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      e.preventDefault();
      choose(Math.max(0, Math.min(spans.length - 1, at + step)));
      spans[at]?.e.scrollIntoView({ block: 'nearest' });
    }
    if (e.key === 'Enter' && at >= 0 && spans[at].p.token!.code >= 0) location.hash = address('word', c.data.terms.stem[spans[at].p.token!.code]);
  });
  return h('div', null, box, text.whole ? null : h('p.box', null, `This is the beginning of the text: ${c.data.live ? 'all of it would be too much for a browser' : 'the page holds excerpts'}. The topics are those of the whole text.`));
}

function tokenDetail(c: Context, subject: Subject, text: Text, p: Piece): Child[] {
  const t = p.token!;
  const said = words(text.text.slice(t.from, t.to), 'strong');
  if (p.shares === null) return [h('p', null, said, ` counts for no topic: ${why(t.code)}.`)];
  const list = [...p.shares].map((share, k) => ({ share, k })).filter(x => x.share >= 0.005).sort((a, b) => b.share - a.share).slice(0, 6);
  return [h('p', null, said, ' as ', wordLink(c, t.code), ' speaks for'),
    h('table.plain', null, h('tbody', null, list.map(x => h('tr', null, h('td', null, topicLink(c, x.k)), h('td.number', { title: plain(x.share) }, percent(x.share)))))),
    h('p.note', null, `Expected ${decimal(subject.expected(t.code))} times in this document.`)];
}

function metadata(c: Context, j: number): HTMLElement | null {
  const list = c.data.documents.fields.map(f => [words(f.name), words(f.values[f.of[j]])] as [Child, Child]).filter((_, i) => c.data.documents.fields[i].values[c.data.documents.fields[i].of[j]] !== '');
  return list.length > 0 ? section('About it', facts(list)) : null;
}

// similar are the documents whose proportions are nearest, by the distance of Hellinger.
function similar(c: Context, j: number): HTMLElement | null {
  const { h: f } = c.data, n = c.data.documents.id.length;
  const root = new Float64Array(c.model.topics.length);
  const own = c.data.proportions(j);
  if (own.length === 0) return null;
  for (const p of own) root[p.topic] = Math.sqrt(p.part);
  const best: { i: number; d: number }[] = [];
  for (let i = 0; i < n; i++) {
    if (i === j || f.start[i] === f.start[i + 1]) continue;
    let sum = 0, common = 0;
    for (let e = f.start[i]; e < f.start[i + 1]; e++) sum += f.value[e];
    for (let e = f.start[i]; e < f.start[i + 1]; e++) common += root[f.at[e]] * Math.sqrt(f.value[e] / sum);
    const d = Math.sqrt(Math.max(0, 1 - common));
    if (best.length < 8 || d < best[7].d) {
      best.push({ i, d });
      best.sort((a, b) => a.d - b.d || a.i - b.i);
      best.length = Math.min(8, best.length);
    }
  }
  return similarSection(c, best);
}

// similarSection is documents with their distances.
export function similarSection(c: Context, list: { i: number; d: number }[]): HTMLElement {
  return section('Similar documents', h('ol.similar', null, list.map(b => h('li', null, documentLink(c, b.i), h('span.number', null, decimal(b.d)), strip(c, c.data.proportions(b.i), 240, 5)))),
    h('p.note', null, `By topics: the distance is Hellinger’s, 0 for the same proportions. ${partly(c)}`));
}

