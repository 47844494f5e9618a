// The cells of a form of corrections: what was changed is marked and counted, and leaving with unsaved values is asked about.
const valueOf = (field) => field.value;

export function markChanges(form) {
  const fields = [...form.elements].filter((field) => field.name?.startsWith("cell:"));
  const before = new Map(fields.map((field) => [field, field.dataset.before ?? valueOf(field)]));
  const count = form.querySelector("[data-count]");
  let changed = 0;
  let sent = false;
  const look = () => {
    changed = 0;
    for (const field of fields) {
      const isChanged = valueOf(field) !== before.get(field);
      field.closest(".field")?.classList.toggle("changed", isChanged);
      changed += isChanged;
    }
    if (count) count.textContent = changed ? `已改 ${changed} 处，尚未保存` : "";
  };
  form.addEventListener("input", look);
  form.addEventListener("submit", () => { sent = true; });
  window.addEventListener("pageshow", () => { sent = false; look(); });
  window.addEventListener("beforeunload", (event) => { if (changed && !sent) event.preventDefault(); });
  look();
}
