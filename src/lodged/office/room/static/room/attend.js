// The form on which a receipt is checked: files chosen or dropped, the verdict shown. `check` is given, from verify.js.
export function attend(form, card, check) {
  const bytes = async (input) => {
    const file = input.files[0];
    return file ? new Uint8Array(await file.arrayBuffer()) : null;
  };

  function show(verdict) {
    const word = verdict.trusted ? "good" : verdict.ok ? "half" : "bad";
    card.className = `card verdict-card verdict-card--${word}`;
    card.querySelectorAll("[data-word]").forEach((one) => { one.hidden = one.dataset.word !== word; });
    card.querySelectorAll("[data-says]").forEach((one) => { one.textContent = verdict[one.dataset.says] || ""; });
    card.querySelector("[data-says=why]").hidden = verdict.ok;
    card.focus();
  }

  async function weigh() {
    const receipt = await bytes(form.elements.receipt);
    if (receipt) show(await check(receipt, await bytes(form.elements.document), form.elements.key.value.trim() || null));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    weigh();
  });
  form.elements.receipt.addEventListener("change", weigh);
  form.elements.document.addEventListener("change", weigh);

  form.querySelectorAll("[data-drop]").forEach((box) => {
    const input = box.querySelector("input");
    const over = (on) => (event) => { event.preventDefault(); box.classList.toggle("drop--over", on); };
    box.addEventListener("dragover", over(true));
    box.addEventListener("dragleave", over(false));
    box.addEventListener("drop", (event) => {
      over(false)(event);
      if (event.dataTransfer.files.length === 0) return;
      input.files = event.dataTransfer.files;
      weigh();
    });
  });
}
