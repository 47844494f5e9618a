// A place to drop files on: they go into its file fields in order. With data-submit the form is sent at once.
function show(zone, inputs) {
  const names = inputs.flatMap((input) => [...input.files].map((file) => file.name));
  const place = zone.querySelector("[data-names]");
  if (place) place.textContent = names.length ? `已选择：${names.join("、")}` : "";
}

function send(zone) {
  const form = zone.closest("form");
  if (!form || !("submit" in zone.dataset)) return;
  const place = zone.querySelector("[data-names]");
  if (place) place.textContent += "，正在上传…";
  form.requestSubmit();
}

export function makeDropzone(zone) {
  const inputs = [...zone.querySelectorAll("input[type=file]")];
  let depth = 0;
  const over = (by) => {
    depth = Math.max(0, depth + by);
    zone.classList.toggle("over", depth > 0);
  };
  zone.addEventListener("dragenter", (event) => { event.preventDefault(); over(1); });
  zone.addEventListener("dragover", (event) => event.preventDefault());
  zone.addEventListener("dragleave", () => over(-1));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    over(0);
    const files = [...event.dataTransfer.files];
    if (!files.length) return;
    inputs.forEach((input, index) => {
      const mine = input.multiple ? files.slice(index) : files.slice(index, index + 1);
      if (!mine.length) return;
      const carrier = new DataTransfer();
      mine.forEach((file) => carrier.items.add(file));
      input.files = carrier.files;
    });
    show(zone, inputs);
    send(zone);
  });
  inputs.forEach((input) => input.addEventListener("change", () => {
    show(zone, inputs);
    if (input.files.length) send(zone);
  }));
}
