// Commands and configurations to copy.
// In: the page. Out: a button beside each.

function offerCopies(part) {
  for (const code of part.querySelectorAll("pre, .remake code:first-child")) {
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

prepare(offerCopies);
