// Follows a job: data-progress is the address of its events, data-state where its state can be asked for instead.
// Each message is the job as JSON: state, stage, done, total, message, remedy. When it ends, the parts of the page
// named in data-renew (ids, separated by spaces) are fetched anew, so that typed values stay; without it the whole page is.
import { makePictures } from "./pictures.js";

const ENDED = ["done", "failed"];
const PAUSE = 1500;

// A page that shows something before all is done says in data-until after how many steps.
const isOver = (place, job) =>
  ENDED.includes(job.state) || ("until" in place.dataset && job.done >= Number(place.dataset.until));

function show(place, job) {
  const stage = place.querySelector("[data-stage]");
  const bar = place.querySelector("progress");
  if (stage && job.stage && stage.textContent !== job.stage) stage.textContent = job.stage;
  if (bar && job.total) {
    bar.max = job.total;
    bar.value = job.done;
  }
}

async function renew(place) {
  const ids = (place.dataset.renew ?? "").split(" ").filter(Boolean);
  if (!ids.length) return location.reload();
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return location.reload();
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ids) {
    const now = document.getElementById(id);
    const next = fresh.getElementById(id);
    if (now && next) {
      now.replaceWith(next);
      makePictures(next);
      next.querySelectorAll("[data-progress]").forEach(follow);
    }
  }
  document.getElementById("news").textContent = "处理完成，本页已更新。";
}

async function ask(place, ended) {
  try {
    const answer = await fetch(place.dataset.state, { headers: { accept: "application/json" } });
    if (answer.status === 404) return void setTimeout(ended, PAUSE); // forgotten: the page knows more
    if (answer.ok) {
      const job = await answer.json();
      show(place, job);
      if (isOver(place, job)) return ended();
    }
  } catch { /* the server may be starting anew: ask again */ }
  setTimeout(() => ask(place, ended), PAUSE);
}

export function follow(place) {
  let over = false;
  const ended = () => {
    if (over) return;
    over = true;
    renew(place);
  };
  if (!("EventSource" in window)) return void ask(place, ended);
  const source = new EventSource(place.dataset.progress);
  source.onmessage = (event) => {
    const job = JSON.parse(event.data);
    show(place, job);
    if (isOver(place, job)) {
      source.close();
      ended();
    }
  };
  source.onerror = () => {
    source.close();
    if (!over) ask(place, ended);
  };
}
