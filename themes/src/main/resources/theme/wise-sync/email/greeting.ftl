<#-- The first line of every email, as text: with the first name, else the last name, else without a name. Keycloak resolves ${...} in
     the parameters of a message (MessageFormatterMethod, 26.7), so names are filled in after it. -->
<#function hello>
    <#local name = ((user.firstName)!"")?trim>
    <#if !name?has_content>
        <#local name = ((user.lastName)!"")?trim>
    </#if>
    <#if name?has_content>
        <#return msg("wiseSyncEmailHello", "{0}")?replace("{0}", name)>
    </#if>
    <#return msg("wiseSyncEmailHelloNoName")>
</#function>
