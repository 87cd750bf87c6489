// What the modules of several faces need; it stands in front of each of them (fields.py, esm).

const PATIENCE = 4000; // milliseconds until the learner is told that Python does not answer

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// names and ids hold for the whole page, and every widget loads its module anew
function unique(about) {
  return `ws-${about}-${Math.random().toString(36).slice(2)}`;
}

// whoever wants out of a widget has Escape, Shift+Enter and chords; every other key is its own
function passes(event) {
  return event.key === "Escape" || event.ctrlKey || event.altKey || event.metaKey
    || (event.shiftKey && event.key === "Enter");
}
function stop(event) {
  if (!passes(event)) event.stopPropagation();
}

// asks Python for something; where no answer is heard in time, `silent` is called
function asking(silent) {
  let patience = null;
  const heard = () => clearTimeout(patience);
  const ask = (send) => {
    heard();
    patience = setTimeout(silent, PATIENCE);
    try {
      send();
    } catch {
      // after a restart JupyterLab throws; what `silent` says tells what to do
    }
  };
  return [ask, heard];
}
