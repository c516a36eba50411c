<#import "template.ftl" as layout>
<#import "field.ftl" as field>
<#import "buttons.ftl" as buttons>
<#import "wise-sync-lost-device.ftl" as help>
<#-- Keycloak's page (26.7), with radio buttons to choose an app and help for a lost device. -->
<@layout.registrationLayout displayMessage=!messagesPerField.existsError('totp'); section>
    <#if section = "header">
        ${msg("wiseSyncAppTitle")}
    <#elseif section = "form">
        <p class="pf-v5-u-mb-md">${msg("wiseSyncAppText")}</p>
        <form id="kc-otp-login-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post" novalidate="novalidate">
            <#if otpLogin.userOtpCredentials?size gt 1>
                <fieldset class="wise-sync-choice">
                    <legend class="${properties.kcFormLabelTextClass!}">${msg("wiseSyncAppChoice")}</legend>
                    <#list otpLogin.userOtpCredentials as otpCredential>
                        <label>
                            <input type="radio" name="selectedCredentialId" id="kc-otp-credential-${otpCredential?index}" value="${otpCredential.id}"<#if otpCredential.id == (otpLogin.selectedCredentialId!'')> checked</#if>>
                            ${otpCredential.userLabel}
                        </label>
                    </#list>
                </fieldset>
            <#else>
                <input id="selectedCredentialId" type="hidden" name="selectedCredentialId" value="${otpLogin.selectedCredentialId!''}">
            </#if>
            <@field.input name="otp" label=msg("loginOtpOneTime") autocomplete="one-time-code" fieldName="totp" autofocus=true />
            <@buttons.loginButton />
        </form>
        <@help.block />
    </#if>
</@layout.registrationLayout>
