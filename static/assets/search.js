// The search page. The index lies in parts, one for each period. They are asked in groups, the newest
// first, and older ones only as far as results are wanted. A result is the name of its part and its
// number in there; a shelf of the part says its headline, and its own page the words around what was
// looked for. What is asked for stands in the page's address. This is no module, for a browser that has
// the page from a disk would not run it, and nobody would say why.

"use strict";

const finder = document.getElementById("finder");
const form = finder.querySelector("form");
const box = form.elements.q;
const hits = document.getElementById("hits");
const found = finder.querySelector(".found");
const announced = finder.querySelector("[role=status]");
const further = finder.querySelector(".further");
const again = finder.querySelector(".again");
const clear = finder.querySelector(".clear");
const facets = [...finder.querySelectorAll("[data-facet]")];
const root = new URL(finder.dataset.root, location.href);
const language = finder.dataset.language;
const isRussian = /^ru(-|$)/.test(language);
const dates = [{ year: "numeric" }, { year: "numeric", month: "long" }, { dateStyle: "long" }].map(
  (parts) => new Intl.DateTimeFormat(language, { ...parts, timeZone: "UTC" }),
);

// Dates may be partial or uncertain: 1937-06, 1937?, 193X. Zeros and other signs stand for what is unknown.

const knownOf = (iso) => /^(?!0000)\d{4}(?!\d)(-(0[1-9]|1[0-2])(-(?!00)\d\d)?)?/.exec(iso)?.[0] ?? "";

function dateOf(iso) {
  if (iso.includes("/")) return iso.split("/").map(dateOf).join(" – ");
  const known = knownOf(iso);
  if (!known) return iso.startsWith("0000") ? words.undated : iso || words.undated;
  const text = dates[known.split("-").length - 1].format(new Date(known)).replace(/\s[гр]\.$/, "");
  return /[?~%]$/.test(iso) ? `${text} (?)` : text;
}
const numbers = new Intl.NumberFormat(language);
const words = Object.fromEntries(
  [...document.getElementById("words").content.children].map((word) => [word.dataset.name, word.textContent]),
);
const AT_ONCE = 10;
const SHELF = 32;
// So many articles are searched before the first results are shown, then at a time, and in one go, of
// which the next takes four times as many: an answer comes soon, and a first one costs little to load.
const FIRST = 250;
const GROUP = 2000;
const PATIENCE = 2900;
const AROUND = 30;
const VALUES = 15;
// After so many milliseconds typing rests, and after so many what was typed is a query to come back to.
const REST = 800;
const PAUSE = 1500;
const ENDINGS =
  /(?<=[а-я]{4})(?:ой|ей|ом|ем|ым|им|ых|их|ах|ях|ам|ям)(?![а-я])|(?<=[а-я]{3})(?:ыми|ими|ями|ами|ого|его|ому|ему|ую|юю|ая|яя|ое|ее|ые|ие|ый|ий|ою|ею)(?![а-я])|(?<=[а-я]{2})[аеийоуыьюя](?![а-я])/g;
const SOFT = /(?<=[а-я]{2})[аеиь](?![а-я])/g;
const INLINE =
  "a,abbr,b,bdi,bdo,cite,code,del,dfn,em,i,ins,kbd,mark,q,s,samp,small,span,strong,sub,sup,time,tt,u,var,wbr";

let groups = [];
let opening = null;
let ready = null;
let tries = 0;
const kept = new Map();
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

function isNarrowed(query) {
  return Boolean(query.from || query.until || Object.keys(query.chosen).length);
}

function address(query) {
  const said = new URLSearchParams();
  for (const name of ["q", "from", "until"]) if (query[name]) said.set(name, query[name]);
  if (query.order !== "date") said.set("order", query.order);
  for (const [name, values] of Object.entries(query.chosen)) {
    for (const value of values) said.append(name, value);
  }
  return `${location.pathname}${said.size ? `?${said}` : ""}`;
}

// The page's history has the queries that were finished: by Enter, a choice, or a pause in typing. While
// one is typed it stands in the place of what was typed before.

