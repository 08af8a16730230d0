// Parts of the page that are packed until they are opened.
// In: <details> with a .packed inside, gzipped HTML as base64. Out: the HTML in its place, once it is opened.

async function unpack(packed) {
  const part = make("div", { innerHTML: await inflated(packed.textContent) });
  packed.replaceWith(part);
  for (const how of preparations) how(part);
}

for (const packed of document.querySelectorAll("details > .packed")) {
  packed.parentElement.addEventListener("toggle", () => unpack(packed), { once: true });
}
