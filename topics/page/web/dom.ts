// Elements are made one by one, and text is only ever text: nothing here parses HTML, so
// nothing that stands in a document can become an element.

export type Child = Node | string | number | null | undefined | false | Child[];
type Value = string | number | boolean | null | undefined | ((event: any) => void);
export type Attributes = Record<string, Value>;

function fill(e: Element, attributes: Attributes | null, children: Child[]): void {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') e.addEventListener(name.slice(2), value);
    else e.setAttribute(name, value === true ? '' : String(value));
  }
  put(e, children);
}

function put(e: Element, children: Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) put(e, child);
    else if (child instanceof Node) e.append(child);
    else if (child !== null && child !== undefined && child !== false) e.append(String(child));
  }
}

// h makes an HTML element; "p.note" is a paragraph of the class note. Attributes that begin
// with "on" are listeners.
export function h<E extends HTMLElement = HTMLElement>(tag: string, attributes: Attributes | null = null, ...children: Child[]): E {
  const [name, ...classes] = tag.split('.');
  const e = document.createElement(name) as E;
  if (classes.length > 0) e.className = classes.join(' ');
  fill(e, attributes, children);
  return e;
}

const svgSpace = 'http://www.w3.org/2000/svg';

// s makes an SVG element.
export function s<E extends SVGElement = SVGElement>(tag: string, attributes: Attributes | null = null, ...children: Child[]): E {
  const [name, ...classes] = tag.split('.');
  const e = document.createElementNS(svgSpace, name) as E;
  if (classes.length > 0) e.setAttribute('class', classes.join(' '));
  fill(e, attributes, children);
  return e;
}

// chart is a picture of its own: it goes into what "SVG" saves. Its title says to those who
// do not see it what it shows.
export function chart(width: number, height: number, title: string, ...children: Child[]): SVGSVGElement {
  const e = s<SVGSVGElement>('svg.chart', { width, height, viewBox: `0 0 ${width} ${height}` }, ...children);
  if (title === '') e.setAttribute('aria-hidden', 'true'); // what it shows stands beside it
  else {
    e.setAttribute('role', e.querySelector('a') ? 'group' : 'img');
    e.setAttribute('aria-label', title);
  }
  return e;
}

// show replaces what an element holds.
export function show(e: Element, ...children: Child[]): void {
  e.replaceChildren();
  put(e, children);
}

// words is text of the documents or of their authors, in its own direction.
export function words(text: string, tag = 'bdi'): HTMLElement {
  return h(tag, { dir: 'auto' }, text);
}

let ruler: CanvasRenderingContext2D | null = null;

// measured is how many pixels a text is wide at a font size.
export function measured(text: string, size = 13): number {
  ruler ??= document.createElement('canvas').getContext('2d');
  if (ruler === null) return 0.6 * size * text.length;
  ruler.font = `${size}px system-ui, sans-serif`;
  return ruler.measureText(text).width;
}

// fitted cuts a text to so many pixels at a font size.
export function fitted(text: string, width: number, size = 13): string {
  if (text.length > 400) text = text.slice(0, 400);
  if (measured(text, size) <= width) return text;
  const letters = [...text];
  let low = 0, high = letters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measured(letters.slice(0, middle).join('') + '…', size) <= width) low = middle;
    else high = middle - 1;
  }
  return letters.slice(0, low).join('') + '…';
}
