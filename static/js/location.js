// Where one is, only after an explicit tap on the consent; without it, or when the device refuses, the visit goes without a place.
const box = document.querySelector("[data-location]");
const consent = box?.querySelector("input[type=checkbox]");
const told = box?.querySelector("[data-location-told]");
const fields = ["latitude", "longitude"].map((name) => consent?.form?.elements[name]);

const fill = (...values) => fields.forEach((field, number) => field && (field.value = values[number] ?? ""));

function refuse(text) {
  fill();
  consent.checked = false;
  told.textContent = text;
}

consent?.addEventListener("change", () => {
  fill();
  told.textContent = "";
  if (!consent.checked) return;
  if (!navigator.geolocation) return refuse(box.dataset.lost);
  told.textContent = box.dataset.asking;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      if (!consent.checked) return;
      fill(coords.latitude.toFixed(6), coords.longitude.toFixed(6));
      told.textContent = box.dataset.found;
    },
    (error) => refuse(error.code === error.PERMISSION_DENIED ? box.dataset.denied : box.dataset.lost),
    { timeout: 15_000, maximumAge: 60_000 },
  );
});
