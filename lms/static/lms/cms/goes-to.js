// While an author writes where a choice goes, offer the names of the steps and endings there are.
// Without it the name is typed, and works just the same.
document.addEventListener("focusin", ({ target }) => {
  const [, scenario] = /^(.+)-steps-\d+-value-choices-\d+-value-go$/.exec(target.name ?? "") ?? [];
  if (!scenario) return;
  const names = [...document.querySelectorAll(`input[name^="${scenario}-"]`)]
    .filter((input) => /^-(steps|endings)-\d+-value-name$/.test(input.name.slice(scenario.length)))
    .filter((input) => document.getElementsByName(input.name.replace("-value-name", "-deleted"))[0]?.value !== "1")
    .map((input) => input.value.trim())
    .filter(Boolean);
  let list = document.getElementById("goes-to");
  if (!list) {
    list = document.body.appendChild(document.createElement("datalist"));
    list.id = "goes-to";
  }
  list.replaceChildren(...names.map((name) => new Option(name, name)));
  target.setAttribute("list", list.id);
});
