// At most eight topics have a colour at a time, and all others are grey: more than eight are
// not told apart. Colours are given to what the reader has chosen, and where places are free to
// the topics that a view is about. A topic's number always stands with its colour.

export const places = 8;

export class Colours {
  private chosen: number[] = [];
  private slots: (number | null)[] = Array(places).fill(null);
  private readonly key: string;

  constructor(checksum: string) {
    this.key = `klew ${checksum} chosen topics`;
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(this.key) ?? '[]');
      if (Array.isArray(kept)) this.chosen = kept.filter(k => Number.isInteger(k)).slice(0, places);
    } catch { /* a browser may keep nothing for a file */ }
  }

  isChosen(topic: number): boolean { return this.chosen.includes(topic); }

  toggle(topic: number): void {
    if (this.isChosen(topic)) this.chosen = this.chosen.filter(k => k !== topic);
    else this.chosen = [...this.chosen.slice(this.chosen.length < places ? 0 : 1), topic];
    try { localStorage.setItem(this.key, JSON.stringify(this.chosen)); } catch { /* as above */ }
  }

  // about gives colours to the chosen topics, and to as many of others as there are places.
  // A topic that has a colour keeps it.
  about(others: number[]): void {
    const wanted = [...new Set([...this.chosen, ...others])].slice(0, places);
    this.slots = this.slots.map(k => (k !== null && wanted.includes(k) ? k : null));
    for (const topic of wanted) {
      if (!this.slots.includes(topic)) this.slots[this.slots.indexOf(null)] = topic;
    }
  }

  // of is the class of a topic's colour.
  of(topic: number): string {
    const slot = this.slots.indexOf(topic);
    return slot < 0 ? 'c0' : `c${slot + 1}`;
  }

  has(topic: number): boolean { return this.slots.includes(topic); }
}
