<#-- Without indentation: Keycloak sends this page uncompressed, and the first load requests it twice. -->
<#compress>
<!doctype html>
<html lang="en">
  <head>
    <#import "theme-resources.ftl" as themeResourceTags>
    <meta charset="utf-8">
    <#if themeResources?? && themeResources.favicons?has_content>
      <@themeResourceTags.renderFavicons themeResources.favicons resourceUrl />
    <#else>
      <link rel="icon" type="${properties.favIconType!'image/svg+xml'}" href="${resourceUrl}${properties.favIcon!'/favicon.svg'}">
    </#if>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light${darkMode?then(' dark', '')}">
    <meta name="description" content="${properties.description}">
    <title>${properties.brandName}</title>
    <#-- Keycloak's import map, but relative to this base, so that its text and its hash in theme.properties are the same on every server.
         boot.ts removes the base element before any link can use it. -->
    <base href="${resourceCommonUrl}/">
    <script type="importmap">{"imports":{"react":"./vendor/react/react.production.min.js","react/jsx-runtime":"./vendor/react/react-jsx-runtime.production.min.js","react-dom":"./vendor/react-dom/react-dom.production.min.js"}}</script>
    <style>
      body {
        margin: 0;
      }

      body, #app {
        height: 100%;
      }

      .keycloak__loading-container {
        display: flex;
        flex-direction: column;
        gap: 1rem;
        align-items: center;
        justify-content: center;
        height: 100vh;
        background: var(--wise-sync-background);
      }

      /* Above Keycloak's own console: the link back to this one. */
      body:has(.wise-sync-way-back) {
        display: flex;
        flex-direction: column;
      }

      .wise-sync-way-back {
        padding: 0.25rem 1rem;
        background: var(--wise-sync-color);
      }

      .wise-sync-way-back a {
        color: var(--wise-sync-on-color);
        font: 0.875rem / 1.5 RedHatText, helvetica, arial, sans-serif;
      }

      .wise-sync-way-back + #app {
        flex: 1;
        min-height: 0;
      }

      :root {
        --wise-sync-color: ${properties.brandColor};
        --wise-sync-color-hover: ${properties.brandColorHover};
        --wise-sync-on-color: ${properties.brandOnColor};
        --wise-sync-background: ${properties.brandBackground};
        --wise-sync-logo: url("${resourceUrl}/${properties.brandLogo}");
      }
      <#if darkMode>
        @media (prefers-color-scheme: dark) {
          :root {
            --wise-sync-color: ${properties.brandColorDark};
            --wise-sync-color-hover: ${properties.brandColorDarkHover};
            --wise-sync-on-color: ${properties.brandOnColorDark};
            --wise-sync-background: ${properties.brandBackgroundDark};
            --wise-sync-logo: url("${resourceUrl}/${properties.brandLogoDark}");
          }
        }
      </#if>
    </style>
    <#if !isSecureContext>
      <script type="module" src="${resourceCommonUrl}/vendor/web-crypto-shim/web-crypto-shim.js"></script>
    </#if>
    <#if entryStyles?has_content>
      <#list entryStyles as style>
        <link rel="stylesheet" href="${resourceUrl}/${style}" data-console>
      </#list>
    </#if>
    <#if themeResources?? && themeResources.styles?has_content>
      <@themeResourceTags.renderStyles themeResources.styles resourceUrl />
    <#elseif properties.styles?has_content>
      <#list properties.styles?split(' ') as style>
        <link rel="stylesheet" href="${resourceUrl}/${style}">
      </#list>
    </#if>
    <link rel="modulepreload" href="${resourceCommonUrl}/vendor/react/react.production.min.js">
    <link rel="modulepreload" href="${resourceCommonUrl}/vendor/react/react-jsx-runtime.production.min.js">
    <link rel="modulepreload" href="${resourceCommonUrl}/vendor/react-dom/react-dom.production.min.js">
    <#if entryScript?has_content>
      <script type="module" src="${resourceUrl}/${entryScript}"></script>
    </#if>
  </head>
  <body data-page-id="admin">
    <div id="app">
      <main class="keycloak__loading-container">
        <svg class="pf-v5-c-spinner pf-m-xl" role="progressbar" aria-valuetext="${properties.brandName}" viewBox="0 0 100 100" aria-label="${properties.brandName}">
          <circle class="pf-v5-c-spinner__path" cx="50" cy="50" r="45" fill="none"></circle>
        </svg>
      </main>
    </div>
    <noscript>JavaScript is required to use this console.</noscript>
    <script id="environment" type="application/json">
      {
        "serverBaseUrl": "${serverBaseUrl}",
        "adminBaseUrl": "${adminBaseUrl}",
        "authUrl": "${authUrl}",
        "authServerUrl": "${authServerUrl}",
        "realm": "${loginRealm!"master"}",
        "clientId": "${clientId}",
        "resourceUrl": "${resourceUrl}",
        "logo": "${properties.logo!""}",
        "logoUrl": "${properties.logoUrl!""}",
        "darkMode": ${darkMode?c},
        "consoleBaseUrl": "${consoleBaseUrl}",
        "wisePayLinksUrl": "${properties.wisePayLinksUrl!""}",
        "masterRealm": "${masterRealm}",
        "resourceVersion": "${resourceVersion}"
      }
    </script>
  </body>
</html>
</#compress>
