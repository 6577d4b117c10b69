import { Colours } from './colours';
import { Data } from './data';
import { h, show } from './dom';
import { Frame, Tab } from './frame';
import { Groups } from './groups';
import { Live } from './live';
import { here } from './route';
import { Context, View } from './view';
import { topicsView } from './views/topics';
import { topicView } from './views/topic';
import { documentsView } from './views/documents';
import { readerView } from './views/reader';
import { comparedView } from './views/compared';
import { evaluationView } from './views/evaluation';
import { fieldNames, fieldsView } from './views/fields';
import { journalView } from './views/journal';
import { mapView } from './views/map';
import { modelView } from './views/model';
import { dropped, newTextView } from './views/newtext';
import { searchView } from './views/search';
import { sweepView } from './views/sweep';
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
  evaluation: { tab: 'Evaluation', make: evaluationView, early: true, there: d => d.model.measures !== undefined || d.live !== null },
  sweep: { tab: 'Sweep', make: sweepView, early: true, there: d => d.model.sweep !== undefined },
  model: { tab: 'Model', make: modelView, early: true },
  new: { tab: 'New text', make: newTextView, aside: true, there: d => d.live !== null },
  journal: { tab: 'Edits', make: journalView, early: true, there: d => d.live !== null },
};

const broken = (error: unknown) => show(document.getElementById('app')!, h('p.broken', { role: 'alert' }, `This page cannot be shown: ${error instanceof Error ? error.message : String(error)}.`));

// start shows what there is. What belongs to it ends when the model is read anew.
async function start(data: Data, said = '', undo?: { line: number; text: string }): Promise<void> {
  const app = document.getElementById('app')!, end = new AbortController(), { signal } = end;
  const colours = new Colours(data.model.checksum), groups = new Groups(data.model);
  const isThere = (v: (typeof views)[string]) => v.there === undefined || v.there(data);
  const tabs: Tab[] = Object.entries(views).flatMap(([view, v]) => (v.tab && isThere(v) ? [{ view, title: v.tab }] : []));
  let turn = 0;
  const reopen = async (told: string, back?: { line: number; text: string }) => {
    const next = await Data.open();
    await next.rest;
    end.abort();
    await start(next, told, back);
  };
  const context = (view?: (typeof views)[string]): Context => ({
    data, model: data.model, place: here(), colours, groups, width: frame.width(view?.aside === true), again: () => void render(false).catch(broken), reopen,
  });
  const render = async (focus: boolean) => {
    const mine = ++turn;
    const asked = views[here().view] ?? views.topics;
    const view = isThere(asked) ? asked : views.topics;
    if (!view.early) await data.rest;
    colours.about(data.model.topics.map((_, k) => k));
    const made = await view.make(context(view));
    if (mine === turn && !signal.aborted) frame.show(made, focus);
  };
  const again = () => void render(false).catch(broken);
  const frame = new Frame(app, data, colours, groups, tabs, again, signal);
  addEventListener('hashchange', () => void render(true).catch(broken), { signal });
  let waiting = 0, width = innerWidth;
  addEventListener('resize', () => {
    if (innerWidth === width) return;
    width = innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(again, 150);
  }, { signal });
  if (data.live) attend(data.live, frame, context, reopen, signal);
  data.rest.catch(broken);
  await render(said !== '');
  frame.tell(said, undo && data.live ? () => void takeBack(data.live!, undo, frame, reopen) : undefined);
}

// attend keeps to what the server has: a model that was changed by another is read anew when the
// page is looked at again; and takes a file that is dropped anywhere.
function attend(live: Live, frame: Frame, context: () => Context, reopen: Context['reopen'], signal: AbortSignal): void {
  addEventListener('focus', () => void live.changed().then(async is => {
    if (is && document.querySelector('dialog') === null) await reopen('The model was changed by another meanwhile: this is how it is now.');
    else if (live.state.trouble !== '') frame.tell(`${live.state.trouble}.`);
  }).catch((error: Error) => frame.tell(`${error.message}.`)), { signal });
  addEventListener('dragover', e => e.preventDefault(), { signal });
  addEventListener('drop', e => {
    const file = e.dataTransfer?.files[0];
    if (!file) return;
    e.preventDefault();
    void dropped(context(), file);
  }, { signal });
}

async function takeBack(live: Live, undo: { line: number; text: string }, frame: Frame, reopen: Context['reopen']): Promise<void> {
  try {
    await live.undo(undo.line, undo.text);
    await reopen(`Took back line ${undo.line}: ${undo.text}.`);
  } catch (error) {
    frame.tell(`${(error as Error).message}.`);
  }
}

Data.open().then(data => start(data)).catch(broken);
