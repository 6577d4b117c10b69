// A text that the model does not know: its topics, and the documents that are like it.

import { Sparse, textOf } from '../data';
import { Child, h, show, words } from '../dom';
import { NewText, Refused } from '../live';
import { count, decimal, grouped, percent, plain } from '../numbers';
import { piecesOf } from '../pieces';
import { address } from '../route';
import { Context, View, facts, section } from '../view';
import { Subject, plainText, readText, similarSection, wordDetail } from './reader';

const mostBytes = 20 << 20;

// What was asked last stays while the page is open.
let asked: { name: string; raw: Uint8Array; typed: string } | null = null;
let answer: { of: object; version: number; text: NewText } | null = null;
let fault = '';

// take makes what was pasted or dropped the text that is asked for.
function take(name: string, raw: Uint8Array, typed: string): void {
  asked = { name, raw, typed };
  answer = null;
  fault = raw.length > mostBytes ? `This has more than ${mostBytes >> 20} MB: klew infer takes what is so large.` : '';
}

// find has the topics found. If the model is another than the page shows, it is read anew first,
// and the view with it.
async function find(c: Context): Promise<void> {
  const mine = asked!, live = c.data.live!;
  try {
    const text = await live.fresh(mine.name, base64(mine.raw));
    if (mine === asked) answer = { of: mine, version: live.state.version, text };
  } catch (error) {
    if (error instanceof Refused && error.status === 409) return c.reopen('The model was changed by another meanwhile: this is how it is now.');
    fault = `${(error as Error).message}.`;
  }
}

function base64(raw: Uint8Array): string {
  const native = (raw as any).toBase64;
  if (native) return native.call(raw);
  let binary = '';
  for (let i = 0; i < raw.length; i += 1 << 15) binary += String.fromCharCode(...raw.subarray(i, i + (1 << 15)));
  return btoa(binary);
}

// dropped takes a file, from wherever in the page it was dropped.
export async function dropped(c: Context, file: File): Promise<void> {
  take(file.name, new Uint8Array(await file.arrayBuffer()), '');
  if (c.place.view === 'new') c.again();
  else location.hash = address('new');
}

export async function newTextView(c: Context): Promise<View> {
  if (asked && fault === '' && answer?.version !== c.data.live!.state.version) await find(c);
  const detail = wordDetail(), t = answer?.text;
  const subject = t ? subjectOf(c, t) : null;
  return {
    title: t && asked?.typed === '' && asked.name !== '' ? words(asked.name) : 'New text',
    name: 'new-text',
    lead: t ? [`${count(t.counted, 'token')} counted`, t.unknown > 0 ? `, ${grouped(t.unknown)} not in the vocabulary` : '', t.known === null ? '' : `: it knows ${percent(t.known)} of the words`, '.'] : 'Which topics a text has that the model was not fitted to.',
    body: [input(c), fault === '' ? null : h('p.fault', { role: 'alert' }, fault), t && subject ? result(c, t, subject, detail) : null],
    aside: t && subject ? h('div', null, section('Word', detail), similarSection(c, t.similar.map(n => ({ i: n.document, d: n.distance }))), vocabulary(t)) : undefined,
    table: t ? () => ({ name: 'new-text', columns: ['topic', 'label', 'proportion', 'weight'], rows: subject!.parts.map(p => [c.model.topics[p.topic].topic, c.model.topics[p.topic].label, p.part, p.part * weight(c, t)]) }) : undefined,
  };
}

// weight is what the topics that there are now have of the text together.
function weight(c: Context, t: NewText): number {
  const fold = c.model.fold;
  return t.h.reduce((sum, x, k) => (fold && fold[k] < 0 ? sum : sum + x), 0);
}

function subjectOf(c: Context, t: NewText): Subject {
  const parts = t.proportions.map((part, topic) => ({ topic, part })).filter(p => p.part > 0).sort((a, b) => b.part - a.part || a.topic - b.topic);
  const all = weight(c, t), { wByTerm } = c.data;
  return {
    parts,
    expected: row => {
      let sum = 0;
      for (let e = wByTerm.start[row]; e < wByTerm.start[row + 1]; e++) sum += wByTerm.value[e] * t.proportions[wByTerm.at[e]] * all;
      return sum;
    },
    at: options => address('new', '', options),
  };
}

// own is the weights of the text as a list of one document.
function own(t: NewText): Sparse {
  const at = t.h.flatMap((x, k) => (x > 0 ? [k] : []));
  return { start: Uint32Array.of(0, at.length), at: Uint32Array.from(at), value: Float32Array.from(at, k => t.h[k]) };
}

function result(c: Context, t: NewText, subject: Subject, detail: HTMLElement): Child {
  const text = textOf(t);
  if (subject.parts.length === 0) return [h('p', { role: 'status' }, t.counted > 0 ? 'It has no topic: none has any of its words.' : t.unknown > 0 ? 'It has no topic: the vocabulary holds none of its words.' : 'It has no topic: it has no word beside stop words.'), plainText(text)];
  return h('section.result', { 'aria-label': 'Topics of the text' }, readText(c, subject, { text, pieces: piecesOf(c.data, text, 0, own(t)) }, detail));
}

function vocabulary(t: NewText): HTMLElement {
  return section('Known words', facts([['counted', grouped(t.counted)], ['not in the vocabulary', grouped(t.unknown)], ['known', h('span', { title: plain(t.known) }, t.known === null ? '–' : decimal(t.known))]]),
    h('p.note', null, 'Stop words and what is too short count on neither side.'));
}

function input(c: Context): HTMLElement {
  const area = h<HTMLTextAreaElement>('textarea', { rows: answer ? 4 : 10, dir: 'auto', 'aria-label': 'Text', placeholder: 'Paste a text here, or drop a file anywhere in this window' });
  area.value = asked?.typed ?? '';
  const file = h<HTMLInputElement>('input', { type: 'file', 'aria-label': 'A file with one text', onchange: () => { const f = file.files?.[0]; if (f) void dropped(c, f); } });
  const button = h<HTMLButtonElement>('button.first', { type: 'submit' }, 'Find its topics');
  const status = h('span.note', { role: 'status' });
  return h('form.newtext', {
    onsubmit: (e: Event) => {
      e.preventDefault();
      if (area.value.trim() === '') return show(status, 'There is no text yet.');
      button.disabled = true;
      show(status, 'Finding its topics …');
      take('', new TextEncoder().encode(area.value), area.value);
      c.again();
    },
    onkeydown: (e: KeyboardEvent) => { if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) button.click(); },
  }, area, h('div.buttons', null, button, file, status));
}