let finished = null;

function finish() {
  const query = wanted();
  finished = query.q || isNarrowed(query) ? address(query) : null;
}

function remember(query) {
  const now = address(query);
  if (finished === null || finished === now) {
    history.replaceState(null, "", now);
  } else {
    history.pushState(null, "", now);
    finished = null;
  }
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
    facet.open ||= chosen.length > 0;
  }
}

// The index.

class Missing extends Error {}

// Pagefind keeps to itself what it could not load, or waits for it without end. So its requests are
// looked at, and one that fails ends all work that needs them.

const waiting = new Set();
const request = globalThis.fetch;

globalThis.fetch = async (...given) => {
  try {
    const response = await request(...given);
    if (!response.ok) throw new Error(response.url);
    return response;
  } catch (error) {
    for (const fail of waiting) fail(error);
    throw error;
  }
};

async function watched(work) {
  let fail;
  const failed = new Promise((_, reject) => waiting.add((fail = reject)));
  try {
    return await Promise.race([work, failed]);
  } finally {
    waiting.delete(fail);
  }
}

function load() {
  return (ready ??= loadIndex().catch((error) => {
    forget();
    throw error;
  }));
}

// What failed is forgotten, so that the next query begins anew.

function forget() {
  ready = null;
  groups = [];
  tries += 1;
}

async function loadIndex() {
  const index = new URL("search/index/", root);
  const response = await request(new URL("parts.json", index), { cache: "no-cache" });
  if (response.status === 404) throw new Missing();
  if (!response.ok) throw new Error(response.url);
  const loaded = [];
  for (const part of await response.json()) {
    const last = loaded.at(-1);
    const isSmall = part.count < FIRST && last?.parts.length < 4;
    const isFull = !isSmall && last?.count >= (loaded.length === 1 ? FIRST : GROUP);
    const group = last && !isFull ? last : loaded[loaded.push({ parts: [], count: 0 }) - 1];
    group.parts.push(part);
    group.count += part.count;
  }
  // A module that could not be loaded is not asked for again under its name.
  const pagefind = await import(new URL(`pagefind.js${tries ? `?${tries}` : ""}`, index));
  const options = { basePath: index.pathname, baseUrl: root.pathname, metaCacheTag: "1", noWorker: true };
  opening = Promise.resolve();
  for (const group of loaded) {
    group.names = new Map(group.parts.map((part) => [part.name, part]));
    // What runs the search is loaded once for all groups, if they don't ask for it at the same time.
    group.open = () =>
      (group.engine ??= opening = opening.then(() => watched(merged(pagefind.createInstance(options), group))));
  }
  await loaded[0].open();
  groups = loaded;
  (globalThis.requestIdleCallback ?? setTimeout)(() => loaded[1]?.open().catch(forget));
}

async function merged(engine, group) {
  const merge = (part) =>
    engine.mergeIndex(new URL(part.path, root).pathname, { mergeFilter: { part: part.name }, metaCacheTag: part.tag });
  await Promise.all(group.parts.map(merge));
  return engine;
}

function daysWithin(part, query) {
  const from = query.from > part.from ? query.from : part.from;
  const until = query.until && query.until < part.until ? query.until : part.until;
  const [first, last] = [from, until].map((iso) => new Date(iso.replaceAll("-00", "-01")));
  const days = new Set();
  for (const day = first; day <= last; day.setUTCDate(day.getUTCDate() + 1)) {
    const iso = day.toISOString().slice(0, 10);
    days.add(iso).add(`${iso.slice(0, 7)}-00`).add(`${iso.slice(0, 4)}-00-00`);
  }
  return [...days];
}

function reaches(part, query) {
  return (!query.from || part.until >= query.from) && (!query.until || part.from <= query.until);
}

function isCut(part, query) {
  return (query.from && query.from > part.from) || (query.until && query.until < part.until);
}

// Ask a group; parts in which a range of dates begins or ends are asked by themselves, by their days.
// `counted` names facets whose values are to be counted.

