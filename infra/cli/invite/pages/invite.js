"use strict";
const form = JSON.parse(document.getElementById("form").textContent);
const ENDINGS = /\.(html?|xhtml|mht|mhtml)$/i;
const AT_ONCE = 4; // files on their way, so that a slow line is not shared by too many
const rows = document.querySelector("#list tbody");
const zone = document.getElementById("zone");
const waiting = [];
let moving = 0, sent = 0, failed = 0;

document.getElementById("size").textContent =
  form.max_bytes < 1e6 ? `${Math.floor(form.max_bytes / 1e3)} kB` : `${(form.max_bytes / 1e6).toFixed(1).replace(".0", "")} MB`;
const end = document.getElementById("end");
end.dateTime = form.expires_at;
end.textContent = new Date(form.expires_at).toLocaleString();

document.getElementById("files").addEventListener("change", (event) => {
  for (const file of event.target.files) take(file, file.name);
  event.target.value = "";
});
zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
zone.addEventListener("dragleave", () => zone.classList.remove("over"));
zone.addEventListener("drop", (event) => {
  event.preventDefault();
  zone.classList.remove("over");
  // Entries are taken at once: the browser forgets them when the event is over.
  for (const item of event.dataTransfer.items) {
    const entry = item.webkitGetAsEntry(), file = item.getAsFile();
    if (entry) walk(entry, "");
    else if (file) take(file, file.name);
  }
});
window.addEventListener("dragover", (event) => event.preventDefault());
window.addEventListener("drop", (event) => event.preventDefault());

function walk(entry, folder) {
  const name = folder + entry.name;
  if (entry.isFile) return entry.file((file) => take(file, name));
  const reader = entry.createReader();
  const next = () => reader.readEntries((found) => {
    found.forEach((inner) => walk(inner, `${name}/`));
    if (found.length) next();
  });
  next();
}

function take(file, name) {
  const cell = row(name);
  const why = refusal(file, name);
  if (why) return close(cell, why, false);
  cell.textContent = "waiting";
  waiting.push({ file, name, cell });
  send();
}

function refusal(file, name) {
  if (new Date() >= new Date(form.expires_at)) return "not sent: this page has expired, ask for a new one";
  if (!ENDINGS.test(name)) return "not sent: no saved web page by its name";
  if (file.size > form.max_bytes) return "not sent: too large; save it without its pictures (HTML only)";
  if (file.size === 0) return "not sent: the file is empty";
  return "";
}

function row(name) {
  document.getElementById("list").hidden = false;
  const line = rows.insertRow();
  line.insertCell().textContent = name;
  return line.insertCell();
}

async function send() {
  if (moving >= AT_ONCE || !waiting.length) return;
  const { file, name, cell } = waiting.shift();
  moving += 1;
  cell.textContent = "on its way";
  try {
    const answer = await fetch(form.url, { method: "POST", body: body(file, name), credentials: "omit" });
    close(cell, answer.ok ? "sent" : `not sent: the server answered ${answer.status}`, answer.ok);
  } catch {
    close(cell, "not sent: the server cannot be reached", false);
  }
  moving -= 1;
  send();
}

function body(file, name) {
  const data = new FormData();
  for (const [field, value] of Object.entries(form.fields)) {
    data.append(field, field === "key" ? form.folder + name : value);
  }
  data.append("file", file, "page.html"); // S3 reads nothing after the file
  return data;
}

function close(cell, text, good) {
  cell.textContent = text;
  cell.className = good ? "good" : "bad";
  if (good) sent += 1; else failed += 1;
  const not = failed ? `, ${failed} not sent` : "";
  document.getElementById("summary").textContent = `${sent} sent${not}.`;
}
