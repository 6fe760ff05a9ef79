// Exercises that a figure checks: each gets a tick when its figure reports that it's done.
//
//   <p class="goal" data-figure="learning-rate" data-goal="one-step"><span class="mark"></span>
//   <span>In figure 10: … <strong role="status"></strong></span></p>

document.addEventListener("chainrule-goal", ({ target, detail }) => {
  for (const goal of document.querySelectorAll(".goal")) {
    if (goal.dataset.figure !== target.getAttribute("name") || goal.dataset.goal !== detail.name) continue;
    goal.classList.add("reached");
    goal.querySelector("[role=status]").textContent = "Done!";
  }
});
