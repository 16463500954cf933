// Comfort on the sign-in page: a demo login fills both fields, and the password may be looked at.
const login = document.querySelector("#id_login");
const password = document.querySelector("#id_password");

for (const chip of document.querySelectorAll("[data-sign-in-as]"))
  chip.addEventListener("click", (event) => {
    event.preventDefault();
    login.value = chip.dataset.signInAs;
    password.value = chip.dataset.word;
    login.form.querySelector("[type=submit]").focus();
  });

// The eye: a button that is pressed while the password may be read; what is sent and kept by the browser is a password again.
for (const eye of document.querySelectorAll("[data-show-password]")) {
  const field = document.getElementById(eye.dataset.showPassword);
  const show = (isShown) => {
    field.type = isShown ? "text" : "password";
    eye.setAttribute("aria-pressed", String(isShown));
  };
  eye.hidden = false;
  eye.addEventListener("click", () => show(field.type === "password"));
  field.form.addEventListener("submit", () => show(false));
}

// Too many tries: the time left, every second; said aloud once, when it is over.
for (const left of document.querySelectorAll("[data-seconds-left]")) {
  const over = Date.now() + Number(left.dataset.secondsLeft) * 1000;
  const count = () => {
    const seconds = Math.max(0, Math.ceil((over - Date.now()) / 1000));
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (seconds) return;
    clearInterval(timer);
    document.querySelector("[data-over]").hidden = false;
    document.querySelector("[data-waiting]").hidden = true;
  };
  const timer = setInterval(count, 1000);
  count();
}
