<#-- loginUrl: where the user logs in, or empty. -->
<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("wiseSyncLinkDoneTitle")}
    <#elseif section = "form">
        <p id="wise-sync-link-done">${msg(invitation?then("wiseSyncLinkDoneInvitation", "wiseSyncLinkDonePassword"), linkUsername)}</p>
        <#if loginUrl?has_content>
            <p class="pf-v5-u-mt-md"><a id="wise-sync-link-log-in" class="${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!}" href="${loginUrl}">${msg("wiseSyncLinkLogIn")}</a></p>
        </#if>
    </#if>
</@layout.registrationLayout>
