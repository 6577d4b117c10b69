// The map: topics as discs, near to those of like words.

import { Child, chart, fitted, h, measured, s } from '../dom';
import { percent } from '../numbers';
import { address } from '../route';
import { Context, View, section, topicAt, topicLink } from '../view';

interface Box { x: number; y: number; w: number; h: number }

interface Disc { x: number; y: number; r: number }

export function mapView(c: Context): View {
  const m = c.model, { x, y, r, kept, of } = m.map;
  const margin = 46;
  const left = Math.min(...x.map((v, k) => v - r[k])), right = Math.max(...x.map((v, k) => v + r[k]));
  const top = Math.min(...y.map((v, k) => v - r[k])), bottom = Math.max(...y.map((v, k) => v + r[k]));
  const tall = Math.max(360, Math.min(innerHeight - 250, 900));
  const scale = Math.min((c.width - 2 * margin) / Math.max(1, right - left), (tall - 50) / Math.max(1, bottom - top));
  const high = Math.ceil((bottom - top) * scale) + 50;
  const dx = (c.width - (right - left) * scale) / 2;
  const at = (k: number) => ({ x: dx + (x[k] - left) * scale, y: 20 + (y[k] - top) * scale, r: r[k] * scale });
  const discs: Child[] = [], labels: Child[] = [];
  const all = m.topics.map((_, k) => at(k)), taken: Box[] = [];
  const aside = h('div');
  const tell = (k: number) => aside.replaceChildren(detail(c, k));
  m.topics.forEach((t, k) => {
    const p = at(k);
    discs.push(s(`a.${c.colours.of(k)}`, { href: address('topic', t.topic), onfocus: () => tell(k), onmouseenter: () => tell(k) },
      s('title', null, `${t.topic} ${t.label}, ${percent(t.share)}`),
      s('circle.mark.disc', { cx: p.x, cy: p.y, r: p.r }),
      p.r > 9 ? s('text.on', { x: p.x, y: p.y + 4.5, 'text-anchor': 'middle' }, t.topic) : null));
  });
  // The largest topics have their labels placed first; one for which there is no room is cut to
  // its first words, and if there is none for these either, the topic has none.
  for (const k of m.topics.map((_, i) => i).sort((a, b) => r[b] - r[a])) {
    const p = all[k], { topic, label } = m.topics[k];
    for (const text of p.r <= 9 ? [...shorter(`${topic} ${label}`), String(topic)] : shorter(label)) {
      const box = place(p, measured(text, 12), all, taken, c.width, high);
      if (box === null) continue;
      taken.push(box);
      labels.push(s('text.name', { x: box.x + box.w / 2, y: box.y + 11, 'text-anchor': 'middle' }, text));
      break;
    }
  }
  if (m.topics.length > 0) tell(0);
  return {
    title: 'Map',
    name: 'map',
    lead: ['Topics of like words are near to each other, by t-SNE on the Jensen-Shannon distance of their words. Areas are shares. ',
      kept === null || m.topics.length < 3 ? '' : `Of the ${of} topics nearest to each, ${Math.round(100 * kept)} % are among its ${of} nearest here; how far apart distant ones are means nothing.`],
    body: chart(c.width, high, 'Map of topics', discs, labels),
    aside,
    table: () => ({ name: 'map', columns: ['topic', 'label', 'share', 'x', 'y', 'radius'], rows: m.topics.map((t, k) => [t.topic, t.label, t.share, x[k], y[k], r[k]]) }),
  };
}

// shorter are a label and what is left of it without its last words.
function shorter(label: string): string[] {
  const all = label.split(' ');
  const cut = all.map((_, n) => (n === 0 ? label : `${all.slice(0, all.length - n).join(' ')} …`)).filter(text => !/^\d+ …$/.test(text)).slice(0, 12);
  const fit = cut.filter(text => measured(text, 12) <= 150);
  return fit.length > 0 ? fit : [fitted(label, 150, 12)];
}

// place finds room for a label: below its disc, above, right or left of it.
function place(p: Disc, w: number, discs: Disc[], taken: Box[], width: number, height: number): Box | null {
  const tries = [
    { x: p.x - w / 2, y: p.y + p.r + 2 }, { x: p.x - w / 2, y: p.y - p.r - 16 },
    { x: p.x + p.r + 4, y: p.y - 7 }, { x: p.x - p.r - 4 - w, y: p.y - 7 },
    { x: p.x + p.r * 0.7 + 2, y: p.y + p.r * 0.7 }, { x: p.x - p.r * 0.7 - 2 - w, y: p.y + p.r * 0.7 },
  ];
  for (const t of tries) {
    const box = { ...t, w, h: 14 };
    if (box.x < 0 || box.x + w > width || box.y < 0 || box.y + 14 > height) continue;
    if (taken.every(o => o.x + o.w <= box.x || box.x + box.w <= o.x || o.y + o.h <= box.y || box.y + box.h <= o.y) && discs.every(d => apart(d, box))) return box;
  }
  return null;
}

// apart says whether no point of a box is in a disc.
function apart(d: Disc, box: Box): boolean {
  const x = Math.max(box.x, Math.min(d.x, box.x + box.w)), y = Math.max(box.y, Math.min(d.y, box.y + box.h));
  return Math.hypot(d.x - x, d.y - y) >= d.r;
}

function detail(c: Context, k: number): HTMLElement {
  const t = c.model.topics[k], sheet = c.model.sheets[k];
  return h('div', null, section(topicLink(c, k), h('p', null, t.keywords.join(' ')), h('p.note', null, `${percent(t.share)} of the corpus`)),
    section('Nearest by words', h('ol.plain', null, sheet.nearest.slice(0, 5).map(n => h('li', null, topicLink(c, topicAt(c.model, n.neighbour)))))));
}
