// What stands above every page: where one can go, how it looks, and who is logged in.
import { boards, logout, me } from './api.js';
import { h } from './dom.js';

const PAGES = [
  ['/', 'Overview'], ['/workloads', 'Workloads'], ['/decisions', 'Decisions'], ['/denials', 'Denials'],
  ['/checks', 'Checks'], ['/policies', 'Policies'], ['/exemptions', 'Exemptions'],
  ['/hosts', 'Docker hosts'], ['/impact', 'Impact'], ['/try', 'Try it'], ['/settings', 'Settings'],
];
/** Pages that belong to another one. */
const BELONGS = { '/workload': '/workloads', '/check': '/checks', '/audit': '/settings' };

function setting(name, label, options, app) {
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
    app.show();
  }
  return h('label', {}, label, select);
}

function settings(app) {
  return h('details', { class: 'settings', id: 'settings' },
    h('summary', {}, 'Display'),
    h('div', { class: 'pop' },
      setting('theme', 'Theme', [['auto', 'as the system'], ['light', 'light'], ['dark', 'dark']], app),
      setting('palette', 'Colours', [['standard', 'standard'], ['safe', 'colour-blind safe']], app)));
}

function person(app) {
  const place = h('span', { class: 'person' });
  me().then(known => {
    if (!known) return;
    async function leave() {
      const elsewhere = await logout();
      if (elsewhere) {
        location.assign(elsewhere);
      } else {
        app.go('/login');
      }
    }
    place.replaceChildren(
      h('span', {}, `${known.name} (${known.role})`),
      h('button', { type: 'button', id: 'log-out', class: 'small', on: { click: leave } }, 'Log out'));
  });
  return place;
}

/** Boards have a menu of their own, where there are any. */
function views(path) {
  const place = h('span', { class: 'boards' });
  boards().then(known => {
    if (known.length === 0) return;
    place.replaceChildren(h('details', { class: 'settings', id: 'boards' },
      h('summary', {}, 'Boards'),
      h('nav', { class: 'pop', 'aria-label': 'Boards' }, known.map(board => h('a', {
        href: `/boards/${board.name}`, 'aria-current': path === `/boards/${board.name}` ? 'page' : null,
      }, board.title)))));
  }).catch(() => {});
  return place;
}

let opened = false;

/** Draws it for a page. */
export function bar(path, app) {
  const here = BELONGS[path] || path;
  const header = document.getElementById('bar');
  header.hidden = path === '/login';
  const open = header.querySelector('#settings')?.open;
  const focused = header.contains(document.activeElement) ? document.activeElement.id : '';
  const nav = h('nav', { 'aria-label': 'Pages', id: 'pages', class: opened ? 'open' : '' },
    PAGES.map(([target, label]) => h('a', {
      href: target, id: `to-${label.replaceAll(' ', '-')}`, 'aria-current': here === target ? 'page' : null, on: { click: () => { opened = false; } },
    }, label)));
  const menu = h('button', {
    type: 'button', class: 'menu', id: 'menu', 'aria-controls': 'pages', 'aria-expanded': String(opened), on: { click: toggle },
  }, 'Menu');
  function toggle() {
    opened = !opened;
    nav.classList.toggle('open', opened);
    menu.setAttribute('aria-expanded', String(opened));
  }
  header.replaceChildren(...[h('a', { class: 'brand', href: '/', id: 'brand' }, 'Portcullis'), menu, nav, path === '/login' ? null : views(path), settings(app), person(app)].filter(Boolean));
  if (open) header.querySelector('#settings').open = true;
  if (focused) document.getElementById(focused)?.focus();
}
