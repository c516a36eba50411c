<#import "template.ftl" as layout>
<@layout.registrationLayout; section>
    <#if section = "header">
        ${msg("wiseSyncLoginOutdatedTitle")}
    <#elseif section = "form">
        <p class="pf-v5-u-mb-md">${msg("wiseSyncLoginOutdated")}</p>
        <a id="wise-sync-log-in-again" class="${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!}" href="${url.loginRestartFlowUrl}">${msg("wiseSyncLogInAgain")}</a>
    </#if>
</@layout.registrationLayout>
