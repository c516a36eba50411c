<#-- What an administrator asks the user to do, as text. An action without a message is named by its alias. -->
<#function named actions>
    <#local names = []>
    <#list actions as action>
        <#local name = msg("requiredAction." + action)>
        <#local names = names + [name?starts_with("requiredAction.")?then(action, name)]>
    </#list>
    <#return names?join(", ")>
</#function>
