// What a page can do beyond being read: the switch between light and dark, buttons that copy, and
// `/` for the search. Without JavaScript all of it is absent, and nothing is missed.

const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

function kept() {
  try {
    return localStorage.getItem("scheme");
  } catch {
    return null;
  }
}

function keep(scheme) {
  try {
    localStorage.setItem("scheme", scheme);
  } catch {
    // Where nothing may be kept, the choice lasts as long as the page.
  }
}

function isDark() {
  return root.dataset.scheme ? root.dataset.scheme === "dark" : dark.matches;
}

function place(template) {
  const button = template.content.firstElementChild.cloneNode(true);
  template.after(button);
  return button;
}

// The script may come before the page has: what was chosen is set before anything is shown.
if (kept()) root.dataset.scheme = kept();
if (document.readyState === "loading") {
  await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
}

for (const template of document.querySelectorAll(".masthead template")) {
  const button = place(template);
  const tell = () => button.setAttribute("aria-pressed", String(isDark()));
  tell();
  button.addEventListener("click", () => {
    root.dataset.scheme = isDark() ? "light" : "dark";
    keep(root.dataset.scheme);
    tell();
  });
}

// Where the page came over an open line, a browser lends no clipboard: no buttons then.
for (const template of navigator.clipboard ? document.querySelectorAll(".cite ~ template") : []) {
  const link = document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];
  const texts = [template.parentElement.querySelector(".cite").textContent, link];
  const buttons = template.content.cloneNode(true);
  [...buttons.children].forEach((button, at) => {
    const label = button.textContent;
    button.addEventListener("click", async () => {
      button.textContent = label;
      const isCopied = await navigator.clipboard.writeText(texts[at]).then(() => true, () => false);
      button.textContent = `${label} ${isCopied ? "✓" : "✗"}`;
    });
  });
  template.after(buttons);
}

// A page is printed with its citation, the permalink in it, whether that was opened or not.
addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll(".facts details")) one.open = true;
});

document.addEventListener("keydown", (event) => {
  const search = document.getElementById("search");
  const writes = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writes || !search) return;
  event.preventDefault();
  if (search.href) location.assign(search.href);
  else search.focus();
});
