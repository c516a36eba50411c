<#ftl output_format="plainText">
<#import "/greeting.ftl" as greeting>
${greeting.hello()}

<#if messageKey == "customMessage">${customMessage!""}<#else>${msg(messageKey, daysRemaining, reason)}</#if>

${msg("wiseSyncWorkflowQuestions")}

-- 
${msg("wiseSyncEmailFooter", properties.brandName)}
