// The journal: what was corrected, line by line, and how to take it back.

import { h, words } from '../dom';
import { count } from '../numbers';
import { Context, View } from '../view';

export function journalView(c: Context): View {
  const live = c.data.live!, { journal } = live.state;
  const note = h('p.fault', { role: 'alert' });
  const undo = async (line: number, text: string) => {
    try {
      await live.undo(line, text);
      await c.reopen(`Took back line ${line}: ${text}.`);
    } catch (error) {
      note.textContent = `${(error as Error).message}.`;
    }
  };
  return {
    title: 'Edits',
    name: 'journal',
    lead: journal.length === 0 ? 'Nothing has been corrected. A topic’s view renames, merges and leaves out; a word’s view bans and pins.' : `${count(journal.length, 'line')} of the model’s journal, as klew edit --list prints them. Factors stay as they were fitted: a line that is taken back leaves no trace.`,
    body: [live.why === '' ? null : h('p.box', null, live.why), note, journal.length === 0 ? null : h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': 'Journal' }, h('table.journal', null,
      h('thead', null, h('tr', null, h('th.number', { scope: 'col' }, 'Line'), h('th', { scope: 'col' }, 'Edit'), h('th', { scope: 'col' }, ''))),
      h('tbody', null, journal.map((text, i) => h('tr', null, h('td.number', null, i + 1), h('td', null, words(text, 'code')),
        h('td', null, live.why === '' ? h('button', { type: 'button', 'aria-label': `Take back line ${i + 1}: ${text}`, onclick: () => void undo(i + 1, text) }, 'Take back') : null))))))],
    table: () => ({ name: 'journal', columns: ['line', 'edit'], rows: journal.map((text, i) => [i + 1, text]) }),
  };
}
