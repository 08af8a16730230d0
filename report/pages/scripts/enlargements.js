// Figures to enlarge.
// In: the page. Out: a button under each figure, and the dialog that it opens.

function offerEnlargements() {
  const close = make("button", { type: "button", textContent: "Close" });
  const dialog = make("dialog", { className: "enlarged" }, close);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);

  prepare((part) => part.querySelectorAll("figure").forEach(offer));

  function offer(figure) {
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

offerEnlargements();
