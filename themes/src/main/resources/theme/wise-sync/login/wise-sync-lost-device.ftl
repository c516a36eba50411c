<#-- Help for a lost device, shown on request. -->
<#macro block>
    <#if lostDevice!false>
        <div id="wise-sync-lost-device-help" class="pf-v5-u-mt-md" role="status">
            <#if auth?has_content && auth.showTryAnotherWayLink()>
                <p>${msg("wiseSyncLostDeviceRecoveryCode")}</p>
            </#if>
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
</#macro>
