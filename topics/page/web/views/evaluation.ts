// How good the model and its topics are, as klew evaluate measures it.

import { Child, chart, h, s, show, words } from '../dom';
import { grouped, plain } from '../numbers';
import { remember } from '../route';
import { Context, View, choice, topicAt, topicLink } from '../view';

const lead = 'How good the model is, and each of its topics, by measures that have been published. No one of them decides: read the topics, too.';

export function evaluationView(c: Context): View {
  if (c.model.measures === undefined) return measuring(c);
  const byTopic = c.place.options.get('of') === 'topics', { model, topics } = c.model.measures!;
  const names = Object.keys(topics[0] ?? {});
  return {
    title: 'Evaluation',
    name: byTopic ? 'measures-by-topic' : 'measures',
    lead,
    body: [h('div.bar', null, choice('Measures of', [['', 'The model'], ['topics', 'Each topic']], byTopic ? 'topics' : '', of => { remember({ of, by: null, down: null }); c.again(); })),
      byTopic ? ofTopics(c, names) : ofModel(c),
      model.some(m => m.on === 'texts') ? null : h('p.note', null, `There is no coherence, which needs texts. ${c.model.texts.why}`)],
    table: () => byTopic
      ? { name: 'measures-by-topic', columns: names, rows: topics.map(row => names.map(n => (Array.isArray(row[n]) ? row[n].join(' ') : row[n]))) }
      : { name: 'measures', columns: ['measure', 'value', 'better', 'on'], rows: model.map(m => [m.measure, m.value, m.better, m.on]) },
  };
}

// measuring is the view while the server measures, which begins when it is asked.
function measuring(c: Context): View {
  const body = h('div', null, h('p', { role: 'status' }, 'The model is being measured, and its texts are read for coherence. Of many texts that takes minutes.'));
  void measured(c, body);
  return { title: 'Evaluation', name: 'measures', lead, body };
}

async function measured(c: Context, body: HTMLElement): Promise<void> {
  try {
    do {
      const { ready, measures } = await c.data.live!.measures();
      if (ready) c.model.measures = measures;
    } while (c.model.measures === undefined && body.isConnected);
    if (body.isConnected) c.again();
  } catch (error) {
    show(body, h('p.box', { role: 'alert' }, `The model could not be measured: ${(error as Error).message}.`));
  }
}

function ofModel(c: Context): HTMLElement {
  const { model, about } = c.model.measures!;
  return h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': 'Measures of the model' }, h('table.measures', null,
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Measure'), h('th.number', { scope: 'col' }, 'Value'), h('th', { scope: 'col' }, 'Better'), h('th', { scope: 'col' }, 'On'), h('th', { scope: 'col' }, 'What it is'))),
    h('tbody', null, model.map(m => h('tr', null, h('th', { scope: 'row' }, m.measure), h('td.number', null, m.value === null ? '–' : plain(m.value)),
      h('td', null, m.better), h('td', null, words(m.on)), h('td.note', null, about[m.measure]?.what ?? ''))))));
}

// ofTopics is a table with a column for each measure. A bar below a value is where it lies
// between the least and the largest.
function ofTopics(c: Context, names: string[]): Child {
  const { topics, about } = c.model.measures!, o = c.place.options;
  const measures = names.filter(n => !['topic', 'label', 'most_frequent', 'keywords'].includes(n));
  const by = o.get('by') ?? 'topic', down = o.get('down') === '1';
  const ends = new Map(measures.map(n => {
    const values = topics.map(t => t[n]).filter(x => x !== null);
    return [n, [Math.min(...values), Math.max(...values)]];
  }));
  const whole = new Set(measures.filter(n => topics.every(t => t[n] === null || Number.isInteger(t[n]))));
  const order = topics.map((_, i) => i).sort((a, b) => {
    const x = topics[a][by], y = topics[b][by];
    if (x === null || y === null || x === undefined) return Number(x === null) - Number(y === null) || a - b;
    return (down ? -1 : 1) * (typeof x === 'string' ? x.localeCompare(String(y)) : x - y) || a - b;
  });
  const head = (n: string, kind = '') => h(`th${kind}`, { scope: 'col', 'aria-sort': by === n ? (down ? 'descending' : 'ascending') : null, title: about[n] ? `${about[n].what}${about[n].better ? `; ${about[n].better} is better` : ''}` : null },
    h('button', { type: 'button', onclick: () => { remember({ by: n, down: by === n && down ? null : by === n || about[n]?.better === 'higher' ? '1' : null }); c.again(); } }, n.replaceAll('_', ' ')));
  const value = (row: Record<string, any>, n: string) => {
    const [low, high] = ends.get(n)!, x = row[n] as number | null;
    if (x === null) return h('td.number', null, '–');
    const part = high > low ? (x - low) / (high - low) : 1;
    return h('td.number', { title: plain(x) }, whole.has(n) ? grouped(x) : short(x), chart(52, 4, '', s('rect.track', { width: 52, height: 4, rx: 1 }), s('rect.mark', { width: Math.max(1, 52 * part), height: 4, rx: 1 })));
  };
  return [h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': 'Measures of each topic' }, h('table.wide', null,
    h('thead', null, h('tr', null, head('topic'), measures.map(n => head(n, '.number')), names.includes('most_frequent') ? h('th', { scope: 'col' }, 'most frequent') : null)),
    h('tbody', null, order.map(i => {
      const row = topics[i], k = topicAt(c.model, row.topic);
      return h(`tr.${c.colours.of(k)}`, null, h('th', { scope: 'row' }, topicLink(c, k)), measures.map(n => value(row, n)), names.includes('most_frequent') ? h('td', null, words(row.most_frequent ?? '')) : null);
    })))), h('p.note', null, 'Bars go from the least of all topics to the largest. What a measure is stands at its name, and with those of the model.')];
}

// short has four digits.
function short(x: number): string {
  const size = Math.abs(x);
  if (size >= 1000) return grouped(Math.round(x));
  return x.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : 3).replace('-', '−');
}
