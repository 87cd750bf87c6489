// The face of KeyGuard: keys, presses and status lines of the output it stands in (see guard.py).

function group(event) {
  const box = event.target.closest?.(".widget-radio-box");
  if (!box || box.hasAttribute("role")) return;
  box.setAttribute("role", "radiogroup");
  box.setAttribute("aria-label", box.parentElement.querySelector(".widget-label")?.textContent ?? "");
  const name = unique("radio");
  for (const radio of box.querySelectorAll("input[type=radio]")) radio.name = name;
}
const SILENCE = 5000;
const SILENT = "No answer yet. If nothing comes, choose Run, then Run All Cells: what you kept comes back.";
// makes status lines live regions; brings into sight what was asked for
function announce(area) {
  for (const line of area.querySelectorAll(".ws-says > :first-child > .widget-html-content")) {
    if (!line.hasAttribute("role")) {
      line.setAttribute("role", "status");
      line.setAttribute("aria-live", "polite");
      line.classList.add("ws-status");
      line.dataset.asked = line.firstElementChild?.dataset.asked ?? 0;
    }
    const asked = line.firstElementChild?.dataset.asked ?? line.dataset.asked;
    if (asked === line.dataset.asked) continue;
    line.dataset.asked = asked;
    const box = line.closest(".ws-says");
    requestAnimationFrame(() => {
      // what fits is shown whole; of what is longer, the beginning
      const fits = box.getBoundingClientRect().height < window.innerHeight * 0.6;
      (fits ? box : line).scrollIntoView({ block: fits ? "nearest" : "center" });
    });
  }
}
function render({ model, el }) {
  el.style.display = "none";
  let area = null;
  let gone = false;
  let changes = 0;
  let heard = 0;
  let waiting = null;
  let letting = false;
  let patience = null;
  let silence = null;
  const silent = make("p", { class: "ws-silent", role: "status" }, SILENT);
  const watcher = new MutationObserver((records) => {
    const nodes = records.flatMap((record) => [...record.addedNodes, ...record.removedNodes]);
    if (nodes.some((node) => node !== silent)) heardFrom();
    announce(area);
  });
  // a press that changes nothing on the page in five seconds has met a kernel that is busy or dead
  function listen(button) {
    heardFrom();
    if (button.closest(".jupyter-widget-upload, .widget-upload, .ws-marker")) return;
    silence = setTimeout(() => button.after(silent), SILENCE);
  }
  function heardFrom() {
    clearTimeout(silence);
    silent.remove();
  }
  function changed() {
    changes += 1;
  }
  function press(event) {
    const button = event.target.closest?.("button");
    if (!button) return;
    if (!letting) {
      listen(button);
      if (!reached()) {
        event.stopImmediatePropagation();
        return void button.after(silent);
      }
    }
    if (letting || heard === changes) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    const asked = waiting !== null;
    waiting = button;
    if (!asked) ask();
  }
  // after a restart nothing can be sent any more: JupyterLab throws
  function reached() {
    try {
      model.send({ ask: changes });
      return true;
    } catch {
      return false;
    }
  }
  function ask() {
    reached();
    patience = setTimeout(() => answered({ heard: changes }), PATIENCE);
  }
  // Notebook 7 hears a key on its way down, before the area does: for that key it is told to look away
  function shield(event) {
    const target = event.target;
    if (!(target instanceof Element) || !target.closest("[data-ws-guarded]")) return;
    // at once, and not only later: Shift and Enter may both be pressed before "later" comes
    if (passes(event)) return void target.removeAttribute("data-lm-suppress-shortcuts");
    target.setAttribute("data-lm-suppress-shortcuts", "true");
    setTimeout(() => target.removeAttribute("data-lm-suppress-shortcuts"));
  }
  // by the time the kernel answers, what the fields kept back has been sent
  function answered(content) {
    if (!("heard" in content)) return;
    clearTimeout(patience);
    heard = content.heard;
    const button = waiting;
    waiting = null;
    if (!button) return;
    if (heard !== changes) {
      waiting = button;
      return void ask();
    }
    letting = true;
    button.click();
    letting = false;
  }
  // at render time the element is not in the page yet
  function attach() {
    if (gone) return;
    if (!el.isConnected) return void requestAnimationFrame(attach);
    area = el.closest(".jp-OutputArea-output") ?? el.parentElement;
    area.addEventListener("keydown", stop);
    window.addEventListener("keydown", shield, true);
    area.addEventListener("focusin", group);
    area.addEventListener("input", changed, true);
    area.addEventListener("change", changed, true);
    area.addEventListener("click", press, true);
    area.dataset.wsGuarded = "true";
    announce(area);
    watcher.observe(area, { childList: true, subtree: true });
  }
  attach();
  model.on("msg:custom", answered);
  return () => {
    gone = true;
    clearTimeout(patience);
    heardFrom();
    watcher.disconnect();
    model.off("msg:custom", answered);
    window.removeEventListener("keydown", shield, true);
    area?.removeEventListener("keydown", stop);
    area?.removeEventListener("focusin", group);
    area?.removeEventListener("input", changed, true);
    area?.removeEventListener("change", changed, true);
    area?.removeEventListener("click", press, true);
  };
}
export default { render };
