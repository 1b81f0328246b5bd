// Keeps the page as the server sees it: at each event, and every few seconds, the page is fetched anew and those panels
// are exchanged that differ. Nothing that has the focus or was typed into is touched. Without anybody at the keyboard it
// stops, so that a forgotten page does not keep a session alive.
import { actions } from './actions.js';
import { charts } from './charts.js';

const IDLE = 15 * 60 * 1000;
const EVERY = 10 * 1000;
const live = document.getElementById('live');
let touched = Date.now();
let source;
let planned;
let under = false;
let again = false;

function filter(input) {
  const words = input.value.toLowerCase();
  const rows = document.querySelectorAll(`[data-panel="${input.dataset.filter}"] tbody tr`);
  for (const row of rows) {
    row.hidden = words !== '' && !row.textContent.toLowerCase().includes(words);
  }
}

// What is not among the rows of a long table the server knows: its address says what was typed.
function search(input) {
  const address = new URL(location.href);
  if (input.value.trim()) {
    address.searchParams.set(input.name, input.value);
  } else {
    address.searchParams.delete(input.name);
  }
  history.replaceState(null, '', address);
  soon();
}

const busy = (panel) => panel.contains(document.activeElement) && document.activeElement.matches('input, select, textarea, form *')
  || panel.querySelector('details[open]') !== null;

function place() {
  const active = document.activeElement;
  const panel = active?.closest('[data-panel]');
  if (!panel) {
    return () => {};
  }
  const all = [...panel.querySelectorAll('a, button, [tabindex]')];
  const at = all.indexOf(active);
  return () => {
    const again = document.querySelector(`[data-panel="${panel.dataset.panel}"]`);
    if (again && !document.contains(active) && at >= 0) {
      [...again.querySelectorAll('a, button, [tabindex]')][at]?.focus({ preventScroll: true });
    }
  };
}

async function refresh() {
  if (under) {
    again = true;
    return;
  }
  under = true;
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
    if (answer.redirected && answer.url.includes('/sign-in')) {
      location.assign('/sign-in');
      return;
    }
    if (!answer.ok) {
      return;
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const back = place();
    for (const panel of document.querySelectorAll('[data-panel]')) {
      const now = fresh.querySelector(`[data-panel="${panel.dataset.panel}"]`);
      if (now && now.outerHTML !== panel.outerHTML && !busy(panel)) {
        const scrolls = [...panel.querySelectorAll('.scroll, .timeline')].map((s) => [s.scrollLeft, s.scrollTop]);
        panel.replaceWith(document.importNode(now, true));
        const put = document.querySelector(`[data-panel="${panel.dataset.panel}"]`);
        put.querySelectorAll('.scroll, .timeline').forEach((s, i) => scrolls[i] && s.scrollTo(...scrolls[i]));
      }
    }
    back();
    document.querySelectorAll('[data-filter]').forEach(filter);
  } finally {
    under = false;
    if (again) {
      again = false;
      soon();
    }
  }
}

// At most once in a quarter of a second, and never put off: events that keep coming must not keep the page from changing.
function soon() {
  planned ??= setTimeout(() => {
    planned = undefined;
    refresh().catch(() => {});
  }, 250);
}

function say(word) {
  live.textContent = word;
}

function open() {
  source = new EventSource('/console/live');
  source.onopen = () => say('● live');
  source.onerror = () => say('○ not live: trying again');
  source.onmessage = soon;
}

function close(word) {
  source?.close();
  source = undefined;
  say(word);
}

function here() {
  touched = Date.now();
  if (!source) {
    open();
    soon();
  }
}

actions();
charts();
open();
for (const kind of ['keydown', 'pointerdown', 'pointermove', 'focus']) {
  window.addEventListener(kind, here, { passive: true });
}
document.addEventListener('ladang-changed', soon);
document.addEventListener('input', (event) => {
  if (event.target.dataset.filter) {
    filter(event.target);
  }
  if (event.target.dataset.search !== undefined) {
    search(event.target);
  }
});
document.addEventListener('submit', (event) => {
  if (event.target.querySelector('[data-search]')) {
    event.preventDefault();
  }
});
setInterval(() => {
  if (Date.now() - touched > IDLE) {
    close('○ paused: nobody is here');
  } else if (!document.hidden) {
    soon();
    charts();
  }
}, EVERY);
