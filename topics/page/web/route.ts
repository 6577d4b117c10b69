// Every place in the page has an address: "#/topic/3?lambda=0.4".

export interface Place { view: string; id: string; options: URLSearchParams }

export function here(): Place {
  const hash = location.hash.replace(/^#\/?/, '');
  const mark = hash.indexOf('?');
  const path = mark < 0 ? hash : hash.slice(0, mark);
  const slash = path.indexOf('/');
  let id = slash < 0 ? '' : path.slice(slash + 1);
  try { id = decodeURIComponent(id); } catch { /* an address that someone has written by hand */ }
  return { view: slash < 0 ? path : path.slice(0, slash), id, options: new URLSearchParams(mark < 0 ? '' : hash.slice(mark + 1)) };
}

export function address(view: string, id: string | number = '', options: Record<string, string> = {}): string {
  const query = new URLSearchParams(options).toString();
  return `#/${view}${id === '' ? '' : '/' + encodeURIComponent(String(id))}${query === '' ? '' : '?' + query}`;
}

// remember puts choices of a view into its address, without a new entry in the history.
export function remember(options: Record<string, string | null>): void {
  const place = here();
  for (const [name, value] of Object.entries(options)) {
    if (value === null || value === '') place.options.delete(name);
    else place.options.set(name, value);
  }
  history.replaceState(null, '', address(place.view, place.id, Object.fromEntries(place.options)));
}
