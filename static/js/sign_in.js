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
