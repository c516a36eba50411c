<#import "template.ftl" as layout>
<#import "buttons.ftl" as buttons>
<#-- Keycloak's page (26.7), whose buttons here say what they do. -->
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("deleteCredentialTitle", credentialLabel)}
    <#elseif section = "form">
        <p id="kc-delete-text">${msg("deleteCredentialMessage", credentialLabel)}</p>
        <form class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <@buttons.actionGroup horizontal=true>
                <@buttons.button name="accept" id="kc-accept" label="wiseSyncRemove" />
                <@buttons.button name="cancel-aia" id="kc-decline" label="doCancel" type="secondary" />
            </@buttons.actionGroup>
        </form>
    </#if>
</@layout.registrationLayout>
