// A place to drop files on: they go into its file fields, first into the empty ones.
function tell(zone, inputs, left = []) {
  const place = zone.querySelector("[data-names]");
  if (!place) return;
  const names = inputs.flatMap((input) => [...input.files].map((file) => file.name));
  const chosen = names.length ? `已选择：${names.join("、")}` : "";
  const more = left.length ? `。放不下的没有选择：${left.map((file) => file.name).join("、")}` : "";
  place.textContent = chosen + more;
}

function put(input, files) {
  const carrier = new DataTransfer();
  files.forEach((file) => carrier.items.add(file));
  input.files = carrier.files;
}

const fits = (input, file) =>
  !input.accept || input.accept.split(",").some((ending) => file.name.toLowerCase().endsWith(ending));

// A field for several files gets all that fit it.
function take(all, dropped) {
  const many = all.find((input) => input.multiple && dropped.some((file) => fits(input, file)));
  if (many) put(many, dropped.filter((file) => fits(many, file)));
  const files = many ? dropped.filter((file) => !fits(many, file)) : dropped;
  const inputs = all.filter((input) => input !== many);
  const empty = inputs.filter((input) => !input.files.length);
  const targets = empty.length >= files.length ? empty : inputs;
  files.slice(0, targets.length).forEach((file, index) => put(targets[index], [file]));
  return files.slice(targets.length);
}

export function makeDropzone(zone) {
  const inputs = [...zone.querySelectorAll("input[type=file]")];
  let depth = 0;
  const over = (to) => {
    depth = Math.max(0, to);
    zone.classList.toggle("over", depth > 0);
  };
  zone.addEventListener("dragenter", () => over(depth + 1));
  zone.addEventListener("dragleave", () => over(depth - 1));
  zone.addEventListener("drop", (event) => {
    over(0);
    const files = [...event.dataTransfer.files];
    if (files.length) tell(zone, inputs, take(inputs, files));
  });
  inputs.forEach((input) => input.addEventListener("change", () => tell(zone, inputs)));
}

// A file dropped beside the place would replace the page by the file.
export function keepThePage() {
  for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
}
