<#-- problem: why the link does not work, the last part of the message key. loginUrl: where the user logs in, or empty. -->
<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("wiseSyncLinkProblemTitle")}
    <#elseif section = "form">
        <p id="wise-sync-link-problem" data-problem="${problem}">${msg("wiseSyncLinkProblem." + problem)}</p>
        <#if loginUrl?has_content>
            <p class="pf-v5-u-mt-md"><a id="wise-sync-link-log-in" href="${loginUrl}">${msg("wiseSyncLinkLogIn")}</a></p>
        </#if>
    </#if>
</@layout.registrationLayout>
