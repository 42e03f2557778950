// Runs once, when the source panel is rendered: `element` and `trigger` come from Gradio.
const root = document.querySelector(".gradio-container");
let opener = null;

const close = () => {
  root.classList.remove("zy-open");
  if (opener && opener.isConnected) opener.focus();
};

const copy = async (text, button) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {  // no clipboard on plain http from another machine
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  button.classList.add("zy-done");
  setTimeout(() => button.classList.remove("zy-done"), 1500);
};

const show = () => {
  if (!element.querySelector(".zy-source")) return;
  root.classList.add("zy-open");
  const target = element.querySelector("mark") || element.querySelector(".zy-cited");
  if (target) target.scrollIntoView({ block: "center" });
  element.querySelector(".zy-source").focus({ preventScroll: true });
};

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href*="#"], button[data-copy], button[data-close]');
  if (!link) return;
  if (link.dataset.close !== undefined) return close();
  if (link.dataset.copy !== undefined) return copy(link.dataset.copy, link);
  const anchor = link.getAttribute("href");
  const verb = anchor.slice(anchor.indexOf("#") + 1).split("/")[0];
  if (verb === "in") {
    event.preventDefault();
    const place = document.getElementById(decodeURIComponent(anchor.split("/")[1]));
    if (place) place.scrollIntoView({ block: "start" });
    return;
  }
  if (verb === "theme" || verb === "copy") {
    event.preventDefault();
    if (verb === "copy") copy(decodeURIComponent(anchor.split("/")[1]), link);
    else localStorage.setItem("zyqa_dark", document.body.classList.toggle("dark"));
    return;
  }
  const name = { cite: "select", clause: "select", ask: "submit", like: "like", dislike: "like" }[verb];
  if (!name) return;
  event.preventDefault();
  event.stopPropagation();
  if (name === "select") {
    if (!element.contains(link)) opener = link;
    show();  // the answer may be what the panel holds already
  }
  trigger(name, { value: anchor });
}, true);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && root.classList.contains("zy-open")) close();
});

new MutationObserver(show).observe(element, { childList: true, subtree: true });
document.documentElement.lang = location.pathname.replace(/\/$/, "").endsWith("/en") ? "en" : "zh-CN";
const chosen = localStorage.getItem("zyqa_dark");
if (chosen !== null) document.body.classList.toggle("dark", chosen === "true");