async function ask(group, query, counted = []) {
  const within = group.parts.filter((part) => reaches(part, query));
  const whole = within.filter((part) => !isCut(part, query));
  const sets = within.filter((part) => isCut(part, query)).map((part) => [part]);
  if (whole.length) sets.push(whole);
  const answers = [];
  for (const parts of sets) answers.push(await askParts(group, parts, query, counted));
  return answers;
}

async function askParts(group, parts, query, counted) {
  if (!parts.length) return { results: [], filters: {} };
  const filters = { part: { any: parts.map((part) => part.name) } };
  for (const [name, values] of Object.entries(query.chosen)) filters[name] = { any: values };
  if (isCut(parts[0], query)) filters.day = { any: daysWithin(parts[0], query) };
  if (counted.length) filters.not = { any: counted.map((name) => ({ [name]: "\u0000" })) };
  const engine = await group.open();
  const answer = await watched(engine.search(query.q ? indexed(query.q) : null, { filters }));
  const best = new Map();
  for (const result of answer.results) {
    const [name, number] = result.id.split(".");
    result.part = group.names.get(name);
    result.number = Number(number);
    if (!best.has(name)) best.set(name, result);
  }
  if (!query.q) return answer;
  const meant = await Promise.all([...best.values()].map((result) => isMeant(query.q, result)));
  if (meant.every(Boolean)) return answer;
  const others = parts.filter((part) => best.has(part.name) && meant[[...best.keys()].indexOf(part.name)]);
  return askParts(group, others, query, counted);
}

function isNewer(one, other) {
  return one.part === other.part ? other.number - one.number : one.part.from < other.part.from ? 1 : -1;
}

// What is shown of a result: its place on a shelf, and the words of its page.

function keep(url, read) {
  if (!kept.has(url)) {
    const reading = request(url).then((response) => {
      if (!response.ok && response.status !== 404) throw new Error(url);
      return read(response);
    });
    kept.set(url, reading);
    reading.catch(() => kept.delete(url));
  }
  return kept.get(url);
}

async function shown(result) {
  const { part, number } = result;
  const shelf = new URL(`${part.path}shelf/${Math.floor(number / SHELF)}.shelf?${part.tag}`, root).href;
  const articles = await keep(shelf, (response) => {
    if (!response.ok) throw new Error(shelf);
    return new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).json();
  });
  const [url, headline, date, ...byline] = articles[number % SHELF];
  return { url: new URL(url, root).href, headline, date, byline };
}

async function wordsOf(url) {
  return keep(url, async (response) => {
    if (!response.ok) return [];
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const body = page.querySelector(".body");
    if (!body) return (page.querySelector("meta[name=description]")?.content ?? "").split(/\s+/);
    for (const mark of body.querySelectorAll(`:not(${INLINE})`)) {
      mark.before("\n");
      mark.append("\n");
    }
    return body.textContent.trim().split(/\s+/);
  });
}

// Where a part does not have a word, Pagefind takes the one in it that begins most alike; in a small
// part that is another word altogether. What it took shows in any result.

async function isMeant(q, result) {
  const { url, headline } = await shown(result);
  const terms = termsOf(q);
  const isIn = (taken) => terms.every((term) => taken.some((word) => areAkin(term, word)));
  const inHeadline = termsOf(headline);
  if (isIn(inHeadline)) return true;
  const content = await wordsOf(url);
  return isIn([...inHeadline, ...result.words.flatMap((at) => termsOf(content[at] ?? ""))]);
}

// Words as the index has them, made like those of `search/words.py`; in quotation marks a phrase.

function indexed(q) {
  const bare = q.split(/\s+/).map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""));
  const plain = stemmed(bare.filter(Boolean).join(" "));
  return plain && /^".+"$/.test(q) ? `"${plain}"` : plain;
}

function stemmed(text) {
  if (!isRussian) return text;
  const plain = text.normalize("NFC").replaceAll("\u0301", "").toLowerCase().replaceAll("ё", "е");
  return plain.replace(ENDINGS, "").replace(SOFT, "");
}

