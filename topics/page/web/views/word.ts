// One word: where it lives.

import { correctWord } from '../correct';
import { Child, chart, h, s, show, words } from '../dom';
import { Found } from '../live';
import { count, decimal, fiveDigits, grouped, percent, plain } from '../numbers';
import { address } from '../route';
import { Context, View, documentLink, partly, section, topicLink } from '../view';

const mostLines = 60, mostDocuments = 12;

interface Place { topic: number; ofTerm: number; ofTopic: number; rank: number }

export function wordView(c: Context): View {
  const { terms } = c.data, asked = c.place.id;
  let row = terms.stem.indexOf(asked);
  if (row < 0) row = terms.shown.indexOf(asked);
  if (row < 0) return { title: words(asked), name: 'word', body: [h('p', null, 'The vocabulary does not hold this word: it may be a stop word, too rare, or in no text.'), h('p', null, h('a', { href: address('search', '', { q: asked }) }, 'Search for it'))] };
  const places = placesOf(c, row);
  c.colours.about(places.map(p => p.topic));
  const found = h('div');
  void lines(c, row, found);
  return {
    title: words(terms.shown[row]),
    name: `word-${row}`,
    lead: `${count(terms.count[row], 'token')} in ${count(terms.df[row], 'document')}; stem ${terms.stem[row]}.`,
    body: [section('Its topics', places.length > 0 ? topicsOf(c, places) : h('p', null, 'No topic has weight on it.')), found],
    aside: h('div', null, section('How it is written', formsOf(c, row)), correctWord(c, terms.shown[row], places[0]?.topic ?? -1), neighbours(c, row)),
    table: () => ({
      name: `word-${row}`, columns: ['topic', 'label', 'of_term', 'of_topic', 'rank'],
      rows: places.map(p => [c.model.topics[p.topic].topic, c.model.topics[p.topic].label, p.ofTerm, p.ofTopic, p.rank]),
    }),
  };
}

// placesOf is what topics have of a term, as Model.Places finds it.
function placesOf(c: Context, row: number): Place[] {
  const { wByTerm, w, mass, marginal } = c.data;
  const all = mass.reduce((a, b) => a + b, 0);
  const list: Place[] = [];
  for (let e = wByTerm.start[row]; e < wByTerm.start[row + 1]; e++) {
    const topic = wByTerm.at[e], weight = wByTerm.value[e], own = fiveDigits(weight);
    let rank = 1;
    for (let n = w.start[topic]; n < w.start[topic + 1]; n++) if (fiveDigits(w.value[n]) > own) rank++;
    list.push({ topic, ofTopic: weight, ofTerm: marginal[row] > 0 ? ((mass[topic] / all) * weight) / marginal[row] : 0, rank });
  }
  return list.sort((a, b) => fiveDigits(b.ofTerm) - fiveDigits(a.ofTerm) || a.topic - b.topic);
}

function topicsOf(c: Context, places: Place[]): Child[] {
  const shown = places.slice(0, 20);
  return [h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': 'Topics of the word' }, h('table.where', null,
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Topic'), h('th', { scope: 'col' }, 'Of the word’s tokens'), h('th.number', { scope: 'col' }, 'Of the topic'), h('th.number', { scope: 'col' }, 'Rank'))),
    h('tbody', null, shown.map(p => h(`tr.${c.colours.of(p.topic)}`, null, h('td', null, topicLink(c, p.topic)),
      h('td', { title: plain(p.ofTerm) }, h('div.measure', null, h('span.number', null, percent(p.ofTerm)), chart(160, 11, percent(p.ofTerm), s('rect.track', { width: 160, height: 11, rx: 2 }), s('rect.mark', { width: Math.max(1, 160 * p.ofTerm), height: 11, rx: 2 })))),
      h('td.number', { title: plain(p.ofTopic) }, percent(p.ofTopic)), h('td.number', null, grouped(p.rank))))))),
    places.length > shown.length ? h('p.note', null, `and ${count(places.length - shown.length, 'other topic')} with less of it`) : null];
}

function formsOf(c: Context, row: number): HTMLElement {
  const forms = c.data.terms.forms[row], list: HTMLElement[] = [];
  for (let i = 0; i < forms.length; i += 2) list.push(h('tr', null, h('td', null, words(String(forms[i]))), h('td.number', null, grouped(Number(forms[i + 1])))));
  return h('table.plain', null, h('tbody', null, list));
}

// neighbours are words that have the most similar mix of topics, among the frequent ones.
function neighbours(c: Context, row: number): HTMLElement | null {
  const { wByTerm, mass, terms } = c.data;
  const mix = (r: number) => {
    const x = new Map<number, number>();
    let sum = 0;
    for (let e = wByTerm.start[r]; e < wByTerm.start[r + 1]; e++) sum += wByTerm.value[e] * mass[wByTerm.at[e]];
    for (let e = wByTerm.start[r]; e < wByTerm.start[r + 1]; e++) x.set(wByTerm.at[e], Math.sqrt((wByTerm.value[e] * mass[wByTerm.at[e]]) / sum));
    return x;
  };
  const own = mix(row);
  if (own.size === 0) return null;
  const least = Math.max(5, terms.count[row] / 8);
  const best: { r: number; near: number }[] = [];
  for (let r = 0; r < terms.stem.length; r++) {
    if (r === row || terms.count[r] < least) continue;
    let near = 0;
    for (const [k, x] of mix(r)) near += x * (own.get(k) ?? 0);
    best.push({ r, near });
  }
  best.sort((a, b) => b.near - a.near || b.r - a.r);
  return section('Words with like topics', h('p.words', null, best.slice(0, 14).map(b => [h('a', { href: address('word', terms.stem[b.r]) }, words(terms.shown[b.r])), ' '])),
    h('p.note', null, 'Words at least an eighth as frequent, whose tokens lie in the topics in the most similar parts.'));
}

