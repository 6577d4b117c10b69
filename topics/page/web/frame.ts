// The frame: the head with the ways to all views, the list of topics, and room for a view.

import { Colours } from './colours';
import { Data, Model } from './data';
import { h, show, words } from './dom';
import { Groups } from './groups';
import { csv, drawing, save } from './files';
import { decimal, grouped, percent } from './numbers';
import { address, here } from './route';
import { View } from './view';

export interface Tab { view: string; title: string }

type Order = 'number' | 'share' | 'label' | 'stability' | 'tree';

export class Frame {
  private readonly main = h('main', { id: 'view', tabindex: '-1' });
  private readonly aside = h('aside', { 'aria-label': 'Details' });
  private readonly tabs = h('nav.tabs', { 'aria-label': 'Views' });
  private readonly list = h('ol.topics');
  private readonly items: HTMLElement[] = [];
  private readonly search = h<HTMLInputElement>('input', { type: 'search', placeholder: 'Search', 'aria-label': 'Search topics, words, documents and texts', 'aria-keyshortcuts': '/' });
  private readonly status = h('div.status', { role: 'status' });
  private order: Order = 'number';
  private filter = '';
  private paper: View['paper'];

  constructor(app: Element, private data: Data, private colours: Colours, private groups: Groups, private views: Tab[], private again: () => void, ending: AbortSignal) {
    const m = data.model;
    groups.changed = () => { if (this.order === 'tree') this.arrange(); };
    show(app,
      h('a.skip', { href: '#view', onclick: (e: Event) => { e.preventDefault(); this.main.focus(); } }, 'To the view'),
      h('header', null,
        h('a.brand', { href: address('topics') }, h('span', null, words(m.name))),
        this.tabs,
        h('form.search', { role: 'search', onsubmit: (e: Event) => { e.preventDefault(); this.find(); } }, this.search, h('kbd', { 'aria-hidden': 'true' }, '/'))),
      h('div.frame', null, this.sidebar(m), this.main, this.aside), this.status);
    this.search.addEventListener('input', () => this.find());
    document.addEventListener('keydown', e => this.key(e), { signal: ending });
    addEventListener('beforeprint', () => this.printed(true), { signal: ending });
    addEventListener('afterprint', () => this.printed(false), { signal: ending });
  }

  private find(): void {
    const q = this.search.value;
    if (q === '') return;
    const to = address('search', '', { q });
    if (here().view === 'search') {
      history.replaceState(null, '', to);
      this.again();
    } else location.hash = to;
  }

  // printed puts what is for paper alone into the view, and takes it out again.
  private printed(on: boolean): void {
    const body = this.main.querySelector('.body');
    body?.querySelector('.paper')?.remove();
    if (on && this.paper) body?.append(h('div.paper', null, this.paper()));
  }

