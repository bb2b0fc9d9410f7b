// Chooses all the claims that are shown. Without it each is chosen by itself.
const every = document.getElementById("every");
if (every) {
  const boxes = [...document.querySelectorAll('input[name="claims"]')];
  document.getElementById("all").hidden = false;
  every.addEventListener("change", () => {
    for (const box of boxes) box.checked = every.checked;
  });
  for (const box of boxes) {
    box.addEventListener("change", () => {
      every.checked = boxes.every((one) => one.checked);
    });
  }
}
