<#macro content>
<#-- The brand's values, where the style sheet finds them: this is the one place of the stock page that is ours to fill. -->
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
</#macro>
