<#import "template.ftl" as layout>
<#-- Keycloak's page (26.7), which here says nothing twice and also has a link after a logout. -->
<#assign longestTitle = 60>
<#assign ownAccount = (url.ssoLoginInOtherTabsUrl!"")?keep_before("/login-actions") + "/account/">
<#assign isTitle = !messageHeader?? && message.summary?length lte longestTitle>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        <#if messageHeader??>
            ${kcSanitize(msg("${messageHeader}"))?no_esc}
        <#elseif isTitle>
            ${message.summary}
        <#else>
            ${msg("wiseSyncInfoTitle")}
        </#if>
    <#elseif section = "form">
        <div id="kc-info-message">
            <#if !isTitle>
                <p class="instruction">${message.summary}</p>
            </#if>
            <#if requiredActions??>
                <p class="instruction"><#list requiredActions><b><#items as action>${kcSanitize(msg("requiredAction.${action}"))?no_esc}<#sep>, </#items></b></#list></p>
            </#if>
            <#if !skipLink?? && pageRedirectUri?has_content>
                <p><a href="${pageRedirectUri}">${msg("backToApplication")}</a></p>
            <#elseif !skipLink?? && actionUri?has_content>
                <p><a href="${actionUri}">${msg("proceedWithAction")}</a></p>
            <#elseif (client.baseUrl)?has_content>
                <p><a href="${client.baseUrl}">${msg("backToApplication")}</a></p>
            <#elseif message.summary == msg("successLogout")>
                <p><a id="wise-sync-log-in-again" href="${ownAccount}">${msg("wiseSyncLogInAgain")}</a></p>
            <#elseif [msg("emailUpdatedTitle"), msg("emailVerifiedMessageHeader"), msg("emailVerifiedAlreadyMessageHeader")]?seq_contains(msg(messageHeader!""))>
                <p><a id="wise-sync-own-account" href="${ownAccount}">${msg("client_account")}</a></p>
            </#if>
        </div>
    </#if>
</@layout.registrationLayout>
