<#macro content>
<#-- The brand's values for the style sheet. The footer is the only part of Keycloak's page template that a theme can fill. -->
<style>
    :root {
        --brand-color: ${properties.brandColor};
        --brand-color-hover: ${properties.brandColorHover};
        --brand-on-color: ${properties.brandOnColor};
        --brand-background: ${properties.brandBackground};
        --brand-logo: url("${url.resourcesPath}/${properties.brandLogo}");
    }
    :root.pf-v5-theme-dark {
        --brand-color: ${properties.brandColorDark};
        --brand-color-hover: ${properties.brandColorDarkHover};
        --brand-on-color: ${properties.brandOnColorDark};
        --brand-background: ${properties.brandBackgroundDark};
        --brand-logo: url("${url.resourcesPath}/${properties.brandLogoDark}");
    }
</style>
<script type="module" src="${url.resourcesPath}/js/labels.js" data-qr-code="${msg("wiseSyncQrCode")}" data-username="${msg("username")}"></script>
</#macro>
