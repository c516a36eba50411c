<#import "template.ftl" as layout>
<#-- Keycloak's page (26.7), whose two links here say where they lead. -->
<@layout.registrationLayout; section>
    <#if section = "header">
        ${msg("pageExpiredTitle")}
    <#elseif section = "form">
        <p id="instruction1" class="instruction">${msg("wiseSyncPageExpired")}</p>
        <div class="wise-sync-links">
            <a id="loginContinueLink" href="${url.loginAction}">${msg("wiseSyncPageExpiredContinue")}</a>
            <a id="loginRestartLink" href="${url.loginRestartFlowUrl}">${msg("wiseSyncPageExpiredRestart")}</a>
        </div>
    </#if>
</@layout.registrationLayout>