// Terms to be compared, without what makes letters differ.

function termsOf(text) {
  const plain = stemmed(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

function areAkin(term, word) {
  if (term.length < 3 || /^\p{N}+$/u.test(term)) return term === word;
  if (isRussian) return word.startsWith(term);
  let same = 0;
  while (same < term.length && term[same] === word[same]) same += 1;
  const shorter = Math.min(term.length, word.length);
  return same >= Math.max(shorter - 3, Math.min(3, term.length), 0.6 * term.length);
}

// A hunt goes from group to group, and stops when there is enough to show, or patience is at its end.

async function begin() {
  const query = wanted();
  const mine = ++asked;
  clearTimeout(timer);
  remember(query);
  hunt = null;
  document.querySelector(".ways").hidden = Boolean(query.q);
  for (const button of [further, again, clear]) button.hidden = true;
  const isBackwards = query.from && query.until && query.from > query.until;
  if (isBackwards || (!query.q && !isNarrowed(query))) {
    hits.replaceChildren();
    for (const facet of facets) facet.hidden = !query.chosen[facet.dataset.facet];
    tell(isBackwards ? words.backwards : "");
    clear.hidden = !isBackwards;
    return;
  }
  found.textContent = words.searching;
  await trying(mine, async () => {
    await load();
    if (mine !== asked) return;
    const left = groups.filter((group) => group.parts.some((part) => reaches(part, query)));
    hunt = { query, mine, results: [], shown: 0, left, searched: [], patience: PATIENCE };
    await goOn(AT_ONCE);
  });
}

// Do some of the work of a query; if what it needs can't be loaded, say so.

async function trying(mine, work) {
  try {
    await work();
  } catch (error) {
    if (error instanceof Missing) {
      giveUp(words.missing);
      return;
    }
    forget();
    if (mine !== asked) return;
    if (!hunt?.shown) hits.replaceChildren();
    further.hidden = true;
    again.hidden = false;
    tell(words.unreachable);
  }
}

function giveUp(why) {
  if (form.hidden) return;
  finder.querySelector(".search-columns").hidden = true;
  form.hidden = true;
  document.querySelector(".ways").hidden = false;
  finder.append(why);
}

// Say how it went: at once to the eye, and to the ear when typing rests.

let announcing = 0;

function tell(text) {
  found.textContent = text;
  clearTimeout(announcing);
  announcing = setTimeout(() => (announced.textContent = text), REST);
}

async function goOn(more) {
  const mine = hunt;
  const isWhole = mine.query.order === "relevance" && mine.query.q;
  const goal = mine.shown + more;
  let { patience } = mine;
  mine.patience *= 4;
  while (mine.left.length && patience > 0 && (isWhole || mine.results.length < goal)) {
    const [group, next] = mine.left;
    if (next && patience > group.count && (isWhole || mine.searched.length)) next.open().catch(forget);
    const answers = await ask(group, mine.query);
    if (mine.mine !== asked) return;
    const results = answers.flatMap((answer) => answer.results);
    mine.left.shift();
    mine.searched.push(group);
    patience -= group.count;
    if (isWhole) mine.results = [...mine.results, ...results].sort((one, other) => other.score - one.score || isNewer(one, other));
    else mine.results.push(...results.sort(isNewer));
    if (isWhole && mine.left.length && patience > 0 && results.length) await show(mine, goal, true);
    if (mine.mine !== asked) return;
  }
  await show(mine, goal, false);
  if (mine.mine === asked) await countFacets(mine);
}

async function show(mine, goal, isSearching) {
  const next = mine.results.slice(0, goal);
  const entries = await Promise.all(next.map(shown));
  if (mine.mine !== asked) return;
  const there = new Map([...hits.children].map((entry) => [entry.dataset.id, entry]));
  const focused = document.activeElement;
  const items = next.map((result, at) => (mine.shown && there.get(result.id)) || item(result, entries[at], mine.query.q));
  if (items.some((entry, at) => entry !== hits.children[at]) || items.length !== hits.childElementCount) {
    hits.replaceChildren(...items);
    if (hits.contains(focused)) focused.focus();
  }
  if (further.contains(focused) && !isSearching) items[mine.shown]?.querySelector("a").focus();
  mine.shown = items.length;
  if (!isSearching) {
    next.forEach((result, at) => {
      quotes.set(items[at], () => quote(items[at], entries[at].url, result, mine.query.q));
      inSight.observe(items[at]);
    });
  }
  tellHowMany(mine, isSearching);
}

function tellHowMany(mine, isSearching) {
  const count = mine.results.length;
  let text;
  if (mine.left.length) {
    const since = dateOf(mine.searched.at(-1).parts.at(-1).from);
    text = words[count ? "so-far" : "nothing-so-far"].replace("{date}", since);
  } else {
    text = count ? words.found : words.nothing;
  }
  text = text.replace("{}", numbers.format(count));
  const isTooNarrow = !count && isNarrowed(mine.query);
  if (isTooNarrow && !isSearching) text = `${text} ${words.narrowed}`;
  if (isSearching) found.textContent = text;
  else tell(text);
  clear.hidden = isSearching || !isTooNarrow;
  further.hidden = isSearching || (!mine.left.length && mine.shown >= count);
  further.textContent = mine.left.length ? words["further-back"] : words.more;
}

// Results and facets, as the page shows them.

function item(result, { url, headline, date, byline }, q) {
  const entry = document.createElement("li");
  const link = document.createElement("a");
  const line = document.createElement("p");
  const time = document.createElement("time");
  const summary = document.createElement("p");
  entry.className = "teaser";
  entry.dataset.id = result.id;
  link.className = "headline";
  link.href = url;
  link.append(...marked(headline.split(" "), q));
  line.className = "byline";
  time.dateTime = knownOf(date);
  time.textContent = dateOf(date);
  line.append(time);
  for (const author of byline) line.append(` · ${author}`);
  summary.className = "summary";
  entry.append(link, line, summary);
  return entry;
}

// Pages are loaded for results that a reader is about to see.

const quotes = new WeakMap();
const inSight = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      inSight.unobserve(target);
      quotes.get(target)?.();
    }
  },
  { rootMargin: "50%" },
);

