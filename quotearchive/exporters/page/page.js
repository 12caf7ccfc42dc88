"use strict";
/* Search, filters, timeline, copying. Without it the page shows everything and its links work. */
(() => {
  const MOST_OPTIONS = 8;
  const MOST_BINS = 10;
  const MOST_HIGHLIGHTED = 200;
  const AT_ONCE = 5;
  const FACETS = ["speaker", "topic", "when"];
  const STEPS = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000];
  const NOT_KNOWN = "";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  /* Folding, as the archive's own search folds: the page brings what its letters may be written as. */
  const folds = new Map();
  for (const [piece, signs] of Object.entries(JSON.parse(one("#folding").textContent))) {
    for (const sign of signs) folds.set(sign, piece);
  }
  const foldWithMap = (text) => {
    let folded = "";
    const starts = [];
    let at = 0;
    for (const sign of text) {
      const piece = folds.get(sign) ?? sign;
      if (piece !== " " || !folded.endsWith(" ")) {
        folded += piece;
        for (let i = 0; i < piece.length; i += 1) starts.push(at);
      }
      at += sign.length;
    }
    starts.push(at);
    return { folded, starts };
  };
  const fold = (text) => {
    let folded = "";
    let blank = false;
    for (const sign of text) {
      const piece = folds.get(sign) ?? sign;
      if (piece === "") continue;
      if (piece !== " " || !blank) folded += piece;
      blank = piece === " ";
    }
    return folded;
  };
  /* Words, and phrases in quotation marks of any kind, which folding makes alike. */
  const terms = (query) => [...fold(query).matchAll(/"([^"]+)"?|[^\s"]+/g)]
    .map((found) => (found[1] ?? found[0]).trim()).filter(Boolean);

  const months = (when) => when.split("/").map((day, end) => {
    const [year, month] = day.split("-").map(Number);
    return year * 12 + (month ? month - 1 : end * 11);
  });
  const withParents = (topic) => topic.split("/").map((_, depth, parts) => parts.slice(0, depth + 1).join("/"));

  const documents = all(".document");
  const items = documents.flatMap((article) => {
    const marks = new Map();
    for (const mark of all("mark", article)) {
      const number = mark.dataset.quote;
      marks.set(number, [...(marks.get(number) ?? []), mark]);
    }
    return all(".card", article).map((card) => ({
      article, card, marks: marks.get(card.id.slice(6)) ?? [], shown: true, failed: 0, haystack: null,
      values: {
        speaker: [card.dataset.speaker],
        topic: [...new Set(JSON.parse(card.dataset.topics).flatMap(withParents))],
        when: [],
      },
      months: card.dataset.when ? months(card.dataset.when) : null,
    }));
  });
  for (const item of items) if (!item.values.topic.length) item.values.topic.push(NOT_KNOWN);
  const titles = new Map(documents.map((article) => [article, fold(one("h2", article).textContent)]));
  const searched = (part) => !part.matches(".source, .context");
  const haystack = (item) => {
    if (item.haystack === null) {
      const parts = [...item.card.children].filter(searched).map((part) => fold(part.textContent));
      item.haystack = [titles.get(item.article), ...parts].join("\n");
    }
    return item.haystack;
  };

  /* What is asked: terms that all must occur, and for each facet the values of which one must. */
  const asked = { terms: [], speaker: new Set(), topic: new Set(), when: new Set() };
  const counts = { speaker: new Map(), topic: new Map(), when: new Map() };
  const options = { speaker: [], topic: [], when: [] };

  const judge = (item) => {
    item.failed = asked.terms.every((term) => haystack(item).includes(term)) ? 0 : 1;
    FACETS.forEach((facet, index) => {
      const wanted = asked[facet];
      if (wanted.size && !item.values[facet].some((value) => wanted.has(value))) item.failed |= 2 << index;
    });
  };
  /* Writes to the page only what changes: ten thousand quotes are filtered while one types. */
  const show = (item, shown) => {
    if (item.shown === shown) return;
    item.shown = shown;
    item.card.hidden = !shown;
    for (const mark of item.marks) mark.classList.toggle("off", !shown);
  };
  const plural = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;

  /* Cards are shown and hidden at once where the reader looks, elsewhere as soon as there is time. */
  const itemsOf = new Map(documents.map((article) => [article, []]));
  for (const item of items) itemsOf.get(item.article).push(item);
  const near = new Set();
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) { near.add(target); settle(target); } else near.delete(target);
    }
  }, { rootMargin: "100%" });
  for (const article of documents) watcher.observe(article);
  const settle = (article) => {
    unsettled.delete(article);
    if (!article.hidden) for (const item of itemsOf.get(article)) show(item, item.failed === 0);
  };
  const unsettled = new Set();
  const settleAll = () => { for (const article of unsettled) settle(article); };
  const later = window.requestIdleCallback ?? ((work) => setTimeout(() => work({ timeRemaining: () => 10 }), 50));
  const settleLater = (deadline) => {
    for (const article of unsettled) {
      if (deadline.timeRemaining() < 2) { later(settleLater); return; }
      settle(article);
    }
  };

  const update = () => {
    for (const facet of FACETS) counts[facet].clear();
    const occupied = new Set();
    let found = 0;
    let first = AT_ONCE;
    for (const item of items) {
      judge(item);
      if (item.failed === 0) { found += 1; occupied.add(item.article); }
      FACETS.forEach((facet, index) => {
        if (item.failed & ~(2 << index)) return;
        for (const value of item.values[facet]) counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
      });
    }
    for (const article of documents) {
      const empty = !occupied.has(article);
      if (article.hidden !== empty) article.hidden = empty;
      if (near.has(article) || (!empty && first > 0)) settle(article); else unsettled.add(article);
      first -= empty ? 0 : 1;
    }
    later(settleLater);
    one("#none").hidden = found > 0;
    one("#clear").hidden = !asked.terms.length && FACETS.every((facet) => !asked[facet].size);
    one("#count").textContent = found === items.length ? plural(found, "quote")
      : `${found.toLocaleString("en")} of ${plural(items.length, "quote")}`;
    for (const facet of FACETS) for (const option of options[facet]) if (!option.element.hidden) option.refresh();
    highlight();
  };

  const highlight = () => {
    if (!window.CSS?.highlights) return;
    CSS.highlights.delete("found");
    if (!asked.terms.length) return;
    const ranges = [];
    for (const item of items.filter(({ failed }) => failed === 0).slice(0, MOST_HIGHLIGHTED)) {
      for (const node of one("blockquote", item.card).childNodes) ranges.push(...hits(node));
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  };
  const hits = (node) => {
    if (node.nodeType !== Node.TEXT_NODE) return [];
    const { folded, starts } = foldWithMap(node.data);
    return asked.terms.flatMap((term) => {
      const ranges = [];
      for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) {
        const range = new Range();
        range.setStart(node, starts[at]);
        range.setEnd(node, starts[at + term.length]);
        ranges.push(range);
      }
      return ranges;
    });
  };

  const choose = (facet, value, chosen) => {
    if (chosen) asked[facet].add(value); else asked[facet].delete(value);
    update();
  };

  /* Check boxes, with how many quotes each would show beside the other filters. */
  const checkbox = (facet, value, name, isBelow) => {
    const box = make("input", { type: "checkbox" });
    const amount = make("span", { className: "amount" });
    const label = make("label", {}, box, make("bdi", { className: "name", textContent: name }), amount);
    const element = make("li", { className: isBelow ? "below" : "" }, label);
    box.addEventListener("change", () => choose(facet, value, box.checked));
    let told = null;
    const refresh = () => {
      const count = counts[facet].get(value) ?? 0;
      if (count !== told) amount.textContent = told = count;
      box.checked = asked[facet].has(value);
    };
    return { element, refresh };
  };
  const tally = (facet) => {
    const totals = new Map();
    for (const item of items) for (const value of item.values[facet]) totals.set(value, (totals.get(value) ?? 0) + 1);
    return totals;
  };
  const collator = new Intl.Collator();
  const list = (facet, values, name, isBelow = () => false) => {
    const place = one(`#${facet} ul`);
    options[facet] = values.map((value) => checkbox(facet, value, name(value), isBelow(value)));
    options[facet].forEach(({ element }, index) => { element.hidden = index >= MOST_OPTIONS; place.append(element); });
    if (values.length > MOST_OPTIONS) {
      const more = make("button", { type: "button", className: "more", textContent: `Show all ${values.length}` });
      more.addEventListener("click", () => {
        for (const option of options[facet]) { option.element.hidden = false; option.refresh(); }
        one("input", options[facet][MOST_OPTIONS].element).focus();
        more.remove();
      });
      place.after(more);
    }
    one(`#${facet}`).hidden = values.length === 0;
  };
  const listSpeakers = () => {
    const totals = tally("speaker");
    const order = (a, b) => (a === NOT_KNOWN) - (b === NOT_KNOWN) || totals.get(b) - totals.get(a) || collator.compare(a, b);
    list("speaker", [...totals.keys()].sort(order), (value) => value || "Not known");
  };
  const listTopics = () => {
    const totals = tally("topic");
    const order = (a, b) => (a === NOT_KNOWN) - (b === NOT_KNOWN) || collator.compare(a, b);
    const values = [...totals.keys()].sort(order);
    if (values.length === 1 && values[0] === NOT_KNOWN) values.pop();
    list("topic", values, (value) => value || "No topic", (value) => value.includes("/"));
  };

  /* The timeline: at most ten stretches of time, each a button as tall as its share. */
  const month = (count) => `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}`;
  const bins = () => {
    const dated = items.filter((item) => item.months);
    if (!dated.length) return [];
    const first = dated.reduce((least, item) => Math.min(least, item.months[0]), Infinity);
    const last = dated.reduce((most, item) => Math.max(most, item.months[1]), -Infinity);
    const step = STEPS.find((size) => Math.floor(last / size) - Math.floor(first / size) < MOST_BINS) ?? STEPS.at(-1);
    const start = Math.floor(first / step) * step;
    const found = [];
    for (let from = start; from <= last && found.length < MOST_BINS; from += step) {
      const years = [from, from + step - 1].map((count) => Math.floor(count / 12));
      const name = step >= 12 ? [...new Set(years)].join("–") : [...new Set([month(from), month(from + step - 1)])].join("–");
      found.push({ from, to: from + step - 1, name });
    }
    return found;
  };
  const drawTimeline = () => {
    const found = bins();
    for (const item of items) {
      item.values.when = !item.months ? [NOT_KNOWN]
        : found.filter(({ from, to }) => item.months[0] <= to && item.months[1] >= from).map(({ name }) => name);
    }
    const bars = found.map(({ name }) => {
      const bar = make("span", { className: "bar" });
      const element = make("button", { type: "button" }, bar);
      element.addEventListener("click", () => choose("when", name, !asked.when.has(name)));
      const refresh = () => {
        const count = counts.when.get(name) ?? 0;
        const most = Math.max(1, ...found.map((bin) => counts.when.get(bin.name) ?? 0));
        const told = `${count}/${most}`;
        if (bar.dataset.told === told) { element.setAttribute("aria-pressed", asked.when.has(name)); return; }
        bar.dataset.told = told;
        bar.style.setProperty("--share", count / most);
        bar.classList.toggle("none", !count);
        element.title = `${name}: ${plural(count, "quote")}`;
        element.setAttribute("aria-label", element.title);
        element.setAttribute("aria-pressed", asked.when.has(name));
      };
      return { element, refresh };
    });
    one(".timeline").append(...bars.map(({ element }) => element));
    one(".scale").append(...[found[0], found.at(-1)].filter((bin, i, ends) => bin && (i === 0 || bin !== ends[0]))
      .map(({ name }) => make("span", { textContent: name })));
    const undated = items.some((item) => !item.months) ? [checkbox("when", NOT_KNOWN, "Not dated")] : [];
    one("#when ul").append(...undated.map(({ element }) => element));
    one(".timeline").hidden = !found.length;
    options.when = [...bars, ...undated];
  };

  /* Copying: through the clipboard where the browser lets a page have it, else by a selection. */
  const copyText = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = make("textarea", { value: text, className: "unseen" });
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  };
  const copy = async (button) => {
    const card = button.closest(".card");
    const words = one("blockquote", card).textContent;
    await copyText(`“${words}” (${one(".speaker", card).textContent}; ${one("cite", card).textContent})`);
    const label = button.firstChild;
    label.data = "Copied";
    setTimeout(() => { label.data = "Copy"; }, 1500);
  };

  const point = (target) => {
    for (const element of all(".shown")) element.classList.remove("shown");
    if (!target) return;
    target.classList.add("shown");
    target.scrollIntoView({ block: "nearest" });
  };
  /* The system says whether it is dark until the reader does. */
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const tellTheme = () => one("#theme").setAttribute("aria-pressed", isDark());

  const clear = () => {
    one("#search").value = "";
    asked.terms = [];
    for (const facet of FACETS) asked[facet].clear();
    update();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".copy");
    if (button) { copy(button); return; }
    const mark = event.target.closest("mark:not(.off)");
    if (mark && !event.target.closest("a")) point(document.getElementById(`quote-${mark.dataset.quote}`));
  });
  document.addEventListener("keydown", (event) => {
    const field = one("#search");
    if (event.key === "/" && !event.target.closest("input, textarea") && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      field.focus();
      field.select();
    } else if (event.key === "Escape" && event.target === field) {
      field.value = "";
      asked.terms = [];
      update();
    }
  });
  one("#search").addEventListener("input", (event) => { asked.terms = terms(event.target.value); update(); });
  one("#clear").addEventListener("click", () => { clear(); one("#search").focus(); });
  one("#theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    tellTheme();
  });
  system.addEventListener("change", tellTheme);
  tellTheme();

  /* On a narrow screen the filters are folded away until they are wanted. */
  const narrow = matchMedia("(max-width: 50rem)");
  const fit = () => { one("#facets").open = !narrow.matches; };
  narrow.addEventListener("change", fit);
  fit();

  listSpeakers();
  listTopics();
  drawTimeline();
  one(".tools").hidden = false;
  one(".filters").hidden = items.length === 0;
  for (const button of all(".copy")) button.hidden = false;
  update();
  /* The words are folded while the reader looks around, so that the first search is as fast as the next. */
  const waiting = [...items];
  const prepare = (deadline) => {
    while (waiting.length && deadline.timeRemaining() > 1) haystack(waiting.pop());
    if (waiting.length) later(prepare);
  };
  later(prepare);
  window.addEventListener("beforeprint", settleAll);
})();
