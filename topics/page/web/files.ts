// What a view shows, as files: CSV of its table, SVG of its pictures.

export interface Table { name: string; columns: string[]; rows: (string | number | null)[][] }

import { fitted } from './dom';
import { plain } from './numbers';

function field(value: string | number | null): string {
  if (value === null) return '';
  const text = typeof value === 'number' ? (Number.isInteger(value) ? String(value) : plain(value)) : value;
  return /[",\r\n]/.test(text) || text.trim() !== text ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csv(t: Table): string {
  return [t.columns, ...t.rows].map(row => row.map(field).join(',')).join('\n') + '\n';
}

export function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const a = document.createElement('a');
  a.href = url;
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

const looks = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'direction', 'unicode-bidi'];

// styled is a copy of a picture that looks the same without the page's style sheet.
function styled(of: Element): Element {
  const copy = of.cloneNode(false) as Element;
  copy.removeAttribute('class');
  if (copy.localName === 'a') copy.removeAttribute('href');
  const style = getComputedStyle(of);
  for (const name of looks) {
    const value = style.getPropertyValue(name);
    if (value !== '' && of.localName !== 'svg') copy.setAttribute(name, value);
  }
  for (const child of of.childNodes) {
    if (child instanceof Element) copy.append(styled(child));
    else if (child instanceof Text) copy.append(child.data);
  }
  return copy;
}

const space = 'http://www.w3.org/2000/svg';

function part(name: string, attributes: Record<string, string | number>): Element {
  const e = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, typeof value === 'number' ? String(Math.round(value * 100) / 100) : value);
  return e;
}

// Area is how far what is drawn may go: an element that cuts its content ends it.
interface Area { right: number; bottom: number }

// Drawing is what a view shows as one picture: its charts, and its tables and headings as they
// stand, with their lines and backgrounds.
class Drawing {
  readonly all = part('svg', {});
  private left = Infinity;
  private top = Infinity;
  private right = -Infinity;
  private bottom = -Infinity;

  add(e: Element, area: Area): void {
    // What is there to be used and not to be looked at stays out, and so do long texts.
    if (e.matches('.bar, .slider, .files, .steps, .only, .text, .kwic, input, select, [hidden]') || (e.localName === 'button' && !e.closest('thead'))) return;
    const box = e.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) return;
    const style = getComputedStyle(e);
    if (e.matches('svg.chart')) return this.chart(e, box);
    this.box(style, box);
    if (style.overflowX === 'hidden' || style.overflowX === 'clip') area = { right: Math.min(area.right, box.right), bottom: Math.min(area.bottom, box.bottom) };
    for (const child of e.childNodes) {
      if (child instanceof Element) this.add(child, area);
      else if (child instanceof Text) this.text(child, style, area);
    }
  }

  finish(): string | null {
    if (this.left === Infinity) return null;
    const width = Math.ceil(this.right - this.left) + 2, height = Math.ceil(this.bottom - this.top) + 2;
    for (const [name, value] of Object.entries({ width, height, viewBox: `${Math.floor(this.left) - 1} ${Math.floor(this.top) - 1} ${width} ${height}` })) this.all.setAttribute(name, String(value));
    return new XMLSerializer().serializeToString(this.all);
  }

  private reach(left: number, top: number, right: number, bottom: number): void {
    this.left = Math.min(this.left, left);
    this.top = Math.min(this.top, top);
    this.right = Math.max(this.right, right);
    this.bottom = Math.max(this.bottom, bottom);
  }

  private chart(e: Element, box: DOMRect): void {
    const copy = styled(e);
    copy.setAttribute('x', String(box.left));
    copy.setAttribute('y', String(box.top));
    this.all.append(copy);
    this.reach(box.left, box.top, box.right, box.bottom);
  }

  // box draws the background and the lines around an element.
  private box(style: CSSStyleDeclaration, box: DOMRect): void {
    const round = parseFloat(style.borderTopLeftRadius) || 0, fill = style.backgroundColor;
    const sides = ['Top', 'Right', 'Bottom', 'Left'].map(side => ({ wide: parseFloat(style[`border${side}Width` as any]) || 0, colour: style[`border${side}Color` as any] })).map(s => (/, 0\)$|^transparent$/.test(s.colour) ? { ...s, wide: 0 } : s));
    const whole = sides.every(s => s.wide > 0), clear = /, 0\)$|^transparent$/.test(fill);
    if (!clear || whole) {
      this.all.append(part('rect', { x: box.left, y: box.top, width: box.width, height: box.height, rx: round, fill: clear ? 'none' : fill, stroke: whole ? sides[0].colour : 'none' }));
      this.reach(box.left, box.top, box.right, box.bottom);
    }
    if (whole) return;
    const ends = [[box.left, box.top, box.right, box.top], [box.right, box.top, box.right, box.bottom], [box.left, box.bottom, box.right, box.bottom], [box.left, box.top, box.left, box.bottom]];
    sides.forEach((s, i) => { if (s.wide > 0) this.all.append(part('line', { x1: ends[i][0], y1: ends[i][1], x2: ends[i][2], y2: ends[i][3], stroke: s.colour, 'stroke-width': s.wide })); });
  }

  // text draws a text line by line, each where it stands.
  private text(node: Text, style: CSSStyleDeclaration, area: Area): void {
    const size = parseFloat(style.fontSize), back = style.direction === 'rtl';
    let line: { said: string; box: DOMRect } | null = null;
    const flush = () => {
      if (line === null || line.box.top >= area.bottom - 2 || line.box.left >= area.right - 2) return;
      const { said, box } = line;
      const shown = box.right > area.right + 1 && !back ? fitted(said, area.right - box.left, size) : said;
      const e = part('text', { x: back ? box.right : box.left, y: box.top + box.height / 2 + size * 0.35, fill: style.color, 'font-family': style.fontFamily, 'font-size': style.fontSize, 'font-weight': style.fontWeight, direction: style.direction });
      e.textContent = shown;
      this.all.append(e);
      this.reach(box.left, box.top, Math.min(box.right, area.right), box.bottom);
    };
    const range = document.createRange();
    for (const word of node.data.matchAll(/\S+/g)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const box = range.getBoundingClientRect();
      if (box.width === 0) continue;
      if (line !== null && Math.abs((line as { box: DOMRect }).box.top - box.top) < 2) {
        const before: DOMRect = (line as { box: DOMRect }).box, left = Math.min(before.left, box.left), right = Math.max(before.right, box.right);
        line = { said: `${(line as { said: string }).said} ${word[0]}`, box: new DOMRect(left, before.top, right - left, before.height) };
      } else {
        flush();
        line = { said: word[0], box };
      }
    }
    flush();
  }
}

// drawing is what a view shows, as a picture; null if there is nothing.
export function drawing(view: Element): string | null {
  const d = new Drawing();
  d.add(view, { right: Infinity, bottom: Infinity });
  return d.finish();
}
