import { ApiError, login, logins } from '../api.js';
import { h } from '../dom.js';

export const title = 'Log in';

/** A page of this console, whatever an address says. */
function target(next) {
  return /^\/(?![/\\])/.test(next) && !next.startsWith('/login') ? next : '/';
}

/** The way by an identity provider, where there is one: it leads away from here and back. */
function provider(ways) {
  if (!ways.includes('oidc')) return null;
  return h('p', {}, h('a', { class: 'button', href: '/oauth2/authorization/oidc', 'data-leave': true }, 'Log in by the identity provider'));
}

export async function render(ctx) {
  const ways = await logins();
  const problem = h('p', { role: 'alert', id: 'login-problem' });
  const token = h('input', { id: 'token', name: 'token', type: 'password', autocomplete: 'current-password', required: true });
  const button = h('button', { type: 'submit', class: 'primary' }, 'Log in');
  async function enter(event) {
    event.preventDefault();
    button.disabled = true;
    problem.textContent = '';
    try {
      await login(token.value.trim());
      ctx.go(target(ctx.is('next')));
    } catch (error) {
      problem.textContent = error instanceof ApiError && error.status === 401 ? 'That token is not accepted.' : `${error.message}.`;
      button.disabled = false;
      token.focus();
    }
  }
  return h('section', { class: 'panel login' },
    h('h1', { tabindex: '-1' }, 'Portcullis'),
    h('p', { class: 'muted' }, 'The first start of the console wrote its token to the file admin-token in the data folder, or to its Secret.'),
    h('form', { method: 'post', action: '/login', on: { submit: enter } },
      h('label', { for: 'token' }, 'Token', token), problem, button),
    provider(ways));
}
