// Corrections of the model: each is looked at before it is made.

import { h, show, words } from './dom';
import { Change, Edit, Refused } from './live';
import { percent } from './numbers';
import { Context, section } from './view';
import type { TopicRow } from './data';

const mostRows = 8;

// correctTopic is what can be done to a topic.
export function correctTopic(c: Context, k: number): HTMLElement | null {
  const live = c.data.live;
  if (!live) return null;
  if (live.why !== '') return section('Correct it', h('p.note', null, live.why));
  const t = c.model.topics[k];
  const label = h<HTMLInputElement>('input', { type: 'text', value: t.label, 'aria-label': `Label of topic ${t.topic}`, maxlength: 200 });
  const other = topicChoice(c, 'Topic that becomes part of this one', k);
  return section('Correct it',
    form(() => look(c, { verb: 'rename', topic: t.topic, text: label.value }), label, h('button', { type: 'submit' }, 'Rename')),
    c.model.topics.length < 2 ? null : form(() => look(c, { verb: 'merge', topic: t.topic, from: Number(other.value) }), other, h('button', { type: 'submit' }, `Merge into topic ${t.topic}`)),
    c.model.topics.length < 2 ? null : form(() => look(c, { verb: 'drop', topic: t.topic }), h('button', { type: 'submit' }, 'Leave this topic out')),
    h('p.note', null, 'Before anything changes you see what it does. Each change is a line of the model’s journal, and can be taken back.'));
}

// correctWord is what can be done to a word, by how it is shown.
export function correctWord(c: Context, shown: string, first: number): HTMLElement | null {
  const live = c.data.live;
  if (!live || live.why !== '') return null;
  const topic = topicChoice(c, 'Topic of the word when fitted again', -1, first);
  return section('Correct it',
    form(() => look(c, { verb: 'ban', text: shown }), h('button', { type: 'submit' }, 'Ban it as a keyword')),
    form(() => look(c, { verb: 'pin', text: shown, topic: Number(topic.value) }), topic, h('button', { type: 'submit' }, 'Pin it there')),
    h('p.note', null, 'A pinned word is in that topic alone once the model is fitted again.'));
}

function form(does: () => void, ...inside: (HTMLElement | null)[]): HTMLElement {
  return h('form.correct', { onsubmit: (e: Event) => { e.preventDefault(); does(); } }, inside);
}

function topicChoice(c: Context, label: string, without: number, first = -1): HTMLSelectElement {
  return h<HTMLSelectElement>('select', { 'aria-label': label }, c.model.topics.map((t, k) => (k === without ? null : h('option', { value: t.topic, selected: k === first }, `${t.topic} ${t.label}`))));
}

// look shows what an edit would do, and makes it if that is wanted.
async function look(c: Context, edit: Edit): Promise<void> {
  const live = c.data.live!;
  const box = h<HTMLDialogElement>('dialog', { 'aria-labelledby': 'change' });
  const fault = h('p.fault', { role: 'alert' });
  const close = () => box.close();
  const refused = (error: unknown) => {
    const stale = error instanceof Refused && error.status === 409;
    show(fault, `${capital((error as Error).message)}. `, stale ? h('button', { type: 'button', onclick: () => { close(); void c.reopen(''); } }, 'Show it as it is now') : null);
  };
  const apply = async (button: HTMLButtonElement) => {
    button.disabled = true;
    try {
      const done = await live.edit(edit);
      close();
      await c.reopen(`Line ${done.number} of the journal: ${done.line}.`, { line: done.number, text: done.line });
    } catch (error) {
      button.disabled = false;
      refused(error);
    }
  };
  const cancel = h('button', { type: 'button', onclick: close }, 'Cancel');
  box.addEventListener('close', () => box.remove());
  try {
    const change = await live.preview(edit);
    const button = h<HTMLButtonElement>('button.first', { type: 'button', autofocus: true, onclick: () => void apply(button) }, 'Make this change');
    show(box, h('h2', { id: 'change' }, 'What this does'), h('p', null, words(`${capital(change.told)}.`, 'span')), rows(edit, change), h('p.note', null, 'In the journal: ', h('code', { dir: 'auto' }, change.line)), fault, h('div.buttons', null, button, cancel));
  } catch (error) {
    show(box, h('h2', { id: 'change' }, 'This cannot be done'), fault, h('div.buttons', null, cancel));
    refused(error);
  }
  document.body.append(box);
  box.showModal();
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

// rows are the topics that are touched, as they were and as they would be. What is gone comes
// first.
function rows(edit: Edit, change: Change): HTMLElement | null {
  const after = new Map(change.after.map(t => [t.topic, t])), before = new Map(change.before.map(t => [t.topic, t]));
  const numbers = [...new Set([...before.keys(), ...after.keys()])].sort((a, b) => Number(after.has(a)) - Number(after.has(b)) || Number(b === edit.topic) - Number(a === edit.topic) || a - b);
  if (numbers.length === 0) return null;
  const cell = (t?: TopicRow) => (t ? h('td', null, h('strong', null, words(t.label)), ' ', h('span.number.note', null, percent(t.share)), h('div.note', null, t.keywords.map(w => [words(w), ' ']))) : h('td.note', null, 'is not there any more'));
  return h('div', null, h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': 'Topics before and after' }, h('table', null,
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Topic'), h('th', { scope: 'col' }, 'Now'), h('th', { scope: 'col' }, 'After'))),
    h('tbody', null, numbers.slice(0, mostRows).map(n => h('tr', null, h('th.numeral', { scope: 'row' }, n), cell(before.get(n)), cell(after.get(n))))))),
    numbers.length > mostRows ? h('p.note', null, `and ${numbers.length - mostRows} others, of which the shares change`) : null);
}
