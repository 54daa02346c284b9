// Stands in for the widget protocol of the CloudWatch console: shows the HTML that the function answers, without
// scripts, and carries out its <cwdb-action> elements.
"use strict";

const host = document.getElementById("widget");
const view = host.attachShadow({ mode: "open" });
const popup = document.getElementById("popup");
const popupView = document.getElementById("popup-content").attachShadow({ mode: "open" });
const state = document.getElementById("state");
const dark = window.matchMedia("(prefers-color-scheme: dark)");

// What the console is known to take out of a widget's HTML, and what could reach outside.
const REMOVED = "script, iframe, frame, object, embed, link, meta, base, use, foreignObject, template";
const DAY = 24 * 60 * 60 * 1000;

let shown = null; // the call whose answer the widget shows
let calls = 0; // so that a slow answer never replaces a newer one

function takeToken() {
  // The token leaves the address at once: it would stand in the history and in pictures of the screen.
  if (location.hash.length > 1) {
    sessionStorage.setItem("token", location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem("token") ?? "";
}

function widgetContext(forms) {
  const now = Date.now();
  const minutes = -new Date().getTimezoneOffset();
  return {
    dashboardName: "clipwire desk",
    widgetId: "widget-1",
    locale: "en",
    theme: dark.matches ? "dark" : "light",
    width: host.clientWidth,
    height: window.innerHeight,
    timezone: { label: "Local", offsetInMinutes: minutes },
    timeRange: { mode: "relative", start: now - 6 * DAY, end: now, relativeStart: 6 * DAY },
    forms: { all: forms },
    params: { view: "newest" },
  };
}

async function ask(call) {
  const answer = await fetch("/call", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Desk-Token": takeToken() },
    body: JSON.stringify({ ...call.params, widgetContext: widgetContext(call.forms) }),
  });
  const document_ = await answer.json();
  if (!answer.ok) throw new Error(document_.error ?? answer.statusText);
  return document_.html ?? "";
}

// Makes the call and shows its answer. `moved`: by a person's click, so that focus and history follow.
async function show(call, { moved }) {
  const number = ++calls;
  say("Looking …");
  host.setAttribute("aria-busy", "true");
  try {
    const html = await ask(call);
    if (number !== calls) return;
    fill(view, html);
    shown = call;
    const heading = view.querySelector("h2");
    say("");
    document.title = heading ? `${heading.textContent} · Clipwire desk` : "Clipwire desk";
    if (moved) {
      history.pushState(call, "");
      window.scrollTo(0, 0);
      heading?.focus();
    }
  } catch (error) {
    if (number === calls) say(error.message, true);
  } finally {
    if (number === calls) host.removeAttribute("aria-busy");
  }
}

function say(text, trouble = false) {
  state.textContent = text;
  state.classList.toggle("trouble", trouble);
}

function fill(root, html) {
  const template = document.createElement("template"); // what stands in it does nothing: no script, no picture, no style
  template.innerHTML = html;
  const parsed = template.content;
  const styles = [...parsed.querySelectorAll("style")].map((style) => style.textContent);
  parsed.querySelectorAll(`${REMOVED}, style`).forEach((element) => element.remove());
  parsed.querySelectorAll("*").forEach(removeScripts);
  root.adoptedStyleSheets = styles.map(makeSheet);
  root.replaceChildren(parsed);
  root.querySelectorAll("cwdb-action").forEach((action) => connect(root, action));
  root.querySelectorAll("form").forEach((form) => form.addEventListener("submit", submit));
}

function removeScripts(element) {
  for (const { name, value } of [...element.attributes]) {
    const reaches = ["href", "src", "action", "formaction", "xlink:href"].includes(name);
    const own = element.localName === "cwdb-action" && name === "action";
    if (name.startsWith("on") || name === "style" || (reaches && !own && !/^https?:/i.test(value))) {
      element.removeAttribute(name);
    }
  }
}

function makeSheet(text) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

function formsOf(root) {
  const fields = [...root.querySelectorAll("input[name], select[name], textarea[name]")];
  return Object.fromEntries(fields.map((field) => [field.name, field.value]));
}

function connect(root, action) {
  action.hidden = true;
  action.previousElementSibling?.addEventListener(action.getAttribute("event") ?? "click", () => act(root, action));
}

async function act(root, action) {
  const question = action.getAttribute("confirmation");
  if (question && !window.confirm(question)) return;
  const isPopup = action.getAttribute("display") === "popup";
  if (action.getAttribute("action") !== "call") {
    place(action.innerHTML, isPopup);
    return;
  }
  const call = { params: JSON.parse(action.textContent || "{}"), forms: formsOf(root) };
  if (isPopup) place(await ask(call), true);
  else await show(call, { moved: true });
}

function place(html, isPopup) {
  fill(isPopup ? popupView : view, html);
  if (isPopup) popup.showModal();
}

// Enter in a field does what the form's first button does.
function submit(event) {
  event.preventDefault();
  event.target.querySelector("cwdb-action")?.previousElementSibling?.click();
}

const start = { params: { view: "newest" }, forms: {} };
window.addEventListener("popstate", (event) => show(event.state ?? start, { moved: false }));
window.addEventListener("hashchange", () => show(shown ?? start, { moved: false }));
dark.addEventListener("change", () => show(shown ?? start, { moved: false }));
takeToken();
show(history.state ?? start, { moved: false });
