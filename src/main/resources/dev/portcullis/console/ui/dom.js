// Elements are made here and nowhere else: strings become text, never markup.

/**
 * Makes an element.
 * @param {string} tag
 * @param {object} [properties] class, dataset, on (listeners by event) and attributes; false and null leave one out
 * @param {...(Node|string|number|null|Array)} children
 */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (name === 'dataset') {
      Object.assign(element.dataset, value);
    } else if (name === 'value') {
      element.value = value;
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  append(element, children);
  return element;
}

/** Appends what is there of nested children. */
export function append(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      parent.append(child instanceof Node ? child : document.createTextNode(visible(String(child))));
    }
  }
}

/** What is not seen, or changes how the text around it is read, is shown as what it is; tabs and ends of lines stay. */
export function visible(text) {
  return text.replace(/(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu,
    each => each.split('').map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''));
}

const SHAPES = {
  deny: 'M4 4l8 8M12 4l-8 8',
  warn: 'M8 2.5L14 13.5H2zM8 6.5v3.5M8 11.8v.2',
  allow: 'M3 8.5l3.5 3.5L13 4.5',
  audit: 'M8 8m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M1.5 8C4 3.5 12 3.5 14.5 8C12 12.5 4 12.5 1.5 8z',
  none: 'M3 8h10',
};

/** A small sign; what it means stands beside it. */
export function sign(shape) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'sign');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', SHAPES[shape] || SHAPES.none);
  svg.append(path);
  return svg;
}

/** Tells those who do not see the page. */
export function say(text) {
  document.getElementById('said').textContent = text;
}

/** A button that copies a text. */
export function copyButton(label, text) {
  const button = h('button', { type: 'button', class: 'small no-print', on: { click: copy } }, label);
  async function copy() {
    try {
      await navigator.clipboard.writeText(typeof text === 'function' ? text() : text);
      button.textContent = 'Copied';
      say('Copied');
    } catch {
      button.textContent = 'Copying is not allowed here';
    }
    setTimeout(() => { button.textContent = label; }, 2000);
  }
  return button;
}
