// How the model came about: options, how fitting ended, what was left out, what was edited.

import { Child, h, words } from '../dom';
import { grouped, plain } from '../numbers';
import { Context, View, facts, section } from '../view';

const titles: Record<string, string> = { fits: 'Fits', 'pseudo-counts': 'Pseudo-counts', pseudo_counts: 'Pseudo-counts', edits: 'Edits', journal: 'Edits', dropped: 'What was dropped in counting', ledger: 'Files that were not read as they are' };

export function modelView(c: Context): View {
  const info = c.model.info, t = c.model.texts, n = info.documents as number;
  const single = Object.entries(info).filter(([, v]) => !isTable(v) && !(Array.isArray(v) && v.length === 0) && v !== '' && v !== null);
  const lists = Object.entries(info).filter(([name, v]) => isTable(v) && name !== 'stability');
  const held = t.whole === n ? `all ${grouped(n)}` : t.whole + t.brief === 0 ? 'none' : `${grouped(t.whole)} whole, and the beginnings of ${grouped(t.brief)}, of ${grouped(n)}`;
  const sizes = ['documents', 'documents_without_tokens', 'terms', 'tokens', 'tokens_dropped_with_their_terms', 'topics', 'divergence', 'iterations', 'status', 'program', 'paths', 'language'];
  const first = single.filter(([name]) => sizes.includes(name)), rest = single.filter(([name]) => !sizes.includes(name));
  const list = (entries: [string, unknown][]) => facts(entries.map(([name, v]) => [name.replaceAll('_', ' '), said(v)] as [Child, Child]));
  return {
    title: 'Model',
    name: 'model',
    lead: 'How the model came about, as klew info says it.',
    body: [section('At a glance', list(first), facts([['texts in this page', held + (t.why === '' ? '' : `. ${t.why}`)]])), section('Options', list(rest)), lists.map(([name, rows]) => table(titles[name] ?? name, rows as Record<string, unknown>[]))],
    table: () => ({ name: 'model', columns: ['field', 'value'], rows: single.map(([name, v]) => [name, Array.isArray(v) ? v.join(' ') : typeof v === 'number' ? v : String(v)]) }),
  };
}

const isTable = (v: unknown): boolean => Array.isArray(v) && v.length > 0 && typeof v[0] === 'object';

function said(v: unknown): Child {
  if (Array.isArray(v)) return v.map((x, i) => [i > 0 ? ', ' : '', words(String(x))]);
  if (typeof v === 'number') return Number.isInteger(v) ? grouped(v) : plain(v);
  if (typeof v === 'boolean') return v ? 'yes' : 'no';
  return words(String(v ?? '–'));
}

const mostRows = 200;

function table(title: string, rows: Record<string, unknown>[]): HTMLElement {
  const names = Object.keys(rows[0]);
  return section(title, h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': title }, h('table.plain', null, h('thead', null, h('tr', null, names.map(n => h(typeof rows[0][n] === 'number' ? 'th.number' : 'th', { scope: 'col' }, n)))),
    h('tbody', null, rows.slice(0, mostRows).map(row => h('tr', null, names.map(n => h(typeof row[n] === 'number' ? 'td.number' : 'td', null, said(row[n])))))))),
    rows.length > mostRows ? h('p.note', null, `and ${grouped(rows.length - mostRows)} more rows, which klew info prints`) : null);
}
