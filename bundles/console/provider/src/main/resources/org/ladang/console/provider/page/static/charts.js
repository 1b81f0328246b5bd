// Draws the series of the telemetry room with uPlot. Charts that share a page share their cursor.
const colours = () => {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(name).trim();
  return { ink: of('--soft'), line: of('--line'), stroke: of('--blue'), good: of('--green'), warn: of('--amber'), bad: of('--red'), calm: of('--mild') };
};

const drawn = new Map();

// The axis is cut where less than nine tenths of it have records, and never shows less than so many seconds.
const LATE = 0.1;
const LEAST = 60;

function marks() {
  const timeline = document.querySelector('[data-marks]');
  return timeline ? JSON.parse(timeline.dataset.marks || '[]') : [];
}

function say(value, unit) {
  const digits = Math.abs(value) >= 100 ? 0 : 2;
  return `${value.toFixed(digits)} ${unit}`.trim();
}

/** A moment on an axis: UTC, the day where the hour would not say enough, minute and second where ticks are closer than a minute. */
function clock(seconds, span, step) {
  const iso = new Date(seconds * 1000).toISOString();
  if (step < 60) {
    return iso.slice(11, 19);
  }
  return span > 2 * 86400 ? iso.slice(5, 10) : iso.slice(11, 16);
}

async function read(figure) {
  const { series, last } = figure.dataset;
  const span = new Date(figure.dataset.to) - new Date(figure.dataset.from);
  const to = last ? new Date() : new Date(figure.dataset.to);
  const from = last ? new Date(to - span) : new Date(figure.dataset.from);
  const query = new URLSearchParams({ name: series, from: from.toISOString(), to: to.toISOString(), points: '240' });
  const answer = await fetch(`/api/v1/actions/telemetry/read?${query}`, { headers: { Accept: 'application/json' } });
  const value = await answer.json();
  const times = (value.points || []).map((p) => Date.parse(p.at) / 1000);
  return { figure, ok: answer.ok, value, times, from: from / 1000, to: to / 1000 };
}

// Shortly after a start little was recorded of a long time: the axis begins where the records do, so that the few points
// are not squeezed to the edge. Two moments that somebody chose stay as they are.
function begin(reads) {
  const firsts = reads.filter(({ figure, times }) => figure.dataset.last && times.length).map(({ times }) => times[0]);
  return Math.min(...firsts);
}

function draw({ figure, ok, value, times, from: asked, to }, began) {
  const plot = figure.querySelector('.plot');
  const latest = figure.querySelector('.latest');
  if (!ok) {
    latest.textContent = value.code === 'LADANG-TELEMETRY-001' ? 'nothing recorded yet' : value.detail;
    return;
  }
  const late = figure.dataset.last && Number.isFinite(began) && began - asked > LATE * (to - asked);
  const from = late ? Math.min(began - 5, to - LEAST) : asked;
  const values = value.points.map((p) => p.value);
  const since = late ? `, recorded since ${new Date(began * 1000).toISOString().slice(11, 19)}` : '';
  const words = values.length
    ? `now ${say(values.at(-1), value.unit)}, highest ${say(Math.max(...values), value.unit)}${since}`
    : 'nothing recorded in this time';
  latest.textContent = words;
  plot.setAttribute('aria-label', `${figure.dataset.title}: ${words}`);
  drawn.get(figure)?.destroy();
  const c = colours();
  const axis = { stroke: c.ink, grid: { stroke: c.line, width: 1 }, ticks: { stroke: c.line }, font: '11px system-ui' };
  const seen = marks().filter((m) => m.at >= from && m.at <= to);
  drawn.set(figure, new uPlot({
    width: Math.max(200, plot.clientWidth),
    height: plot.clientHeight || 128,
    padding: [8, 20, 0, 0],
    tzDate: (t) => uPlot.tzDate(new Date(t * 1e3), 'Etc/UTC'),
    legend: { show: false },
    cursor: { sync: { key: 'page' } },
    scales: { x: { time: true, range: [from, to] }, y: { range: (u, low, high) => [Math.min(0, low || 0), (high || 1) * 1.1] } },
    axes: [{ ...axis, size: 28, space: to - from < 200 ? 64 : 50, values: (u, ticks, axisAt, space, step) => ticks.map((t) => clock(t, to - from, step)) }, { ...axis, size: 56, space: 24 }],
    series: [{}, { stroke: c.stroke, width: 1.5, fill: `${c.stroke}22`, points: { show: values.length < 30, size: 5 } }],
    hooks: { draw: [(u) => {
      for (const mark of seen) {
        const x = Math.round(u.valToPos(mark.at, 'x', true));
        u.ctx.fillStyle = c[mark.tone] || c.calm;
        u.ctx.fillRect(x, u.bbox.top, 2, u.bbox.height);
      }
    }] },
  }, [times, values], plot));
}

export async function charts() {
  const figures = [...document.querySelectorAll('figure[data-series]')];
  const reads = await Promise.all(figures.map((figure) => read(figure).catch(() => {
    figure.querySelector('.latest').textContent = 'could not be read';
    return undefined;
  })));
  const there = reads.filter(Boolean);
  const began = begin(there);
  there.forEach((one) => draw(one, began));
}

// A page that became narrower or wider, or was zoomed, gets charts that fit.
let resized;
window.addEventListener('resize', () => {
  clearTimeout(resized);
  resized = setTimeout(charts, 300);
});
