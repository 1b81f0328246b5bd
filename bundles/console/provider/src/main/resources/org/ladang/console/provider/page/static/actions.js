// Calls actions for buttons and forms: shows the effect first where the action offers it, asks once where it is
// dangerous, and shows the shell command and curl of what is about to be called.
const csrf = document.querySelector('meta[name=csrf]')?.content || '';

export function tell(text, bad = false) {
  const line = document.createElement('p');
  line.textContent = text;
  line.classList.toggle('bad', bad);
  const told = document.getElementById('told');
  told.append(line);
  while (told.children.length > 4) {
    told.firstChild.remove();
  }
  setTimeout(() => line.remove(), bad ? 20000 : 8000);
}

function trouble(value) {
  return [value.detail || 'It was refused.', value.next, value.code && `[${value.code}]`].filter(Boolean).join(' ');
}

export async function call(action, values) {
  const answer = await fetch(`/api/v1/actions/${action}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRF-Token': csrf },
    body: JSON.stringify(values),
  });
  if (answer.status === 401) {
    location.assign('/sign-in');
  }
  const value = answer.status === 204 ? 'Done.' : await answer.json();
  if (!answer.ok) {
    throw new Error(trouble(value));
  }
  return value;
}

const quoted = (text) => (/^[A-Za-z0-9_./:@=+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
const word = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

export function shell(action, values) {
  const words = Object.entries(values).map(([name, value]) => quoted(`${name}=${word(value)}`));
  return ['ladang shell', action.replace('/', ':'), ...words].join(' ');
}

function curl(action, values) {
  return `curl -s ${location.origin}/api/v1/actions/${action} -H "Authorization: Bearer $TOKEN"`
    + ` -H 'Content-Type: application/json' -d ${quoted(JSON.stringify(values))}`;
}

function ask(describes, command, effect) {
  const dialog = document.getElementById('ask');
  document.getElementById('ask-describes').textContent = describes;
  document.getElementById('ask-command').textContent = command;
  const shown = document.getElementById('ask-effect');
  shown.textContent = effect;
  shown.hidden = !effect;
  dialog.showModal();
  document.getElementById('ask-no').focus();
  return new Promise((done) => {
    const end = (yes) => { dialog.close(); done(yes); };
    document.getElementById('ask-yes').onclick = () => end(true);
    document.getElementById('ask-no').onclick = () => end(false);
    dialog.oncancel = () => done(false);
  });
}

async function careful(action, values, { effect, dryRun, describes }) {
  let shown = '';
  if (dryRun && values[dryRun] === undefined) {
    shown = word(await call(action, { ...values, [dryRun]: true }));
  }
  if (effect === 'DANGER' || shown) {
    if (!(await ask(describes, shell(action, values), shown))) {
      return undefined;
    }
  }
  return call(action, values);
}

function typed(text, type) {
  if (type === 'integer' || type === 'number') {
    return Number(text);
  }
  if (type === 'boolean') {
    return text === 'true';
  }
  if (type === 'array') {
    return text.trim().startsWith('[') ? JSON.parse(text) : text.split('\n').filter((line) => line !== '');
  }
  if (type === 'object') {
    return JSON.parse(text);
  }
  if (type === 'any') {
    try { return JSON.parse(text); } catch { return text; }
  }
  return text;
}

function values(form) {
  const all = {};
  for (const control of form.querySelectorAll('[data-type]')) {
    if (control.name && control.value !== '') {
      all[control.name] = typed(control.value, control.dataset.type);
    }
  }
  return all;
}

function cell(value) {
  return value === null || value === undefined ? '' : word(value);
}

function table(rows) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const element = document.createElement('table');
  const head = element.createTHead().insertRow();
  for (const column of columns) {
    const th = document.createElement('th');
    th.scope = 'col';
    th.textContent = column;
    head.append(th);
  }
  const body = element.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const column of columns) {
      line.insertCell().textContent = cell(row[column]);
    }
  }
  return element;
}

export function show(place, value) {
  place.replaceChildren();
  if (Array.isArray(value) && value.length && value.every((row) => row && typeof row === 'object' && !Array.isArray(row))) {
    const scroll = document.createElement('div');
    scroll.className = 'scroll';
    scroll.tabIndex = 0;
    scroll.setAttribute('role', 'region');
    scroll.setAttribute('aria-label', 'Result');
    scroll.append(table(value));
    place.append(scroll);
  } else {
    const text = document.createElement('pre');
    text.tabIndex = 0;
    text.textContent = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
    place.append(text);
  }
}

function refresh(form) {
  let given;
  try { given = values(form); } catch { return; }
  form.querySelector('[data-shell]').textContent = shell(form.dataset.form, given);
  form.querySelector('[data-curl]').textContent = curl(form.dataset.form, given);
}

async function submitted(form) {
  const place = form.querySelector('[data-result]');
  try {
    const value = await careful(form.dataset.form, values(form), form.dataset);
    if (value !== undefined) {
      show(place, value);
    }
  } catch (failure) {
    show(place, `✕ ${failure.message}`);
  }
}

async function pressed(button) {
  button.disabled = true;
  try {
    const value = await careful(button.dataset.action, JSON.parse(button.dataset.arguments), button.dataset);
    if (value !== undefined) {
      const sentence = value && typeof value === 'object' && value.sentence ? value.sentence : word(value);
      tell(sentence.length > 400 ? `${sentence.slice(0, 400)} …` : sentence, ['REFUSED'].includes(value?.outcome));
      document.dispatchEvent(new Event('ladang-changed'));
    }
  } catch (failure) {
    tell(failure.message, true);
  } finally {
    button.disabled = false;
  }
}

async function set(form) {
  const { set: pid, key, type, many } = form.dataset;
  const text = form.querySelector('[name=value]').value;
  const kind = ['BYTE', 'SHORT', 'INTEGER', 'LONG', 'FLOAT', 'DOUBLE'].includes(type) ? 'number' : type === 'BOOLEAN' ? 'boolean' : 'text';
  try {
    let value = text;
    if (many === 'true') {
      value = typed(text, 'array');
    } else if (text.trim() !== '' && (kind !== 'number' || !Number.isNaN(Number(text)))) {
      value = typed(text, kind);
    }
    const revision = await call('config/set', { pid, key, value });
    tell(`${key} is ${text} now: revision ${revision.number}.`);
    document.dispatchEvent(new Event('ladang-changed'));
  } catch (failure) {
    tell(failure.message, true);
  }
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  tell('Copied.');
}

export function actions() {
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button) {
      return;
    }
    if (button.dataset.action) {
      pressed(button);
    } else if (button.dataset.copy !== undefined) {
      copy(button.dataset.copy);
    } else if (button.dataset.copyShell !== undefined) {
      copy(button.closest('form').querySelector('[data-shell]').textContent);
    } else if (button.dataset.copyCurl !== undefined) {
      copy(button.closest('form').querySelector('[data-curl]').textContent);
    }
  });
  document.addEventListener('input', (event) => {
    const form = event.target.closest('form[data-form]');
    if (form) {
      refresh(form);
    }
  });
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.dataset.form) {
      event.preventDefault();
      submitted(form);
    } else if (form.dataset.set) {
      event.preventDefault();
      set(form);
    }
  });
  document.querySelectorAll('form[data-form]').forEach(refresh);
  document.getElementById('sign-out')?.addEventListener('click', async () => {
    await fetch('/api/v1/session', { method: 'DELETE', headers: { 'X-CSRF-Token': csrf } });
    location.assign('/sign-in');
  });
  upload();
}

function upload() {
  const drop = document.getElementById('drop');
  if (!drop || drop.dataset.off !== undefined) {
    return;
  }
  const place = document.getElementById('dropped');
  const send = async (file) => {
    show(place, `${file.name}: sent, being looked at …`);
    try {
      const answer = await fetch(`/api/v1/upload/${encodeURIComponent(file.name)}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/java-archive', Accept: 'application/json', 'X-CSRF-Token': csrf },
        body: file,
      });
      const value = await answer.json();
      if (!answer.ok) {
        throw new Error(trouble(value));
      }
      show(place, [value.sentence, value.next, ...(value.steps || []).map((s) => `${s.name} ${s.millis} ms`)].filter(Boolean).join('\n'));
    } catch (failure) {
      show(place, `✕ ${failure.message}`);
    }
    document.dispatchEvent(new Event('ladang-changed'));
  };
  document.getElementById('jar').addEventListener('change', (event) => [...event.target.files].forEach(send));
  document.addEventListener('dragover', (event) => { event.preventDefault(); drop.classList.add('over'); });
  document.addEventListener('dragleave', () => drop.classList.remove('over'));
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    drop.classList.remove('over');
    [...event.dataTransfer.files].forEach(send);
  });
}
