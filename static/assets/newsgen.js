// Reading aids: the switch between light and dark, copy buttons, and `/` to focus the search. Pages
// work without any of it, and show no trace of it where JavaScript is off.

const root = document.documentElement;
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

function loadScheme() {
  try {
    return localStorage.getItem("scheme");
  } catch {
    return null;
  }
}

function saveScheme(scheme) {
  try {
    localStorage.setItem("scheme", scheme);
  } catch {
    // Storage is blocked, as in some private windows: the choice lasts until the next page.
  }
}

function isDark() {
  return root.dataset.scheme ? root.dataset.scheme === "dark" : prefersDark.matches;
}

function insertButton(template) {
  const button = template.content.firstElementChild.cloneNode(true);
  template.after(button);
  return button;
}

// The script blocks rendering, so a saved scheme is applied before anything is painted. The elements
// below may not be parsed yet.
if (loadScheme()) root.dataset.scheme = loadScheme();
if (document.readyState === "loading") {
  await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
}

for (const template of document.querySelectorAll(".masthead template")) {
  const button = insertButton(template);
  const updateState = () => button.setAttribute("aria-pressed", String(isDark()));
  updateState();
  button.addEventListener("click", () => {
    root.dataset.scheme = isDark() ? "light" : "dark";
    saveScheme(root.dataset.scheme);
    updateState();
  });
}

// The Clipboard API needs HTTPS; without it there are no buttons.
for (const template of navigator.clipboard ? document.querySelectorAll(".cite ~ template") : []) {
  const link = document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];
  const texts = [template.parentElement.querySelector(".cite").textContent, link];
  const buttons = template.content.cloneNode(true);
  [...buttons.children].forEach((button, index) => {
    const label = button.textContent;
    button.addEventListener("click", async () => {
      button.textContent = label;
      const isCopied = await navigator.clipboard.writeText(texts[index]).then(() => true, () => false);
      button.textContent = `${label} ${isCopied ? "✓" : "✗"}`;
    });
  });
  template.after(buttons);
}

// Paper cannot unfold the citation with the permalink, so it is always printed.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll(".article-meta details")) details.open = true;
});

document.addEventListener("keydown", (event) => {
  const search = document.getElementById("search");
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping || !search) return;
  event.preventDefault();
  if (search.href) location.assign(search.href);
  else search.focus();
});
