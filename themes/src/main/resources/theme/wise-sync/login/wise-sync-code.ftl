<#import "template.ftl" as layout>
<#import "field.ftl" as field>
<#import "buttons.ftl" as buttons>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError('code'); section>
    <#assign waits = mailedCode.waitUntil gt 0>
    <#if section = "header">
        ${msg((waits && !mailedCode.asks)?then("wiseSyncCodeLockedTitle", "wiseSyncCodeTitle"))}
    <#elseif section = "form">
        <#if waits>
            <p class="pf-v5-u-mb-md" id="wise-sync-wait-until" data-until="${mailedCode.waitUntil?c}" data-text="${msg("wiseSyncWaitUntil", "@")}" hidden></p>
        </#if>
        <#if mailedCode.asks>
            <p class="pf-v5-u-mb-md" id="wise-sync-code-sent">${msg("wiseSyncCodeSent", mailedCode.address)}</p>
            <form id="wise-sync-code-form" class="${properties.kcFormClass!} wise-sync-code" action="${url.loginAction}" method="post" novalidate="novalidate" data-once>
                <@field.input name="code" label=msg("wiseSyncCodeLabel", mailedCode.digits?c) autocomplete="one-time-code" autofocus=true />
                <p class="${properties.kcInputHelperTextItemTextClass!}" id="wise-sync-code-left"
                    data-seconds="${mailedCode.secondsLeft?c}" data-text="${msg("wiseSyncCodeLeft", "@")}" data-over="${msg("wiseSyncCodeExpired")}"></p>
                <@buttons.actionGroup>
                    <@buttons.button id="kc-login" name="login" label="wiseSyncCodeContinue" />
                </@buttons.actionGroup>
            </form>
        </#if>
        <div class="wise-sync-links">
            <#if !waits>
                <form action="${url.loginAction}" method="post" novalidate="novalidate">
                    <button type="submit" name="resend" value="true" id="wise-sync-code-resend" class="pf-v5-c-button pf-m-link"
                        data-seconds="${mailedCode.resendIn?c}" data-text="${msg("wiseSyncCodeResendIn", "@")}">${msg("wiseSyncCodeResend")}</button>
                </form>
            </#if>
            <a id="wise-sync-other-account" class="pf-v5-c-button pf-m-link" href="${url.loginRestartFlowUrl}">${msg("wiseSyncOtherAccount")}</a>
        </div>
        <script type="module" src="${url.resourcesPath}/js/countdown.js"></script>
        <script type="module" src="${url.resourcesPath}/js/once.js"></script>
    </#if>
</@layout.registrationLayout>
