<#-- problem: why the link does not work, the last part of the message key. invitedBy: the name of who sent the invitation, or empty.
     loginUrl: where the user logs in, or empty if the user cannot. -->
<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("wiseSyncLinkProblemTitle")}
    <#elseif section = "form">
        <p id="wise-sync-link-problem" data-problem="${problem}">${msg("wiseSyncLinkProblem." + problem, "{0}")?replace("{0}", invitedBy?has_content?then(invitedBy, msg("wiseSyncLinkInviter")))}</p>
        <#if loginUrl?has_content>
            <p class="pf-v5-u-mt-md"><a id="wise-sync-link-log-in" href="${loginUrl}">${msg("wiseSyncLinkLogIn")}</a></p>
        </#if>
    </#if>
</@layout.registrationLayout>
