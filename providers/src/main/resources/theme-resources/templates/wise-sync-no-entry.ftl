<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("wiseSyncNoEntryTitle", application)}
    <#elseif section = "form">
        <p id="wise-sync-no-entry" data-obstacle="${obstacle}">${msg("wiseSyncNoEntry." + obstacle, application, properties.brandName!(realm.displayName!""))}</p>
        <#if otherApplicationUrl?has_content>
            <p><a id="wise-sync-other-application" class="${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!}" href="${otherApplicationUrl}">${msg("wiseSyncNoEntryElsewhere", otherApplication)}</a></p>
        </#if>
        <p>${msg("wiseSyncNoEntryLogin", login)}</p>
        <p><a id="wise-sync-other-login" href="${url.loginRestartFlowUrl}">${msg("wiseSyncNoEntryOther")}</a></p>
    </#if>
</@layout.registrationLayout>
