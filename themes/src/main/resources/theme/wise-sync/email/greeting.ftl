<#-- The first line of every email, as text: with the first name, else the last name, else without a name. -->
<#function hello>
    <#local name = ((user.firstName)!"")?trim>
    <#if !name?has_content>
        <#local name = ((user.lastName)!"")?trim>
    </#if>
    <#if name?has_content>
        <#return msg("wiseSyncEmailHello", name)>
    </#if>
    <#return msg("wiseSyncEmailHelloNoName")>
</#function>
