"""Two small helpers for every widget of the kit: keys and presses in good order, and a line that is
read out.

In JupyterLab a key pressed on a button or a drop-down still reaches the notebook's shortcuts:
``a`` inserts a cell, ``d d`` deletes the one with the widget, an arrow leaves it
(jupyter-widgets/ipywidgets issue 3912). ``KeyGuard`` stops that. ``StatusLine`` is made of stock
widgets, which a guard beside it makes a polite live region.

Why not a widget of its own for the line: anywidget 0.11 gives a widget two seconds to start, and
hears nothing from Python ever after if it takes longer. On a slow computer a page of thirty
questions takes longer, and whoever pressed *Check* saw nothing happen.
"""

import html

import anywidget
import ipywidgets as w


class KeyGuard(anywidget.AnyWidget):
    """Put it anywhere in a widget: keys pressed in that output no longer reach the notebook.

    Escape, Shift+Enter and everything with Ctrl, Alt or Meta still do, so nobody is trapped. It
    also makes the radio buttons of one question one group, which stock ipywidgets leave undone:
    read out as a group with its label, and one stop for Tab.

    And a button pressed right after a field was filled in waits for the field: a field whose last
    message is still on its way keeps the next one back, a button does not, so that on a slow line
    (Binder) *Check* would judge the answer before last. Where the kernel's answer does not come, it
    waits no longer than four seconds.

    And it makes each :class:`StatusLine` in that output a live region, and brings an answer that
    somebody asked for into sight.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        # answered after every message that came before it, which is all that the page wants to know
        self.on_msg(lambda _, content, buffers: self.send({"heard": content.get("ask")}))

    _esm = """
    function passes(event) {
      return event.key === "Escape" || event.ctrlKey || event.altKey || event.metaKey
        || (event.shiftKey && event.key === "Enter");
    }
    function stop(event) {
      if (!passes(event)) event.stopPropagation();
    }
    function group(event) {
      const box = event.target.closest?.(".widget-radio-box");
      if (!box || box.hasAttribute("role")) return;
      box.setAttribute("role", "radiogroup");
      box.setAttribute("aria-label", box.parentElement.querySelector(".widget-label")?.textContent ?? "");
      const name = `ws-${Math.random().toString(36).slice(2)}`;
      for (const radio of box.querySelectorAll("input[type=radio]")) radio.name = name;
    }
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
      const watcher = new MutationObserver(() => announce(area));
      function changed() {
        changes += 1;
      }
      function press(event) {
        const button = event.target.closest?.("button");
        if (!button || letting || heard === changes) return;
        event.stopImmediatePropagation();
        event.preventDefault();
        const asked = waiting !== null;
        waiting = button;
        if (!asked) ask();
      }
      function ask() {
        model.send({ ask: changes });
        patience = setTimeout(() => answered({ heard: changes }), 4000);
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
    """


class StatusLine(w.VBox):
    """A line that screen readers read out when it changes, with more below it for the eye.

    Attributes
    ----------
    text : str
        The line; plain text, announced politely.
    details : str
        HTML of our own making (everything from outside already escaped), shown below.
    asked : int
        Goes up with every line that somebody asked for: then it is brought into sight.
    """

    def __init__(self):
        self.text, self.details, self.asked = "", "", 0
        self._line, self._more = w.HTML(), w.HTML().add_class("ws-details")
        super().__init__([self._line, self._more])
        self.add_class("ws-says")

    def say(self, text: str, details="", asked=True):
        """Show and announce a line; the same line twice is announced twice.

        Parameters
        ----------
        details : str
            See above.
        asked : bool
            Whether it answers the press of a button, so that the page may scroll to it; while
            somebody fills in a field it must not move.
        """
        # a live region stays silent when nothing changes, so a repeated line gets an invisible mark
        self.text = text if text != self.text else text + "\u2060"
        self.details = details
        self.asked += asked
        self._more.value = details
        shown = f'<span data-asked="{self.asked}">{html.escape(self.text)}</span>'
        self._line.value = shown if text else ""
