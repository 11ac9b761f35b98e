// The check runs here, in the reader's own browser: verify.js has its own Ed25519 and SHA-256.
const form = document.getElementById("check");
const [{ check }, { attend }] = await Promise.all(
  [form.dataset.module, form.dataset.form].map((place) => import(new URL(place, location.href))),
);
attend(form, document.getElementById("verdict"), check);
