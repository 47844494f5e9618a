// Pictures of pages: a click shows one large, arrow keys turn the page, Escape closes.
let dialog;
let links = [];
let index = 0;

function show(next) {
  index = Math.min(Math.max(next, 0), links.length - 1);
  const picture = links[index].querySelector("img");
  dialog.querySelector("img").src = links[index].href;
  dialog.querySelector("img").alt = picture.alt;
  dialog.querySelector("[data-title]").textContent = `${picture.alt}（共 ${links.length} 页）`;
  dialog.querySelector("[data-back]").disabled = index === 0;
  dialog.querySelector("[data-on]").disabled = index === links.length - 1;
  dialog.scrollTop = 0;
}

function button(words, name, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button secondary small";
  made.textContent = words;
  made.dataset[name] = "";
  made.addEventListener("click", action);
  return made;
}

function makeDialog() {
  dialog = document.createElement("dialog");
  dialog.className = "large";
  const bar = document.createElement("div");
  bar.className = "bar";
  const title = document.createElement("strong");
  title.dataset.title = "";
  title.setAttribute("aria-live", "polite");
  const buttons = document.createElement("div");
  buttons.className = "actions";
  buttons.append(
    button("上一页", "back", () => show(index - 1)),
    button("下一页", "on", () => show(index + 1)),
    button("关闭", "close", () => dialog.close()),
  );
  bar.append(title, buttons);
  dialog.append(bar, document.createElement("img"));
  dialog.setAttribute("aria-label", "页面放大");
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft" || event.key === "PageUp") show(index - 1);
    else if (event.key === "ArrowRight" || event.key === "PageDown") show(index + 1);
    else return;
    event.preventDefault();
  });
  document.body.append(dialog);
}

export function makePictures(root) {
  for (const link of root.querySelectorAll("a[data-enlarge]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (!dialog) makeDialog();
      links = [...link.closest("ol, ul, section").querySelectorAll("a[data-enlarge]")];
      show(links.indexOf(link));
      dialog.showModal();
    });
  }
}
