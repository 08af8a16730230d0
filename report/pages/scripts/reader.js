// Helps to read: contents that follow, commands to copy, figures to enlarge.
// In: the page. Out: the same page with a few more buttons; without this it is whole.

const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

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

function followInContents() {
  const links = new Map();
  for (const link of document.querySelectorAll(".contents a")) {
    links.set(document.getElementById(link.hash.slice(1)), link);
  }
  const sections = [...links.keys()];
  let current = null;
  const follow = () => {
    const passed = sections.filter((section) => section.getBoundingClientRect().top < innerHeight / 3);
    const link = links.get(passed.at(-1));
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    const list = document.querySelector(".contents");
    if (link && list.scrollHeight > list.clientHeight) {
      list.scrollTop = link.offsetTop - list.clientHeight / 2;
    }
    current = link;
  };
  addEventListener("scroll", () => requestAnimationFrame(follow), { passive: true });
  follow();
}

// The row of buttons under a figure.
function toolsOf(figure) {
  const tools = figure.querySelector(".tools") ?? make("div", { className: "tools" });
  figure.append(tools);
  return tools;
}

function offerCopies() {
  for (const code of document.querySelectorAll("pre, .remake code")) {
    const text = code.textContent.trim();
    const figure = code.closest("figure");
    const said = figure ? "Copy command" : "Copy";
    const button = make("button", { type: "button", className: "copy", textContent: said });
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = said), 1500);
    });
    if (figure) toolsOf(figure).append(button);
    else code.after(button);
  }
}

function offerEnlargements() {
  const close = make("button", { type: "button", textContent: "Close" });
  const dialog = make("dialog", { className: "enlarged" }, close);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);

  for (const figure of document.querySelectorAll("figure")) {
    const picture = figure.querySelector("svg");
    const title = figure.querySelector("figcaption b").textContent.replace(/\.$/, "");
    const button = make("button", { type: "button", className: "enlarge", textContent: "Enlarge" });
    const enlarge = () => {
      if (dialog.open) return;
      figure.style.minHeight = `${figure.offsetHeight}px`;
      // Moved, not copied: a copy would repeat the ids inside.
      dialog.append(picture);
      dialog.setAttribute("aria-label", title);
      dialog.showModal();
      dialog.addEventListener("close", () => {
        figure.prepend(picture);
        figure.style.minHeight = "";
      }, { once: true });
    };
    button.addEventListener("click", enlarge);
    picture.addEventListener("click", enlarge);
    toolsOf(figure).prepend(button);
  }
}

followInContents();
offerCopies();
offerEnlargements();
