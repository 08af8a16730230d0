// Predict first: answers are hidden until the reader has said what to expect.
// In: sections that hold a .predict. Out: a button in the summary that hides their answers and its own; a guess
// shows those of its section.

function offerPredictions() {
  const asked = [...document.querySelectorAll(".predict")];
  const summary = document.querySelector("#summary");
  if (!summary || !asked.length) return;
  const button = make("button", { type: "button", textContent: "Predict first: hide every answer until you have guessed" });
  summary.querySelector("h2").after(make("p", { className: "predictor" }, button));

  function predict(wanted) {
    button.setAttribute("aria-pressed", wanted);
    summary.classList.toggle("veiled", wanted);
    for (const one of asked) {
      one.hidden = !wanted;
      one.parentElement.classList.toggle("veiled", wanted);
      one.querySelector(".guess").textContent = "";
      one.querySelector(".told").hidden = true;
    }
  }

  predict(false);
  button.addEventListener("click", () => predict(button.getAttribute("aria-pressed") === "false"));
  for (const one of asked) {
    one.addEventListener("click", ({ target }) => {
      if (!target.matches("button")) return;
      one.querySelector(".guess").textContent = `You said: ${target.textContent}.`;
      one.querySelector(".told").hidden = false;
      one.parentElement.classList.remove("veiled");
    });
  }
}

offerPredictions();
