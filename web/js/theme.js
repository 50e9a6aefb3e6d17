// The theme: as the system, light or dark.
// Runs before the first paint (blocking="render"), so that a stored choice does not flash.

const order = ["system", "light", "dark"];
const words = { system: "as the system", light: "light", dark: "dark" };
const key = "signalbox-theme";

function stored() {
  try {
    const value = localStorage.getItem(key);
    return order.includes(value) ? value : "system";
  } catch {
    return "system"; // Storage is switched off: the choice lasts as long as the page.
  }
}

function apply(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

let theme = stored();
apply(theme);

/** Makes the button go round the three themes; its hidden text says which one is on. */
export function connectThemeButton(button, text) {
  const show = () => {
    text.textContent = `Theme: ${words[theme]}`;
    button.title = text.textContent;
  };
  button.addEventListener("click", () => {
    theme = order[(order.indexOf(theme) + 1) % order.length];
    apply(theme);
    show();
    try {
      localStorage.setItem(key, theme);
    } catch {
      // As above.
    }
  });
  show();
}
