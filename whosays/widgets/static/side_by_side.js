// Two texts side by side. What is shared and what was changed is worked out in Python
// (whosays/evidence/side_by_side.py); this draws it, lights pairs, and jumps between partners.

const SIDES = ["a", "b"];
const SILENT = "No answer yet. If nothing comes, choose Run, then Run All Cells.";
const NAMES = { a: "left", b: "right" };
const LEGEND = {
  shared: "Underlined words stand in both texts. A number marks where a passage begins; press it to go to its partner.",
  changed: "Bold words underlined twice stand only in this text, or otherwise in the other; \u2038 marks where words of the other text are missing.",
};

// words that may not be shown are bars, a bar a word, so that their number can be seen
const MOST_BARS = 60;
function bars(words) {
  const said = `${words} word${words === 1 ? "" : "s"} that may not be shown`;
  const row = make("span", { class: "ws-sbs-bars", role: "img", title: said, "aria-label": said });
  for (let i = 0; i < Math.min(words, MOST_BARS); i += 1) {
    const style = `width:${1.2 + ((i * 7) % 5) * 0.4}em`;
    row.append(make("span", { class: "ws-sbs-bar", style }), " ");
  }
  if (words > MOST_BARS) row.append(`\u2026 ${words} words `);
  return row;
}

function choice(legend, name, options, chosen, changed) {
  const set = make("fieldset", {}, make("legend", {}, legend));
  for (const [value, words] of options) {
    const checked = value === chosen;
    const input = make("input", { type: "radio", name, value, checked, onchange: () => changed(value) });
    set.append(make("label", {}, input, ` ${words}`));
  }
  return set;
}

function tick(words, checked, changed) {
  const input = make("input", { type: "checkbox", checked, onchange: () => changed(input.checked) });
  return make("label", {}, input, ` ${words}`);
}

function slider(words, value, changed) {
  const input = make("input", { type: "range", min: 3, max: 40, step: 1, value });
  const shown = make("span", { class: "ws-sbs-shown" }, `${value} words`);
  let waiting = 0;
  input.addEventListener("input", () => {
    shown.textContent = `${input.value} words`;
    input.setAttribute("aria-valuetext", shown.textContent);
    clearTimeout(waiting);
    waiting = setTimeout(() => changed(Number(input.value)), 80);
  });
  input.setAttribute("aria-valuetext", shown.textContent);
  return make("label", { class: "ws-sbs-slider" }, `${words} `, input, " ", shown);
}

