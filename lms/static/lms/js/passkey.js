// Passkeys: shows what needs them where the browser knows them, and says in words when one could not
// be used. How a passkey is made and read is allauth's script; without script all of this is hidden.
const knows = Boolean(window.PublicKeyCredential);
for (const part of document.querySelectorAll("[data-passkey-needed]")) part.hidden = !knows;
for (const part of document.querySelectorAll("[data-passkey-missing]")) part.hidden = knows;

for (const button of document.querySelectorAll("[data-passkey]")) {
  const { passkey, credential, options } = button.dataset;
  window.allauth.webauthn.forms[passkey]({
    ids: {
      add: button.id,
      authenticate: button.id,
      login: button.id,
      credential,
      data: options,
      passwordless: "passwordless",
    },
  });
}

// Somebody changed their mind, or the device did not know them: the way on is to try again.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const said of document.querySelectorAll("[data-passkey-problem]")) said.hidden = false;
});
