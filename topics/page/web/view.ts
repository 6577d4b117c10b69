// What a view is given, and what it gives.

import { Colours } from './colours';
import { Data, Model } from './data';
import { Groups } from './groups';
import { Child, chart, h, s, words } from './dom';
import { Table } from './files';
import { grouped, percent } from './numbers';
import { Place, address } from './route';

export interface Context {
  data: Data;
  model: Model;
  place: Place;
  colours: Colours;
  groups: Groups;
  width: number; // of the middle, in pixels
  again(): void; // shows the view anew, with the choices that are in its address now
  reopen(said: string, undo?: { line: number; text: string }): Promise<void>; // reads the model anew, and tells what was done
}

export interface View {
  title: Child;
  name: string; // of files
  lead?: Child; // a line below the title
  body: Child;
  aside?: Child;
  table?: () => Table;
  paper?: () => Child; // what is printed in place of a part that is scrolled
}

// partly says that a view looks through a part of the documents, empty if it is all.
export function partly(c: Context): string {
  const held = c.data.documents.id.length, all = c.model.info.documents as number;
  return held < all ? `This page lists ${grouped(held)} of ${grouped(all)} documents: those that are typical of topics, and an even sample of the others.` : '';
}

// topicAt is the place of the topic of a number, -1 if there is none.
export function topicAt(model: Model, number: number): number {
  return model.topics.findIndex(t => t.topic === number);
}

// chip is a topic's number in its colour.
export function chip(c: Context, k: number): HTMLElement {
  return h(`span.chip.${c.colours.of(k)}`, null, c.model.topics[k].topic);
}

export function topicLink(c: Context, k: number): HTMLElement {
  const t = c.model.topics[k];
  return h('a.topic', { href: address('topic', t.topic), title: t.label.length > 40 ? t.label : null }, chip(c, k), words(t.label, 'span'));
}

export function wordLink(c: Context, row: number): HTMLElement {
  return h('a', { href: address('word', c.data.terms.stem[row]) }, words(c.data.terms.shown[row]));
}

export function documentLink(c: Context, j: number, text = c.data.title(j)): HTMLElement {
  return h('a', { href: address('doc', j) }, words(text));
}

// strip is the parts of a document that topics have, side by side.
export function strip(c: Context, parts: { topic: number; part: number }[], width: number, height: number): SVGSVGElement {
  let x = 0;
  const title = parts.slice(0, 4).map(p => `${c.model.topics[p.topic].topic} ${c.model.topics[p.topic].label} ${percent(p.part)}`).join(', ');
  return chart(width, height, title || 'no topic', s('rect.track', { width, height, rx: 2 }), parts.map(p => {
    const wide = p.part * width, from = x;
    x += wide;
    const t = c.model.topics[p.topic];
    const roomy = height >= 18 && wide >= 9 * String(t.topic).length + 8;
    return s(`g.${c.colours.of(p.topic)}`, null, s('title', null, `${t.topic} ${t.label} ${percent(p.part)}`),
      s('rect.mark.part', { x: from, width: Math.max(0.3, wide - 0.75), height }),
      roomy ? s('text.on', { x: from + wide / 2, y: height / 2 + 4.5, 'text-anchor': 'middle' }, t.topic) : null);
  }));
}

// choice is buttons of which one is pressed.
export function choice(label: string, names: [string, string][], now: string, choose: (value: string) => void): HTMLElement {
  return h('div.choice', { role: 'group', 'aria-label': label }, names.map(([value, text]) =>
    h('button', { type: 'button', 'aria-pressed': String(value === now), onclick: () => choose(value) }, text)));
}

export function section(title: Child, ...body: Child[]): HTMLElement {
  return h('section', null, h('h2', null, title), body);
}

// facts is a list of names and values.
export function facts(list: [Child, Child][]): HTMLElement {
  return h('dl.facts', null, list.map(([name, value]) => h('div', null, h('dt', null, name), h('dd', null, value))));
}
