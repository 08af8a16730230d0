// Parts of the page that are packed until a reader comes to them.
// In: .packed, gzipped HTML as base64. Out: the HTML in its place, once its <details> are opened; outside of
// such, once it is near the window.

async function unpack(packed) {
  const part = make("div", { innerHTML: await inflated(packed.textContent) });
  packed.replaceWith(part);
  for (const how of preparations) how(part);
}

// What is packed takes no place by itself: its parent's counts.
const near = new IntersectionObserver((entries, observer) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    observer.unobserve(target);
    unpack(target.querySelector(".packed"));
  }
}, { rootMargin: "1200px" });

for (const packed of document.querySelectorAll(".packed")) {
  const around = packed.parentElement;
  if (around.matches("details")) around.addEventListener("toggle", () => unpack(packed), { once: true });
  else near.observe(around);
}
