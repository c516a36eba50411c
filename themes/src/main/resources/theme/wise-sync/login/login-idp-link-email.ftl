<#import "template.ftl" as layout>
<#-- Keycloak's page (26.7), whose links here say what they do. -->
<@layout.registrationLayout; section>
    <#if section = "header">
        ${msg("emailLinkIdpTitle", idpDisplayName)}
    <#elseif section = "form">
        <p class="instruction">${msg("emailLinkIdp1", idpDisplayName, brokerContext.username, realm.displayName)}</p>
        <p class="instruction">${msg("emailLinkIdp2")} <a href="${url.loginAction}">${msg("emailVerifyResend")}</a></p>
        <p class="instruction">${msg("emailLinkIdp4")} <a href="${url.loginAction}">${msg("wiseSyncPageExpiredContinue")}</a></p>
    </#if>
</@layout.registrationLayout>
