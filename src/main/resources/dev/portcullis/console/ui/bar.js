// What stands above every page: where one can go, how it looks, and who is logged in.
import { boards, logout, me } from './api.js';
import { h } from './dom.js';

const PAGES = [
  ['/', 'Overview'], ['/workloads', 'Workloads'], ['/results', 'Results'], ['/decisions', 'Decisions'], ['/denials', 'Denials'],
  ['/checks', 'Checks'], ['/policies', 'Policies'], ['/exemptions', 'Exemptions'],
  ['/hosts', 'Docker hosts'], ['/impact', 'Impact'], ['/try', 'Try it'], ['/settings', 'Settings'],
];
/** Those that tell of all namespaces, and nothing to who sees some of them. */
const OF_ALL = ['/hosts', '/impact', '/settings'];
/** Pages that belong to another one. */
const BELONGS = { '/workload': '/workloads', '/check': '/checks', '/audit': '/settings' };

function setting(name, label, options) {
  const root = document.documentElement;
  const select = h('select', { id: `setting-${name}`, on: { change } },
    options.map(([value, text]) => h('option', { value, selected: root.dataset[name] === value }, text)));
  function change() {
    root.dataset[name] = select.value;
    try {
      localStorage.setItem(name, select.value);
    } catch {
      // It then lasts as long as this page.
    }
    document.dispatchEvent(new Event('colours'));
  }
  return h('label', {}, label, select);
}

function settings() {
  return h('details', { class: 'settings', id: 'settings' },
    h('summary', {}, 'Display'),
    h('div', { class: 'pop' },
      setting('theme', 'Theme', [['auto', 'as the system'], ['light', 'light'], ['dark', 'dark']]),
      setting('palette', 'Colours', [['standard', 'standard'], ['safe', 'colour-blind safe']])));
}

function person(known, go) {
  async function leave() {
    const elsewhere = await logout();
    if (elsewhere) {
      location.assign(elsewhere);
    } else {
      go('/login');
    }
  }
  return [
    h('span', {}, `${known.name} (${known.role})`),
    h('button', { type: 'button', id: 'log-out', class: 'small', on: { click: leave } }, 'Log out')];
}

/** Boards have a menu of their own, where there are any. */
function views(path, open, refocus) {
  const place = h('span', { class: 'boards' });
  boards().then(known => {
    if (known.length === 0) return;
    place.replaceChildren(h('details', { class: 'settings', id: 'boards', open },
      h('summary', { id: 'to-boards' }, 'Boards'),
      h('nav', { class: 'pop', 'aria-label': 'Boards' }, known.map(board => h('a', {
        href: `/boards/${board.name}`, id: `to-board-${board.name}`, 'aria-current': path === `/boards/${board.name}` ? 'page' : null,
      }, board.title)))));
    refocus();
  }).catch(() => {});
  return place;
}

let opened = false;
let drawn = null;

/** Draws it for a page; go goes to another one. */
export function bar(path, go) {
  const here = BELONGS[path] || path;
  const header = document.getElementById('bar');
  header.hidden = path === '/login';
  const open = header.querySelector('#settings')?.open;
  const viewing = Boolean(header.querySelector('#boards')?.open) && path === drawn;
  drawn = path;
  const focused = header.contains(document.activeElement) ? document.activeElement.id : '';
  const links = PAGES.map(([target, label]) => h('a', {
    href: target, id: `to-${label.replaceAll(' ', '-')}`, hidden: OF_ALL.includes(target), 'aria-current': here === target ? 'page' : null,
    on: { click: () => { opened = false; } },
  }, label));
  const nav = h('nav', { 'aria-label': 'Pages', id: 'pages', class: opened ? 'open' : '' }, links);
  const menu = h('button', {
    type: 'button', class: 'menu', id: 'menu', 'aria-controls': 'pages', 'aria-expanded': String(opened), on: { click: toggle },
  }, 'Menu');
  function toggle() {
    opened = !opened;
    nav.classList.toggle('open', opened);
    menu.setAttribute('aria-expanded', String(opened));
  }
  const refocus = () => {
    if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
  };
  const place = h('span', { class: 'person' });
  header.replaceChildren(h('a', { class: 'brand', href: '/', id: 'brand' }, 'Portcullis'), menu, nav, ...(header.hidden ? [] : [views(path, viewing, refocus)]), settings(), place);
  if (open) header.querySelector('#settings').open = true;
  refocus();
  if (header.hidden) return;
  me().then(known => {
    if (!known?.namespaces) links.forEach(each => { each.hidden = false; });
    if (known) place.replaceChildren(...person(known, go));
    refocus();
  });
}
