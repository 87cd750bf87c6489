// The origin tree of a claim in the ARIA pattern of a tree view. What is counted, and why, is worked
// out in Python (whosays/ledger.py); this draws it, walks it, and shows the step that is opened.

const SUPPRESS = { "data-lm-suppress-shortcuts": "true" }; // on the focused element itself, as JupyterLab wants it
const PAUSE = 1000; // milliseconds after which typed letters begin a new word

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

function render({ model, el }) {
  // ids hold for the whole page, and every widget loads this module anew
  const id = `ws-ledger-${Math.random().toString(36).slice(2)}`;
  const claim = make("p", { class: "ws-ledger-claim", id: `${id}-claim` });
  const summary = make("p", { class: "ws-ledger-summary", role: "status", "aria-live": "polite" });
  const cautions = make("ul", { class: "ws-ledger-cautions" });
  const tree = make("ul", { role: "tree", "aria-labelledby": `${id}-claim`, "aria-describedby": `${id}-help` });
  const step = make("div", { class: "ws-ledger-step", role: "region", "aria-label": "The step that is open" });
  const help = make("p", { class: "ws-ledger-help", id: `${id}-help` },
    "Press a line to open its passage. By keyboard: arrows walk, open and close; Home and End; letters find a line; Enter goes to its passage, Escape comes back.");
  const tools = make("div", { class: "ws-ledger-tools" },
    make("button", { type: "button", ...SUPPRESS, onclick: () => everything(true) }, "Open all branches"),
    make("button", { type: "button", ...SUPPRESS, onclick: () => everything(false) }, "Close all"));
  el.classList.add("ws-ledger");
  el.append(claim, summary, cautions, tools, help, make("div", { class: "ws-ledger-both" }, tree, step));

  let items = []; // in the order of the tree, open or not
  let typed = "";
  let typedAt = 0;

  const parent = (item) => item.parentElement.closest("[role=treeitem]");
  const branch = (item) => item.querySelector(":scope > [role=group]");
  const isOpen = (item) => item.getAttribute("aria-expanded") === "true";
  const visible = () => items.filter((item) => {
    for (let above = parent(item); above; above = parent(above)) if (!isOpen(above)) return false;
    return true;
  });

  function expand(item, open) {
    if (!branch(item)) return;
    item.setAttribute("aria-expanded", String(open));
    // the focus may not stay in a branch that is closed
    const here = items.find((other) => other.tabIndex === 0);
    if (!open && here !== item && item.contains(here)) settle(item);
  }

  function everything(open) {
    for (const item of items) expand(item, open);
  }

  /** The one line that Tab stops at. */
  function settle(item) {
    for (const other of items) other.tabIndex = other === item ? 0 : -1;
  }

  function go(item) {
    if (!item) return;
    settle(item);
    item.focus();
    item.firstElementChild.scrollIntoView({ block: "nearest" });
  }

  function draw(at) {
    const { kind, words, cite, html } = at;
    const title = make("h4", { id: `${id}-title`, tabindex: "-1" }, `${kind ? `${kind}: ` : ""}${words}`);
    const back = make("button", { type: "button", ...SUPPRESS, onclick: () => go(items.find((i) => i.tabIndex === 0)) }, "Back to the tree");
    const body = make("div", { class: "ws" });
    body.innerHTML = html; // made by our own views, with everything from outside escaped
    step.replaceChildren(title, make("p", { class: "ws-ledger-under" }, `[${cite}]`), body, back);
    step.scrollTop = 0;
    return title;
  }

  function open(item, jump) {
    const at = model.get("view").steps[items.indexOf(item)];
    settle(item);
    if (!at.html) return void expand(item, !isOpen(item));
    for (const other of items) other.setAttribute("aria-selected", String(other === item));
    const title = draw(at);
    if (jump) {
      title.focus({ preventScroll: true });
      step.scrollIntoView({ block: "nearest" });
    } else item.focus({ preventScroll: true });
  }

  function find(letter, from) {
    const now = Date.now();
    typed = now - typedAt < PAUSE ? typed + letter.toLowerCase() : letter.toLowerCase();
    typedAt = now;
    const lines = visible();
    const first = lines.indexOf(from);
    // one letter, once or again, goes on to the next line; more letters may stay on this one
    const order = [...lines.slice(first + 1), ...lines.slice(0, first + 1)];
    const word = [...typed].every((c) => c === typed[0]) ? typed[0] : typed;
    if (word.length > 1) order.unshift(from);
    go(order.find((item) => item.dataset.words.startsWith(word)));
  }

  tree.addEventListener("keydown", (event) => {
    const item = event.target.closest("[role=treeitem]");
    if (!item || event.ctrlKey || event.altKey || event.metaKey || (event.shiftKey && event.key === "Enter")) return;
    const lines = visible();
    const at = lines.indexOf(item);
    const { key } = event;
    const done = () => { event.preventDefault(); event.stopPropagation(); };
    if (key === "ArrowDown") { done(); go(lines[at + 1]); }
    else if (key === "ArrowUp") { done(); go(lines[at - 1]); }
    else if (key === "Home") { done(); go(lines[0]); }
    else if (key === "End") { done(); go(lines.at(-1)); }
    else if (key === "ArrowRight") {
      done();
      if (branch(item) && !isOpen(item)) expand(item, true);
      else if (branch(item)) go(branch(item).firstElementChild);
    } else if (key === "ArrowLeft") {
      done();
      if (branch(item) && isOpen(item)) expand(item, false);
      else go(parent(item));
    } else if (key === "Enter" || (key === " " && Date.now() - typedAt >= PAUSE)) { done(); open(item, true); }
    else if (key === "*") { done(); for (const other of item.parentElement.children) expand(other, true); }
    else if (key.length === 1) { done(); find(key, item); }
  });

  tree.addEventListener("click", (event) => {
    const item = event.target.closest("[role=treeitem]");
    if (!item) return;
    if (event.target.closest(".ws-ledger-twist") && branch(item)) {
      expand(item, !isOpen(item));
      settle(item);
      item.focus({ preventScroll: true });
    } else open(item, false);
  });
  // a screen reader may set the focus itself
  tree.addEventListener("focusin", (event) => {
    if (items.includes(event.target)) settle(event.target);
  });

  step.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    go(items.find((item) => item.tabIndex === 0));
  });

  function line(at, number) {
    const kind = at.kind && make("span", { class: `ws-ledger-kind${at.kind.startsWith("●") ? " ws-counts" : ""}` }, at.kind);
    const under = [at.why, at.cite && `[${at.cite}]`].filter(Boolean).join(" ");
    return make("span", { class: "ws-ledger-line", id: `${id}-${number}` },
      make("span", { class: "ws-ledger-twist", "aria-hidden": "true" }),
      make("span", {}, kind, kind ? " " : "", at.words, under && " ", under && make("span", { class: "ws-ledger-under" }, under)));
  }

  function paint() {
    const view = model.get("view");
    claim.textContent = `${view.claim} [${view.cite}]`;
    if (summary.textContent !== view.summary) summary.textContent = view.summary;
    cautions.replaceChildren(...view.cautions.map((words) => make("li", {}, words)));
    cautions.hidden = !view.cautions.length;
    tree.replaceChildren();
    step.replaceChildren();
    items = [];
    const above = [tree]; // by depth, the list that the next step goes into
    view.steps.forEach((at, number) => {
      const inner = view.steps[number + 1]?.depth > at.depth;
      const item = make("li", {
        role: "treeitem", "aria-level": at.depth, "aria-selected": "false", tabindex: number ? "-1" : "0",
        "aria-labelledby": `${id}-${number}`, "data-words": at.words.toLowerCase(), ...SUPPRESS,
      }, line(at, number));
      items.push(item);
      above[at.depth - 1].append(item);
      if (inner) {
        item.setAttribute("aria-expanded", String(at.open));
        above[at.depth] = make("ul", { role: "group" });
        item.append(above[at.depth]);
      }
    });
    for (const item of items) {
      const among = [...item.parentElement.children];
      item.setAttribute("aria-setsize", among.length);
      item.setAttribute("aria-posinset", among.indexOf(item) + 1);
    }
  }

  model.on("change:view", paint);
  paint();
  return () => model.off("change:view", paint);
}

export default { render };
