<#import "template.ftl" as layout>
<#-- Keycloak's page (26.7), which here also has a link after a logout. -->
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        <#if messageHeader??>
            ${kcSanitize(msg("${messageHeader}"))?no_esc}
        <#else>
            ${message.summary}
        </#if>
    <#elseif section = "form">
        <div id="kc-info-message">
            <p class="instruction">${message.summary}<#if requiredActions??><#list requiredActions>: <b><#items as action>${kcSanitize(msg("requiredAction.${action}"))?no_esc}<#sep>, </#items></b></#list></#if></p>
            <#if !skipLink?? && pageRedirectUri?has_content>
                <p><a href="${pageRedirectUri}">${msg("backToApplication")}</a></p>
            <#elseif !skipLink?? && actionUri?has_content>
                <p><a href="${actionUri}">${msg("proceedWithAction")}</a></p>
            <#elseif (client.baseUrl)?has_content>
                <p><a href="${client.baseUrl}">${msg("backToApplication")}</a></p>
            <#elseif message.summary == msg("successLogout")>
                <p><a id="wise-sync-log-in-again" href="${(url.ssoLoginInOtherTabsUrl!"")?keep_before("/login-actions")}/account/">${msg("wiseSyncLogInAgain")}</a></p>
            </#if>
        </div>
    </#if>
</@layout.registrationLayout>
