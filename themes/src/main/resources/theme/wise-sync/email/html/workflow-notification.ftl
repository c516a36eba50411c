<#import "template.ftl" as layout>
<#import "/greeting.ftl" as greeting>
<#-- Keycloak's email of a workflow (26.7), which is English in every language. The text of an administrator may contain HTML. -->
<@layout.emailLayout>
<p>${greeting.hello()}</p>
<p>${kcSanitize((messageKey == "customMessage")?then(customMessage!"", msg(messageKey, daysRemaining, reason)))?no_esc}</p>
<p>${msg("wiseSyncWorkflowQuestions")}</p>
</@layout.emailLayout>
