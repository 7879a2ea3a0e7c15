// The search page. The index lies in parts, one for each period; the newest is asked first, and older
// ones only as far as results are wanted. What is asked for stands in the page's address.

const finder = document.getElementById("finder");
const form = finder.querySelector("form");
const box = form.elements.q;
const hits = document.getElementById("hits");
const status = finder.querySelector(".found");
const further = finder.querySelector(".further");
const facets = [...finder.querySelectorAll("[data-facet]")];
const root = new URL(finder.dataset.root, location.href);
const language = finder.dataset.language;
const dates = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
const dateOf = (iso) => dates.format(new Date(iso.slice(0, 10))).replace(/\s[гр]\.$/, "");
const numbers = new Intl.NumberFormat(language);
const words = Object.fromEntries(
  [...document.getElementById("words").content.children].map((word) => [word.dataset.name, word.textContent]),
);
const AT_ONCE = 10;

let parts = [];
let engine = null;
const merged = new Map();
let asked = 0;
let hunt = null;

// What is asked for, from the form to the address and back.

function wanted() {
  const chosen = {};
  for (const facet of facets) {
    const values = [...facet.querySelectorAll("input:checked")].map((input) => input.value);
    if (values.length) chosen[facet.dataset.facet] = values;
  }
  const { q, from, until, order } = form.elements;
  return { q: q.value.trim(), from: from.value, until: until.value, order: order.value, chosen };
}

function address(query) {
  const found = new URLSearchParams();
  for (const name of ["q", "from", "until"]) if (query[name]) found.set(name, query[name]);
  if (query.order !== "date") found.set("order", query.order);
  for (const [name, values] of Object.entries(query.chosen)) {
    for (const value of values) found.append(name, value);
  }
  return `${location.pathname}${found.size ? `?${found}` : ""}`;
}

function fillForm() {
  const given = new URLSearchParams(location.search);
  box.value = given.get("q") ?? "";
  form.elements.from.value = given.get("from") ?? "";
  form.elements.until.value = given.get("until") ?? "";
  form.elements.order.value = given.get("order") === "relevance" ? "relevance" : "date";
  for (const facet of facets) {
    const chosen = given.getAll(facet.dataset.facet);
    facet.lastElementChild.replaceChildren(...chosen.map((value) => choice(facet.dataset.facet, value, 0, true)));
    facet.hidden = facet.lastElementChild.childElementCount === 0;
    facet.open = chosen.length > 0;
  }
}

// The index.

async function open() {
  const index = new URL("search/index/", root);
  const response = await fetch(new URL("parts.json", index), { cache: "no-cache" });
  if (!response.ok) throw new Error("there is no index");
  parts = await response.json();
  const pagefind = await import(new URL("pagefind.js", index));
  engine = pagefind.createInstance({ basePath: index.pathname, baseUrl: root.pathname, metaCacheTag: "1" });
  await engine.init();
}

function merge(part) {
  if (!merged.has(part.name)) {
    const options = { mergeFilter: { part: part.name }, metaCacheTag: part.tag };
    merged.set(part.name, engine.mergeIndex(new URL(part.path, root).pathname, options));
  }
  return merged.get(part.name);
}

function daysWithin(part, query) {
  const from = query.from > part.from ? query.from : part.from;
  const until = query.until && query.until < part.until ? query.until : part.until;
  const days = [];
  for (const day = new Date(from); day <= new Date(until); day.setUTCDate(day.getUTCDate() + 1)) {
    days.push(day.toISOString().slice(0, 10));
  }
  return days;
}

function reaches(part, query) {
  return (!query.from || part.until >= query.from) && (!query.until || part.from <= query.until);
}

async function ask(part, query) {
  await merge(part);
  const filters = { part: part.name };
  for (const [name, values] of Object.entries(query.chosen)) filters[name] = { any: values };
  const isCut = (query.from && query.from > part.from) || (query.until && query.until < part.until);
  if (isCut) filters.day = { any: daysWithin(part, query) };
  const sort = query.order === "date" || !query.q ? { date: "desc" } : {};
  const found = await engine.search(query.q || null, { filters, sort });
  if (query.q && found.results.length && !isMeant(query.q, await found.results[0].data())) {
    return { results: [], filters: {} };
  }
  return found;
}

// Where a part does not have a word, Pagefind takes the one in it that begins most alike; in a small
// part that is another word altogether. What it took shows in any result.

function isMeant(q, found) {
  const content = found.raw_content.split(/\s+/);
  const taken = [...found.locations.map((at) => content[at] ?? ""), ...found.meta.title.split(/\s+/)].map(folded);
  return folded(q).split(/ +/).every((term) => taken.some((word) => areAkin(term, word)));
}