function render({ model, el }) {
  const id = unique("sbs");
  const root = make("div", { class: "ws-sbs" });
  let asked = 0;
  const [ask, answered] = asking(() => { summary.textContent = SILENT; });
  const set = (name, value) => ask(() => {
    asked += 1;
    model.set(name, value);
    model.save_changes();
    model.send({ ask: asked });
  });
  // a widget that started late hears nothing from Python, nor does one whose kernel is gone
  const heard = (message) => {
    if (message.heard !== asked) return;
    answered();
    summary.textContent = model.get("view").summary;
  };
  model.on("msg:custom", heard);
  const summary = make("p", { class: "ws-sbs-summary", role: "status", "aria-live": "polite" });
  const order = make("p", { class: "ws-sbs-order" });
  const legend = make("p", { class: "ws-sbs-order" });
  const columns = make("div", { class: "ws-sbs-columns" });
  const list = make("div", { class: "ws-sbs-list" });
  const controls = make("div", { class: "ws-sbs-controls" },
    choice("Show", `${id}-show`, [["shared", "what is shared"], ["changed", "what was changed"]],
      model.get("show"), (value) => set("show", value)),
    choice("As", `${id}-as`, [["columns", "two columns"], ["list", "a list of passages"]],
      model.get("shape"), (value) => set("shape", value)),
    slider("Passages of at least", model.get("least"), (value) => set("least", value)),
    tick("Ignore quotations", model.get("ignore_quotations"), (value) => set("ignore_quotations", value)),
    tick("Ignore set phrases", model.get("ignore_set_phrases"), (value) => set("ignore_set_phrases", value)),
  );
  root.append(controls, summary, order, legend, columns, list);
  el.append(root);

  // passage number -> its elements in both columns and its row, and its two number buttons
  let lights = new Map();
  let buttons = { a: new Map(), b: new Map() };
  let scrollers = {};
  let lit = [];
  let litFor = "";

  function remember(number, element) {
    if (!lights.has(number)) lights.set(number, []);
    lights.get(number).push(element);
  }

  function light(numbers) {
    if (litFor === String(numbers)) return;
    litFor = String(numbers);
    for (const element of lit) element.classList.remove("ws-sbs-lit");
    lit = numbers.flatMap((number) => lights.get(number) ?? []);
    for (const element of lit) element.classList.add("ws-sbs-lit");
  }

  function bring(side, number) {
    const target = buttons[side].get(number);
    const box = scrollers[side];
    const by = target.getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollTop += by - box.clientHeight / 4;
    return target;
  }

  function jump(side, number) {
    const target = bring(side, number);
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  }

  function drawColumn(side) {
    const { heading, pieces } = model.get("view")[side];
    const other = side === "a" ? "b" : "a";
    const head = make("dl", {});
    for (const [label, value] of heading) head.append(make("dt", {}, label), make("dd", {}, value));
    const name = `Text on the ${NAMES[side]}: ${heading[0][1]}`;
    const text = make("div", { class: "ws-sbs-text", tabindex: 0, role: "region", "aria-label": name });
    for (const piece of pieces) {
      for (const number of piece.begins) {
        const says = `Passage ${number}, on the ${NAMES[side]}. Press to go to its partner on the ${NAMES[other]}.`;
        const button = make("button", {
          type: "button", class: "ws-sbs-number", "aria-label": says, "data-pairs": number,
          onclick: () => jump(other, number),
        }, String(number));
        buttons[side].set(number, button);
        remember(number, button);
        text.append(button);
      }
      if (piece.missing) {
        const says = `words of the ${NAMES[other]} text are missing here`;
        text.append(make("span", { class: "ws-sbs-missing", role: "img", "aria-label": says }, "\u2038"));
      }
      const unknown = piece.text === undefined;
      const words = unknown ? bars(piece.words) : piece.text;
      if (!piece.pairs.length && !unknown) {
        text.append(words);
        continue;
      }
      const kind = piece.kind ? ` ws-sbs-${piece.kind}` : "";
      const span = make("span", { class: `ws-sbs-piece${kind}${unknown ? " ws-sbs-unknown" : ""}` }, words);
      if (piece.pairs.length) {
        span.dataset.pairs = piece.pairs.join(" ");
        for (const number of piece.pairs) remember(number, span);
        // with the mouse: bring the partner into sight without moving the focus
        span.addEventListener("click", () => bring(other, piece.pairs[0]));
      }
      text.append(span);
    }
    scrollers[side] = text;
    return make("div", {}, head, text);
  }

  function drawList() {
    const rows = model.get("view").rows;
    const changed = model.get("show") === "changed";
    for (const [number, elements] of lights) lights.set(number, elements.filter((e) => e.tagName !== "TR"));
    const table = make("table", { class: "ws-t" });
    const caption = changed ? "The passages: what was changed" : "The passages: what is shared";
    table.append(make("caption", {}, caption));
    const alone = model.get("shape") === "list"; // below the columns, which have the words themselves
    const titles = ["passage", "words that agree", "why it counts", "what was changed",
      ...(alone ? ["kind", "left", "right"] : [])];
    table.append(make("thead", {}, make("tr", {}, ...titles.map((t) => make("th", { scope: "col" }, t)))));
    const body = make("tbody", {});
    for (const row of rows) {
      if (changed && row.changes === "none") continue;
      const cells = [String(row.words), row.why, row.changes,
        ...(alone ? [row.kind, `${row.left} (${row.left_at})`, `${row.right} (${row.right_at})`] : [])];
      const line = make("tr", { "data-pairs": row.number }, make("th", { scope: "row" }, String(row.number)),
        ...cells.map((cell) => make("td", {}, cell)));
      remember(row.number, line);
      body.append(line);
    }
    table.append(body);
    if (!body.children.length) {
      return make("p", {}, changed && rows.length ? "Every passage stands word for word." : "Nothing to list.");
    }
    return table;
  }

  // shared or changed: the columns hold both, a class says which is marked
  function drawShow() {
    root.classList.toggle("ws-sbs-mode-changed", model.get("show") === "changed");
    legend.textContent = LEGEND[model.get("show")];
    legend.hidden = model.get("shape") === "list" || !model.get("view").rows.length;
    list.replaceChildren(drawList());
  }

  function draw() {
    const at = SIDES.map((side) => scrollers[side]?.scrollTop ?? 0);
    lights = new Map();
    buttons = { a: new Map(), b: new Map() };
    lit = [];
    litFor = "";
    const asList = model.get("shape") === "list";
    columns.hidden = asList;
    columns.replaceChildren(...(asList ? [] : SIDES.map(drawColumn)));
    drawShow();
    const view = model.get("view");
    if (summary.textContent !== view.summary) summary.textContent = view.summary;
    order.textContent = view.order;
    order.hidden = !view.order;
    if (!asList) SIDES.forEach((side, i) => { scrollers[side].scrollTop = at[i]; });
  }

  const numbersOf = (event) => (event.target.closest("[data-pairs]")?.dataset.pairs ?? "")
    .split(" ").filter(Boolean).map(Number);
  for (const name of ["mouseover", "focusin"]) {
    root.addEventListener(name, (event) => light(numbersOf(event)));
  }
  root.addEventListener("mouseleave", () => light([]));
  model.on("change:view change:shape", draw);
  model.on("change:show", drawShow);
  draw();
  return () => {
    answered();
    model.off("msg:custom", heard);
    model.off("change:view change:shape", draw);
    model.off("change:show", drawShow);
  };
}

export default { render };
