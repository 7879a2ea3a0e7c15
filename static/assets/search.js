// The search page. The index lies in parts, one for each period. They are asked in groups, the newest
// first, and older ones only as far as results are wanted. A result is the name of its part and its
// number in there; a shelf of the part says its headline, and its own page the words around what was
// looked for. What is asked for stands in the page's address.

const finder = document.getElementById("finder");
const form = finder.querySelector("form");
const box = form.elements.q;
const hits = document.getElementById("hits");
const status = finder.querySelector(".found");
const further = finder.querySelector(".further");
const facets = [...finder.querySelectorAll("[data-facet]")];
const root = new URL(finder.dataset.root, location.href);
const language = finder.dataset.language;
const isRussian = /^ru(-|$)/.test(language);
const dates = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
const dateOf = (iso) => dates.format(new Date(iso.slice(0, 10))).replace(/\s[гр]\.$/, "");
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
const ENDINGS =
  /(?<=[а-я]{4})(?:ой|ей|ом|ем|ым|им|ых|их|ах|ях|ам|ям)(?![а-я])|(?<=[а-я]{3})(?:ыми|ими|ями|ами|ого|его|ому|ему|ую|юю|ая|яя|ое|ее|ые|ие|ый|ий|ою|ею)(?![а-я])|(?<=[а-я]{2})[аеийоуыьюя](?![а-я])/g;
const SOFT = /(?<=[а-я]{2})[аеиь](?![а-я])/g;
const INLINE =
  "a,abbr,b,bdi,bdo,cite,code,del,dfn,em,i,ins,kbd,mark,q,s,samp,small,span,strong,sub,sup,time,tt,u,var,wbr";

let groups = [];
let opening = null;
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
  for (const part of await response.json()) {
    const last = groups.at(-1);
    const isSmall = part.count < FIRST && last?.parts.length < 4;
    const isFull = !isSmall && last?.count >= (groups.length === 1 ? FIRST : GROUP);
    const group = last && !isFull ? last : groups[groups.push({ parts: [], count: 0 }) - 1];
    group.parts.push(part);
    group.count += part.count;
  }
  const pagefind = await import(new URL("pagefind.js", index));
  const options = { basePath: index.pathname, baseUrl: root.pathname, metaCacheTag: "1", noWorker: true };
  opening = Promise.resolve();
  for (const group of groups) {
    group.names = new Map(group.parts.map((part) => [part.name, part]));
    // What runs the search is loaded once for all groups, if they don't ask for it at the same time.
    group.open = () => (group.engine ??= opening = opening.then(() => merged(pagefind.createInstance(options), group)));
  }
  await groups[0].open();
  (globalThis.requestIdleCallback ?? setTimeout)(() => groups[1]?.open());
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
  const days = [];
  for (const day = new Date(from); day <= new Date(until); day.setUTCDate(day.getUTCDate() + 1)) {
    days.push(day.toISOString().slice(0, 10));
  }
  return days;
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
  const found = await engine.search(query.q ? indexed(query.q) : null, { filters });
  const best = new Map();
  for (const result of found.results) {
    const [name, number] = result.id.split(".");
    result.part = group.names.get(name);
    result.number = Number(number);
    if (!best.has(name)) best.set(name, result);
  }
  if (!query.q) return found;
  const meant = await Promise.all([...best.values()].map((result) => isMeant(query.q, result)));
  if (meant.every(Boolean)) return found;
  const others = parts.filter((part) => best.has(part.name) && meant[[...best.keys()].indexOf(part.name)]);
  return askParts(group, others, query, counted);
}

function isNewer(one, other) {
  return one.part === other.part ? other.number - one.number : one.part.from < other.part.from ? 1 : -1;
}

// What is shown of a result: its place on a shelf, and the words of its page.

function keep(url, read) {
  if (!kept.has(url)) {
    kept.set(url, fetch(url).then((response) => (response.ok ? read(response) : Promise.reject(new Error(url)))));
  }
  return kept.get(url);
}

async function shown(result) {
  const { part, number } = result;
  const shelf = new URL(`${part.path}shelf/${Math.floor(number / SHELF)}.shelf?${part.tag}`, root).href;
  const articles = await keep(shelf, (response) =>
    new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).json(),
  );
  const [url, headline, date, ...byline] = articles[number % SHELF];
  return { url: new URL(url, root).href, headline, date, byline };
}

async function wordsOf(url) {
  return keep(url, async (response) => {
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const body = page.querySelector(".body");
    if (!body) return (page.querySelector("meta[name=description]")?.content ?? "").split(/\s+/);
    for (const mark of body.querySelectorAll(`:not(${INLINE})`)) {
      mark.before("\n");
      mark.append("\n");
    }
    return body.textContent.trim().split(/\s+/);
  }).catch(() => []);
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
  history.replaceState(null, "", address(query));
  document.querySelector(".ways").hidden = Boolean(query.q);
  if (!query.q && !query.from && !query.until && !Object.keys(query.chosen).length) {
    hits.replaceChildren();
    for (const facet of facets) facet.hidden = true;
    status.textContent = "";
    further.hidden = true;
    return;
  }
  status.textContent = words.searching;
  const left = groups.filter((group) => group.parts.some((part) => reaches(part, query)));
  hunt = { query, mine, results: [], shown: 0, left, searched: [], patience: PATIENCE };
  await goOn(AT_ONCE);
}

