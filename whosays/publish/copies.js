// On the first page of the site: says beside a lesson that the learner's own copy of it, kept in this
// browser, is from an earlier edition, and sets it aside on request. Nothing of it is ever thrown away.

const STORAGE = `JupyterLite Storage - ${new URL("lite/", document.baseURI).pathname}`;

const asked = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

async function files() {
  const known = await indexedDB.databases();
  if (!known.some((one) => one.name === STORAGE)) return null; // never been here: nothing is made
  const database = await asked(indexedDB.open(STORAGE));
  return database.objectStoreNames.contains("files") ? database : null;
}

function free(path, day) {
  return path.replace(/\.ipynb$/, ` (my copy of ${day}).ipynb`);
}

async function setAside(database, path, say) {
  const store = database.transaction("files", "readwrite").objectStore("files");
  const copy = await asked(store.get(path));
  const place = free(path, new Date().toISOString().slice(0, 16).replace("T", " ").replace(":", "."));
  await asked(store.put({ ...copy, path: place, name: place.split("/").pop() }, place));
  await asked(store.delete(path));
  say(`Set aside. It is in the list of files as ${place}; Run opens the new edition.`);
}

function tell(link, database, path) {
  const note = document.createElement("span");
  const button = document.createElement("button");
  note.className = "newer";
  note.setAttribute("role", "status");
  note.textContent = " Your copy is from an earlier edition, and stays. ";
  button.textContent = "Set it aside and take the new one";
  button.setAttribute("aria-label", `${button.textContent}: ${path}`);
  button.onclick = () =>
    setAside(database, path, (words) => (note.textContent = ` ${words}`)).catch(
      () => (note.textContent = " That did not work. Your copy is as it was."),
    );
  note.append(button);
  link.after(note);
}

async function look() {
  const database = await files();
  for (const link of database ? document.querySelectorAll("a[data-edition]") : []) {
    const path = new URL(link.href).searchParams.get("path");
    const store = database.transaction("files").objectStore("files");
    const copy = await asked(store.get(path));
    const edition = copy?.content?.metadata?.whosays?.edition;
    if (copy && edition !== link.dataset.edition) tell(link, database, path);
  }
}

look()
  .catch((error) => console.warn(error)) // a browser that keeps nothing has no old copies
  .finally(() => (document.body.dataset.copies = "looked at"));