  private key(e: KeyboardEvent): void {
    const typing = e.target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName);
    if (e.key === 'Escape' && e.target === this.search) this.main.focus();
    if (typing || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === '/') {
      e.preventDefault();
      this.search.focus();
      this.search.select();
    }
    const step = e.key === ']' ? 'next' : e.key === '[' ? 'prev' : '';
    if (step !== '') this.main.querySelector<HTMLElement>(`a[rel=${step}]`)?.click();
  }

  private sidebar(m: Model): HTMLElement {
    const stable = m.topics.some(t => t.stability !== null);
    const orders: [Order, string][] = [['number', 'by number'], ['share', 'by share'], ['label', 'by label'], ['tree', 'by likeness']];
    if (stable) orders.push(['stability', 'by stability']);
    const most = Math.max(...m.topics.map(t => t.share));
    m.topics.forEach((_, k) => this.items.push(this.item(k, most)));
    const box = h<HTMLDetailsElement>('details.sidebar', null,
      h('summary', null, `${grouped(m.topics.length)} topics`),
      h('div.tools', null,
        h('input', { type: 'search', placeholder: 'Filter', 'aria-label': 'Filter topics by label and keywords', oninput: (e: any) => { this.filter = e.target.value.toLowerCase(); this.arrange(); } }),
        h('select', { 'aria-label': 'Order of topics', onchange: (e: any) => { this.order = e.target.value; this.arrange(); } }, orders.map(([value, text]) => h('option', { value }, text)))),
      h('nav', { 'aria-label': 'Topics' }, this.list));
    const wide = matchMedia('(min-width: 900px)');
    const fit = () => { box.open = wide.matches; };
    wide.addEventListener('change', fit);
    fit();
    this.arrange();
    return box;
  }

  private item(k: number, most: number): HTMLElement {
    const t = this.data.model.topics[k];
    const meter = h('span.meter', { 'aria-hidden': 'true' }, h('span'));
    (meter.firstChild as HTMLElement).style.width = `${(100 * t.share) / (most || 1)}%`;
    const stability = t.stability === null ? '' : `, stability ${decimal(t.stability)}`;
    return h('li', { 'data-topic': k },
      h('button.chip', { type: 'button', title: 'Give this topic a colour', 'aria-label': `Colour topic ${t.topic}`, onclick: () => { this.colours.toggle(k); this.again(); } }, t.topic),
      h('a', { href: address('topic', t.topic), title: `${percent(t.share)} of the corpus${stability}` },
        h('span.label', null, words(t.label)), h('span.share', null, percent(t.share)), meter));
  }

  private arrange(): void {
    const m = this.data.model, n = m.topics;
    let order = n.map((_, k) => k);
    if (this.order === 'tree') order = m.tree.order.slice();
    if (this.order === 'share') order.sort((a, b) => n[b].share - n[a].share);
    if (this.order === 'label') order.sort((a, b) => n[a].label.localeCompare(n[b].label));
    if (this.order === 'stability') order.sort((a, b) => (n[b].stability ?? 0) - (n[a].stability ?? 0));
    const has = (k: number) => this.filter === '' || `${n[k].topic} ${n[k].label} ${n[k].keywords.join(' ')}`.toLowerCase().includes(this.filter);
    const shown = order.filter(has);
    show(this.list, shown.length > 0 ? this.order === 'tree' ? this.grouped(shown) : shown.map(k => this.items[k]) : h('li.none', null, 'No topic has this.'));
  }

  // grouped are topics in the order of the tree, below the groups that they are in.
  private grouped(shown: number[]): HTMLElement[] {
    const { groups } = this, members = groups.members();
    return shown.flatMap((k, i) => {
      const g = groups.of[k];
      return i > 0 && groups.of[shown[i - 1]] === g ? [this.items[k]] : [h('li.group', null, `Group ${g + 1}`, h('span.share', null, percent(groups.share(members[g])))), this.items[k]];
    });
  }

  // width is that of the middle, beside details or without.
  width(aside: boolean): number {
    this.aside.hidden = !aside;
    const style = getComputedStyle(this.main);
    return Math.max(240, this.main.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight));
  }

  // tell says at the foot of the page what was done, with a way to take it back, until it is closed.
  tell(said: string, undo?: () => void): void {
    if (said === '') return show(this.status);
    show(this.status, h('span', { dir: 'auto' }, said), undo ? h('button', { type: 'button', onclick: undo }, 'Undo') : null,
      h('button', { type: 'button', 'aria-label': 'Close', onclick: () => { this.tell(''); this.main.focus(); } }, '×'));
  }

  // show puts a view into the middle.
  show(v: View, focus: boolean): void {
    const place = here();
    this.paper = v.paper;
    show(this.tabs, this.views.map(t => h('a', { href: address(t.view), 'aria-current': place.view === t.view || (place.view === '' && t.view === 'topics') ? 'page' : null }, t.title)));
    if (place.view === 'search') { if (document.activeElement !== this.search) this.search.value = place.options.get('q') ?? ''; } else this.search.value = '';
    const body = h('div.body', null, v.body);
    const tools = h('div.files');
    show(this.main, h('div.title', null, h('h1', null, v.title), tools), v.lead ? h('p.lead', null, v.lead) : null, body);
    if (v.table) tools.append(h('button', { type: 'button', title: 'Save the table of this view', onclick: () => { const t = v.table!(); save(`${v.name}.csv`, 'text/csv', csv(t)); } }, 'CSV'));
    if (body.querySelector('svg.chart, table')) tools.append(h('button', { type: 'button', title: 'Save the picture of this view', onclick: () => { const d = drawing(body); if (d) save(`${v.name}.svg`, 'image/svg+xml', d); } }, 'SVG'));
    show(this.aside, v.aside);
    this.aside.hidden = !v.aside;
    this.items.forEach((item, k) => {
      item.querySelector('button')!.className = `chip ${this.colours.of(k)}`;
      item.querySelector('button')!.setAttribute('aria-pressed', String(this.colours.isChosen(k)));
      const current = place.view === 'topic' && place.id === String(this.data.model.topics[k].topic);
      const a = item.querySelector('a')!;
      if (current) a.setAttribute('aria-current', 'page');
      else a.removeAttribute('aria-current');
      if (current && focus && item.isConnected) item.scrollIntoView({ block: 'nearest' });
    });
    document.title = `${typeof v.title === 'string' ? v.title : v.name} · ${this.data.model.name}`;
    if (focus) {
      window.scrollTo(0, 0);
      if (document.activeElement !== this.search) this.main.focus({ preventScroll: true });
    }
  }
}
