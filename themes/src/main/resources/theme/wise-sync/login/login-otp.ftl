<#import "template.ftl" as layout>
<#import "field.ftl" as field>
<#import "buttons.ftl" as buttons>
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
        <#if lostDevice!false>
            <div id="wise-sync-lost-device-help" class="pf-v5-u-mt-md" role="status">
                <p>${msg("wiseSyncLostDeviceRecoveryCode")}</p>
                <#if accountAdmins?has_content>
                    <p>${msg("wiseSyncLostDeviceAdmins")}</p>
                    <ul class="pf-v5-c-list">
                        <#list accountAdmins as admin><li>${admin}</li></#list>
                    </ul>
                <#else>
                    <p>${msg("wiseSyncLostDeviceSupport", properties.brandName!"")}</p>
                </#if>
            </div>
        <#else>
            <div class="wise-sync-links">
                <form action="${url.loginAction}" method="post" novalidate="novalidate">
                    <button type="submit" name="lost-device" value="true" id="wise-sync-lost-device" class="pf-v5-c-button pf-m-link">${msg("wiseSyncLostDevice")}</button>
                </form>
            </div>
        </#if>
    </#if>
</@layout.registrationLayout>