// lines shows the documents with most of the word, and the lines that it stands in: of a page
// that is a file by reading the texts that it has, one block after another.
async function lines(c: Context, row: number, to: HTMLElement): Promise<void> {
  const { chunks, whole } = c.model.texts, counts = new Map<number, number>(), found: Found[] = [];
  const all = whole === c.data.documents.id.length && !partly(c);
  let total = 0;
  const draw = (done: boolean) => show(to, documentsSection(c, all && done ? listed(c, row, counts) : expecting(c, row, counts), all && done), contextSection(c, found, total, done));
  if (c.data.live && whole > 0) return linesLive(c, row, to);
  if (!chunks || chunks.length === 0) return draw(true);
  for (let n = 0; n < chunks.length; n++) {
    const texts = await c.data.chunk(n);
    texts.forEach((text, i) => {
      for (const t of text.tokens) {
        if (t.code !== row) continue;
        counts.set(chunks[n][i], (counts.get(chunks[n][i]) ?? 0) + 1);
        total++;
        if (found.length < mostLines) found.push({ document: chunks[n][i], before: text.text.slice(Math.max(0, t.from - 90), t.from), match: text.text.slice(t.from, t.to), after: text.text.slice(t.to, t.to + 90) });
      }
    });
    if (n === 0 || n === chunks.length - 1 || n % 8 === 0) draw(n + 1 === chunks.length);
    if (n > 0 && !to.isConnected) return;
  }
}

// linesLive asks the server, which knows where each word is.
async function linesLive(c: Context, row: number, to: HTMLElement): Promise<void> {
  show(to, section('In context', h('p.note', null, 'Looking through the texts …')));
  try {
    const { total, documents, lines } = await c.data.live!.word(row);
    show(to, documentsSection(c, documents.map(d => ({ j: d.document, n: d.count, expected: c.data.expected(row, d.document) })), true), contextSection(c, lines, total, true));
  } catch (error) {
    show(to, section('In context', h('p.box', { role: 'alert' }, `The texts could not be looked through: ${(error as Error).message}.`)));
  }
}

interface Counted { j: number; n: number; expected: number }

// listed are the documents that have the word, those with most of it first.
function listed(c: Context, row: number, counts: Map<number, number>): Counted[] {
  const list = [...counts].map(([j, n]) => ({ j, n, expected: c.data.expected(row, j) }));
  return list.sort((a, b) => b.n - a.n || fiveDigits(b.expected) - fiveDigits(a.expected) || a.j - b.j);
}

// expecting are the documents of which the model expects most of the word.
function expecting(c: Context, row: number, counts: Map<number, number>): Counted[] {
  const list: Counted[] = [];
  for (let j = 0; j < c.data.documents.id.length; j++) {
    const expected = c.data.expected(row, j);
    if (expected > 0.005) list.push({ j, n: counts.get(j) ?? 0, expected });
  }
  return list.sort((a, b) => fiveDigits(b.expected) - fiveDigits(a.expected) || a.j - b.j);
}

function documentsSection(c: Context, list: Counted[], whole: boolean): HTMLElement {
  return section('Documents with most of it', h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': 'Documents with most of the word' }, h('table.plain.counts', null,
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Document'), whole ? h('th.number', { scope: 'col' }, 'Count') : null, h('th.number', { scope: 'col' }, 'Expected'), h('th.number', { scope: 'col' }, 'Tokens'), h('th', { scope: 'col' }, 'First topic'))),
    h('tbody', null, list.slice(0, mostDocuments).map(d => {
      const first = c.data.proportions(d.j)[0];
      return h('tr', null, h('td', null, documentLink(c, d.j)), whole ? h('td.number', null, grouped(d.n)) : null, h('td.number', { title: plain(d.expected) }, decimal(d.expected)), h('td.number', null, grouped(c.data.documents.tokens[d.j])), h('td', null, first ? topicLink(c, first.topic) : null));
    })))), whole ? null : h('p.note', null, `By what the model expects, since the page does not hold all texts. ${partly(c)}`));
}

function contextSection(c: Context, found: Found[], total: number, done: boolean): HTMLElement {
  if (c.model.texts.whole + c.model.texts.brief === 0) return section('In context', h('p.box', null, c.model.texts.why || 'This page was made without texts.'));
  const all = c.model.texts.whole === c.data.documents.id.length ? '' : c.data.live ? ' in the texts that are there' : ' in the texts and excerpts of this page';
  return section('In context', h('p.note', null, found.length < total ? `The first ${grouped(found.length)} of ${grouped(total)} places${all}.` : `${count(total, 'place')}${all}.`, done ? '' : ' Reading on …'),
    h('ol.kwic', null, found.map(f => h('li', null,
      h('span.line', { dir: 'auto' }, h('span.before', null, h('bdi', null, squeeze(f.before))), h('mark', null, f.match), h('span.after', null, squeeze(f.after))),
      h('a.where', { href: address('doc', f.document) }, words(c.data.title(f.document)))))));
}

const squeeze = (text: string): string => text.replace(/\s+/g, ' ');
