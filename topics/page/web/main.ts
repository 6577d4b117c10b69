import { Colours } from './colours';
import { Data } from './data';
import { h, show } from './dom';
import { Frame, Tab } from './frame';
import { here } from './route';
import { Context, View } from './view';
import { topicsView } from './views/topics';
import { topicView } from './views/topic';
import { documentsView } from './views/documents';
import { readerView } from './views/reader';
import { comparedView } from './views/compared';
import { fieldNames, fieldsView } from './views/fields';
import { mapView } from './views/map';
import { modelView } from './views/model';
import { searchView } from './views/search';
import { treeView } from './views/tree';
import { trendsView } from './views/trends';
import { wordView } from './views/word';

// A view, its tab, whether the model alone is enough for it, whether it has details,
// and whether there is anything to show in it.
const views: Record<string, { tab?: string; make: (c: Context) => View | Promise<View>; early?: boolean; aside?: boolean; there?: (data: Data) => boolean }> = {
  topics: { tab: 'Topics', make: topicsView, early: true },
  topic: { make: topicView, aside: true },
  documents: { tab: 'Documents', make: documentsView },
  doc: { make: readerView, aside: true },
  word: { make: wordView, aside: true },
  search: { make: searchView },
  map: { tab: 'Map', make: mapView, early: true, aside: true, there: d => d.model.topics.length > 2 },
  tree: { tab: 'Tree', make: treeView, early: true, there: d => d.model.topics.length > 2 },
  trends: { tab: 'Trends', make: trendsView, early: true, there: d => d.model.trends.length > 0 },
  fields: { tab: 'Fields', make: fieldsView, early: true, there: d => fieldNames(d).length > 0 },
  compared: { tab: 'Compared', make: comparedView, early: true, there: d => d.model.older !== undefined },
  model: { tab: 'Model', make: modelView, early: true },
};

async function main(): Promise<void> {
  const app = document.getElementById('app')!;
  const data = await Data.open();
  const colours = new Colours(data.model.name);
  const isThere = (v: (typeof views)[string]) => v.there === undefined || v.there(data);
  const tabs: Tab[] = Object.entries(views).flatMap(([view, v]) => (v.tab && isThere(v) ? [{ view, title: v.tab }] : []));
  let turn = 0;
  const render = async (focus: boolean) => {
    const mine = ++turn;
    const place = here();
    const asked = views[place.view] ?? views.topics;
    const view = isThere(asked) ? asked : views.topics;
    if (!view.early) await data.rest;
    colours.about(data.model.topics.map((_, k) => k));
    const made = await view.make({ data, model: data.model, place, colours, width: frame.width(view.aside === true), again: () => void render(false) });
    if (mine === turn) frame.show(made, focus);
  };
  const say = (error: unknown) => show(app, h('p.broken', { role: 'alert' }, `This page cannot be shown: ${error instanceof Error ? error.message : String(error)}.`));
  const frame = new Frame(app, data, colours, tabs, () => void render(false).catch(say));
  addEventListener('hashchange', () => void render(true).catch(say));
  let waiting = 0, width = innerWidth;
  addEventListener('resize', () => {
    if (innerWidth === width) return;
    width = innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(() => void render(false).catch(say), 150);
  });
  data.rest.catch(say);
  await render(false);
}

main().catch(error => show(document.getElementById('app')!, h('p.broken', { role: 'alert' }, `This page cannot be shown: ${error instanceof Error ? error.message : String(error)}.`)));