async function goOn(more) {
  const mine = hunt;
  const isWhole = mine.query.order === "relevance" && mine.query.q;
  const goal = mine.shown + more;
  let { patience } = mine;
  mine.patience *= 4;
  while (mine.left.length && patience > 0 && (isWhole || mine.results.length < goal)) {
    const [group, next] = mine.left;
    if (next && patience > group.count && (isWhole || mine.searched.length)) next.open();
    const answers = await ask(group, mine.query);
    if (mine.mine !== asked) return;
    const found = answers.flatMap((answer) => answer.results);
    mine.left.shift();
    mine.searched.push(group);
    patience -= group.count;
    if (isWhole) mine.results = [...mine.results, ...found].sort((one, other) => other.score - one.score || isNewer(one, other));
    else mine.results.push(...found.sort(isNewer));
    if (isWhole && mine.left.length && patience > 0 && found.length) await show(mine, goal, true);
    if (mine.mine !== asked) return;
  }
  await show(mine, goal, false);
  if (mine.mine === asked) await countFacets(mine);
}

async function show(mine, goal, isSearching) {
  const next = mine.results.slice(0, goal);
  const found = await Promise.all(next.map(shown));
  if (mine.mine !== asked) return;
  const there = new Map([...hits.children].map((entry) => [entry.dataset.id, entry]));
  const focused = document.activeElement;
  const items = next.map((result, at) => (mine.shown && there.get(result.id)) || item(result, found[at], mine.query.q));
  if (items.some((entry, at) => entry !== hits.children[at]) || items.length !== hits.childElementCount) {
    hits.replaceChildren(...items);
    if (hits.contains(focused)) focused.focus();
  }
  if (further.contains(focused) && !isSearching) items[mine.shown]?.querySelector("a").focus();
  mine.shown = items.length;
  if (!isSearching) {
    next.forEach((result, at) => {
      quotes.set(items[at], () => quote(items[at], found[at].url, result, mine.query.q));
      inSight.observe(items[at]);
    });
  }
  tellHowMany(mine, isSearching);
}

function tellHowMany(mine, isSearching) {
  const count = numbers.format(mine.results.length);
  if (mine.left.length) {
    const since = dateOf(mine.searched.at(-1).parts.at(-1).from);
    status.textContent = words[mine.results.length ? "so-far" : "nothing-so-far"].replace("{date}", since).replace("{}", count);
  } else {
    status.textContent = mine.results.length ? words.found.replace("{}", count) : words.nothing;
  }
  status.setAttribute("aria-busy", isSearching);
  further.hidden = isSearching || (!mine.left.length && mine.shown >= mine.results.length);
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
  time.dateTime = date;
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
  if (!summary.childNodes.length) summary.replaceChildren(...excerpt(await wordsOf(url), result.words, q));
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

// Values are counted where a reader looks at them: what counts them is loaded for nobody else.

async function countFacets(mine) {
  for (const facet of facets) facet.hidden = !mine.results.length && !mine.query.chosen[facet.dataset.facet];
  const open = facets.filter((facet) => facet.open && !facet.hidden);
  const names = open.map((facet) => facet.dataset.facet);
  if (!open.length) return;
  const totals = new Map(names.map((name) => [name, new Map()]));
  for (const group of mine.searched) {
    const answers = await ask(group, mine.query, names);
    if (mine.mine !== asked) return;
    for (const { filters } of answers) {
      for (const [name, counts] of totals) {
        for (const [value, count] of Object.entries(filters[name] ?? {})) {
          if (count) counts.set(value, (counts.get(value) ?? 0) + count);
        }
      }
    }
  }
  for (const facet of open) tell(facet, totals.get(facet.dataset.facet), mine.query);
}

function tell(facet, counts, query) {
  const name = facet.dataset.facet;
  const chosen = query.chosen[name] ?? [];
  const focused = document.activeElement?.name === name ? document.activeElement.value : null;
  for (const value of chosen) if (!counts.has(value)) counts.set(value, 0);
  const rows = [...counts].sort((one, other) =>
    name === "year" ? other[0].localeCompare(one[0]) : other[1] - one[1] || one[0].localeCompare(other[0], language),
  );
  const choices = rows.filter(([value], place) => place < 15 || chosen.includes(value));
  if (!choices.length) facet.lastElementChild.textContent = "—";
  else facet.lastElementChild.replaceChildren(...choices.map(([value, count]) => choice(name, value, count, chosen.includes(value))));
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
  for (const facet of facets) facet.addEventListener("toggle", () => facet.open && hunt && countFacets(hunt));
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