function folded(text) {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

function areAkin(term, word) {
  let same = 0;
  while (same < term.length && term[same] === word[same]) same += 1;
  const shorter = Math.min(term.length, word.length);
  return same >= Math.max(shorter - 3, Math.min(3, term.length), 0.6 * term.length);
}

// A hunt goes from part to part, and stops when there is enough to show.

async function begin() {
  const query = wanted();
  const mine = ++asked;
  history.replaceState(null, "", address(query));
  document.querySelector(".ways").hidden = Boolean(query.q);
  if (!query.q && !query.from && !query.until && !Object.keys(query.chosen).length) {
    hits.replaceChildren();
    status.textContent = "";
    further.hidden = true;
    return;
  }
  status.textContent = words.searching;
  hunt = { query, mine, results: [], shown: 0, left: parts.filter((part) => reaches(part, query)), searched: [] };
  await goOn(AT_ONCE);
}

async function goOn(more) {
  const mine = hunt;
  const goal = mine.shown + more;
  const whole = mine.query.order === "relevance";
  while (mine.left.length && (whole || mine.results.length < goal)) {
    const part = mine.left.shift();
    const found = await ask(part, mine.query);
    if (mine.mine !== asked) return;
    mine.results.push(...found.results);
    mine.searched.push(part);
  }
  if (whole) mine.results.sort((one, other) => other.score - one.score);
  await show(mine, goal);
  if (mine.mine === asked) countFacets(mine);
}

async function show(mine, goal) {
  const next = mine.results.slice(mine.shown, goal);
  const found = await Promise.all(next.map((result) => result.data()));
  if (mine.mine !== asked) return;
  const items = found.map(item);
  if (mine.shown) hits.append(...items);
  else hits.replaceChildren(...items);
  if (mine.shown && items.length) items[0].querySelector("a").focus();
  mine.shown += found.length;
  const count = numbers.format(mine.results.length);
  if (mine.left.length) {
    const since = dateOf(mine.searched.at(-1).from);
    status.textContent = words["so-far"].replace("{date}", since).replace("{}", count);
  } else {
    status.textContent = mine.results.length ? words.found.replace("{}", count) : words.nothing;
  }
  further.hidden = !mine.left.length && mine.shown >= mine.results.length;
}

// Results and facets, as the page shows them.

function item(found) {
  const entry = document.createElement("li");
  const link = document.createElement("a");
  const byline = document.createElement("p");
  const time = document.createElement("time");
  const summary = document.createElement("p");
  entry.className = "teaser";
  link.className = "headline";
  link.href = new URL(found.raw_url ?? found.url, root);
  link.textContent = found.meta.title;
  byline.className = "byline";
  time.dateTime = found.meta.date;
  time.textContent = dateOf(found.meta.date);
  byline.append(time);
  for (const author of found.filters.author ?? []) byline.append(` · ${author}`);
  summary.className = "summary";
  summary.append(...marked(found.excerpt));
  entry.append(link, byline, summary);
  return entry;
}

function marked(excerpt) {
  const parsed = new DOMParser().parseFromString(excerpt, "text/html");
  return [...parsed.body.childNodes].map((node) => {
    if (node.nodeName !== "MARK") return node.textContent;
    const mark = document.createElement("mark");
    mark.textContent = node.textContent;
    return mark;
  });
}

async function countFacets(mine) {
  const totals = {};
  await engine.filters();
  for (const part of mine.searched) {
    const found = await ask(part, mine.query);
    if (mine.mine !== asked) return;
    for (const facet of facets) {
      const counts = (totals[facet.dataset.facet] ??= new Map());
      for (const [value, count] of Object.entries(found.filters[facet.dataset.facet] ?? {})) {
        if (count) counts.set(value, (counts.get(value) ?? 0) + count);
      }
    }
  }
  for (const facet of facets) tell(facet, totals[facet.dataset.facet] ?? new Map(), mine.query);
}

function tell(facet, counts, query) {
  const name = facet.dataset.facet;
  const chosen = query.chosen[name] ?? [];
  const focused = document.activeElement?.name === name ? document.activeElement.value : null;
  for (const value of chosen) if (!counts.has(value)) counts.set(value, 0);
  const rows = [...counts].sort((one, other) =>
    name === "year" ? other[0].localeCompare(one[0]) : other[1] - one[1] || one[0].localeCompare(other[0], language),
  );
  const kept = rows.filter(([value], place) => place < 15 || chosen.includes(value));
  facet.lastElementChild.replaceChildren(...kept.map(([value, count]) => choice(name, value, count, chosen.includes(value))));
  facet.hidden = !kept.length;
  if (focused !== null) [...facet.querySelectorAll("input")].find((input) => input.value === focused)?.focus();
}

function choice(name, value, count, isChosen) {
  const label = document.createElement("label");
  const input = Object.assign(document.createElement("input"), { type: "checkbox", name, value, checked: isChosen });
  const text = document.createElement("span");
  text.textContent = value;
  label.append(input, text, count ? numbers.format(count) : "");
  return label;
}

// The reader.

let timer = 0;

function soon() {
  clearTimeout(timer);
  timer = setTimeout(begin, 120);
}

function walk(event) {
  const links = [...hits.querySelectorAll(".headline")];
  const at = links.indexOf(document.activeElement);
  const inHits = at >= 0 || document.activeElement === box;
  if (event.key === "Escape" && (box.value || at >= 0)) {
    if (at < 0) {
      box.value = "";
      soon();
    }
    box.focus();
  } else if (event.key === "ArrowDown" && inHits && at + 1 < links.length) {
    links[at + 1].focus();
  } else if (event.key === "ArrowUp" && at >= 0) {
    (links[at - 1] ?? box).focus();
  } else {
    return;
  }
  event.preventDefault();
}

async function start() {
  finder.hidden = false;
  document.querySelector(".unscripted").hidden = true;
  fillForm();
  document.getElementById("search")?.removeAttribute("id");
  box.id = "search";
  box.focus();
  try {
    await open();
  } catch {
    finder.querySelector(".search-columns").hidden = true;
    form.hidden = true;
    finder.append(words.missing);
    return;
  }
  form.addEventListener("input", soon);
  finder.querySelector(".facets").addEventListener("change", begin);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = hits.querySelector(".headline");
    if (first && document.activeElement === box && status.textContent !== words.searching) first.focus();
    else begin();
  });
  further.addEventListener("click", () => goOn(AT_ONCE));
  finder.addEventListener("keydown", walk);
  addEventListener("popstate", () => {
    fillForm();
    begin();
  });
  begin();
}

start();
