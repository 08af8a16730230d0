// What the other scripts share: making elements, showing them, unpacking them, finding them a place.
// In: elements of the page. Out: the same, changed.

const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

// Gzipped text, as base64, and back.
async function inflated(packed) {
  const bytes = Uint8Array.from(atob(packed.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

// What is done to the whole page now, and to every part that is unpacked later.
const preparations = [];
function prepare(how) {
  preparations.push(how);
  how(document);
}

// A section that does nothing without JavaScript, and its entry in the contents.
function reveal(section) {
  section.hidden = document.querySelector(`.contents a[href="#${section.id}"]`).parentElement.hidden = false;
}

// Show those elements whose text holds every word.
function showMatching(elements, search) {
  const words = search.toLowerCase().split(/\s+/);
  for (const element of elements) {
    const text = element.textContent.toLowerCase();
    element.hidden = !words.every((word) => text.includes(word));
  }
}

// The row of buttons under a figure.
function toolsOf(figure) {
  const tools = figure.querySelector(".tools") ?? make("div", { className: "tools" });
  figure.append(tools);
  return tools;
}
