// Names the buttons of menus on narrow screens, which have only an icon in Keycloak's pages (26.7).
const environment = JSON.parse(document.getElementById("environment").textContent);

const label = fetch(
  `${environment.serverBaseUrl}/resources/${encodeURIComponent(environment.realm)}/account/${environment.locale}`,
)
  .then((response) => response.json())
  .then((texts) => texts.find((text) => text.key === "wiseSyncMenu")?.value ?? "");

async function nameButtons() {
  const text = await label;
  document.querySelectorAll("button.pf-v5-c-menu-toggle.pf-m-plain:not([aria-label])").forEach((button) => {
    if (!button.textContent.trim()) {
      button.setAttribute("aria-label", text);
    }
  });
}

new MutationObserver(nameButtons).observe(document.getElementById("app"), { childList: true, subtree: true });
