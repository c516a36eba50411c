<#import "template.ftl" as layout>
<#import "buttons.ftl" as buttons>
<@layout.registrationLayout; section>
    <#if section = "header">
        ${msg("wiseSyncOfferTitle")}
    <#elseif section = "form">
        <p class="pf-v5-u-mb-md">${msg("wiseSyncOfferText")}</p>
        <form id="wise-sync-offer-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <@buttons.actionGroup>
                <@buttons.button id="wise-sync-set-up" name="set-up" label="wiseSyncOfferSetUp" />
                <@buttons.button id="wise-sync-not-now" name="not-now" label="wiseSyncOfferNotNow" type="secondary" />
            </@buttons.actionGroup>
        </form>
    </#if>
</@layout.registrationLayout>
