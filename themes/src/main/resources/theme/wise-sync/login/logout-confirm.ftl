<#import "template.ftl" as layout>
<#import "buttons.ftl" as buttons>
<#-- Keycloak's page (26.7) without a tabindex that moves the button out of the order of the page. -->
<@layout.registrationLayout; section>
    <#if section = "header">
        ${msg("logoutConfirmTitle")}
    <#elseif section = "form">
        <div id="kc-logout-confirm">
            <p class="instruction">${msg("logoutConfirmHeader")}</p>
            <form action="${url.logoutConfirmAction}" method="post">
                <input type="hidden" name="session_code" value="${logoutConfirm.code}">
                <@buttons.actionGroup>
                    <@buttons.button name="confirmLogout" id="kc-logout" label="doLogout" />
                </@buttons.actionGroup>
            </form>
            <#if !logoutConfirm.skipLink && (client.baseUrl)?has_content>
                <p><a href="${client.baseUrl}">${msg("backToApplication")}</a></p>
            </#if>
        </div>
    </#if>
</@layout.registrationLayout>
