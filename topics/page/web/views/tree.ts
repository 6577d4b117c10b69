// The tree of topics: which are joined first, and the groups that a cut makes.

import { Child, chart, fitted, h, s } from '../dom';
import { count, decimal, percent } from '../numbers';
import { address, remember } from '../route';
import { Context, View } from '../view';

export function treeView(c: Context): View {
  const m = c.model, k = m.topics.length;
  if (c.place.options.has('groups')) c.groups.set(Number(c.place.options.get('groups')));
  const room = h('div');
  const out = h('output');
  const draw = (n: number) => {
    c.groups.set(n);
    out.textContent = String(n);
    room.replaceChildren(drawing(c, cut));
  };
  const slider = h<HTMLInputElement>('input', { type: 'range', min: 1, max: k, step: 1, value: c.groups.count, 'aria-label': 'Number of groups', oninput: (e: any) => draw(Number(e.target.value)), onchange: (e: any) => remember({ groups: e.target.value }) });
  const cut = (n: number) => {
    slider.value = String(n);
    draw(n);
    remember({ groups: String(n) });
  };
  draw(c.groups.count);
  return {
    title: 'Tree',
    name: 'tree',
    lead: 'Topics whose words are alike are joined first, at the distance that the scale at the top says (Ward’s linkage of Jensen-Shannon distances, as in klew tree).',
    body: [h('div.slider', null, h('span', null, 'one group'), slider, h('span', null, 'each topic alone'), h('label', null, 'groups: ', out), h('span.note', null, 'or drag the line')), room],
    table: () => ({
      name: 'tree', columns: ['group', 'topic', 'label', 'share', 'distance', 'with', 'correlation', 'keywords'],
      rows: m.tree.rows.map((r, i) => [c.groups.of[m.tree.order[i]] + 1, r.topic, r.label, r.share, r.distance, r.with, r.correlation, r.keywords.join(' ')]),
    }),
  };
}

function drawing(c: Context, cut: (n: number) => void): SVGSVGElement {
  const m = c.model, { order } = m.tree, k = m.topics.length, { count: groups, of } = c.groups;
  const a = m.tree.a ?? [], b = m.tree.b ?? [], distance = m.tree.distance ?? [];
  const line = 24, top = 30, names = Math.min(300, c.width * 0.5), wide = Math.max(80, c.width - names - 14);
  const most = Math.max(...distance, 1e-9);
  const x = (d: number) => 6 + wide * (1 - d / most);
  const place: { x: number; y: number; first: number }[] = [];
  order.forEach((t, i) => { place[t] = { x: x(0), y: top + i * line + line / 2, first: t }; });
  const marks: Child[] = [];
  const sizes = Array(groups).fill(0);
  of.forEach(g => sizes[g]++);
  let from = 0;
  for (let g = 0; g < groups; g++) {
    if (g % 2 === 0) marks.push(s('rect.stripe', { x: 0, y: top + from * line, width: c.width, height: sizes[g] * line, rx: 4 }));
    from += sizes[g];
  }
  for (let i = 0; i < a.length; i++) {
    const p = place[a[i]], q = place[b[i]], at = x(distance[i]);
    place[k + i] = { x: at, y: (p.y + q.y) / 2, first: p.first };
    const inside = i < k - groups;
    marks.push(s(inside ? 'path.branch.in' : 'path.branch', { d: `M${p.x},${p.y}H${at}V${q.y}H${q.x}` }, s('title', null, `joined at ${decimal(distance[i], 3)}`)));
  }
  order.forEach((t, i) => {
    const y = top + i * line, topic = m.topics[t];
    marks.push(s(`a.${c.colours.of(t)}`, { href: address('topic', topic.topic) }, s('title', null, topic.keywords.join(' ')),
      s('rect.mark.tag', { x: x(0) + 6, y: y + 3, width: 26, height: line - 6, rx: 4 }), s(`text.${c.colours.has(t) ? 'on' : 'on.plain'}`, { x: x(0) + 19, y: y + 16.5, 'text-anchor': 'middle' }, topic.topic),
      s('text.word', { x: x(0) + 40, y: y + 16.5 }, fitted(topic.label, names - 90)), s('text.value', { x: c.width - 4, y: y + 16.5, 'text-anchor': 'end' }, percent(topic.share))));
  });
  for (let n = 0; n <= 4; n += wide < 260 ? 4 : 1) marks.push(s('text.axis', { x: x((most * n) / 4), y: 12, 'text-anchor': n === 4 ? 'start' : n === 0 ? 'end' : 'middle' }, decimal((most * n) / 4)));
  const high = top + k * line + 6;
  // The cut lies between the last step that it leaves and the first that it undoes.
  const done = k - groups, low = done > 0 ? distance[done - 1] : 0, next = done < distance.length ? distance[done] : most * 1.03;
  const cutX = Math.max(2, x((low + next) / 2));
  const handle = s('g.cut', null, s('line', { x1: cutX, x2: cutX, y1: 18, y2: high }), s('rect.grip', { x: cutX - 9, y: 18, width: 18, height: high - 18 }));
  const picture = chart(c.width, high, `Tree of topics in ${count(groups, 'group')}`, marks, handle);
  const drag = (e: PointerEvent) => {
    const d = most * (1 - (e.clientX - picture.getBoundingClientRect().left - 6) / wide);
    cut(Math.max(1, k - distance.filter(v => v <= d).length));
  };
  handle.addEventListener('pointerdown', e => {
    e.preventDefault();
    const end = () => { removeEventListener('pointermove', move); removeEventListener('pointerup', end); };
    const move = (m: PointerEvent) => drag(m);
    addEventListener('pointermove', move);
    addEventListener('pointerup', end);
    drag(e);
  });
  // While the line is dragged it is drawn anew, and the drawing measured is the one on the page.
  return picture;
}