async function quote(entry, url, result, q) {
  const summary = entry.querySelector(".summary");
  const content = await wordsOf(url).catch(() => []);
  if (!summary.childNodes.length) summary.replaceChildren(...excerpt(content, result.words, q));
}

// The words around the most places in a row, with marks on what was looked for.

function excerpt(content, places, q) {
  const terms = termsOf(q);
  const inText = [...new Set(places)].filter((place) => place < content.length).sort((one, other) => one - other);
  const akin = inText.filter((place) => isSought(terms, content[place]));
  const at = akin.length ? akin : inText;
  let [first, most] = [0, 0];
  for (const place of at) {
    const inReach = at.filter((other) => other >= place && other < place + AROUND * 0.8).length;
    if (inReach > most) [first, most] = [place, inReach];
  }
  const start = Math.max(0, Math.min(first - AROUND / 5, content.length - AROUND));
  const taken = content.slice(start, start + AROUND);
  return [start > 0 ? "… " : "", ...marked(taken, q), start + AROUND < content.length ? "…" : ""];
}

function marked(content, q) {
  const terms = termsOf(q);
  return content.flatMap((word) => (isSought(terms, word) ? [...mark(word), " "] : [word, " "]));
}

function isSought(terms, word) {
  return termsOf(word).some((plain) => terms.some((term) => areAkin(term, plain)));
}

function mark(word) {
  const [, before, bare, after] = word.match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/u);
  return [before, Object.assign(document.createElement("mark"), { textContent: bare }), after];
}

// Values are counted where a reader looks at them: what counts them is loaded for nobody else. Of those
// under one heading any may be chosen, so they are counted as if none of them were.

