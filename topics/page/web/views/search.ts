// What is asked for, in topics, words, documents and texts.

import { h, show, words } from '../dom';
import { Found } from '../live';
import { count, grouped } from '../numbers';
import { address } from '../route';
import { Context, View, documentLink, partly, section, topicLink, wordLink } from '../view';

const most = 12, mostLines = 40;

export function searchView(c: Context): View {
  const q = (c.place.options.get('q') ?? '').trim(), low = q.toLowerCase();
  const { terms, documents } = c.data;
  const inTexts = h('div');
  if (low === '') return { title: 'Search', name: 'search', body: h('p', null, 'Type into the field at the top; the key / leads there.') };
  const topics = c.model.topics.map((_, k) => k).filter(k => String(c.model.topics[k].topic) === low || `${c.model.topics[k].label} ${c.model.topics[k].keywords.join(' ')}`.toLowerCase().includes(low));
  const rows: number[] = [];
  for (let r = 0; r < terms.stem.length; r++) {
    if (terms.forms[r].some((f, i) => i % 2 === 0 && String(f).toLowerCase().includes(low)) || terms.shown[r].toLowerCase().includes(low)) rows.push(r);
  }
  const begins = (r: number) => Number(terms.shown[r].toLowerCase().startsWith(low));
  rows.sort((a, b) => begins(b) - begins(a) || terms.count[b] - terms.count[a]);
  const named: number[] = [];
  for (let j = 0; j < documents.id.length; j++) if (documents.id[j].toLowerCase().includes(low) || c.data.title(j).toLowerCase().includes(low)) named.push(j);
  void scan(c, q, inTexts);
  return {
    title: ['Search: ', words(q)],
    name: 'search',
    body: [
      section(heading('Topics', topics.length), topics.length > 0 ? h('ul.found', null, topics.slice(0, most).map(k => h('li', null, topicLink(c, k), ' ', h('span.note', null, c.model.topics[k].keywords.map(w => [words(w), ' ']))))) : h('p.note', null, 'No label and no keyword has this.')),
      section(heading('Words', rows.length), rows.length > 0 ? h('ul.found.inline', null, rows.slice(0, 3 * most).map(r => h('li', null, wordLink(c, r), ' ', h('span.note', null, grouped(terms.count[r]))))) : h('p.note', null, 'No word of the vocabulary has this.')),
      section(heading('Documents', named.length), partly(c) ? h('p.note', null, partly(c)) : null, named.length > 0 ? [h('ul.found', null, named.slice(0, most).map(j => h('li', null, documentLink(c, j)))), named.length > most ? h('p', null, h('a', { href: address('documents', '', { q }) }, `All ${grouped(named.length)}`)) : null] : h('p.note', null, 'No title and no id has this.')),
      inTexts,
    ],
    table: () => ({ name: 'search', columns: ['kind', 'found'], rows: [...topics.map(k => ['topic', `${c.model.topics[k].topic} ${c.model.topics[k].label}`]), ...rows.map(r => ['word', terms.shown[r]]), ...named.map(j => ['document', documents.id[j]])] }),
  };
}

const heading = (what: string, n: number) => [what, ' ', h('span.note', null, grouped(n))];

// scan looks through the texts, one block after another.
async function scan(c: Context, q: string, to: HTMLElement): Promise<void> {
  const low = q.toLowerCase();
  if (c.data.live && c.model.texts.whole > 0) return searchLive(c, q, to);
  const { chunks } = c.model.texts;
  if (!chunks || chunks.length === 0) return show(to, section('Texts', h('p.box', null, c.model.texts.why || 'This page was made without texts.')));
  const found: { j: number; text: string; at: number }[] = [];
  let total = 0;
  const draw = (read: number) => show(to, section('Texts', h('p.note', null, `In ${count(total, 'text')}`, c.model.texts.brief > 0 ? ', of which this page holds excerpts' : '', read < chunks.length ? '; reading on …' : '', '.'),
    foundList(c, found.map(f => ({ document: f.j, before: f.text.slice(Math.max(0, f.at - 80), f.at), match: f.text.slice(f.at, f.at + low.length), after: f.text.slice(f.at + low.length, f.at + low.length + 100) })))));
  for (let n = 0; n < chunks.length; n++) {
    const texts = await c.data.chunk(n);
    texts.forEach((t, i) => {
      const at = t.text.toLowerCase().indexOf(low);
      if (at < 0) return;
      total++;
      if (found.length < mostLines) found.push({ j: chunks[n][i], text: t.text, at });
    });
    draw(n + 1);
    if (n > 0 && !to.isConnected) return;
  }
}

function foundList(c: Context, found: Found[]): HTMLElement {
  return h('ul.found', null, found.map(f => h('li', null, documentLink(c, f.document), h('div.note', { dir: 'auto' }, squeeze(f.before), h('mark', null, f.match), squeeze(f.after)))));
}

// searchLive asks the server, once whoever types has paused.
async function searchLive(c: Context, q: string, to: HTMLElement): Promise<void> {
  show(to, section('Texts', h('p.note', null, 'Looking through the texts …')));
  await new Promise(done => setTimeout(done, 200));
  if (!to.isConnected) return;
  try {
    const { total, found } = await c.data.live!.search(q);
    show(to, section('Texts', h('p.note', null, `In ${count(total, 'text')}`, total > found.length ? `, of which these are the first ${found.length}` : '', '.'), foundList(c, found)));
  } catch (error) {
    show(to, section('Texts', h('p.box', { role: 'alert' }, `The texts could not be searched: ${(error as Error).message}.`)));
  }
}

const squeeze = (text: string): string => text.replace(/\s+/g, ' ');
