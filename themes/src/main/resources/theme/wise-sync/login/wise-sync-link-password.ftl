<#-- linkAction: where the form posts to. linkOther: the username of another user who is logged in, or empty. invitation: whether the link is one.
     linkName: the first name, else the last name, or empty. -->
<#import "template.ftl" as layout>
<#import "field.ftl" as field>
<#import "buttons.ftl" as buttons>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("password-new", "password-confirm"); section>
    <#if section = "header">
        <#if invitation><#if linkName?has_content>${msg("wiseSyncLinkWelcome", properties.brandName, "{1}")?replace("{1}", linkName)}<#else>${msg("wiseSyncLinkWelcomeNoName", properties.brandName)}</#if><#else>${msg("wiseSyncLinkPasswordTitle")}</#if>
    <#elseif section = "form">
        <#if linkOther?has_content>
            <p id="wise-sync-link-other" class="pf-v5-u-mb-md">${msg("wiseSyncLinkOther", linkOther, linkUsername)}</p>
            <form class="${properties.kcFormClass!}" action="${linkAction}" method="post" data-once>
                <@buttons.actionGroup>
                    <@buttons.button id="wise-sync-link-log-out" name="logOutOther" label="wiseSyncLinkLogOut" />
                </@buttons.actionGroup>
            </form>
        <#else>
            <p class="pf-v5-u-mb-md">${msg(invitation?then("wiseSyncLinkInvitationText", "wiseSyncLinkPasswordText"), properties.brandName)}</p>
            <form id="wise-sync-link-form" class="${properties.kcFormClass!}" action="${linkAction}" method="post" novalidate="novalidate" data-once>
                <@field.group name="username" label=msg("username")>
                    <span class="${properties.kcInputClass!}">
                        <input id="username" name="username" value="${linkUsername}" type="text" autocomplete="username" readonly dir="ltr">
                    </span>
                </@field.group>
                <@field.password name="password-new" label=msg("passwordNew") autocomplete="new-password" autofocus=true />
                <@field.password name="password-confirm" label=msg("passwordConfirm") autocomplete="new-password" />
                <@buttons.actionGroup>
                    <@buttons.button id="wise-sync-link-save" label="wiseSyncLinkSavePassword" />
                </@buttons.actionGroup>
            </form>
        </#if>
        <script type="module" src="${url.resourcesPath}/js/once.js"></script>
    </#if>
</@layout.registrationLayout>
