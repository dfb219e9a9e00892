// Shows the page that the path names, and goes from page to page without loading anew.
import { ApiError, url } from './api.js';
import { bar } from './bar.js';
import { h, say } from './dom.js';
import { tick } from './format.js';

const main = document.getElementById('main');
/** Seconds after which a page that could not be shown is tried again. */
const RETRY = 10;
/** Milliseconds after which the distances of times are told anew. */
const TICK = 5000;
const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
const WRITTEN = 'form:not(.filters) :is(input:not([type=file]), select, textarea)[id]';

let leaving = new AbortController();
let timer = 0;
let shownPath = null;
let paused = false;

const pageOf = path => (path === '/' ? 'overview' : path.split('/')[1]);

function context(signal) {
  const query = new URLSearchParams(location.search);
  const changed = changes => {
    const parameters = { ...Object.fromEntries(new URLSearchParams(location.search)), ...changes };
    return url(location.pathname, parameters);
  };
  return {
    query,
    signal,
    /** A parameter of the page's address. */
    is: name => query.get(name) || '',
    /** Some of them, for a question to the API. */
    pick: names => Object.fromEntries(names.map(name => [name, query.get(name)])),
    /** Those of them that the address has, and their values. */
    used: names => [...query].filter(([name, value]) => names.includes(name) && value),
    /** This page with other parameters. */
    address: changed,
    /** Goes there. */
    set: changes => go(changed(changes)),
    /** Notes them in the address alone. */
    note: changes => history.replaceState(null, '', changed(changes)),
    go,
  };
}

/** Goes to an address of the console. */
function go(address) {
  history.pushState(null, '', address);
  show();
}

/** Whether it may be over in a while: a server that restarts, a database that is away. */
const passing = error => error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500);

/** What one sees who may not; the server says what is missing. */
function forbidden(error) {
  return h('section', { class: 'panel problem', role: 'alert' },
    h('h1', { tabindex: '-1' }, 'You may not see this'),
    h('p', {}, `Refused: ${error.message}.`),
    h('p', { class: 'muted' }, 'Ask who runs this console for the right, or log in as somebody who has it.'));
}

function problem(error) {
  if (error instanceof ApiError && error.status === 403) return forbidden(error);
  const where = error instanceof ApiError ? 'The console could not answer' : 'This page is broken';
  return h('section', { class: 'panel problem', role: 'alert' },
    h('h1', { tabindex: '-1' }, where),
    h('p', {}, error.message),
    passing(error) ? h('p', { class: 'muted' }, `It is tried again every ${RETRY} seconds.`) : null,
    h('p', {}, h('button', { type: 'button', on: { click: () => show() } }, 'Try now')));
}

const focusable = () => [...main.querySelectorAll(FOCUSABLE)];

/** What an element is found again by: its id, or where its link leads and its place among all. */
function mark(element) {
  if (!element || element === main || !main.contains(element)) return null;
  return { id: element.id, href: element.getAttribute('href'), at: focusable().indexOf(element) };
}

function marked({ id, href, at }) {
  if (id) return document.getElementById(id);
  const all = focusable();
  const distance = each => Math.abs(all.indexOf(each) - at);
  const same = all.filter(each => href !== null && each.getAttribute('href') === href);
  return same.sort((left, right) => distance(left) - distance(right))[0] ?? all[at];
}

function remembered() {
  return {
    focus: mark(document.activeElement),
    open: [...main.querySelectorAll('details[id][open]')].map(each => each.id),
    written: [...main.querySelectorAll(WRITTEN)].map(each => [each.id, each.value]),
    scroll: window.scrollY,
  };
}

/** What was written into a form is not lost because something else of its page changes. */
function rewrite(written) {
  for (const [id, value] of written) {
    const field = document.getElementById(id);
    if (field && field.value !== value) {
      field.value = value;
      field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
    }
  }
}

function restore(before, samePage) {
  for (const id of before.open) document.getElementById(id)?.setAttribute('open', '');
  if (samePage) rewrite(before.written);
  const focused = before.focus && (samePage || before.focus.id) ? marked(before.focus) : null;
  focused?.focus({ preventScroll: true });
  if (samePage) {
    window.scrollTo(0, before.scroll);
  } else {
    window.scrollTo(0, 0);
    if (shownPath !== null) main.querySelector('h1')?.focus({ preventScroll: true });
  }
}

/** The module of a page. After an update its files have other names, which the shell knows. */
async function moduleOf(path) {
  try {
    return await import(`./pages/${pageOf(path)}.js`);
  } catch {
    const shell = await fetch('/', { method: 'HEAD', cache: 'no-store' }).catch(() => null);
    const last = Number(sessionStorage.getItem('reloaded') || 0);
    if (shell?.ok && Date.now() - last > RETRY * 1000) {
      sessionStorage.setItem('reloaded', String(Date.now()));
      location.reload();
    }
    throw new ApiError(0, 'the page cannot be loaded: the server may be restarting');
  }
}

async function load(signal) {
  try {
    const page = await moduleOf(location.pathname);
    return { page, content: await page.render(context(signal)) };
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      const next = location.pathname + location.search;
      history.replaceState(null, '', url('/login', { next }));
      return load(signal);
    }
    return { page: { title: 'Problem', refresh: passing(error) ? RETRY : 0 }, content: problem(error) };
  }
}

async function show() {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  clearTimeout(timer);
  main.setAttribute('aria-busy', 'true');
  const { page, content } = await load(signal);
  if (signal.aborted) return;
  if (page.refresh) content.querySelector('.head')?.append(pause(page.refresh));
  const samePage = shownPath === location.pathname;
  const before = remembered();
  main.replaceChildren(content);
  main.removeAttribute('aria-busy');
  document.title = `${page.title} · Portcullis`;
  bar(location.pathname, go);
  restore(before, samePage);
  if (!samePage) say(page.title);
  shownPath = location.pathname;
  if (page.refresh) timer = setTimeout(again, page.refresh * 1000, signal);
}

/** What changes by itself can be told not to. */
function pause(seconds) {
  const label = () => (paused ? 'Go on updating' : 'Pause updates');
  const button = h('button', { type: 'button', id: 'pause', class: 'small no-print', title: `It is updated every ${seconds} seconds.`, on: { click: flip } }, label());
  function flip() {
    paused = !paused;
    button.textContent = label();
    if (!paused) show();
  }
  return button;
}

/** What nobody looks at, or wants to change, is not asked for. */
function again(signal) {
  if (signal.aborted || (paused && document.getElementById('pause'))) return;
  if (document.hidden) {
    document.addEventListener('visibilitychange', show, { once: true, signal });
  } else {
    show();
  }
}

document.addEventListener('click', event => {
  const anchor = event.target instanceof Element ? event.target.closest('a[href]') : null;
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!anchor || !plain || event.defaultPrevented || anchor.hasAttribute('download') || anchor.dataset.leave !== undefined) return;
  const target = new URL(anchor.href);
  if (target.origin !== location.origin || target.hash || target.pathname.startsWith('/api/')) return;
  event.preventDefault();
  go(target.pathname + target.search);
});
window.addEventListener('popstate', show);
window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => document.dispatchEvent(new Event('colours')));
document.addEventListener('visibilitychange', tick);
setInterval(tick, TICK);
// There to go elsewhere by, while the first page asks.
bar(location.pathname, go);
main.replaceChildren(h('p', { class: 'muted' }, 'Loading…'));
show();
