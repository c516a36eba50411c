<#-- action: the kind of link, the last part of the message keys. linkAction, linkOther: as in wise-sync-link-password.ftl. -->
<#import "template.ftl" as layout>
<#import "buttons.ftl" as buttons>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("wiseSyncLinkConfirmTitle." + action)}
    <#elseif section = "form">
        <#if linkOther?has_content>
            <p id="wise-sync-link-other" class="pf-v5-u-mb-md">${msg("wiseSyncLinkOther", linkOther, linkUsername)}</p>
        </#if>
        <p class="pf-v5-u-mb-md">${msg("wiseSyncLinkConfirmText." + action, properties.brandName, linkUsername, address)}</p>
        <form class="${properties.kcFormClass!}" action="${linkAction}" method="post" data-once>
            <@buttons.actionGroup>
                <#if linkOther?has_content>
                    <@buttons.button id="wise-sync-link-log-out" name="logOutOther" label="wiseSyncLinkLogOut" />
                <#else>
                    <@buttons.button id="wise-sync-link-confirm" name="confirm" label="wiseSyncLinkContinue" />
                </#if>
            </@buttons.actionGroup>
        </form>
        <script type="module" src="${url.resourcesPath}/js/once.js"></script>
    </#if>
</@layout.registrationLayout>