async function countFacets(mine) {
  for (const facet of facets) facet.hidden = !mine.results.length && !mine.query.chosen[facet.dataset.facet];
  const open = facets.filter((facet) => facet.open && !facet.hidden);
  const totals = new Map(open.map((facet) => [facet.dataset.facet, new Map()]));
  const names = [...totals.keys()];
  const isChosen = (name) => name in mine.query.chosen;
  const rounds = names.filter(isChosen).map((name) => [without(mine.query, name), [name]]);
  const others = names.filter((name) => !isChosen(name));
  if (others.length) rounds.push([mine.query, others]);
  for (const group of mine.searched) {
    for (const [query, counted] of rounds) {
      const answers = await ask(group, query, counted);
      if (mine.mine !== asked) return;
      for (const { filters } of answers) for (const name of counted) add(totals.get(name), filters[name] ?? {});
    }
  }
  for (const facet of open) offer(facet, totals.get(facet.dataset.facet), mine.query);
}

function without(query, name) {
  const { [name]: _, ...chosen } = query.chosen;
  return { ...query, chosen };
}

function add(totals, counts) {
  for (const [value, count] of Object.entries(counts)) {
    if (count) totals.set(value, (totals.get(value) ?? 0) + count);
  }
}

function offer(facet, counts, query, most = VALUES) {
  const name = facet.dataset.facet;
  const chosen = query.chosen[name] ?? [];
  const focused = document.activeElement?.name === name ? document.activeElement.value : null;
  for (const value of chosen) if (!counts.has(value)) counts.set(value, 0);
  const rows = [...counts].sort((one, other) =>
    name === "year" ? other[0].localeCompare(one[0]) : other[1] - one[1] || one[0].localeCompare(other[0], language),
  );
  const choices = rows.filter(([value], place) => place < most || chosen.includes(value));
  const labels = choices.map(([value, count]) => choice(name, value, count, chosen.includes(value)));
  facet.lastElementChild.replaceChildren(...(labels.length ? labels : ["—"]));
  if (choices.length < rows.length) {
    const more = Object.assign(document.createElement("button"), { type: "button", textContent: words["more-values"] });
    more.addEventListener("click", () => {
      offer(facet, counts, query, most * 4);
      facet.querySelectorAll("input")[choices.length].focus();
    });
    facet.lastElementChild.append(more);
  }
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
let pause = 0;

function soon() {
  clearTimeout(announcing);
  clearTimeout(timer);
  clearTimeout(pause);
  timer = setTimeout(begin, 120);
  pause = setTimeout(finish, PAUSE);
}

function now() {
  clearTimeout(pause);
  const searching = begin();
  finish();
  return searching;
}

function widen() {
  form.elements.from.value = form.elements.until.value = "";
  for (const input of finder.querySelectorAll(".facets input")) input.checked = false;
  box.focus();
  now();
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

function start() {
  finder.hidden = false;
  document.querySelector(".unscripted").hidden = true;
  if (location.protocol === "file:") {
    giveUp(words.unserved);
    return;
  }
  fillForm();
  finish();
  document.getElementById("search")?.removeAttribute("id");
  box.id = "search";
  if (finished === null) box.focus();
  form.addEventListener("input", soon);
  finder.querySelector(".facets").addEventListener("change", now);
  for (const facet of facets) {
    facet.addEventListener("toggle", () => {
      const mine = hunt;
      if (facet.open && mine) trying(mine.mine, () => countFacets(mine));
    });
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = hits.querySelector(".headline");
    const isDone = hunt && found.textContent !== words.searching && address(hunt.query) === address(wanted());
    if (first && isDone && document.activeElement === box) {
      finish();
      first.focus();
    } else {
      now();
    }
  });
  further.addEventListener("click", () => trying(asked, () => goOn(AT_ONCE)));
  again.addEventListener("click", now);
  clear.addEventListener("click", widen);
  finder.addEventListener("keydown", walk);
  addEventListener("popstate", () => {
    clearTimeout(pause);
    fillForm();
    finish();
    begin();
  });
  trying(asked, load);
  begin();
}

start();
