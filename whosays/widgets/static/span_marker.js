// The face of a marking: shows what Python holds, sends what is asked for, keeps nothing itself but
// the cursor and the selection. Words are counted, never characters, so no offset is converted here.

const SUPPRESS = { "data-lm-suppress-shortcuts": "true" }; // on the focused element itself, as JupyterLab wants it

function button(label, key, onclick, more = {}) {
  return make("button", { type: "button", "data-k": key, onclick, ...SUPPRESS, ...more }, label);
}

function render({ model, el }) {
  const terms = model.get("terms");
  const words = model.get("words");
  const gaps = model.get("gaps");
  let shown = model.get("shown");
  let role = terms.roles[0][0];
  let cursor = 0;
  let anchor = null; // the other end of the selection; null when nothing is selected
  let sent = 0;
  let dragging = false;
  let began = null; // where a drag began, and whether it has moved: a drag inside one word marks that word
  let confirming = false;

  el.classList.add("ws-marker");

  // --- parts -----------------------------------------------------------------------------------

  const roleInputs = {};
  const name = unique("role");
  const roles = make("div", { class: "ws-roles", role: "radiogroup", "aria-label": "Role of the next mark" });
  terms.roles.forEach(([key, label], i) => {
    const input = make("input", { type: "radio", name, value: key, ...SUPPRESS, onchange: () => choose(key) });
    input.checked = key === role;
    roleInputs[key] = input;
    const sample = make("span", { class: `ws-sample ws-${key}`, "aria-hidden": "true" });
    roles.append(make("label", {}, input, make("span", {}, label, sample), make("kbd", { "aria-hidden": "true" }, `${i + 1}`)));
  });

  const markButton = button("", "mark", () => markSelection());
  const beginButton = button("New relation", "begin", () => send("begin"));
  const undoButton = button("Undo", "undo", () => send("undo"));
  const redoButton = button("Redo", "redo", () => send("redo"));
  const resetPlace = make("span", { class: "ws-reset" });
  const tools = make("div", { class: "ws-tools" }, markButton, terms.alone ? null : beginButton, undoButton, redoButton, resetPlace);

  const helpId = `${name}-help`;
  const text = make("div", {
    class: "ws-text",
    role: "listbox",
    "aria-multiselectable": "true",
    "aria-label": `Words of ${terms.title}`,
    "aria-describedby": helpId,
  });
  const help = make("div", { class: "ws-help", id: helpId },
    make("p", {}, "Choose a role, then drag over words, or double-click one word."),
    make("details", {}, make("summary", {}, "With the keyboard"),
      make("p", {}, "Move with the arrow keys, extend with Shift and arrows, mark with Enter. ",
        `1 to ${terms.roles.length} choose the role, Delete removes the mark at the cursor, Ctrl+Z undoes, Esc lets go.`)));

  const wordElements = [];
  const gapElements = [];
  gapElements.push(make("span", { class: "ws-g" }, gaps[0]));
  text.append(gapElements[0]);
  words.forEach((word, i) => {
    const element = make("span", {
      class: "ws-w", role: "option", "aria-selected": "false", tabindex: i === 0 ? "0" : "-1", "data-i": i, ...SUPPRESS,
    }, word);
    const gap = make("span", { class: "ws-g" }, gaps[i + 1]);
    wordElements.push(element);
    gapElements.push(gap);
    text.append(element, gap);
  });
  if (words.length > 300) text.classList.add("ws-long");

  const status = make("div", { class: "ws-status", role: "status", "aria-live": "polite" });
  const heading = make("h4", { tabindex: "-1" }, "Relations");
  const list = make("ol", { class: "ws-relations", "aria-label": `${terms.alone ? "Marks" : "Relations"}, in the order of the text` });
  const checkButton = button("Check", "check", () => send("check"), { class: "ws-primary" });
  const keyButton = button("Show the case's own reading", "key", () => send("key"));
  const machineButton = button("", "machine", () => send("machine", { show: !shown.suggestions }));
  const actions = make("div", { class: "ws-tools" });
  if (terms.has_key) actions.append(checkButton, keyButton);
  if (!terms.alone) actions.append(machineButton);
  const machine = make("ol", { class: "ws-relations ws-suggestions", "aria-label": "The machine's first pass" });
  const details = make("div", { class: "ws-details" });
  el.append(make("p", { class: "ws-title" }, terms.title), roles, text, help, tools, status, heading, list, actions, machine, details);

  // --- talking to Python ------------------------------------------------------------------------

  const [ask, answered] = asking(() => {
    say("Not kept yet: Python does not answer. If nothing comes, choose Run, then Run All Cells.");
  });
  function send(op, more = {}) {
    sent += 1;
    ask(() => model.send({ op, n: sent, ...more }));
  }

  let lastLine = "";
  function say(line) {
    // a live region stays silent when nothing changes, so a repeated line gets an invisible mark
    status.textContent = line && line === lastLine ? `${line}\u2060` : line;
    lastLine = status.textContent;
  }

  // --- cursor and selection ---------------------------------------------------------------------

  function range() {
    return anchor === null ? [cursor, cursor] : [Math.min(anchor, cursor), Math.max(anchor, cursor)];
  }

  let selected = null;
  function paintSelection() {
    const now = anchor === null ? null : range();
    const touch = new Set();
    for (const span of [selected, now]) {
      if (span) for (let i = span[0]; i <= span[1]; i++) touch.add(i);
    }
    for (const i of touch) {
      const inside = now !== null && i >= now[0] && i <= now[1];
      wordElements[i].setAttribute("aria-selected", inside ? "true" : "false");
      gapElements[i + 1].classList.toggle("ws-sel", inside && i < now[1]);
    }
    selected = now;
    const [first, last] = range();
    const phrase = words[first] + (last > first + 1 ? " … " : " ") + (last > first ? words[last] : "");
    markButton.textContent = `Mark “${phrase.trim()}” as ${terms.roles.find(([key]) => key === role)[1]}`;
  }

  function moveTo(i, extend, focus = true) {
    if (!words.length) return;
    const next = Math.max(0, Math.min(words.length - 1, i));
    if (extend && anchor === null) anchor = cursor;
    if (!extend) anchor = null;
    wordElements[cursor].tabIndex = -1;
    cursor = next;
    wordElements[cursor].tabIndex = 0;
    if (focus) wordElements[cursor].focus();
    paintSelection();
  }

  function lineAway(direction) {
    const here = wordElements[cursor].getBoundingClientRect();
    let best = cursor, bestGap = Infinity, top = null;
    for (let i = cursor + direction; i >= 0 && i < words.length; i += direction) {
      const box = wordElements[i].getBoundingClientRect();
      if (Math.abs(box.top - here.top) < here.height / 2) continue;
      if (top === null) top = box.top;
      if (Math.abs(box.top - top) > here.height / 2) break;
      const gap = Math.abs(box.left + box.width / 2 - here.left - here.width / 2);
      if (gap < bestGap) [best, bestGap] = [i, gap];
    }
    return best;
  }

  function choose(key) {
    role = key;
    roleInputs[key].checked = true;
    paintSelection();
  }

  function markSelection() {
    if (!words.length) return;
    const [first, last] = range();
    send("mark", { role, first, last });
    // shown at once; what Python answers takes its place
    const label = terms.roles.find(([key]) => key === role)[1];
    shown = { ...shown, marks: [...shown.marks, { id: "new", role, first, last, tag: label, label }] };
    paintMarks();
    moveTo(last, false, document.activeElement === wordElements[cursor]);
  }

  function marksAt(i) {
    return shown.marks.filter((mark) => mark.first <= i && i <= mark.last)
      .sort((a, b) => a.last - a.first - (b.last - b.first));
  }

  text.addEventListener("keydown", (event) => {
    const { key, shiftKey } = event;
    const chord = event.ctrlKey || event.metaKey;
    const done = () => { event.preventDefault(); event.stopPropagation(); };
    if (chord && key.toLowerCase() === "z") { done(); send(shiftKey ? "redo" : "undo"); return; }
    if (chord && key.toLowerCase() === "y") { done(); send("redo"); return; }
    if (event.altKey || (chord && key !== "Home" && key !== "End")) return;
    if (key === "ArrowRight") { done(); moveTo(cursor + 1, shiftKey); }
    else if (key === "ArrowLeft") { done(); moveTo(cursor - 1, shiftKey); }
    else if (key === "ArrowDown") { done(); moveTo(lineAway(1), shiftKey); }
    else if (key === "ArrowUp") { done(); moveTo(lineAway(-1), shiftKey); }
    else if (key === "Home") { done(); moveTo(0, shiftKey); }
    else if (key === "End") { done(); moveTo(words.length - 1, shiftKey); }
    else if ((key === "Enter" && !shiftKey) || key === " ") { done(); markSelection(); }
    else if (key === "Delete" || key === "Backspace") {
      done();
      const here = marksAt(cursor)[0];
      if (here) send("unmark", { mark: here.id });
      else say("There is no mark at this word.");
    } else if (key === "Escape" && anchor !== null) { done(); moveTo(cursor, false); say("Selection let go."); }
    else if (/^[1-9]$/.test(key) && terms.roles[key - 1]) {
      done();
      choose(terms.roles[key - 1][0]);
      say(`Role: ${terms.roles[key - 1][1]}.`);
    }
  });

  // a screen reader, or a tap, may set the focus itself
  text.addEventListener("focusin", (event) => {
    const i = Number(event.target.dataset?.i);
    if (Number.isInteger(i) && i !== cursor) moveTo(i, false, false);
  });

  function wordUnder(event) {
    const found = document.elementFromPoint(event.clientX, event.clientY)?.closest?.(".ws-w");
    return found && text.contains(found) ? Number(found.dataset.i) : null;
  }
  text.addEventListener("pointerdown", (event) => {
    const i = wordUnder(event);
    if (i === null || event.button !== 0) return;
    event.preventDefault(); // the browser's own selection would be a second one
    moveTo(i, event.shiftKey);
    began = { x: event.clientX, moved: false };
    dragging = event.pointerType !== "touch"; // a finger that moves scrolls
    if (!event.shiftKey) {
      const said = marksAt(i).map((mark) => mark.label).join("; ");
      if (said) say(`“${words[i]}”: ${said}.`);
    }
  });
  function drag(event) {
    if (!dragging) return;
    const i = wordUnder(event);
    if (Math.abs(event.clientX - began.x) > 4) began.moved = true;
    if (i !== null && (i !== cursor || (began.moved && anchor === null))) moveTo(i, true);
  }
  function drop() {
    if (!dragging) return;
    dragging = false;
    if (anchor !== null && (anchor !== cursor || began.moved)) markSelection();
  }
  text.addEventListener("dblclick", (event) => {
    const i = wordUnder(event);
    if (i === null) return;
    moveTo(i, false);
    markSelection();
  });
  text.addEventListener("pointermove", drag);
  window.addEventListener("pointerup", drop);

  // --- marks in the text ------------------------------------------------------------------------

  const painted = new Map(); // word -> what was painted last
  function paintMarks() {
    const lanes = [];
    const order = [...shown.marks].sort((a, b) => b.last - b.first - (a.last - a.first) || a.first - b.first);
    const atWord = new Map();
    for (const mark of order) {
      let lane = lanes.findIndex((taken) => taken.every((other) => other.last < mark.first || mark.last < other.first));
      if (lane < 0) lane = lanes.push([]) - 1;
      lanes[lane].push(mark);
      for (let i = mark.first; i <= mark.last; i++) {
        if (!atWord.has(i)) atWord.set(i, []);
        atWord.get(i).push([lane, mark]);
      }
    }
    text.style.setProperty("--lanes", Math.max(1, lanes.length));
    for (const i of new Set([...painted.keys(), ...atWord.keys()])) {
      const here = atWord.get(i) ?? [];
      const now = here.map(([lane, mark]) => `${lane}:${mark.id}:${mark.role}:${mark.first}:${mark.last}:${mark.label}`).join("|");
      if (painted.get(i) === now) continue;
      paintWord(i, here);
      if (now) painted.set(i, now);
      else painted.delete(i);
    }
  }

  function paintWord(i, here) {
    const element = wordElements[i];
    const lines = (marks, edge) => marks.map(([lane, mark]) => {
      const from = `calc(100% - (var(--lanes) - 1 - ${lane}) * .42em)`;
      const line = `var(--line-${mark.role}) 0 ${from} / 100% .25em no-repeat`;
      const cap = edge && mark.last === i ? `linear-gradient(var(--${mark.role}) 0 0) 100% ${from} / 2px .4em no-repeat, ` : "";
      return cap + line;
    }).join(", ");
    element.style.background = lines(here, true);
    gapElements[i + 1].style.background = lines(here.filter(([, mark]) => mark.last > i), false);
    const starting = here.filter(([, mark]) => mark.first === i).map(([, mark]) => mark);
    const tags = starting.map((mark) =>
      make("span", { class: `ws-tag ws-${mark.role}`, "aria-hidden": "true" }, mark.tag));
    element.replaceChildren(...tags, words[i]);
    if (here.length) element.setAttribute("aria-label", `${words[i]}, ${here.map(([, mark]) => mark.label).join(", ")}`);
    else element.removeAttribute("aria-label");
  }

  function peek(spans, on) {
    for (const [first, last] of spans) {
      for (let i = first; i <= last; i++) wordElements[i].classList.toggle("ws-peek", on);
    }
  }

  // --- lists ------------------------------------------------------------------------------------

  function field(label, control) {
    return make("label", { class: "ws-field" }, make("span", {}, label), control);
  }

  function select(key, options, value, onchange) {
    const made = make("select", { "data-k": key, ...SUPPRESS, onchange: () => onchange(made.value) },
      ...options.map(([v, label]) => make("option", { value: v }, label)));
    made.value = value ?? "";
    return made;
  }

  function markItem(mark) {
    return make("li", {}, make("span", { class: `ws-tag ws-${mark.role}` }, mark.role_name), ` “${mark.exact}” `,
      button("Remove", `unmark-${mark.id}`, () => send("unmark", { mark: mark.id }),
        { "aria-label": `Remove ${mark.role_name} “${mark.exact}”` }));
  }

  function relationItem(relation) {
    const { id, number } = relation;
    const mine = shown.marks.filter((mark) => relation.marks.includes(mark.id));
    const others = shown.marks.filter((mark) => !relation.marks.includes(mark.id));
    const marks = make("ul", { class: "ws-marks" }, ...mine.map((mark) =>
      make("li", {},
        make("span", { class: `ws-tag ws-${mark.role}` }, mark.role_name), ` “${mark.exact}” `,
        button("Remove", `unlink-${id}-${mark.id}`, () => send("unlink", { relation: id, mark: mark.id }),
          { "aria-label": `Remove ${mark.role_name} “${mark.exact}” from relation ${number}` }))));
    const chain = make("input", {
      type: "text", "data-k": `chain-${id}`, placeholder: "the paper > the agency > the film > …", ...SUPPRESS,
      onchange: () => send("describe", { relation: id, chain: chain.value }),
    });
    chain.value = relation.chain;
    const inside = [["", "nothing: it stands by itself"], ...shown.relations.filter((r) => r.id !== id)
      .map((r) => [r.id, `relation ${r.number}`])];
    const fields = make("div", { class: "ws-fields" },
      field("Mode", select(`mode-${id}`, [["", "choose …"], ...terms.modes], relation.mode,
        (value) => send("describe", { relation: id, mode: value }))),
      field("Stands inside", select(`inside-${id}`, inside, relation.parent,
        (value) => send("describe", { relation: id, parent: value }))),
      field("Chain, outermost first, with > between", chain));
    fields.lastChild.classList.add("ws-wide");
    const row = make("div", { class: "ws-tools" },
      button("Add marks here", `go-${id}`, () => send("go_on", { relation: id }),
        { "aria-pressed": String(relation.open), "aria-label": `Add marks to relation ${number}` }),
      button("Remove relation", `drop-${id}`, () => send("drop", { relation: id }), { "aria-label": `Remove relation ${number}` }));
    if (others.length) {
      const chosen = select(`other-${id}`, others.map((mark) => [mark.id, `${mark.role_name}: ${mark.exact}`]), others[0].id, () => {});
      chosen.setAttribute("aria-label", `A mark to link into relation ${number}`);
      row.append(make("span", { class: "ws-link" }, chosen,
        button("Link it too", `link-${id}`, () => send("link", { relation: id, mark: chosen.value }),
          { "aria-label": `Link the chosen mark into relation ${number}` })));
    }
    return make("li", { class: relation.open ? "ws-open" : "", value: number }, marks, fields, row);
  }

  function suggestionItem(row) {
    const part = (label, value) => make("span", { class: "ws-part" }, make("b", {}, `${label} `), value || "none");
    const verdict = row.verdict ? `Your verdict: ${row.verdict}.` : "Not graded yet.";
    const what = (word) => ({ "aria-label": `${word} reading ${row.number}` });
    const tools = make("div", { class: "ws-tools" }, make("span", { class: "ws-verdict" }, verdict));
    if (!row.verdict || row.verdict === "rejected") {
      tools.append(
        button("Accept", `accept-${row.id}`, () => send("accept", { suggestion: row.id }), what("Accept")),
        button("Change", `change-${row.id}`, () => send("accept", { suggestion: row.id, change: true }), what("Change")));
    }
    if (row.verdict !== "rejected" && row.verdict !== "changed") {
      tools.append(button("Reject", `reject-${row.id}`, () => send("reject", { suggestion: row.id }), what("Reject")));
    }
    if (row.verdict === "rejected" || row.verdict === "changed") {
      tools.append(field("Why?", select(`why-${row.id}`, [["", "choose …"], ...terms.reasons], row.why,
        (value) => send("reject", { suggestion: row.id, why: value }))));
    }
    return make("li", {
      onpointerenter: () => peek(row.ranges, true), onpointerleave: () => peek(row.ranges, false),
      onfocusin: () => peek(row.ranges, true), onfocusout: () => peek(row.ranges, false),
    }, part("source", row.source), part("cue", row.cue), part("content", row.content), part("mode", row.mode), tools);
  }

  function paintReset() {
    const ask = () => { confirming = true; paintReset(); resetPlace.querySelector("[data-k=keep]").focus(); };
    const back = () => { confirming = false; paintReset(); resetPlace.querySelector("[data-k=reset]").focus(); };
    if (!confirming) {
      resetPlace.replaceChildren(button("Reset …", "reset", ask, { "aria-label": "Remove all marks (asks first)" }));
    } else {
      resetPlace.replaceChildren(
        make("span", {}, `Remove all ${shown.marks.length} marks? `),
        button("Keep them", "keep", back),
        button("Remove all", "really", () => { back(); send("reset", { confirm: true }); }));
    }
  }

  // where the focus goes when the control that had it is gone: to a neighbour about the same thing
  function again(key) {
    const about = key.slice(key.indexOf("-") + 1);
    const ends = [about, about.split("-")[0]].map((end) => `[data-k$="-${CSS.escape(end)}"]`);
    for (const selector of [`[data-k="${CSS.escape(key)}"]`, ...ends]) {
      const found = el.querySelector(selector);
      if (found) return found;
    }
    return heading;
  }

  function paint() {
    shown = model.get("shown");
    if ((shown.heard ?? 0) >= sent) answered();
    const focused = el.contains(document.activeElement) ? document.activeElement.dataset?.k : undefined;
    peek([[0, words.length - 1]], false);
    paintMarks();
    paintSelection();
    undoButton.setAttribute("aria-disabled", String(!shown.undo));
    redoButton.setAttribute("aria-disabled", String(!shown.redo));
    const [what, rows] = terms.alone ? ["Marks", shown.marks.map(markItem)] : ["Relations", shown.relations.map(relationItem)];
    heading.textContent = `${what}: ${rows.length}`;
    list.replaceChildren(...rows);
    machineButton.textContent = shown.suggestions ? "Hide the machine's first pass" : "Show the machine's first pass";
    machineButton.setAttribute("aria-expanded", String(Boolean(shown.suggestions)));
    machine.replaceChildren(...(shown.suggestions ?? []).map(suggestionItem));
    machine.hidden = !shown.suggestions;
    details.innerHTML = shown.details; // made by our own views, with everything from outside escaped
    say(shown.said);
    if (focused && document.activeElement?.dataset?.k !== focused) {
      again(focused).focus();
    }
  }

  // nothing typed here is meant for the notebook
  el.addEventListener("keydown", stop);
  el.dataset.wsGuarded = "true"; // for KeyGuard's shield on a page of Notebook 7
  model.on("change:shown", paint);
  paintReset();
  paint();
  return () => {
    answered();
    window.removeEventListener("pointerup", drop);
    el.removeEventListener("keydown", stop);
    model.off("change:shown", paint);
  };
}

export default { render };
