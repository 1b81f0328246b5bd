// Sends the forms of the sign-in page. Nothing of them is kept.
const problem = document.getElementById('problem');

async function post(path, body) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(body),
  });
  const value = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Error([value.detail || 'It was refused.', value.next].filter(Boolean).join(' '));
  }
  return value;
}

function on(id, send) {
  const form = document.getElementById(id);
  form?.addEventListener('submit', async (event) => {
    event.preventDefault();
    problem.textContent = '';
    const button = form.querySelector('button');
    button.disabled = true;
    try {
      await send(Object.fromEntries(new FormData(form)));
      location.assign('/console');
    } catch (failure) {
      problem.textContent = failure.message;
      button.disabled = false;
    }
  });
}

on('sign-in', ({ user, password }) => post('/api/v1/session', { user, password }));
on('first-start', async ({ token, user, password, again }) => {
  if (password !== again) {
    throw new Error('The two passwords differ.');
  }
  await post('/api/v1/first-start', { token, user, password });
  await post('/api/v1/session', { user, password });
});
